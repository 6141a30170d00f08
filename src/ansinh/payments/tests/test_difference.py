"""The difference sheet: opening + reasons = closing, and each person stands under the reason that is theirs."""

from datetime import date

import pytest

from ansinh.access.tests.factories import NOW, THAI_BINH, at, commune
from ansinh.database.acting import as_maintenance
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.tests.factories import care, funeral, grant, signature
from ansinh.payments import operations
from ansinh.payments.queries import comparison
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]

JUL, AUG, SEP, OCT, NOV = (date(2026, n, 1) for n in range(7, 12))


def adds_up(sheet) -> None:
    """Money exactly, and people: who stands on a list with extras only is counted once, apart."""
    moved = sum(reason.amount for group in sheet.groups for reason in group.rows)
    assert sheet.opening.amount + moved == sheet.closing.amount
    came = sum(reason.people or 0 for group in sheet.groups for reason in group.rows)
    assert sheet.opening.people + came == sheet.closing.people


def told(found) -> dict[str, tuple[str, int]]:
    """Name → (reason, change) of everybody but the neighbour; the sheet itself must add up."""
    with as_maintenance():
        result = comparison(found)
        adds_up(result.sheet)
        return {change.name: (change.reason, change.amount_vnd) for change in result.changes if change.name != month.NEIGHBOUR}


def test_who_is_on_the_list_with_something_given_once_is_counted_as_everywhere_else():
    """The page said 41 people and its own link showed 42: the funeral's."""
    month.neighbour()
    month.paid(JUL)
    dead = person("Trần Thị Mất")
    funeral(dead, AUG, signed=at(2026, 7, 10))
    found = month.proposed(AUG)
    with as_maintenance():
        sheet = comparison(found).sheet
        assert sheet.closing.people == found.lines.exclude(state="held").values("person").distinct().count() == 2
    assert told(found) == {}
    month.paid(AUG, found=found)
    assert told(month.proposed(SEP)) == {}


def test_a_second_benefit_beside_the_first_is_told_as_new():
    month.neighbour()
    entry = grant(person("Trần Thị Hai"))
    month.paid(JUL)
    care(entry.person, person("Trần Văn Nặng"), AUG, signed=at(2026, 7, 10))
    assert told(month.proposed(AUG)) == {"Trần Thị Hai": ("new", 540_000)}


def extras(found) -> dict[str, int]:
    with as_maintenance():
        groups = comparison(found).sheet.groups
    return {reason.label: reason.amount for group in groups if group.label != "Thường xuyên" for reason in group.rows}


def test_without_a_month_before_everybody_is_new():
    grant(person("Trần Thị Một"))
    assert told(month.proposed(JUL)) == {"Trần Thị Một": ("new", 500_000)}


def test_somebody_newly_granted_stands_beside_somebody_stopped():
    month.neighbour()
    gone = grant(person("Trần Thị Thôi"))
    month.paid(JUL)
    month.decide(gone, "stop", AUG, recorded=at(2026, 7, 10))
    grant(person("Trần Thị Mới"), months_from=AUG, signed=at(2026, 7, 10))
    assert told(month.proposed(AUG)) == {"Trần Thị Thôi": ("stopped", -500_000), "Trần Thị Mới": ("new", 500_000)}


def test_a_death_is_told_as_held():
    month.neighbour()
    who = grant(person("Trần Thị Mất")).person
    month.paid(JUL)
    people.record_death(person=who, died_on=date(2026, 7, 9), source="Trích lục khai tử", by=month.officer(), now=NOW)
    assert told(month.proposed(AUG)) == {"Trần Thị Mất": ("died", -500_000)}


def test_a_line_held_by_hand_and_then_released():
    month.neighbour()
    grant(person("Trần Thị Chờ"))
    month.paid(JUL)
    found = month.proposed(AUG)
    operations.hold_line(
        line=found.lines.get(person_name="Trần Thị Chờ"), reason="Xác minh", by=month.officer(), now=at(2026, 7, 19)
    )
    assert told(found) == {"Trần Thị Chờ": ("held", -500_000)}
    month.paid(AUG, found=found)
    assert told(month.proposed(SEP)) == {"Trần Thị Chờ": ("released", 500_000)}


def test_whoever_moved_away_is_gone_here_and_new_where_they_live():
    month.neighbour(), month.neighbour(commune(THAI_BINH))
    who = grant(person("Trần Thị Chuyển")).person
    month.paid(JUL), month.paid(JUL, unit=commune(THAI_BINH))
    people.move_across(
        person=who, unit=commune(THAI_BINH), since=date(2026, 7, 12), source="thử", by=month.officer(), now=at(2026, 7, 12)
    )
    assert told(month.proposed(AUG)) == {"Trần Thị Chuyển": ("gone", -500_000)}
    assert told(month.proposed(AUG, unit=commune(THAI_BINH))) == {"Trần Thị Chuyển": ("new", 500_000)}


