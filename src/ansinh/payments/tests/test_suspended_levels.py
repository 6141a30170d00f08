"""Another level of somebody suspended: no money starts by itself, and none is lost when it is resumed."""

from datetime import date

import pytest
from django.urls import reverse

from ansinh.access.tests.factories import at, commune
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Entitlement, Suspension
from ansinh.entitlements.operations import draft_differences
from ansinh.entitlements.queries import differences, law_for
from ansinh.entitlements.tests.factories import care, grant, signature
from ansinh.kernel.errors import InvalidInput
from ansinh.localities.queries import scope_ids
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.tests.factories import household, person
from ansinh.people.tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]
JUL, AUG, SEP, OCT, NOV, DEC = (date(2026, n, 1) for n in range(7, 13))
LEVEL_KNOWN = at(2026, 10, 10)


def suspended(entry=None, since: date = AUG) -> Entitlement:
    """Paid in July at the old level, suspended from August; the level of July is known in October."""
    month.neighbour()
    entry = entry or grant(person("Vũ Thị Xa", "1940-01-01"))
    month.paid(JUL)
    month.decide(entry, "suspend", since, recorded=month.before(since, 5))
    return entry


def drafted(of: date = NOV, now=LEVEL_KNOWN):
    """The unsigned drafts of a month about everybody but the neighbour, and their lines."""
    drafts = draft_differences(unit=commune(), month=of, by=month.officer(), now=now)
    items = [i for draft in drafts for i in draft.items.exclude(person__full_name=month.NEIGHBOUR).order_by("number")]
    return drafts, [(i.act, i.from_month.month, i.amount_vnd) for i in items]


def sign(drafts, now):
    for draft in drafts:
        ledger.record_decision(decision=draft, signature=signature(now.date()), by=month.clerk(), now=now)


def of_months(found) -> list[tuple]:
    return [row[1:] for row in month.rows(found)]


def test_a_suspended_entry_of_a_new_level_is_adjusted_and_stays_suspended():
    entry = suspended()
    drafts, items = drafted()
    assert items == [("adjust", 7, 540_000)]
    sign(drafts, at(2026, 10, 12))
    new = Entitlement.objects.get(person=entry.person, ended_by=None)
    assert [(one.months.lower, one.months.upper) for one in new.suspensions.all()] == [(AUG, None)]
    assert of_months(month.paid(NOV)) == [("arrears", 7, 40_000, "paid")]  # July was drawn; nothing of the suspended months
    month.decide(new, "resume", DEC, recorded=at(2026, 11, 10))
    back = [("arrears", n, 540_000, "due") for n in (8, 9, 10, 11)]
    assert of_months(month.proposed(DEC)) == [*back, ("regular", 12, 540_000, "due")]


def test_months_suspended_before_and_after_the_new_level_are_resumed_together():
    entry = suspended()
    sign(drafted(OCT, at(2026, 10, 6))[0], at(2026, 10, 7))
    adjusted = Entitlement.objects.get(person=entry.person, ended_by=None)
    month.decide(adjusted, "adjust", OCT, recorded=at(2026, 10, 8), amount_vnd=600_000)
    last = Entitlement.objects.get(person=entry.person, ended_by=None)
    resumed = month.decide(last, "resume", DEC, recorded=at(2026, 11, 10))
    owed = [("arrears", 7, 40_000, "due"), *(("arrears", n, 540_000, "due") for n in (8, 9))]
    owed += [("arrears", n, 600_000, "due") for n in (10, 11)]
    assert of_months(month.proposed(DEC)) == [*owed, ("regular", 12, 600_000, "due")]
    ledger.revoke_decision(decision=resumed, reason="Ghi nhầm", by=month.clerk(), now=at(2026, 11, 11))
    assert set(Suspension.objects.values_list("resumed_by", "owed")) == {(None, False)}
    assert of_months(month.proposed(DEC)) == [("arrears", 7, 40_000, "due")]


def test_an_adjustment_taken_back_leaves_the_suspension_on_the_entry_it_had_replaced():
    entry = suspended()
    drafts, _ = drafted()
    sign(drafts, at(2026, 10, 12))
    for draft in drafts:
        ledger.revoke_decision(decision=draft, reason="Ghi nhầm", by=month.clerk(), now=at(2026, 10, 13))
    assert Suspension.objects.get().entitlement == entry
    assert of_months(month.proposed(NOV)) == []


def test_who_died_while_suspended_is_stopped():
    entry = suspended()
    people.record_death(person=entry.person, died_on=date(2026, 10, 5), source="Trích lục", by=month.officer(), now=LEVEL_KNOWN)
    found = differences(unit_ids=scope_ids(commune(), on=LEVEL_KNOWN.date()), month=NOV)
    assert [(one.kind, one.held) for one in found if one.entry == entry] == [("stop", False)]


def test_a_further_level_that_a_grant_would_pay_waits_for_the_resumption():
    who = person("Sáu Mươi", "1966-09-10", facts={"disability": "severe"})
    entry = suspended(grant(who, "DISABLED_SEVERE", coefficient=150, law_code="ND335.5.6"))
    assert drafted()[1] == []
    (found,) = [one for one in differences(unit_ids=scope_ids(commune(), on=LEVEL_KNOWN.date()), month=NOV) if one.entry == entry]
    assert (found.kind, found.held) == ("coefficient", True)
    month.decide(entry, "resume", NOV, recorded=at(2026, 10, 11))
    assert drafted(DEC, at(2026, 11, 10))[1] == [("adjust", 7, 810_000), ("grant", 10, 1_080_000)]


def test_money_for_care_that_is_suspended_takes_nothing_from_the_carers_own_allowance():
    house = household()
    carer = person("Lê Thị Mẹ", "1945-01-01", household=house)
    facts = {"disability": "extremely_severe", "cared_by": "own_household"}
    own = grant(carer, standard_vnd=540_000, months_from=JUL)
    entry = care(carer, person("Lê Văn Con", "1996-01-01", household=house, facts=facts), JUL)
    month.decide(entry, "suspend", SEP, recorded=at(2026, 8, 20))
    assert [line.amount_vnd for line in law_for(carer, NOV)] == [540_000]
    found = differences(unit_ids=scope_ids(commune(), on=LEVEL_KNOWN.date()), month=NOV)
    assert own.pk not in {one.entry.pk for one in found}


def test_the_form_for_one_person_proposes_the_resumption_of_who_is_suspended(settings):
    settings.ANSINH_TODAY = LEVEL_KNOWN.date()
    entry = suspended()
    form = signed_in().get(reverse("entitlements:decide", args=[entry.person.code])).context_data["form"]
    assert (form.initial["act"], form.initial["entry"]) == ("resume", str(entry.id))


def test_what_was_resumed_from_its_own_first_month_is_not_resumed_twice():
    entry = suspended()
    month.decide(entry, "resume", AUG, recorded=at(2026, 8, 20))
    with pytest.raises(InvalidInput, match="không đang tạm dừng"):
        month.decide(entry, "resume", SEP, recorded=at(2026, 8, 21))
