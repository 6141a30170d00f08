"""Somebody suspended who moves: the new commune takes the entry over, still suspended; nothing starts by itself and nothing is lost."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import THAI_BINH, at, commune, post
from ansinh.entitlements import operations
from ansinh.entitlements.models import DecisionItem, Entitlement, Suspension
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.people import operations as people
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db

OLD = f"UBND-{THAI_BINH}"
NOV, DEC, JAN, FEB = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1), date(2027, 2, 1)
_KEPT = ("benefit", "category", "law_code", "coefficient", "count", "standard_vnd", "amount_vnd")


def decide(entry: Entitlement, act: str, month: date, *, office: str = "", now) -> None:
    known = {"office": office} if office else {}
    by, clerk = post(**known), post(Role.CLERK, **known)
    item = ItemDraft(
        person_id=entry.person_id, act=act, from_month=month, entitlement=entry, **{name: getattr(entry, name) for name in _KEPT}
    )  # fmt: skip
    with as_post(by, on=now.date()):
        draft = operations.draft_decision(
            office=by.office, unit=by.office.unit, kind=act, origin="recorded", items=[item], by=by, now=now
        )
    with as_post(clerk, on=now.date()):
        operations.record_decision(decision=draft, signature=signature(now.date()), by=clerk, now=now)


def moved(as_maintenance) -> Entitlement:
    with as_maintenance():
        who = person(born="1945-01-01", unit=commune(THAI_BINH), by=post(office=OLD))
        entry = grant(who, standard_vnd=540_000, months_from=date(2026, 8, 1))
    decide(entry, "suspend", NOV, office=OLD, now=at(2026, 10, 20))
    by = post(office=OLD)
    with as_post(by, on=date(2026, 11, 9)):
        people.move_across(person=who, unit=commune(), since=date(2026, 11, 9), source="Sổ cư trú", by=by, now=at(2026, 11, 9))
    return entry


def proposed(month: date) -> list[tuple]:
    by = post()
    with as_post(by, on=month):
        drafts = operations.draft_differences(unit=commune(), month=month, by=by, now=at(month.year, month.month, 3))
        return [(item.act, item.from_month) for draft in drafts for item in draft.items.all()]


def taken_over(entry: Entitlement) -> Entitlement:
    """Signed in the new commune in December."""
    assert proposed(DEC) == [("adjust", DEC)]
    clerk = post(Role.CLERK)
    with as_post(clerk, on=DEC):
        draft = DecisionItem.objects.get(person=entry.person_id, decision__state="draft").decision
        operations.record_decision(decision=draft, signature=signature(date(2026, 12, 4)), by=clerk, now=at(2026, 12, 4))
        return Entitlement.objects.get(person=entry.person_id, unit=commune())


def test_the_new_commune_proposes_to_take_it_over_and_it_stays_suspended(as_maintenance):
    entry = moved(as_maintenance)
    after = taken_over(entry)
    with as_maintenance():
        assert [(one.months.lower, one.months.upper) for one in after.suspensions.all()] == [(DEC, None)]
        assert after.suspensions.get().item == entry.suspensions.get().item
    decide(after, "resume", JAN, now=at(2026, 12, 20))
    with as_maintenance():
        spans = Suspension.objects.filter(entitlement__person=entry.person).order_by("id")
        assert [(one.months.lower, one.months.upper, one.owed) for one in spans] == [(NOV, JAN, True), (DEC, JAN, True)]


def test_the_time_to_prove_the_conditions_counts_from_the_first_suspension(as_maintenance):
    """Suspended from November at the old place: three months end with January, not with February."""
    after = taken_over(moved(as_maintenance))
    with as_maintenance():
        assert [(one.since, one.months.lower) for one in after.suspensions.all()] == [(NOV, DEC)]
    assert proposed(JAN) == []
    assert proposed(FEB) == [("stop", FEB)]
