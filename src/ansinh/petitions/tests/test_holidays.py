"""Holidays corrected later move the last days of what is open, and of nothing else."""

from datetime import date

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.dossiers.operations import correct_holidays
from ansinh.journal.models import Entry
from ansinh.lawbook.queries import calendar
from ansinh.petitions import operations
from ansinh.petitions.tests.factories import fresh, petition

pytestmark = pytest.mark.django_db


def days_off(*more: date) -> None:
    """The holidays of 2026 as they come with the law, and these besides."""
    by = post(Role.DIVISION_HEAD, office="BTXH")
    with as_post(by, on=DAY):
        listed = calendar().years[2026]
        correct_holidays(year=2026, days_off=[*listed.days_off, *more], worked=listed.worked, source="Thông báo", by=by, now=NOW)


def test_a_day_off_more_moves_the_days_of_open_petitions_by_one_and_says_so():
    waiting, taken = petition(), petition("admitted")
    done, gone = petition("answered"), petition("withdrawn")
    before = [fresh(one) for one in (waiting, taken, done, gone)]
    last = {before[0].admit_due_on, before[1].answer_due_on}
    days_off(*last)
    after = [fresh(one) for one in (waiting, taken, done, gone)]
    assert after[0].admit_due_on > before[0].admit_due_on and after[1].answer_due_on > before[1].answer_due_on
    assert [one.answer_due_on for one in after[2:]] == [one.answer_due_on for one in before[2:]]
    with as_post(post(Role.COMMUNE_CHAIRMAN), on=DAY):
        step = after[0].steps.latest("id")
        assert (step.act, step.source, step.target) == ("reckon", "registered", "registered")
        assert f"{before[0].admit_due_on:%d/%m/%Y} → {after[0].admit_due_on:%d/%m/%Y}" in step.note


def test_a_day_named_by_an_extension_stays():
    made = fresh(petition("admitted"))
    chairman, until = post(Role.COMMUNE_CHAIRMAN), date(2027, 1, 4)
    with as_post(chairman, on=DAY):
        operations.extend_petition(petition=made, until=until, note="Vụ việc phức tạp", by=chairman, now=NOW)
    days_off(date(2026, 12, 1))
    assert fresh(made).answer_due_on == until


def test_the_same_days_again_change_nothing(as_maintenance):
    made = petition()
    days_off()
    with as_maintenance():
        assert not Entry.objects.filter(act="reckon_petition").exists()
    assert fresh(made).admit_due_on is not None
