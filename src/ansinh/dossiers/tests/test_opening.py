"""Opening, declaring, receiving: once for a person, with the clock of the day's law and the papers of the case."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, at, commune, post
from ansinh.dossiers import operations
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.tests.factories import dossier, fresh
from ansinh.kernel.errors import AlreadyDone, InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.people import operations as people
from ansinh.people.tests.factories import household, person

pytestmark = pytest.mark.django_db


def receive(made: Dossier, by=None, **known) -> Dossier:
    by = by or post()
    with as_post(by, on=DAY):
        return operations.receive_dossier(
            **({"dossier": made, "received_on": DAY, "given": ["declaration"], "by": by, "now": NOW} | known)
        )


def test_a_person_has_one_open_dossier_of_a_kind():
    first = dossier("received")
    with as_post(post(), on=DAY), pytest.raises(AlreadyDone, match=first.code):
        operations.open_dossier(procedure="allowance_grant", person=first.person, by=post(), now=NOW)
    assert dossier("writing", whose=first.person, procedure="social_pension", case="from_75").state == "writing"


def test_a_closed_dossier_lets_another_be_opened():
    first = dossier("withdrawn")
    assert dossier("writing", whose=first.person).pk != first.pk


def test_somebody_written_down_twice_is_asked_for_by_the_one_kept(as_maintenance):
    who, other = person("Lê Thị Kép"), person("Lê Thị Kép")
    with as_maintenance():
        people.mark_as_same(person=other, other=who, reason="thử", by=post(), now=NOW)
        other.refresh_from_db()
    with as_post(post(), on=DAY), pytest.raises(InvalidInput, match="trùng"):
        operations.open_dossier(procedure="allowance_grant", person=other, by=post(), now=NOW)


def test_only_who_receives_opens_and_only_what_is_a_procedure():
    who = person()
    for role in (Role.CLERK, Role.ACCOUNTANT, Role.COMMUNE_CHAIRMAN):
        with as_post(post(role), on=DAY), pytest.raises(NotAllowed):
            operations.open_dossier(procedure="allowance_grant", person=who, by=post(role), now=NOW)
    for wrong in ({"procedure": "nothing"}, {"procedure": "allowance_grant", "case": "nothing"}):
        with as_post(post(), on=DAY), pytest.raises(InvalidInput):
            operations.open_dossier(person=who, by=post(), now=NOW, **wrong)


@pytest.mark.parametrize(
    ("received_on", "regime", "due"),
    [
        (date(2026, 11, 20), "R3", date(2026, 12, 1)),
        (date(2026, 10, 5), "R3", date(2026, 10, 14)),
        (date(2026, 10, 4), "R2", date(2026, 10, 16)),
        (date(2025, 6, 30), "R1", date(2025, 7, 30)),
    ],
)
def test_the_clock_is_that_of_the_law_of_the_day_of_receipt(received_on, regime, due):
    made = receive(dossier("writing"), received_on=received_on)
    assert (made.version.regime, made.due_on) == (regime, due)


def test_papers_of_the_case_are_listed_and_those_given_noted():
    made = receive(dossier("writing"))
    with as_post(post(), on=DAY):
        assert dict(made.papers.values_list("key", "given_on")) == {"declaration": DAY, "disability_certificate": None}


def test_an_officer_who_receives_holds_the_dossier_the_one_stop_desk_does_not():
    assert receive(dossier("writing")).holder == post()
    assert receive(dossier("writing"), by=post(Role.ONE_STOP)).holder is None


def test_the_code_of_the_one_stop_desk_is_kept_and_belongs_to_one_dossier():
    made = receive(dossier("writing"), one_stop_code=" H31.7-261120-0001 ")
    assert (made.shown_code, str(made)) == ("H31.7-261120-0001",) * 2
    other = dossier("writing", whose=person("Người khác"))
    with pytest.raises(InvalidInput, match="một cửa"):
        receive(other, one_stop_code="H31.7-261120-0001")
    assert receive(other).shown_code == other.code


def test_a_day_that_has_not_come_or_had_no_such_law_is_refused():
    made = dossier("writing")
    for day in (date(2026, 11, 21), date(2021, 6, 30)):
        with pytest.raises(InvalidInput):
            receive(made, received_on=day)
    made = fresh(made)
    assert (made.state, made.received_on) == ("writing", None)


def test_a_dossier_is_received_once():
    made = receive(dossier("writing"))
    with pytest.raises(MoveNotAllowed):
        receive(made)


def declare(made: Dossier, facts: dict, **known) -> Dossier:
    with as_post(post(), on=DAY):
        return operations.declare(dossier=made, facts=facts, by=post(), now=NOW, **known)


def test_a_draft_keeps_what_is_declared_and_writes_nothing_into_the_register():
    made = dossier("writing")
    declare(made, {"disability": {"value": "severe", "since": "2026-11-01"}}, case="elder")
    made = fresh(made)
    assert (made.declared["disability"]["value"], made.case) == ("severe", "elder")
    with as_post(post(), on=DAY):
        assert not made.person.circumstances.exists()


@pytest.mark.parametrize("kind", ["hiv", "nothing"])
def test_an_illness_or_an_unknown_fact_is_never_declared_in_a_form(kind):
    with pytest.raises(InvalidInput):
        declare(dossier("writing"), {kind: {"value": True, "since": None}})


def test_a_value_that_is_none_is_refused():
    with pytest.raises(InvalidInput):
        declare(dossier("writing"), {"disability": {"value": "very", "since": None}})


def accept(made: Dossier) -> Dossier:
    with as_post(post(), on=DAY):
        return operations.accept_declaration(dossier=made, by=post(), now=NOW)


def test_what_was_found_true_goes_into_the_register_once_with_the_dossier_as_source():
    made = dossier("verifying")
    declare(made, {"disability": {"value": "severe", "since": "2026-11-01"}})
    accept(made)
    with as_post(post(), on=DAY):
        fact = made.person.circumstances.get()
        assert (fact.kind, fact.value, fact.period.lower, fact.source) == (
            "disability",
            "severe",
            date(2026, 11, 1),
            f"Hồ sơ {made.code}",
        )
    with pytest.raises(AlreadyDone):
        accept(made)
    with pytest.raises(InvalidInput):
        declare(made, {})


def test_a_fact_of_the_household_goes_to_the_household():
    home = household(unit=commune())
    made = dossier("verifying", whose=person(household=home), case="elder")
    declare(made, {"poverty": {"value": "poor", "since": None}})
    accept(made)
    with as_post(post(), on=DAY):
        assert home.circumstances.get().value == "poor"


def test_a_fact_of_the_household_without_a_household_is_refused():
    made = dossier("verifying", case="elder")
    declare(made, {"poverty": {"value": "poor", "since": None}})
    with pytest.raises(InvalidInput, match="hộ"):
        accept(made)


def test_facts_are_accepted_while_verifying_alone():
    for state in ("received", "decided"):
        with pytest.raises(NotAllowed):
            accept(dossier(state, whose=person(f"Người {state}")))


def test_the_database_keeps_what_the_operations_promise(as_maintenance):
    made = dossier("received")
    with as_maintenance():
        for wrong in ({"received_on": None}, {"state": "refused", "reason": ""}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Dossier.objects.filter(pk=made.pk).update(**wrong)


def test_another_commune_sees_nothing_of_it():
    made = dossier("received")
    with as_post(post(office="UBND-13225"), on=DAY):
        assert not Dossier.objects.filter(pk=made.pk).exists()
    with as_post(post(Role.DIVISION_OFFICER, office="BTXH"), on=DAY):
        assert Dossier.objects.filter(pk=made.pk).exists()


def test_seen_in_the_future_is_seen_by_nobody():
    made = dossier("received", now=at(2026, 11, 3), received_on=date(2026, 11, 3))
    assert [made.is_late(day) for day in (date(2026, 11, 12), date(2026, 11, 13))] == [False, True]
