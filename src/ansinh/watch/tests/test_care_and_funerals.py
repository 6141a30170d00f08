"""A wrong death and what it touched beside the allowance: money for care, and the support for the funeral."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, at, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.queries import funeral_for
from ansinh.entitlements.tests.factories import care, funeral, grant, signature
from ansinh.kernel.errors import InvalidInput
from ansinh.payments.models import PaymentLine
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import household, person
from ansinh.watch import operations
from ansinh.watch.queries import showing
from ansinh.watch.tests.factories import LEVEL

pytestmark = pytest.mark.django_db
AUG, SEP, OCT, NOV, DEC = (date(2026, n, 1) for n in range(8, 13))
WHY = "Còn sống, trưởng thôn xác nhận"


def caring() -> Entitlement:
    """A household that cares for an extremely severely disabled son, paid to his mother since August."""
    house = household()
    carer = person("Lê Thị Mẹ", "1960-01-01", household=house)
    facts = {"disability": "extremely_severe", "cared_by": "own_household"}
    son = person("Lê Văn Con", "1996-01-01", household=house, facts=facts)
    return loaded(care(carer, son, AUG, signed=at(2026, 7, 12)))


def loaded(entry: Entitlement) -> Entitlement:
    """With its people and papers, which tests ask for outside any role."""
    around = ("person__unit", "cared_for__unit", "granted_by__decision", "unit")
    with as_maintenance():
        return Entitlement.objects.select_related(*around).get(pk=entry.pk)


def dies(who: Person, on: date = date(2026, 9, 9)) -> Person:
    with as_maintenance():
        return people.record_death(person=who, died_on=on, source="điện thoại của thôn", by=post(), now=NOW)


def put_right(who: Person):
    with as_post(post(), on=DAY):
        return operations.correct_death(person=who, reason=WHY, by=post(), now=NOW)


def sign(code: str) -> Decision:
    with as_post(post(Role.CLERK), on=DAY):
        draft = Decision.objects.get(code=code)
        return ledger.record_decision(decision=draft, signature=signature(DAY), by=post(Role.CLERK), now=NOW)


def lines_of(code: str) -> list[tuple]:
    with as_maintenance():
        return [
            (i.act, i.benefit, i.person.full_name, i.from_month, i.amount_vnd)
            for i in Decision.objects.get(code=code).items.order_by("number")
        ]


# Money for care -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("dead", ["carer", "cared_for"])
def test_money_for_care_stopped_by_a_wrong_death_stands_in_the_draft_that_resumes(dead):
    entry = caring()
    who = dies(entry.person if dead == "carer" else entry.cared_for)
    month.decide(entry, "stop", OCT, recorded=at(2026, 9, 15))
    with as_post(post(), on=DAY):
        assert [line.amount_vnd for line in showing.plan_for_death(who, on=DAY).lines] == [540_000]
    made = put_right(who)
    assert lines_of(made.drafts[0]) == [("resume", "carer_money", "Lê Thị Mẹ", OCT, 540_000)]
    sign(made.drafts[0])
    with as_maintenance():
        again = Entitlement.objects.running(NOV).get(benefit="carer_money")
        assert (again.person, again.cared_for) == (entry.person, entry.cared_for)
        assert showing.left_of(made) == []


def test_allowance_and_care_come_back_in_one_draft():
    entry = caring()
    own = loaded(grant(entry.person, "SOCIAL_PENSION_75", **LEVEL | {"months_from": date(2026, 8, 1)}))
    with as_maintenance():
        Person.objects.filter(pk=own.person_id).update(born_on=date(1945, 1, 1))
    who = dies(entry.person)
    for one in (own, entry):
        month.decide(one, "stop", OCT, recorded=at(2026, 9, 15))
    acts = {line[:2] for line in lines_of(put_right(who).drafts[0])}
    assert acts == {("resume", "social_pension"), ("resume", "carer_money")}


def test_a_carer_who_really_died_draws_nothing_when_the_death_of_the_cared_for_was_wrong():
    entry = caring()
    dies(entry.person, on=date(2026, 8, 20))
    who = dies(entry.cared_for)
    month.decide(entry, "stop", SEP, recorded=at(2026, 8, 25))
    assert put_right(who).drafts == []


def test_a_wrong_stop_of_a_carers_entry_is_answered_by_a_resumption():
    entry = caring()
    stop = month.decide(entry, "stop", NOV, recorded=at(2026, 10, 15))
    with as_post(post(), on=DAY):
        made = operations.correct_line(item=stop.items.get(), reason="nhầm người", by=post(), now=NOW)
    assert lines_of(made.drafts[0]) == [("resume", "carer_money", "Lê Thị Mẹ", NOV, 540_000)]


def test_lines_of_the_carer_held_by_the_death_and_a_draft_about_them_go_with_it():
    entry = caring()
    month.paid(NOV)
    who = dies(entry.cared_for, on=date(2026, 10, 9))
    month.proposed(DEC, now=at(2026, 11, 19))
    with as_post(post(), on=DAY):
        (draft,) = ledger.draft_differences(unit=who.unit, month=DEC, by=post(), now=NOW)
        assert [item.act for item in draft.items.all()] == ["stop"]
    put_right(who)
    with as_maintenance():
        assert [line.state for line in PaymentLine.objects.filter(person=entry.person, benefit_month=DEC)] == ["due"]
        assert Decision.objects.get(pk=draft.pk).state == "discarded"


# The funeral ----------------------------------------------------------------------------------------------------------
def buried(paid: bool) -> tuple[Person, Entitlement]:
    who = dies(person("Trần Thị Cả", "1945-03-02"))
    entry = loaded(funeral(who, OCT, signed=at(2026, 9, 10)))
    month.neighbour()
    if paid:
        month.paid(OCT)
    return who, entry


def test_a_funeral_decided_and_not_paid_is_named_to_be_revoked():
    who, entry = buried(paid=False)
    made = put_right(who)
    assert made.drafts == []
    with as_maintenance():
        (left,) = showing.left_of(made)
        assert "chưa chi: cần thu hồi quyết định" in left.words and entry.granted_by.decision.code in left.url
        ledger.revoke_decision(decision=entry.granted_by.decision, reason=WHY, by=post(Role.CLERK), now=NOW)
        assert showing.left_of(made) == []


def test_a_funeral_on_a_list_handed_over_is_named_to_be_stopped_and_drafted_back():
    who, _entry = buried(paid=False)
    month.handed_over(OCT)
    made = put_right(who)
    with as_maintenance():
        assert "yêu cầu dừng chi" in showing.left_of(made)[0].words
    assert [line[0] for line in lines_of(made.drafts[0])] == ["recovery"]


def test_a_paid_funeral_is_drafted_back_from_whoever_received_it():
    who, entry = buried(paid=True)
    with as_post(post(), on=DAY):
        plan = showing.plan_for_death(who, on=DAY)
        assert "đã chi cho Trần Văn Con: cần quyết định thu hồi" in plan.to_decide[0].words
        assert [(line.act, line.amount_vnd) for line in plan.lines] == [("recovery", 10_800_000)]
    made = put_right(who)
    assert lines_of(made.drafts[0]) == [("recovery", "funeral", "Trần Thị Cả", NOV, 10_800_000)]
    signed = sign(made.drafts[0])
    with as_maintenance():
        assert signed.items.get().payee["name"] == "Trần Văn Con"
        assert showing.left_of(made) == []
        # Nothing is taken from the pension of the person, and nothing is paid a second time.
        lines = month.proposed(DEC, now=at(2026, 11, 19)).lines.all()
        assert {(line.benefit, line.amount_vnd > 0) for line in lines} == {("social_pension", True)}


def test_whoever_was_wrongly_buried_may_be_buried_once_more():
    who, entry = buried(paid=True)
    made = put_right(who)
    with as_maintenance():
        assert funeral_for(who).granted == entry
    sign(made.drafts[0])
    with as_maintenance():
        assert funeral_for(who).granted is None
    with as_maintenance():
        alive = Person.objects.select_related("unit").get(pk=who.pk)
    later = funeral(dies(alive, on=date(2026, 11, 18)), DEC, signed=NOW)
    with as_maintenance():
        assert Entitlement.objects.get(person=who, ended_by=None) == later


def test_a_wrong_line_of_a_paid_funeral_is_drafted_back_and_a_right_one_is_not():
    who = dies(person("Trần Thị Cả", "1945-03-02"))  # drew nothing: the law gives nothing for the funeral
    entry = loaded(funeral(who, OCT, signed=at(2026, 9, 10)))
    month.neighbour()
    month.paid(OCT)
    with as_post(post(), on=DAY):
        made = operations.correct_line(item=entry.granted_by, reason="không hưởng gì", by=post(), now=NOW)
    assert lines_of(made.drafts[0]) == [("recovery", "funeral", "Trần Thị Cả", NOV, 10_800_000)]
    right = loaded(grant(person("Lê Thị Hai", "1944-03-02"), **LEVEL | {"months_from": date(2026, 7, 1)}))
    dead = dies(right.person, on=date(2026, 10, 6))
    with as_maintenance():
        given = funeral_for(dead)
    entry = loaded(funeral(dead, NOV, signed=at(2026, 10, 10)))
    month.paid(NOV)
    assert given.found.amount_vnd == entry.amount_vnd
    with as_post(post(), on=DAY), pytest.raises(InvalidInput, match="dòng này đúng"):
        operations.correct_line(item=entry.granted_by, reason="sai", by=post(), now=NOW)
