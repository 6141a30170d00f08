"""A look writes what is new once, closes what is settled, brings back what returned, and leaves the rest as officers left it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, THAI_BINH, at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.tests.factories import grant
from ansinh.jobs import operations as jobs
from ansinh.jobs.models import Job, JobState
from ansinh.journal.models import Entry
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.tests.factories import person
from ansinh.watch import background, operations
from ansinh.watch.models import WatchItem
from ansinh.watch.tests.factories import LEVEL, child_of_16, item, look, reason

pytestmark = pytest.mark.django_db
JAN = date(2027, 1, 1)


def states() -> list[tuple[str, str]]:
    with as_maintenance():
        return list(WatchItem.objects.order_by("id").values_list("kind", "state"))


def test_the_same_thing_is_never_shown_twice_today_tomorrow_or_a_month_later():
    child_of_16()
    assert (look().new, look().new, look(on=date(2026, 12, 20)).new) == (1, 0, 0)
    assert states() == [("over", "open")]


def test_a_dismissed_item_stays_dismissed_while_its_cause_stays():
    one, officer = item(), post()
    with as_post(officer, on=DAY):
        operations.dismiss(item=one, note="Đang xin xác nhận học nghề", by=officer, now=NOW)
    assert look().new == 0 and states() == [("over", "dismissed")]


def test_an_item_whose_cause_has_gone_closes_by_itself_with_the_moment():
    one = item()
    with as_maintenance():
        month.decide(one.entitlement, "stop", JAN, recorded=at(2026, 11, 20))
    assert look(on=date(2026, 11, 21)).gone == 1
    with as_maintenance():
        one.refresh_from_db()
    assert (one.state, one.moved_at.date(), one.moved_by) == ("resolved", date(2026, 11, 21), None)


def test_a_cause_that_comes_back_is_the_same_item_open_again():
    one = item()
    with as_maintenance():
        who = {"person": one.person, "source": "thử", "by": post(), "now": NOW}
        people.set_circumstance(kind="study", value="general", since=None, **who)
        fact = people.set_circumstance(kind="study_continuous", value=True, since=None, **who)
    look()
    gone = states()
    with as_maintenance():
        people.end_circumstance(fact=fact, on=date(2026, 11, 1), source="thử", by=post(), now=NOW)
        for each in one.person.circumstances.filter(kind="study"):
            people.end_circumstance(fact=each, on=date(2026, 11, 1), source="thử", by=post(), now=NOW)
    look()
    assert gone[0] == ("over", "resolved") and states()[0] == ("over", "open")


def test_a_look_is_journaled_with_its_counts():
    item()
    with as_maintenance():
        entry = Entry.objects.filter(act="look_over").latest("id")
    assert entry.detail == {"new": 1, "gone": 0, "found": 1}


def test_an_officer_sees_and_looks_over_the_own_commune_alone():
    item()
    child_of_16("Lê Văn Bên", unit=commune(THAI_BINH))
    officer = post(office=f"UBND-{THAI_BINH}")
    with as_post(officer, on=DAY):
        assert operations.look_over(units=[commune(THAI_BINH)], by=officer, now=NOW).new == 1
        assert [one.person.full_name for one in WatchItem.objects.select_related("person")] == ["Lê Văn Bên"]


def test_the_number_of_questions_does_not_grow_with_the_people():
    asked = []
    for times in (1, 4):
        for number in range(times):
            child_of_16(f"Bùi Văn {times} {number}")
        with CaptureQueriesContext(connection) as queries:
            look()
        asked.append(len(queries))
    assert asked[0] == asked[1] < 100


# The work at night ----------------------------------------------------------------------------------------------------
@pytest.fixture
def steps_of_one(monkeypatch):
    monkeypatch.setattr(background, "COMMUNES_A_STEP", 1)
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)


@pytest.mark.usefixtures("steps_of_one")
@pytest.mark.django_db(transaction=True)
def test_the_work_goes_commune_by_commune_and_ends_at_the_list():
    child_of_16()
    child_of_16("Lê Văn Bên", unit=commune(THAI_BINH))
    units = [commune().id, commune(THAI_BINH).id]
    job = jobs.start(
        kind="look_over", title="Rà soát", arguments={"units": units}, by=post(Role.DIVISION_OFFICER, office="BTXH"), now=NOW
    )
    jobs.run(job_id=job.id, clock=lambda: NOW)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.DONE, {"url": "/can-ra-soat/", "communes": 2})
    assert len(states()) == 2


def test_every_night_the_communes_of_provinces_with_people_are_looked_over():
    child_of_16()
    background.ask_by_night(now=NOW)
    with as_maintenance():
        asked = list(Job.objects.filter(kind="look_over"))
    parts = [set(job.arguments["units"]) for job in asked]
    assert [job.asked_by for job in asked] == [None, None] and not parts[0] & parts[1]
    assert {commune().id, commune(THAI_BINH).id} <= parts[0] | parts[1]


def test_a_suspension_whose_time_ran_out_is_called_that():
    entry = grant(person(born="1945-01-01"), months_from=date(2026, 7, 1), **LEVEL)
    month.decide(entry, "suspend", date(2026, 8, 1), recorded=at(2026, 7, 20))
    assert reason() == "Tạm dừng từ tháng 08/2026, hết thời hạn chưa được hưởng lại; thôi hưởng từ tháng 11/2026."
