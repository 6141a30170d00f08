"""The office's clock jumps a day, a month and over the year, back and forth: acts are refused in words, and nothing breaks."""

from __future__ import annotations

import os
import random
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection, connections
from django.test import Client
from tests.faults import month, soundness

from ansinh.access.models import Role
from ansinh.access.tests.factories import post
from ansinh.database.acting import as_maintenance
from ansinh.database.clock import now
from ansinh.jobs import operations as jobs
from ansinh.jobs.models import Job, JobState
from ansinh.jobs.tasks import seal_journal
from ansinh.journal.models import Entry, ReadEvent
from ansinh.payments.models import PaymentLine, PaymentList
from ansinh.people.tests.signing_in import signed_in

SEED = int(os.environ.get("ANSINH_SEED", "20261120"))
JUMPS = (date(2026, 11, 15), date(2026, 11, 17), date(2026, 10, 16), date(2026, 12, 17), date(2027, 1, 4), date(2025, 12, 31))


class Clock:
    """The day of the office."""

    def __init__(self, settings) -> None:
        self._settings = settings
        self.right()

    def right(self) -> None:
        self._settings.ANSINH_TODAY = month.DAY

    def jump(self, day: date) -> None:
        self._settings.ANSINH_TODAY = day


@pytest.fixture
def clock(settings):
    return Clock(settings)


@pytest.fixture
def office(fresh, monkeypatch):
    fresh("clock")
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    for role in (Role.COMMUNE_OFFICER, Role.CLERK):
        post(role)
    clients: dict[str, Client] = {}

    def send(door: month.Door) -> None:
        client = clients.setdefault(door.role, signed_in(door.role))
        with as_maintenance():
            address, fields = door.address(), door.fields()
        answer = client.post(address, fields)
        assert answer.status_code < 500, answer.text

    yield send
    connections.close_all()


def is_written(door: month.Door) -> bool:
    with as_maintenance():
        return door.is_written()


def do(job: Job) -> Job:
    jobs.run(job_id=job.id, clock=now)
    job.refresh_from_db()
    return job


@pytest.mark.slow
def test_a_month_on_a_jumping_clock_is_closed_like_any_other(office, clock):
    chance = random.Random(SEED)
    for door in (*month.BEFORE_THE_RUN, "run", *month.AFTER_THE_RUN):
        for day in chance.sample(JUMPS, 2):
            clock.jump(day)
            if door != "run" and door.twice and not is_written(door):
                office(door)  # refused in words, or written with the wrong day: both stay sound
            seal_journal(0)
            assert not soundness.unsound()
        clock.right()
        if door == "run":
            assert do(month.ask_for_run()).state == JobState.DONE
        elif not is_written(door):
            office(door)
            assert is_written(door), door.name
        assert not soundness.unsound()

    with as_maintenance():
        assert PaymentList.objects.get().state == "closed"
        assert PaymentLine.objects.filter(kind="regular").count() >= month.PASTED


@pytest.mark.slow
def test_the_journal_keeps_the_order_of_acts_whatever_the_clock_says(office, clock):
    office(month.BEFORE_THE_RUN[0])
    moments: list[datetime] = []
    for day in (*JUMPS, month.DAY):
        clock.jump(day)
        signed_in().get("/nguoi/?xuat=xlsx")  # an export is a read to be sealed
        seal_journal(0)
        moments.append(now())
        assert not soundness.unsound()
    with as_maintenance():
        seals = list(Entry.objects.filter(act="seal_reads").order_by("id").values_list("at", flat=True))
        assert not ReadEvent.objects.filter(sealed_in=None).exists()
    assert [at.date() for at in seals] != sorted(at.date() for at in seals)  # the clock did jump
    assert len(seals) == len(JUMPS) + 1 and abs(seals[-1] - moments[-1]) < timedelta(minutes=5)
    assert Path(django_settings.ANSINH_HEADS).exists()


@pytest.mark.slow
def test_a_run_taken_up_again_after_a_jump_gives_the_lines_of_the_month(office, clock):
    """The month asked for before the cut-off and done weeks later, or with the clock set back, holds what the cut-off let in."""
    for door in month.BEFORE_THE_RUN:
        office(door)
    sums = set()
    for day in (month.DAY, date(2026, 11, 15), date(2026, 12, 17), month.DAY):
        clock.right()
        job = month.ask_for_run()
        clock.jump(day)
        assert do(job).state == JobState.DONE, job.message
        sums.add(soundness.lines_and_ledger())
        assert not soundness.unsound()
    assert len(sums) == 1 and len(set(sums.pop())) == 1
