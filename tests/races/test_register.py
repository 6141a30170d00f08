"""Register, watch list, lists taken in, resolutions and emergency at once: one acts, the other is told, nothing stands twice."""

from __future__ import annotations

from datetime import date

import pytest
from tests.races.together import one_is_told, together

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, commune, post
from ansinh.assistance.tests.lists import ENROLMENT, describe, newcomer, take
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.models import Dossier
from ansinh.emergency import operations as emergency
from ansinh.emergency.models import AidList, Protection
from ansinh.emergency.operations.protecting import Arrival, Costs
from ansinh.emergency.tests.factories import brought, signature
from ansinh.entitlements.models import Entitlement
from ansinh.imports import operations as imports
from ansinh.journal.models import Entry
from ansinh.lawbook import operations as lawbook
from ansinh.lawbook.tests import factories as resolutions
from ansinh.people import operations as people
from ansinh.people.models import Circumstance, DuplicatePair, Person
from ansinh.people.tests.factories import person
from ansinh.watch import operations as watch
from ansinh.watch.models import WatchItem
from ansinh.watch.tests.factories import child_of_16, item, look

pytestmark = pytest.mark.django_db(transaction=True)
OFFICER, HEAD, CLERK = Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.CLERK


def both(*roles: str):
    return [post(role) for role in roles or (OFFICER, HEAD)]


# --- people -----------------------------------------------------------------------------------------------------------------


def pair() -> DuplicatePair:
    person("Nguyễn Thị Tư", "1950-03-08", personal_number="034150001234")
    person("Nguyễn Thị Tư", "1950-03-08")
    with as_maintenance():
        people.find_duplicates(units=[commune()], by=None, now=NOW)
        return DuplicatePair.objects.select_related("first", "second").get()


def test_a_pair_is_judged_once_the_same_or_two():
    found = pair()
    one, other = both()
    one_is_told(
        (one, lambda by: people.judge_same(pair=found, keep=found.first, note="Cùng ảnh", by=by, now=NOW)),
        (other, lambda by: people.judge_apart(pair=found, note="Hai chị em", by=by, now=NOW)),
    )
    with as_maintenance():
        state = DuplicatePair.objects.get().state
        assert Person.objects.filter(same_as__isnull=False).exists() == (state == "same")


def test_two_looks_for_duplicates_at_once_write_a_pair_once():
    person("Nguyễn Thị Tư", "1950-03-08", personal_number="034150001234")
    person("Nguyễn Thị Tư", "1950-03-08")
    looks = [(by, lambda by: people.find_duplicates(units=[commune()], by=by, now=NOW)) for by in both()]
    assert together(*looks) == [None, None]
    with as_maintenance():
        assert DuplicatePair.objects.count() == 1


def test_two_rows_are_never_each_the_double_of_the_other():
    one, other = person("Lê Thị Một", "1950-01-01"), person("Lê Thị Một", "1950-01-01")
    first, second = both()
    one_is_told(
        (first, lambda by: people.mark_as_same(person=one, other=other, reason="Một người", by=by, now=NOW)),
        (second, lambda by: people.mark_as_same(person=other, other=one, reason="Một người", by=by, now=NOW)),
    )
    with as_maintenance():
        assert Person.objects.filter(same_as__isnull=False).count() == 1


def test_a_death_is_written_down_once_and_taken_back_once():
    who = person(born="1940-01-01")
    days = [date(2026, 11, 1), date(2026, 11, 2)]
    one_is_told(
        *(
            (by, lambda by, day=day: people.record_death(person=who, died_on=day, source="Trích lục", by=by, now=NOW))
            for by, day in zip(both(), days, strict=True)
        )
    )
    one_is_told(*((by, lambda by: people.undo_death(person=who, reason="Còn sống", by=by, now=NOW)) for by in both()))
    with as_maintenance():
        who.refresh_from_db()
        assert who.died_on is None and Entry.objects.filter(act="record_death").count() == 1


