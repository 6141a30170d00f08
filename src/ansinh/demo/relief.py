"""A storm of November, a case of fire, a fund and a round of gifts in the invented province, each at another step."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.acting import as_post
from ansinh.access.models import Post, Role
from ansinh.demo.posts import COMMUNES, post_of
from ansinh.demo.story import Place, at
from ansinh.emergency import operations as relief
from ansinh.emergency.models import AidList, Occasion
from ansinh.emergency.operations.deciding import Signature
from ansinh.emergency.operations.funds import NewEntry
from ansinh.emergency.operations.lines import Asked
from ansinh.emergency.operations.occasions import NewOccasion
from ansinh.emergency.operations.protecting import Arrival
from ansinh.emergency.papers import AID_DECISION

STORM_ON, DECIDED_ON, HANDED_OUT_ON = date(2026, 11, 5), date(2026, 11, 10), date(2026, 11, 13)
_ASKED = (
    Asked("rice", "Đào Văn Ruộng", born_text="1971", village_name="Thôn 1", persons=5, months=2),
    Asked("rice", "Phùng Thị Bến", born_text="1966", village_name="Thôn 1", persons=3, months=2),
    Asked("rice", "Tống Văn Cót", born_text="1980", village_name="Thôn 2", persons=4, months=1),
    Asked("injury", "Tống Văn Cót", born_text="1980", village_name="Thôn 2", treatment_days=6, away=False),
    Asked("housing_total", "Khúc Thị Nổi", born_text="1958", village_name="Thôn 2", hardship="poor", without_home=True),
    Asked("housing_heavy", "Doãn Văn Giang", born_text="1963", village_name="Thôn 3", hardship="near_poor", without_home=True),
    Asked(
        "essential_goods",
        "Khúc Thị Nổi",
        born_text="1958",
        village_name="Thôn 2",
        without_home=True,
        unable=True,
        goods="01 lều bạt, 02 chăn, 10 lít nước",
    ),
)


def _posts(place: Place) -> tuple[Post, Post, Post]:
    return tuple(post_of(place.unit.code, role) for role in (Role.COMMUNE_OFFICER, Role.CLERK, Role.COMMUNE_CHAIRMAN))


def tell_relief(places: list[Place], *, division: Post, now: datetime) -> None:
    """What the first commune has at hand, and a round of gifts for the whole province."""
    places = sorted(places, key=lambda place: COMMUNES.index(place.unit.code))
    _storm(places[0])
    _fund_and_child(places[0], now)
    with as_post(division, on=now.date()):
        gifts = relief.open_occasion(
            new=NewOccasion(
                "gifts", "Quà Tết Nguyên đán 2027 (trình diễn)", date(2027, 1, 25), last_day=date(2027, 2, 4),
                paper="Nghị quyết của Chính phủ về tặng quà Tết (trình diễn)", level_vnd=400_000, cutoff_on=date(2026, 11, 15),
                groups=("monthly_allowance", "social_pension"),
            ), by=division, now=now,
        )  # fmt: skip
    for place, is_sent in zip(places[:2], (False, True), strict=True):
        _gifts(place, gifts, now, is_sent=is_sent)


def _storm(place: Place) -> None:
    officer, clerk, chairman = _posts(place)
    with as_post(officer, on=STORM_ON):
        made = relief.open_occasion(
            new=NewOccasion(
                "relief", "Bão số 12", STORM_ON, last_day=date(2026, 11, 6), cause="storm", place="Thôn 1, Thôn 2, Thôn 3",
                note="Gió giật cấp 10, ngập 2 thôn ven sông, 2 nhà hư hỏng (tình huống hư cấu).",
            ), by=officer, now=at(STORM_ON, 18),
        ).lists.get()  # fmt: skip
    with as_post(officer, on=date(2026, 11, 8)):
        relief.add_lines(aid_list=made, asked=_ASKED, by=officer, now=at(date(2026, 11, 8)))
        relief.review(
            aid_list=made, on=date(2026, 11, 7), note="Họp tại nhà văn hóa thôn, 41 hộ dự, nhất trí.", by=officer,
            now=at(date(2026, 11, 8)),
        )  # fmt: skip
        relief.submit(aid_list=made, by=officer, now=at(date(2026, 11, 9)))
    with as_post(clerk, on=DECIDED_ON):
        relief.decide(
            aid_list=made, signature=Signature("231/QĐ-UBND", DECIDED_ON, chairman), resources={"rice": "province"}, by=clerk,
            now=at(DECIDED_ON, 16),
        )  # fmt: skip
    _hand_out(made, officer)


def _hand_out(made: AidList, officer: Post) -> None:
    now = at(HANDED_OUT_ON, 17)
    with as_post(officer, on=HANDED_OUT_ON):
        rice = made.lines.filter(kind="rice").order_by("id")
        for kind, paper in (("asked", "Tờ trình 88/TTr-UBND"), ("received", "Phiếu xuất kho 17")):
            relief.record_supply(
                aid_list=made, kind=kind, resources="province", amount_vnd=0, rice_kg=sum(one.rice_kg for one in rice), paper=paper,
                on=HANDED_OUT_ON, by=officer, now=now,
            )  # fmt: skip
        first, second, *_rest = rice.values_list("pk", flat=True)
        relief.mark_lines(aid_list=made, lines=[first], act="give", on=HANDED_OUT_ON, by=officer, now=now)
        relief.mark_lines(
            aid_list=made, lines=[second], act="give", on=HANDED_OUT_ON, by=officer, now=now, fetched_by="Phùng Văn Lái, con"
        )


def _fund_and_child(place: Place, now: datetime) -> None:
    officer, *_others = _posts(place)
    with as_post(officer, on=now.date()):
        fund = relief.open_fund(name="Quỹ cứu trợ bão số 12", purpose="Ủng hộ các hộ bị thiệt hại", by=officer, now=now)
        for receipt, party, vnd, goods, worth in (
            ("PT 01", "Hội đồng hương (trình diễn)", 20_000_000, "", 0), ("PT 02", "Cửa hàng Hạt Thóc (trình diễn)", 0, "60 thùng mì", 5_400_000),
        ):  # fmt: skip
            entry = NewEntry("received", date(2026, 11, 9), party, receipt, vnd, goods, worth)
            relief.record_fund_entry(fund=fund, new=entry, by=officer, now=now)
        arrival = Arrival(
            "Bé trai chưa rõ tên, khoảng 7 tuổi", "wandering_or_begging", date(2026, 11, 18), "household", "Hộ bà Nghiêm Thị Đùm", "Thôn 4"
        )  # fmt: skip
        relief.take_in(arrival=arrival, by=officer, now=now)


def _gifts(place: Place, gifts: Occasion, now: datetime, *, is_sent: bool) -> None:
    """Filled from the ledger; where the clerk is quick, sent for signature and printed for the chairman."""
    officer, _clerk, chairman = _posts(place)
    with as_post(officer, on=now.date()):
        made = relief.open_list(occasion=gifts, unit=place.unit, by=officer, now=now)
        relief.fill_gifts(aid_list=made, by=officer, now=now)
        if is_sent:
            made = relief.submit(aid_list=made, by=officer, now=now)
            relief.print_aid_paper(
                subject=made, kind=AID_DECISION, signer=chairman, by=officer, on=now.date(), now=now,
                source="ngân sách tỉnh (trình diễn)",
            )  # fmt: skip