def test_suspended_and_resumed_with_the_months_between_as_arrears():
    month.neighbour()
    entry = grant(person("Trần Thị Dừng"))
    month.paid(AUG)
    month.decide(entry, "suspend", SEP, recorded=at(2026, 8, 10))
    assert told(month.proposed(SEP)) == {"Trần Thị Dừng": ("suspended", -500_000)}
    month.paid(SEP)
    month.decide(entry, "resume", OCT, recorded=at(2026, 9, 10))
    found = month.proposed(OCT)
    assert told(found) == {"Trần Thị Dừng": ("resumed", 500_000)}
    assert extras(found) == {"Truy lĩnh": 500_000}


def changed(entry, **values) -> None:
    """An adjustment of the entry from August."""
    given = {
        "category": entry.category, "coefficient": entry.coefficient, "count": entry.count, "standard_vnd": entry.standard_vnd
    } | values  # fmt: skip
    given["amount_vnd"] = given["coefficient"] * given["standard_vnd"] * given["count"] // 100
    item = ItemDraft(
        person_id=entry.person_id, act="adjust", benefit=entry.benefit, law_code=entry.law_code, from_month=AUG,
        entitlement=entry, **given,
    )  # fmt: skip
    by = month.officer()
    draft = ledger.draft_decision(
        office=by.office, unit=entry.unit, kind="adjust", origin="recorded", items=[item], by=by, now=at(2026, 7, 10)
    )
    ledger.record_decision(decision=draft, signature=signature(date(2026, 7, 10)), by=month.clerk(), now=at(2026, 7, 10))


@pytest.mark.parametrize(
    ("values", "reason", "change"),
    [
        ({"standard_vnd": 540_000}, "standard", 80_000),
        ({"coefficient": 250}, "coefficient", 250_000),
        ({"category": "DISABLED_EXTREME_ELDER", "coefficient": 250}, "category", 250_000),
        ({"count": 2}, "count", 1_000_000),
    ],
)
def test_another_amount_is_told_by_what_changed_in_it(values, reason, change):
    entry = grant(person("Lê Văn Đổi"), "DISABLED_SEVERE", coefficient=200, law_code="ND335.5.6")
    month.paid(JUL)
    changed(entry, **values)
    assert told(month.proposed(AUG)) == {"Lê Văn Đổi": (reason, change)}


def test_a_late_first_month_comes_as_arrears_and_goes_again():
    month.neighbour()
    month.paid(JUL)
    grant(person("Trần Thị Muộn"), months_from=JUL, signed=at(2026, 7, 10))
    found = month.paid(AUG)
    assert told(found) == {"Trần Thị Muộn": ("new", 500_000)} and extras(found) == {"Truy lĩnh": 500_000}
    after = month.proposed(SEP)
    assert told(after) == {} and extras(after) == {"Truy lĩnh của đợt trước, nay hết": -500_000}


def test_an_unpaid_line_is_carried_beside_the_month():
    month.neighbour()
    grant(person("Trần Thị Vắng"))
    month.paid(JUL, absent={"Trần Thị Vắng"})
    found = month.proposed(AUG)
    assert told(found) == {} and extras(found) == {"Tháng trước chưa nhận, chi lại": 500_000}


def test_a_recovery_lessens_only_the_month_it_is_taken_in():
    entry = grant(person("Trần Thị Thừa"))
    month.paid(JUL)
    month.decide(entry, "recovery", AUG, recorded=at(2026, 7, 10), amount_vnd=200_000, months=(JUL,))
    found = month.paid(AUG)
    assert told(found) == {} and extras(found) == {"Thu hồi": -200_000}
    assert extras(month.proposed(SEP)) == {"Thu hồi của đợt trước, nay hết": 200_000}


def test_everything_at_once_still_adds_up():
    month.neighbour()
    rows = {name: grant(person(name)) for name in ("Trần A Thôi", "Trần B Mất", "Trần C Mức", "Trần D Vắng", "Trần E Thừa")}
    month.paid(JUL, absent={"Trần D Vắng"})
    month.decide(rows["Trần A Thôi"], "stop", AUG, recorded=at(2026, 7, 10))
    people.record_death(
        person=rows["Trần B Mất"].person, died_on=date(2026, 7, 9), source="Trích lục", by=month.officer(), now=NOW
    )
    changed(rows["Trần C Mức"], standard_vnd=540_000)
    month.decide(rows["Trần E Thừa"], "recovery", AUG, recorded=at(2026, 7, 11), amount_vnd=100_000, months=(JUL,))
    grant(person("Trần G Mới"), months_from=JUL, signed=at(2026, 7, 10))
    found = month.proposed(AUG)
    assert {reason for reason, _ in told(found).values()} == {"stopped", "died", "standard", "new"}
    assert extras(found) == {"Truy lĩnh": 500_000, "Thu hồi": -100_000, "Tháng trước chưa nhận, chi lại": 500_000}
    with as_maintenance():
        sheet = comparison(found).sheet
    # neighbour, C 540, D, E, new = 2.540.000 of the month; 500.000 + 500.000 − 100.000 beside it
    assert (sheet.opening.amount, sheet.closing.amount) == (3_000_000, 3_440_000)