def test_a_fact_written_by_two_holds_once_at_any_day():
    who = person(born="1980-01-01")
    acts = [
        (by, lambda by, degree=degree: people.set_circumstance(
            person=who, kind="disability", value=degree, since=date(2026, 11, 1), source="GXN", by=by, now=NOW
        ))
        for by, degree in zip(both(), ("severe", "extremely_severe"), strict=True)
    ]  # fmt: skip
    assert together(*acts) == [None, None]
    with as_maintenance():
        assert Circumstance.objects.filter(person=who, kind="disability", period__contains=DAY).count() == 1


# --- the watch list ---------------------------------------------------------------------------------------------------------


def test_two_clicks_open_one_dossier():
    one = item()
    raised = together(*((by, lambda by: watch.prepare(item=one, by=by, now=NOW)) for by in both()))
    assert raised == [None, None]
    with as_maintenance():
        assert Dossier.objects.count() == 1


def test_an_item_is_dismissed_once():
    one = item()
    one_is_told(*((by, lambda by: watch.dismiss(item=one, note="Còn đi học", by=by, now=NOW)) for by in both()))


def test_two_looks_at_once_write_an_item_once():
    child_of_16()
    looks = [(by, lambda by: watch.look_over(units=[commune()], by=by, now=NOW)) for by in both()]
    assert together(*looks) == [None, None]
    with as_maintenance():
        assert WatchItem.objects.count() == 1
    assert look().new == 0


# --- lists taken in ---------------------------------------------------------------------------------------------------------


def test_a_list_is_taken_in_or_thrown_away_never_both():
    batch = describe(take(ENROLMENT, newcomer()))
    one, other = both()
    one_is_told(
        (one, lambda by: imports.commit_batch(batch=batch, by=by, now=NOW)),
        (other, lambda by: imports.discard_batch(batch=batch, by=by, now=NOW)),
    )
    with as_maintenance():
        batch.refresh_from_db()
        assert (batch.state, Entitlement.objects.count()) in (("committed", 1), ("discarded", 0))


def test_a_list_is_taken_back_once():
    batch = describe(take(ENROLMENT, newcomer()))
    with as_post(post(), on=DAY):
        imports.commit_batch(batch=batch, by=post(), now=NOW)
    one_is_told(*((by, lambda by: imports.undo_batch(batch=batch, reason="Nhầm", by=by, now=NOW)) for by in both()))
    with as_maintenance():
        assert not Entitlement.objects.exists() and Entry.objects.filter(act="undo_list").count() == 1


# --- resolutions, emergency -------------------------------------------------------------------------------------------------


def test_a_resolution_is_confirmed_or_returned_never_both():
    made = resolutions.proposed(resolutions.written())
    head, leader = resolutions.head(), post(Role.DEPARTMENT_LEADER, office="SYT")
    one_is_told(
        (head, lambda by: lawbook.confirm_resolution(resolution=made, by=by, now=NOW)),
        (leader, lambda by: lawbook.return_resolution(resolution=made, note="Sai số", by=by, now=NOW)),
    )
    with as_maintenance():
        made.refresh_from_db()
        assert made.state in ("confirmed", "returned") and made.steps.exclude(act="propose").count() == 1


def test_a_protection_is_decided_once_and_ended_once():
    arrival = Arrival("Chưa rõ tên", "wandering_or_begging", date(2026, 11, 11), "household", "Bà Phạm Thị Nuôi")
    with as_post(post(), on=DAY):
        made = emergency.take_in(arrival=arrival, by=post(), now=NOW)
    papers = [signature("45/QĐ-UBND"), signature("46/QĐ-UBND")]
    one_is_told(
        *(
            (by, lambda by, paper=paper: emergency.decide_protection(protection=made, signature=paper, by=by, now=NOW))
            for by, paper in zip(both(CLERK, HEAD), papers, strict=True)
        )
    )
    ends = {"ended_on": DAY, "outcome": "Về nhà", "costs": Costs()}
    one_is_told(*((by, lambda by: emergency.end_protection(protection=made, by=by, now=NOW, **ends)) for by in both()))
    with as_maintenance():
        assert Protection.objects.get().state == "left"


def test_a_further_list_of_an_occasion_is_opened_once():
    made = brought("decided")
    one_is_told(*((by, lambda by: emergency.open_list(occasion=made.occasion, unit=made.unit, by=by, now=NOW)) for by in both()))
    with as_maintenance():
        assert sorted(AidList.objects.values_list("number", flat=True)) == [1, 2]
