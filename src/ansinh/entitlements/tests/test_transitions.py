"""The transition list of a change of law: who, from what to what, what is owed since; drafts for the chairman; what is held."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, at, commune, post
from ansinh.entitlements import operations
from ansinh.entitlements.models import Decision, DecisionItem, Entitlement, TransitionLine
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.papers.decision import decision_content
from ansinh.entitlements.queries import change_of_law, law_for, transition_months, transition_sums
from ansinh.entitlements.queries.steady import steady
from ansinh.entitlements.queries.transitions import DEDUCTED, one_by_one
from ansinh.entitlements.tests.factories import care, grant, signature
from ansinh.jobs import WORKERS
from ansinh.jobs.models import Job
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.periods import months_between
from ansinh.lawbook import operations as lawbook
from ansinh.localities.queries import scope_ids
from ansinh.people import operations as people
from ansinh.people.models import Circumstance
from ansinh.people.tests.factories import household, person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
JUN, JUL, AUG, SEP, OCT, NOV, DEC = (date(2026, n, 1) for n in range(6, 13))
MONTHS = [f"2026-{n:02d}" for n in range(7, 12)]


@pytest.fixture(autouse=True)
def looking_behind(as_maintenance, settings):
    settings.ANSINH_TODAY = NOW.date()
    with as_maintenance():
        yield


def drawing(name: str, born: str, *, since: date = JUN, **known) -> Entitlement:
    """Somebody granted in time what the law of that spring gave."""
    who = person(name, born, **known)
    (line,) = law_for(who, min(since, JUN))
    return grant(
        who, line.category, coefficient=line.coefficient, months_from=since, benefit=line.kind, law_code=line.code,
        signed=at(2026, since.month - 1, 10),
    )  # fmt: skip


def reckoned(change: str = "2026", now=NOW) -> list[TransitionLine]:
    operations.draft_transitions(units=[commune()], change=change, by=None, now=now)
    return list(TransitionLine.objects.filter(change=change).select_related("person", "decision").order_by("person__sort_key"))


def told(lines) -> dict[str, tuple]:
    return {
        one.person.full_name: (one.kind, one.before_vnd, one.amount_vnd, one.from_month, len(one.owed), one.owed_vnd)
        for one in lines
    }


def record(decision: Decision, now=NOW) -> Decision:
    clerk = post(Role.CLERK)
    return operations.record_decision(decision=decision, signature=signature(now.date()), by=clerk, now=now)


def test_months_run_from_the_first_money_to_this_month_or_to_the_next_change():
    asked = {key: transition_months(change_of_law(key), on=NOW.date()) for key in ("2021", "2024", "2025", "2026")}
    assert asked["2026"] == list(months_between(JUL, DEC))
    assert (asked["2024"][0], asked["2024"][-1]) == (date(2024, 7, 1), date(2025, 6, 1))
    assert (asked["2021"][0], asked["2021"][-1]) == (date(2021, 7, 1), date(2024, 6, 1))
    assert asked["2025"][-1] == date(2026, 6, 1)
    with pytest.raises(InvalidInput, match="2021, 2024, 2025, 2026"):
        change_of_law("1999")


def test_everybody_moves_to_the_new_level_with_what_each_month_lacks():
    drawing("Hưu", "1948-03-01")
    drawing("Nặng", "1980-03-01", facts={"disability": "severe"})
    drawing("Trẻ", "2016-03-01", facts={"disability": "extremely_severe"})
    drawing("Chín", "1949-03-01", since=SEP)
    found = told(reckoned())
    assert found == {
        "Hưu": ("rate", 500_000, 540_000, JUL, 5, 200_000),
        "Nặng": ("rate", 750_000, 810_000, JUL, 5, 300_000),
        "Trẻ": ("rate", 1_250_000, 1_350_000, JUL, 5, 500_000),
        "Chín": ("rate", 500_000, 540_000, SEP, 3, 120_000),
    }
    draft = Decision.objects.exclude(transition="").get()
    assert (draft.state, draft.origin, draft.transition, draft.month) == ("draft", "proposed", "2026", DEC)
    items = set(draft.items.values_list("person__full_name", "act", "from_month", "amount_vnd"))
    assert ("Chín", "arrears", SEP, 40_000) in items and ("Chín", "adjust", OCT, 540_000) in items
    assert ("Nặng", "adjust", JUL, 810_000) in items and len(items) == 5
    assert set(Entitlement.objects.values_list("standard_vnd", flat=True)) == {500_000}  # nothing moves until it is signed


def test_columns_tell_the_same_as_the_law_one_by_one():
    drawing("Hưu", "1948-03-01")
    drawing("Nặng", "1980-03-01", facts={"disability": "severe"})
    drawing("Già", "1951-01-15", facts={"disability": "extremely_severe"})
    drawing("Chín", "1949-03-01", since=SEP)
    change, scopes = change_of_law("2026"), [scope_ids(commune(), on=NOW.date())]
    months = transition_months(change, on=NOW.date())
    columns = {one.person_id: one for _place, one in steady(scopes=scopes, change=change, months=months).told}
    asked = {one.person_id: one for one in one_by_one(list(columns), change=change, months=months, unit_ids=scopes[0])}
    assert len(columns) == 4

    def plain(one):
        items = [(i.act, i.benefit, i.category, i.law_code, i.coefficient, i.count, i.standard_vnd, i.amount_vnd, i.from_month,
                  i.to_month, i.reason, i.law, i.entitlement.pk) for i in one.items]  # fmt: skip
        return (one.entry_id, one.kind, one.category, one.coefficient, one.before_vnd, one.amount_vnd, one.from_month, one.reason,
                dict(one.owed), one.held, one.unconfirmed, items)  # fmt: skip

    assert {key: plain(one) for key, one in columns.items()} == {key: plain(one) for key, one in asked.items()}


def test_arrears_of_money_for_care_are_none_of_the_allowance():
    entry = drawing("Mất", "1947-03-01")
    caring = care(entry.person, person("Lê Văn Con", "1996-01-01"), JUN, signed=at(2026, 5, 12))
    people.record_death(person=entry.person, died_on=date(2026, 8, 20), source="khai tử", by=post(), now=NOW)
    kept = {"person_id": entry.person_id, "from_month": SEP}
    items = [
        ItemDraft(act="stop", benefit=entry.benefit, category=entry.category, amount_vnd=500_000, entitlement=entry, **kept),
        ItemDraft(
            act="arrears", benefit="carer_money", category=caring.category, amount_vnd=40_000, months=["2026-07"],
            entitlement=caring, cared_for_id=caring.cared_for_id, **kept,
        ),
    ]  # fmt: skip
    by = post()
    record(
        operations.draft_decision(office=by.office, unit=entry.unit, kind="mixed", origin="recorded", items=items, by=by, now=NOW)
    )
    (line,) = reckoned()
    assert (line.kind, line.owed) == ("past", {"2026-07": 40_000, "2026-08": 40_000})


def test_signed_it_moves_the_ledger_and_a_second_reckoning_finds_nothing():
    drawing("Hưu", "1948-03-01")
    drawing("Chín", "1949-03-01", since=SEP)
    reckoned()
    record(Decision.objects.exclude(transition="").get())
    assert sorted(Entitlement.objects.running(NOV).values_list("amount_vnd", flat=True)) == [540_000, 540_000]
    lines = reckoned()
    assert {one.decision.state for one in lines} == {"signed"} and len(lines) == 2
    assert Decision.objects.filter(state="draft").count() == 0


def test_whoever_stopped_meanwhile_gets_arrears_alone():
    entry = drawing("Mất", "1947-03-01")
    people.record_death(person=entry.person, died_on=date(2026, 8, 20), source="khai tử", by=post(), now=NOW)
    stop = ItemDraft(
        person_id=entry.person_id, act="stop", benefit=entry.benefit, category=entry.category, from_month=SEP, amount_vnd=500_000,
        entitlement=entry,
    )  # fmt: skip
    by = post()
    record(
        operations.draft_decision(office=by.office, unit=entry.unit, kind="stop", origin="recorded", items=[stop], by=by, now=NOW)
    )
    (line,) = reckoned()
    assert (line.kind, line.owed, line.owed_vnd, line.change_vnd) == ("past", {"2026-07": 40_000, "2026-08": 40_000}, 80_000, 0)
    item = DecisionItem.objects.get(decision__transition="2026")
    assert (item.act, item.amount_vnd, item.months) == ("arrears", 40_000, ["2026-07", "2026-08"])
    record(item.decision)
    assert [one.decision.state for one in reckoned()] == ["signed"]


def test_whoever_died_without_a_stop_is_moved_up_to_the_month_of_death():
    entry = drawing("Mất", "1947-03-01")
    people.record_death(person=entry.person, died_on=date(2026, 8, 20), source="khai tử", by=post(), now=NOW)
    (line,) = reckoned()
    item = DecisionItem.objects.get(decision__transition="2026")
    assert (item.act, item.from_month, item.to_month, line.owed_vnd) == ("adjust", JUL, SEP, 80_000)


def test_a_level_that_rests_on_an_unconfirmed_point_is_listed_and_held_until_it_is_confirmed():
    alone = household(poverty="poor")
    entry = drawing("Đơn Côi", "1950-02-01", household=alone, facts={"supporter": "none"})
    assert entry.category == "ELDER_POOR_ALONE" and entry.amount_vnd == 750_000
    (line,) = reckoned()
    assert line.held and line.unconfirmed == ["r3_5a_75_from"] and line.decision is None
    assert not Decision.objects.exclude(transition="").exists()
    lawbook.confirm(
        parameter="r3_5a_75_from",
        value="2026-10-05",
        source="Công văn 1",
        note="",
        by=post(Role.DIVISION_OFFICER, office="BTXH"),
        now=NOW,
    )
    (line,) = reckoned()
    items = list(
        DecisionItem.objects.filter(decision__transition="2026")
        .order_by("number")
        .values_list("act", "from_month", "to_month", "amount_vnd")
    )
    assert not line.held and items == [("adjust", JUL, OCT, 810_000), ("grant", OCT, None, 1_080_000)]
    assert line.owed_vnd == 3 * 60_000 + 2 * 330_000


def test_a_pension_less_another_income_stands_in_no_draft_with_an_invented_standard():
    """The difference once it is confirmed: 540.000 less 300.000. The ledger has no place for a deduction."""
    who = person("Lương Ít", "1945-03-01", facts={"pension_vnd": 300_000})
    entry = grant(who, standard_vnd=500_000, months_from=JUN, signed=at(2026, 5, 10))
    lawbook.confirm(
        parameter="social_pension_low_pension_mode", value="difference", source="Công văn 2", note="",
        by=post(Role.DIVISION_OFFICER, office="BTXH"), now=NOW,
    )  # fmt: skip
    (line,) = reckoned()
    assert (line.entitlement, line.amount_vnd, line.held, line.reason) == (entry, 240_000, True, DEDUCTED)
    assert line.decision is None
    operations.draft_differences(unit=commune(), month=DEC, by=None, now=NOW)
    assert not DecisionItem.objects.filter(decision__origin="proposed").exists()


def test_whoever_is_suspended_is_listed_and_held():
    entry = drawing("Vắng", "1948-03-01")
    by = post()
    pause = ItemDraft(
        person_id=entry.person_id, act="suspend", benefit=entry.benefit, category=entry.category, from_month=SEP, amount_vnd=500_000,
        entitlement=entry, reason="Ba tháng liền chưa nhận.",
    )  # fmt: skip
    record(
        operations.draft_decision(
            office=by.office, unit=entry.unit, kind="suspend", origin="recorded", items=[pause], by=by, now=NOW
        )
    )
    (line,) = reckoned()
    assert line.held and "tạm dừng" in line.reason and line.owed == {"2026-07": 40_000, "2026-08": 40_000}
    assert not Decision.objects.exclude(transition="").exists()


def test_who_was_already_out_before_the_change_is_no_matter_of_the_list():
    entry = drawing("Hết Diện", "1980-03-01", facts={"disability": "severe"})
    Circumstance.objects.filter(person=entry.person).delete()
    assert reckoned() == []


def test_hiv_stands_on_a_paper_of_its_own_and_the_bulk_paper_does_not_tell():
    drawing("Hưu", "1948-03-01")
    drawing("Kín", "1990-01-01", household=household(poverty="poor"), facts={"hiv": True})
    reckoned()
    papers = Decision.objects.exclude(transition="").order_by("id")
    assert [list(one.items.values_list("person__full_name", flat=True)) for one in papers] == [["Hưu"], ["Kín"]]


def test_a_change_beside_a_birthday_is_told_stretch_by_stretch():
    entry = drawing("Sáu Mươi", "1966-09-10", facts={"disability": "severe"})
    assert entry.amount_vnd == 750_000
    (line,) = reckoned()
    items = list(
        DecisionItem.objects.filter(decision__transition="2026").order_by("number").values_list("act", "from_month", "amount_vnd")
    )
    # R2: the month after the birthday
    assert items == [("adjust", JUL, 810_000), ("grant", OCT, 1_080_000)]
    assert line.owed == {"2026-07": 60_000, "2026-08": 60_000, "2026-09": 60_000, "2026-10": 330_000, "2026-11": 330_000}


@pytest.mark.parametrize(
    ("change", "since", "was", "now", "from_month"),
    [
        ("2021", date(2021, 1, 1), 270_000, 360_000, date(2021, 7, 1)),
        ("2024", date(2024, 1, 1), 360_000, 500_000, date(2024, 7, 1)),
    ],
)
def test_the_changes_of_2021_and_2024_move_the_standard(change, since, was, now, from_month):
    who = person("Nặng", "1980-03-01", facts={"disability": "severe"})
    grant(who, "DISABLED_SEVERE", coefficient=150, standard_vnd=was, months_from=since, law_code="ND20.5.6")
    (line,) = reckoned(change)
    assert (line.before_vnd, line.amount_vnd, line.from_month) == (was * 3 // 2, now * 3 // 2, from_month)
    assert line.owed_vnd == (now - was) * 3 // 2 * len(line.owed)


def test_the_change_of_2025_makes_social_pensioners_of_those_of_eighty():
    who = person("Cụ Tám", "1940-03-01")
    grant(who, "ELDER_80", coefficient=100, standard_vnd=500_000, months_from=date(2025, 1, 1), law_code="ND20.5.5.c")
    (line,) = reckoned("2025")
    assert (line.kind, line.benefit, line.amount_vnd, line.from_month) == (
        "category",
        "social_pension",
        500_000,
        date(2025, 7, 1),
    )
    item = DecisionItem.objects.get(decision__transition="2025")
    assert (item.act, item.benefit) == ("adjust", "social_pension")


def test_a_month_never_proposes_what_waits_in_a_transition_list_and_the_list_takes_it_over():
    drawing("Hưu", "1948-03-01")
    operations.draft_differences(unit=commune(), month=DEC, by=None, now=NOW)
    assert Decision.objects.filter(transition="").exclude(state="signed").count() == 1
    reckoned()
    assert Decision.objects.filter(state="draft", transition="").count() == 0
    assert operations.draft_differences(unit=commune(), month=DEC, by=None, now=NOW) == []
    assert Decision.objects.filter(state="draft", transition="2026").count() == 1


def test_a_printed_list_lies_on_the_signers_desk_and_stays(settings):
    drawing("Hưu", "1948-03-01")
    reckoned()
    draft = Decision.objects.get(state="draft")
    operations.print_decision(decision=draft, signer=None, by=post(), on=NOW.date(), now=NOW)
    drawing("Sau", "1948-05-01")
    lines = reckoned()
    assert {one.person.full_name: one.decision_id == draft.pk for one in lines} == {"Hưu": True, "Sau": False}


def test_the_word_list_tells_old_new_difference_and_what_is_owed():
    drawing("Hưu", "1948-03-01")
    drawing("Nặng", "1980-03-01", facts={"disability": "severe"})
    reckoned()
    made = decision_content(Decision.objects.get(state="draft"), signer=None, entry=None, by=post(), on=NOW.date())
    assert made.kind == "transition"
    rows = {row["ho_ten"]: row for group in made.values["cac_nhom"] for row in group["nguoi"]}
    assert [rows["Nặng"][key] for key in ("muc_cu", "muc", "chenh_lech", "so_thang", "truy_linh", "tu_thang")] == [
        "750.000", "810.000", "60.000", "5", "300.000", "07/2026",
    ]  # fmt: skip
    assert any("335/2026" in line for line in made.values["can_cu"])


def test_the_page_shows_sums_filters_and_the_workbook():
    drawing("Hưu", "1948-03-01")
    drawing("Nặng", "1980-03-01", facts={"disability": "severe"})
    reckoned()
    officer = signed_in()
    text = officer.get("/so-huong/chuyen-muc/").text
    assert "Hưu" in text and "100.000" in text and "500.000" in text and "Mức chuẩn mới" in text
    assert "Nặng" not in officer.get("/so-huong/chuyen-muc/?tim=huu").text.split('id="rows"')[1]
    assert "Chưa có ai" in officer.get("/so-huong/chuyen-muc/?tinh_trang=giu-lai").text
    page = openpyxl.load_workbook(BytesIO(officer.get("/so-huong/chuyen-muc/?xuat=xlsx").content)).active
    cells = [[cell.value for cell in row] for row in page.iter_rows()]
    assert any("Nặng" in row and 810_000 in row and 300_000 in row for row in cells)
    assert "Chuyển mức" in signed_in(Role.INSPECTOR, office="SYT").get("/so-huong/chuyen-muc/").text


def test_the_sums_are_those_of_the_lines():
    drawing("Hưu", "1948-03-01")
    drawing("Nặng", "1980-03-01", facts={"disability": "severe"})
    reckoned()
    (found,) = transition_sums(TransitionLine.objects.all())
    assert (found.key, found.people, found.change_vnd, found.owed_vnd, found.held) == ("rate", 2, 100_000, 500_000, 0)


def test_an_illness_is_told_by_neither_page_nor_workbook_to_who_may_not_know():
    drawing("Kín", "1990-01-01", household=household(poverty="poor"), facts={"hiv": True})
    drawing("Hưu", "1948-03-01")
    reckoned()
    assert "HIV" not in signed_in(Role.ACCOUNTANT).get("/so-huong/chuyen-muc/").text
    page = openpyxl.load_workbook(BytesIO(signed_in().get("/so-huong/chuyen-muc/?xuat=xlsx").content)).active
    assert not any("HIV" in str(cell.value) or "khoản 8" in str(cell.value).lower() for row in page.iter_rows() for cell in row)


def test_only_who_works_on_lists_reckons_and_a_change_nobody_knows_is_refused():
    assert signed_in(Role.ACCOUNTANT).post("/so-huong/chuyen-muc/lap/", {"thay_doi": "2026"}).status_code == 403
    answer = signed_in().post("/so-huong/chuyen-muc/lap/", {"thay_doi": "1999"}, follow=True)
    assert "Không có lần thay đổi pháp luật “1999”" in answer.text
    assert "/cong-viec/" in signed_in().post("/so-huong/chuyen-muc/lap/", {"thay_doi": "2026"}).url


def test_the_list_of_the_province_is_shared_out_to_the_workers():
    division = signed_in(Role.DIVISION_OFFICER, office="BTXH")
    page = division.post("/so-huong/chuyen-muc/lap/", {"thay_doi": "2026"}, follow=True)
    assert page.redirect_chain == [("/cong-viec/", 302)] and "every 5s" in page.text
    parts = [job.arguments for job in Job.objects.filter(kind="draft_transitions").order_by("id")]
    communes = [set(part["units"]) for part in parts]
    assert [part["change"] for part in parts] == ["2026"] * WORKERS and not communes[0] & communes[1]
    assert (
        abs(len(communes[0]) - len(communes[1])) <= 1
        and f"({len(communes[0])} trên {sum(map(len, communes))} xã, phường)" in page.text
    )
