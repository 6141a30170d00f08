"""NĐ 335/2026 in one commune: in force on 5 October, its 540.000 for months from July. Drafted in bulk, signed, paid: by hand.

Basis: Điều 32 NĐ 335/2026/NĐ-CP.
"""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.queries import law_for
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.payments.queries import comparison
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import household, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]

JUN, JUL, AUG, SEP, OCT, NOV, DEC = (date(2026, n, 1) for n in range(6, 13))
SIGNED = at(2026, 10, 12)
# What each receives from June, and what each lacks a month since July: coefficient × 40.000.
BEFORE = {"Hưu": 500_000, "Nặng": 750_000, "Trẻ": 1_250_000, "Đơn": 1_000_000, "Mất": 500_000}
LACKS = {"Hưu": 40_000, "Nặng": 60_000, "Trẻ": 100_000, "Đơn": 80_000, "Mất": 40_000}


@pytest.fixture
def seeing_all(as_maintenance):
    with as_maintenance():
        yield


def granted(who: Person, since: date) -> Entitlement:
    """What the law of the spring gave, decided in time."""
    (line,) = law_for(who, JUN if since == JUN else date(2026, 5, 1))
    entry = grant(
        who, line.category, coefficient=line.coefficient, months_from=since, benefit=line.kind, law_code=line.code,
        signed=month.before(since, 10),
    )  # fmt: skip
    if line.count != 1:  # the factory grants for one child
        values = {"count": line.count, "amount_vnd": entry.amount_vnd * line.count}
        Entitlement.objects.filter(pk=entry.pk).update(**values)
    return entry


@pytest.fixture
def commune_of_october():
    """Paid from July to October at 500.000; one died in August, one came in September."""
    poor = household(poverty="poor")
    parent = person("Đơn", "1990-02-01", household=poor, facts={"marital": "widowed"})
    for name, born in (("Con Cả", "2018-05-01"), ("Con Út", "2020-05-01")):
        child = person(name, born, household=poor)
        people.record_relative(person=parent, kind="child", name="", known=child, since=None, source="thử", by=post(), now=NOW)
    old = [
        person("Hưu", "1948-03-01"),
        person("Nặng", "1980-03-01", facts={"disability": "severe"}),
        person("Trẻ", "2016-03-01", facts={"disability": "extremely_severe"}),
        parent,
        person("Mất", "1947-03-01"),
    ]
    entries = {who.full_name: granted(who, JUN) for who in old}
    for name, entry in entries.items():
        entry.refresh_from_db()
        assert entry.amount_vnd == BEFORE[name]
    late = granted(person("Chín", "1949-03-01"), SEP)
    for paid in (JUL, AUG):
        month.paid(paid)
    people.record_death(person=old[-1], died_on=date(2026, 8, 20), source="Trích lục khai tử", by=post(), now=NOW)
    for paid in (SEP, OCT):
        month.paid(paid)
    return entries | {"Chín": late}


def drafted():
    officer = month.officer()
    with as_post(officer, on=SIGNED.date()):
        (draft,) = ledger.draft_differences(unit=commune(), month=NOV, by=None, now=SIGNED)
        return draft


def signed(draft) -> None:
    clerk = post(Role.CLERK)
    with as_post(clerk, on=SIGNED.date()):
        ledger.record_decision(decision=draft, signature=signature(SIGNED.date(), "540/QĐ-UBND"), by=clerk, now=SIGNED)


def items(draft) -> set[tuple]:
    return set(draft.items.values_list("person__full_name", "act", "from_month", "amount_vnd"))


def test_the_draft_holds_each_change_and_nothing_moves_until_it_is_signed(commune_of_october):
    draft = drafted()
    assert (draft.state, draft.origin) == ("draft", "proposed")
    assert items(draft) == {
        ("Hưu", "adjust", JUL, 540_000),
        ("Nặng", "adjust", JUL, 810_000),
        ("Trẻ", "adjust", JUL, 1_350_000),
        ("Đơn", "adjust", JUL, 1_080_000),
        ("Mất", "adjust", JUL, 540_000),
        ("Chín", "arrears", SEP, 40_000),  # an entry keeps its first month: what it lacks is decided by itself
        ("Chín", "adjust", OCT, 540_000),
    }
    assert set(Entitlement.objects.values_list("standard_vnd", flat=True)) == {500_000}


def test_the_next_list_pays_the_new_level_and_what_each_month_since_july_lacks(commune_of_october):
    signed(drafted())
    found = month.proposed(NOV)
    rows = month.rows(found)
    regular = {name: amount for name, kind, at_month, amount, _state in rows if kind == "regular" and at_month == 11}
    assert regular == {"Hưu": 540_000, "Nặng": 810_000, "Trẻ": 1_350_000, "Đơn": 1_080_000, "Chín": 540_000}
    arrears: dict[str, dict[int, int]] = {}
    for name, kind, at_month, amount, state in rows:
        if kind == "arrears":
            assert state == "due"
            arrears.setdefault(name, {})[at_month] = amount
    whole = {name: dict.fromkeys((7, 8, 9, 10), LACKS[name]) for name in ("Hưu", "Nặng", "Trẻ", "Đơn")}
    assert arrears == whole | {"Mất": {7: 40_000, 8: 40_000}, "Chín": {9: 40_000, 10: 40_000}}
    # 4 × (40 + 60 + 100 + 80) + 2 × 40 + 2 × 40 = 1.280 thousand; 540 + 810 + 1.350 + 1.080 + 540 = 4.320 thousand
    due = [(kind, amount) for _name, kind, _month, amount, state in rows if state == "due"]
    assert sum(amount for kind, amount in due if kind == "arrears") == 1_280_000
    assert sum(amount for _kind, amount in due) == 5_600_000


def test_once_paid_december_owes_nothing_more_and_the_sheet_tells_why(commune_of_october):
    signed(drafted())
    november = month.paid(NOV)
    with as_maintenance():
        reasons = {change.name: (change.reason, change.amount_vnd) for change in comparison(november).changes}
    assert reasons == {name: ("standard", LACKS[name]) for name in ("Hưu", "Nặng", "Trẻ", "Đơn")} | {"Chín": ("standard", 40_000)}
    december = month.proposed(DEC)
    due = [row[1:4] for row in month.rows(december) if row[4] == "due"]
    assert {kind for kind, _month, _amount in due} == {"regular"} and sum(row[2] for row in due) == 4_320_000
    with as_maintenance():
        again = ledger.draft_differences(unit=commune(), month=DEC, by=None, now=at(2026, 11, 12))
    assert again == []


def test_signed_after_the_cut_off_it_waits_for_the_list_after(commune_of_october):
    draft = drafted()
    late, clerk = at(2026, 10, 25), post(Role.CLERK)
    with as_post(clerk, on=late.date()):
        ledger.record_decision(decision=draft, signature=signature(late.date()), by=clerk, now=late)
    assert sum(row[3] for row in month.rows(month.paid(NOV)) if row[4] == "paid") == 4_000_000
    december = [row for row in month.rows(month.proposed(DEC)) if row[4] == "due"]
    # November is short as well: 1.280 + 40 + 60 + 100 + 80 + 40 thousand of arrears
    assert sum(row[3] for row in december if row[1] == "arrears") == 1_600_000
    assert sum(row[3] for row in december) == 5_920_000
