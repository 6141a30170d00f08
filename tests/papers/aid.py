"""Emergency support, gifts, protection, relief funds: decisions, forms of law, reports, sheets."""

from __future__ import annotations

from datetime import date

from tests.papers.printing import numbered, word_of

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.emergency import operations, queries
from ansinh.emergency.exports import blank_workbook, fund_workbook, lines_workbook, signing_pdf, stay_workbook
from ansinh.emergency.models import AidList, ReliefFund
from ansinh.emergency.operations.funds import NewEntry, remaining
from ansinh.emergency.operations.protecting import Arrival
from ansinh.emergency.papers import FORM_06, FORM_5A, FORM_5B
from ansinh.emergency.papers.content import (
    decision_content,
    fund_content,
    proposal_content,
    protection_content,
    report_content,
)
from ansinh.emergency.papers.forms_of_law import form_content
from ansinh.emergency.papers.standing import competence_of
from ansinh.emergency.tests.factories import act, add, gifts, mark, relief, rice
from ansinh.entitlements.tests.factories import grant
from ansinh.people.tests.factories import person


def examples() -> dict[str, bytes]:
    """Each as a file, by name."""
    return {**_relief(), **_gifts(), **_protection(), **_fund()}


def _storm() -> AidList:
    made = relief()
    add(
        made, rice(persons=4), rice("Đỗ Thị Mưa", persons=2, village_name="Thôn Đoài"),
        rice("Ngô Văn Gió", kind="essential_goods", goods="Chăn màn, xoong nồi", persons=5, months=None),
        rice("Lê Thị Thương", kind="injury", treatment_days=5, village_name="Thôn Đoài", persons=None, months=None, born_text="1968"),
        rice("Phạm Văn Sập", kind="housing_total", hardship="poor", persons=3, months=None, born_text="1955"),
    )  # fmt: skip
    return act("submit", act("review", made))


def _relief() -> dict[str, bytes]:
    made, chairman = _storm(), post(Role.COMMUNE_CHAIRMAN)
    lines = list(made.lines.select_related("person").order_by("village_name", "sort_key", "id"))
    signed = {"signer": chairman, "on": DAY, "act": "emergency_assistance"}
    content = decision_content(
        made,
        lines,
        source="ngân sách xã; gạo dự trữ của tỉnh",
        entry=numbered(45, "QĐ", DAY),
        **signed,
    )
    papers = {
        "tro-giup-de-nghi.docx": word_of(proposal_content(made, lines, **signed)),
        "tro-giup-quyet-dinh.docx": word_of(content),
        **{f"{name}.docx": word_of(form_content(kind.key, made, lines, signer=None)) for name, kind in _FORMS.items()},
    }
    act("decide", made)
    mark(made, "give", only="Trần Văn Lụt")
    decided = AidList.objects.select_related("occasion", "unit", "office__unit", "office__parent").get(pk=made.pk)
    lines = decided.lines.order_by("village_name", "sort_key", "id")
    report = report_content(
        decided, queries.by_kind(decided), queries.by_village(decided), queries.balances(decided), absent=4,
        note="Đề nghị bổ sung thuốc khử trùng nước", entry=None, **signed,
    )  # fmt: skip
    return papers | {
        "tro-giup-bao-cao.docx": word_of(report),
        "tro-giup-ky-nhan.pdf": signing_pdf(decided, lines),
        "tro-giup-danh-sach.xlsx": lines_workbook(decided, lines),
        "tro-giup-phieu-thon.xlsx": blank_workbook(decided),
    }


_FORMS = {"mau-5a": FORM_5A, "mau-5b": FORM_5B, "mau-06": FORM_06}


def _gifts() -> dict[str, bytes]:
    for name in ("Trần Thị Cả", "Nguyễn Văn Hai"):
        grant(person(name, "1944-05-06"))
    made = gifts()
    by = post()
    operations.fill_gifts(aid_list=made, by=by, now=NOW)
    made = act("submit", made)
    lines = list(made.lines.filter(state="listed").order_by("village_name", "sort_key", "id")[:8])
    content = decision_content(made, lines, act="gifts", source="", signer=post(Role.COMMUNE_CHAIRMAN), entry=None, on=DAY)
    return {"qua-quyet-dinh.docx": word_of(content), "qua-ky-nhan.pdf": signing_pdf(made, lines)}


def _protection() -> dict[str, bytes]:
    by = post()
    arrival = Arrival(
        "Chưa rõ tên, nam, khoảng 8 tuổi", "wandering_or_begging", date(2026, 11, 11), "household", "Bà Phạm Thị Nuôi",
        care_place="Thôn Đông",
    )  # fmt: skip
    made = operations.take_in(arrival=arrival, by=by, now=NOW)
    stay = queries.stay_of(made, on=DAY)
    content = protection_content(
        made, stay, office=by.office, act="emergency_protection", signer=post(Role.COMMUNE_CHAIRMAN), entry=None, on=DAY
    )
    return {"bao-ve-quyet-dinh.docx": word_of(content), "bao-ve-chi-phi.xlsx": stay_workbook(made, stay)}


def _fund() -> dict[str, bytes]:
    accountant = post(Role.ACCOUNTANT)
    made = operations.open_fund(name="Quỹ cứu trợ bão số 9", purpose="Ủng hộ đồng bào bị bão", by=post(), now=NOW)
    for kind, party, vnd, goods in (
        ("opening", "", 1_000_000, ""), ("received", "Công ty Hạt Giống", 5_000_000, ""), ("received", "Hội Chữ thập đỏ", 0, "100 thùng mì"),
        ("allocated", "Thôn Đông", 4_000_000, ""),
    ):  # fmt: skip
        entry = NewEntry(
            kind=kind, on=DAY, party=party, receipt=f"PT-{vnd}" if kind != "opening" else "", amount_vnd=vnd, goods=goods,
            goods_vnd=9_000_000 if goods else 0,
        )  # fmt: skip
        operations.record_fund_entry(fund=made, new=entry, by=accountant, now=NOW)
    fund = ReliefFund.objects.select_related("unit", "opened_by__office__unit", "opened_by__office__parent").get(pk=made.pk)
    entries = fund.entries.select_related("list__occasion", "corrects", "corrected_by").order_by("on", "id")
    content = fund_content(
        fund,
        entries,
        queries.fund_sums(fund),
        office=fund.opened_by.office,
        act=competence_of(fund),
        signer=post(Role.COMMUNE_CHAIRMAN),
        entry=None,
        on=DAY,
    )
    return {"quy-cong-khai.docx": word_of(content), "quy-so.xlsx": fund_workbook(fund, entries, remaining(fund))}
