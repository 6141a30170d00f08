"""Past months asked of the law again: what is drafted, what is left to another paper, what is never proposed by itself."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.tests.factories import NOW, at, commune
from ansinh.entitlements.tests.factories import grant
from ansinh.jobs.models import Job
from ansinh.payments import operations
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]
JUL, AUG, SEP, OCT, NOV, DEC = (date(2026, n, 1) for n in range(7, 13))


def disabled(**known):
    """Severely disabled, granted what July gives, paid from July to October."""
    who = person("Nặng", "1980-03-01", facts={"disability": "severe"})
    grant(who, "DISABLED_SEVERE", coefficient=150, standard_vnd=540_000, law_code="ND20.5.6", months_from=date(2026, 6, 1),
          signed=at(2026, 5, 10), **known)  # fmt: skip
    for paid in (JUL, AUG, SEP, OCT):
        month.paid(paid)
    return who


def worse(who, since: date, until: date | None = None) -> None:
    people.set_circumstance(
        person=who, kind="disability", value="extremely_severe", since=since, until=until, source="Giấy xác nhận",
        by=month.officer(), now=NOW,
    )  # fmt: skip


def drafted():
    made = operations.draft_past_months(unit=commune(), month=NOV, by=None, now=at(2026, 10, 14))
    assert len(made) < 2
    return made[0] if made else None


def test_a_degree_that_held_for_two_months_is_owed_for_those_months_alone():
    who = disabled()
    worse(who, date(2026, 7, 10), date(2026, 9, 10))
    item = drafted().items.get()
    # R2: the month after a change counts; 540.000 × (2,0 − 1,5)
    assert (item.act, item.amount_vnd, item.months) == ("arrears", 270_000, ["2026-08", "2026-09"])
    assert "Tháng 08/2026: luật 1.080.000, quyết định 810.000, đã nhận 810.000." in item.reason and item.article
    assert drafted().items.count() == 1  # replaced, not doubled


def test_a_birth_that_makes_the_first_months_untrue_is_recovered_for_what_was_received():
    who = person("Cụ", "1951-05-10")
    grant(who, standard_vnd=540_000, months_from=date(2026, 6, 1), signed=at(2026, 5, 10))
    month.neighbour()
    for paid, absent in ((JUL, set()), (AUG, {"Cụ"}), (SEP, set()), (OCT, set())):
        month.paid(paid, absent=absent)
    people.correct_identity(
        person=who, changes={"born_on": date(1951, 9, 20)}, source="Giấy khai sinh", by=month.officer(), now=NOW
    )
    found = {(i.act, i.amount_vnd, tuple(i.months)) for i in drafted().items.all()}
    # seventy-five in September; August was not collected in its month and came with September's list
    assert found == {("recovery", 540_000, ("2026-07", "2026-08"))}


def test_what_a_change_of_the_running_entry_brings_is_left_to_that_paper():
    worse(disabled(), date(2026, 8, 10))
    assert drafted() is None


def test_where_the_law_and_the_decisions_agree_nothing_is_drafted():
    disabled()
    assert drafted() is None


def test_the_button_starts_the_review(settings):
    settings.ANSINH_TODAY = NOW.date()
    answer = signed_in().post("/chi-tra/phai-thu/ra-soat/")
    assert "/cong-viec/" in answer.url and Job.objects.get(kind="review_past").arguments["month"] == "2026-12"
