"""A round of gifts: from the ledger and the register on the cut-off day, one for each person, signed for, settled."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from itertools import product

import openpyxl
import pytest
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, THAI_BINH, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.emergency import operations, queries
from ansinh.emergency.models import AidLine
from ansinh.emergency.operations.lines import Asked
from ansinh.emergency.operations.occasions import NewOccasion
from ansinh.emergency.tests.factories import act, gifts, mark, round_of_gifts, signature
from ansinh.emergency.workflow import GIFT_LIST
from ansinh.entitlements.tests.factories import grant
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.people import operations as people
from ansinh.people.tests.factories import household, person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
ALL = ["monthly_allowance", "social_pension", "poor", "near_poor"]


def fill(made, by=None) -> int:
    by = by or post()
    with as_post(by, on=DAY):
        return operations.fill_gifts(aid_list=made, by=by, now=NOW)


def names(made) -> list[str]:
    with as_post(post(), on=DAY):
        return sorted(made.lines.values_list("recipient", flat=True))


def test_the_list_holds_who_is_in_the_ledger_on_the_cut_off_day():
    grant(person("Lê Thị Hưởng", "1940-01-01"))
    grant(person("Vũ Thị Muộn", "1941-01-01"), months_from=date(2026, 12, 1))
    person("Ngô Thị Ngoài", "1942-01-01")
    made = gifts()
    assert fill(made) == 1 and names(made) == ["Lê Thị Hưởng"]
    with as_post(post(), on=DAY):
        line = made.lines.get()
        assert (line.amount_vnd, line.article, line.resources) == (400_000, "NQ 418/NQ-CP", "province")


def test_who_died_before_the_cut_off_day_gets_none():
    gone, after = person("Lê Thị Mất", "1940-01-01"), person("Lê Thị Sau", "1940-01-01")
    for who, day in ((gone, date(2026, 11, 14)), (after, date(2026, 11, 16))):
        grant(who)
        with as_post(post(), on=DAY):
            people.record_death(person=who, died_on=day, source="giấy báo tử", by=post(), now=NOW)
    made = gifts()
    fill(made)
    assert names(made) == ["Lê Thị Sau"]


def test_one_gift_for_each_person_though_in_several_groups_and_one_for_a_poor_household():
    home = household(poverty="poor")
    old = person("Vũ Thị Già", "1940-01-01", household=home)
    person("Vũ Văn Con", "1970-01-01", household=home)
    grant(old)
    near = household(poverty="near_poor")
    person("Bùi Văn Cận", "1960-01-01", household=near)
    made = gifts(groups=ALL)
    assert fill(made) == 2 and names(made) == ["Bùi Văn Cận", "Vũ Thị Già"]


def test_the_head_of_a_poor_household_comes_for_it():
    home = household(poverty="poor")
    person("Trần Thị Lão", "1930-01-01", household=home)
    head = person("Trần Văn Chủ", "1965-01-01")
    with as_post(post(), on=DAY):
        people.join_household(
            person=head, household=home, relation="chủ hộ", is_head=True, since=None, source="thử", by=post(), now=NOW
        )
    made = gifts(groups=["poor"])
    fill(made)
    assert names(made) == ["Trần Văn Chủ"]


def moved(who, since: date) -> None:
    """Handed over to Thái Bình."""
    with as_post(post(), on=DAY):
        people.move_across(person=who, unit=commune(THAI_BINH), since=since, source="Sổ cư trú", by=post(), now=NOW)


def of_thai_binh(occasion):
    by = post(office=f"UBND-{THAI_BINH}")
    with as_post(by, on=DAY):
        made = operations.open_list(occasion=occasion, unit=commune(THAI_BINH), by=by, now=NOW)
    return made, by


def reasons(made, by=None) -> list[tuple[str, str]]:
    with as_post(by or post(), on=DAY):
        return [(one.recipient.full_name, one.reason) for one in queries.left_out(made.occasion, made.unit)]


def test_the_gift_is_given_where_somebody_lived_on_the_cut_off_day():
    after, before = person("Lê Thị Sau", "1940-01-01"), person("Lê Thị Trước", "1941-01-01")
    for who, day in ((after, date(2026, 11, 16)), (before, date(2026, 11, 14))):
        grant(who)
        moved(who, day)
    occasion = round_of_gifts(by=post(Role.DIVISION_OFFICER, office="BTXH"))
    with as_post(post(), on=DAY):
        here = operations.open_list(occasion=occasion, unit=commune(), by=post(), now=NOW)
    there, by = of_thai_binh(occasion)
    assert (fill(there, by), fill(here)) == (1, 1)
    assert names(here) == ["Lê Thị Sau"]
    with as_post(post(), on=DAY):
        line = here.lines.get()
        assert (line.subject, line.born_text, "Nay cư trú tại" in line.note) == (f"P{after.pk}", "01/01/1940", True)
    ((name, why),) = reasons(there, by)
    assert name == "Lê Thị Sau" and "Ngày chốt 15/11/2026 cư trú tại" in why and commune().name in why


def test_the_head_who_moved_since_keeps_the_gift_of_the_household_and_nobody_else_gets_a_second():
    home = household(poverty="poor")
    head = person("Trần Văn Chủ", "1930-01-01", household=home)
    person("Trần Thị Con", "1970-01-01", household=home)
    moved(head, date(2026, 11, 18))
    made = gifts(groups=["poor"])
    assert (fill(made), names(made)) == (1, ["Trần Văn Chủ"])


def test_who_has_the_gift_of_another_commune_is_named_with_it():
    who = person("Lê Thị Hai Nơi", "1940-01-01")
    grant(who)
    occasion = round_of_gifts(by=post(Role.DIVISION_OFFICER, office="BTXH"))
    there, by = of_thai_binh(occasion)
    with as_maintenance():
        AidLine.objects.create(
            list=there, occasion=occasion, unit=there.unit, kind="gift", thing="gift", subject=f"P{who.pk}", recipient="Lê Thị Hai Nơi",
            happened_on=DAY,
        )  # fmt: skip
    with as_post(post(), on=DAY):
        here = operations.open_list(occasion=occasion, unit=commune(), by=post(), now=NOW)
    assert fill(here) == 0
    assert reasons(here) == [("Lê Thị Hai Nơi", f"Đã có quà của đợt này tại {commune(THAI_BINH).name}.")]


def test_page_and_workbook_tell_who_is_left_out_and_why(settings):
    settings.ANSINH_TODAY = DAY
    who = person("Lê Thị Đến", "1940-01-01", unit=commune(THAI_BINH), by=post(office=f"UBND-{THAI_BINH}"))
    grant(who)
    by = post(office=f"UBND-{THAI_BINH}")
    with as_post(by, on=DAY):
        people.move_across(person=who, unit=commune(), since=date(2026, 11, 17), source="Sổ cư trú", by=by, now=NOW)
    made = gifts()
    fill(made)
    for browser in (signed_in(), signed_in(Role.INSPECTOR, office="SYT")):
        text = browser.get(reverse("emergency:list", args=[made.code])).text
        assert "không có trong danh sách" in text and "Lê Thị Đến" in text and commune(THAI_BINH).name in text
    book = openpyxl.load_workbook(BytesIO(signed_in().get(reverse("emergency:list", args=[made.code]) + "?xuat=xlsx").content))
    cells = [str(cell.value) for row in book["Khong co"].iter_rows() for cell in row]
    assert "Lê Thị Đến" in cells and any("cư trú tại" in cell for cell in cells)


def test_filled_again_it_adds_only_who_came_since_and_a_further_list_takes_the_late():
    grant(person("Lê Thị Đầu", "1940-01-01"))
    made = gifts()
    assert (fill(made), fill(made)) == (1, 0)
    act("submit", made)
    act("decide", made)
    grant(person("Lê Thị Muộn", "1940-01-01"))
    with pytest.raises(NotAllowed, match="danh sách bổ sung"):
        fill(made)
    with as_post(post(), on=DAY):
        late = operations.open_list(occasion=made.occasion, unit=made.unit, by=post(), now=NOW)
    assert fill(late) == 1 and names(late) == ["Lê Thị Muộn"]


def test_the_round_of_the_division_is_listed_by_each_commune_and_shows_who_has_not_settled():
    grant(person("Lê Thị Đây", "1940-01-01"))
    occasion = round_of_gifts(by=post(Role.DIVISION_OFFICER, office="BTXH"))
    with as_post(post(), on=DAY):
        made = operations.open_list(occasion=occasion, unit=commune(), by=post(), now=NOW)
    fill(made)
    watcher = post(Role.DIVISION_OFFICER, office="BTXH")
    with as_post(watcher, on=DAY):
        rows = queries.places(occasion, [commune(), commune(THAI_BINH)])
        assert [(row.unit.code, row.state, row.lines, row.amount_vnd) for row in rows] == [
            (commune().code, "listing", 1, 400_000), (THAI_BINH, "none", 0, 0),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("missing", "words"),
    [
        ({"paper": " "}, "nghị quyết"),
        ({"level_vnd": None}, "mức tiền hoặc hiện vật"),
        ({"cutoff_on": None}, "ngày chốt"),
        ({"groups": []}, "ít nhất một nhóm"),
        ({"groups": ["hiv"]}, "ít nhất một nhóm"),
        ({"last_day": date(2026, 1, 1)}, "kết thúc trước"),
        ({"name": ""}, "tên đợt"),
    ],
)
def test_a_round_names_what_it_needs(missing, words):
    with pytest.raises(InvalidInput, match=words):
        gifts(**missing)


def test_a_round_whose_cut_off_day_is_ahead_is_not_filled_yet():
    with pytest.raises(InvalidInput, match="chưa tới"):
        fill(gifts(cutoff_on=date(2026, 12, 15)))


def test_a_list_of_gifts_is_never_typed():
    with as_post(post(), on=DAY), pytest.raises(InvalidInput, match="không thuộc loại"):
        operations.add_lines(aid_list=gifts(), asked=[Asked("gift", "Ai Đó")], by=post(), now=NOW)


def supply(made, kind: str, vnd: int, *, kg: int = 0, level: str = "province", by=None):
    by = by or post(Role.ACCOUNTANT)
    with as_post(by, on=DAY):
        return operations.record_supply(
            aid_list=made, kind=kind, resources=level, amount_vnd=vnd, rice_kg=kg, paper="Lệnh chi 12", on=DAY, by=by, now=NOW
        )


def decided(*people_names: str):
    for name in people_names:
        grant(person(name, "1940-01-01"))
    made = gifts()
    fill(made)
    act("submit", made)
    return act("decide", made, resources={"gift": "province"})


def test_a_round_is_settled_when_received_less_given_was_returned():
    made = decided("Lê Thị Nhận", "Lê Thị Vắng")
    with pytest.raises(InvalidInput, match="Còn 2 dòng"):
        act("account", made)
    mark(made, "give", only="Lê Thị Nhận")
    mark(made, "miss", only="Lê Thị Vắng")
    with pytest.raises(InvalidInput, match="Còn 1 dòng"):
        act("account", made)
    mark(made, "hand_back", only="Lê Thị Vắng", note="Đi xa, không ai nhận thay")
    with pytest.raises(InvalidInput, match="Chưa ghi kinh phí"):
        act("account", made)
    supply(made, "received", 800_000)
    with pytest.raises(InvalidInput, match="còn 400.000"):
        act("account", made)
    supply(made, "returned", 400_000)
    assert act("account", made).state == "accounted"
    with pytest.raises(NotAllowed, match="đã quyết toán"):
        supply(made, "returned", 1)


def test_a_wrong_entry_of_the_resources_has_one_counter_entry():
    made = decided("Lê Thị Nhận")
    wrong, by = supply(made, "received", 900_000), post(Role.ACCOUNTANT)
    with as_post(by, on=DAY):
        with pytest.raises(InvalidInput, match="lý do"):
            operations.correct_supply(entry=wrong, reason="", by=by, now=NOW)
        counter = operations.correct_supply(entry=wrong, reason="ghi nhầm", by=by, now=NOW)
        assert (counter.amount_vnd, counter.corrects) == (-900_000, wrong)
        with pytest.raises(Exception, match="đã có bút toán đảo"):
            operations.correct_supply(entry=wrong, reason="ghi nhầm", by=by, now=NOW)
        with pytest.raises(InvalidInput, match="Bút toán đảo không sửa"):
            operations.correct_supply(entry=counter, reason="ghi nhầm", by=by, now=NOW)
        (row,) = queries.balances(made)
        assert (row.received_vnd, row.is_tracked) == (0, False)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"kind": "received", "level": "fund"}, "trang của quỹ"),
        ({"kind": "asked", "level": "commune"}, "nguồn của tỉnh"),
        ({"kind": "received", "vnd": 0}, "lớn hơn 0"),
    ],
)
def test_an_entry_of_the_resources_says_what_it_needs(given, words):
    made = gifts()
    with pytest.raises(InvalidInput, match=words):
        supply(made, given["kind"], given.get("vnd", 5), level=given.get("level", "province"))
    with pytest.raises(NotAllowed):
        supply(made, "received", 5, by=post(Role.CLERK))


ALLOWED = {(source, move.act) for move in GIFT_LIST.moves for source in move.sources}


@pytest.mark.parametrize(
    ("state", "name"), sorted(set(product(GIFT_LIST.states, ("submit", "send_back", "decide", "reopen", "account"))) - ALLOWED)
)
def test_any_other_move_of_a_list_of_gifts_is_refused(state, name):
    grant(person("Lê Thị Một", "1940-01-01"))
    made = gifts()
    fill(made)
    for one, reached in (("submit", "submitted"), ("decide", "decided"), ("account", "accounted")):
        if state == "listing":
            break
        if one == "account":
            mark(made, "give")
            supply(made, "received", 400_000)
        made = act(one, made)
        if state == reached:
            break
    with pytest.raises(MoveNotAllowed):
        act(name, made)


def test_a_list_of_gifts_needs_no_review():
    made = gifts()
    with pytest.raises((MoveNotAllowed, InvalidInput)):
        act("review", made)
    grant(person("Lê Thị Một", "1940-01-01"))
    fill(made)
    with pytest.raises(MoveNotAllowed):
        act("review", made)


def test_a_round_of_thousands_is_made_in_a_few_statements(django_assert_max_num_queries):
    for place in range(6):
        grant(person(f"Lê Thị Người {place}", "1940-01-01"))
    made = gifts()
    with django_assert_max_num_queries(25):
        assert fill(made) == 6


def test_gifts_of_leaders_follow_the_levels_of_the_law():
    by = post()
    with as_post(by, on=DAY):
        made = operations.open_occasion(
            new=NewOccasion("visit", "Đoàn tỉnh thăm", DAY, giver="ministry_or_province"), by=by, now=NOW
        ).lists.get()
        (line,) = operations.add_lines(
            aid_list=made, asked=[Asked("leader_gift", "Hộ ông Lê Văn Khó", receives_as="household")], by=by, now=NOW
        )
        assert (line.amount_vnd, line.goods_vnd, line.article) == (2_000_000, 300_000, "Điều 14 NĐ 335/2026/NĐ-CP")
        assert AidLine.objects.filter(list=made).count() == 1
    act("submit", made)
    assert act("decide", made, signature=signature("46/QĐ-UBND")).state == "decided"
