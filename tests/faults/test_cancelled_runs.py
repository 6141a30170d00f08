"""A month's run stopped by its officer, or killed, after random communes and taken up again leaves what an undisturbed run leaves."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import time
from itertools import count

import pytest
from django.db import connection, connections
from tests.faults import month, soundness

from ansinh.access.models import Role
from ansinh.access.tests.factories import commune, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.tests import factories
from ansinh.entitlements.tests.factories import grant
from ansinh.jobs import operations as jobs
from ansinh.jobs.models import Job, JobState
from ansinh.kernel.errors import AlreadyDone
from ansinh.localities.models import Unit
from ansinh.payments import background
from ansinh.payments.models import PaymentList
from ansinh.payments.tests.factories import officer
from ansinh.people.tests.factories import person

SEED = int(os.environ.get("ANSINH_SEED", "20261120"))
COMMUNES, PEOPLE, STOPS = 6, 5, 4


def fill() -> Job:
    """Communes with people in the ledger, some owed since summer; the month of all of them asked for by the division."""
    with as_maintenance():
        near = commune()
        units = list(Unit.objects.filter(parent=near.parent, level=3, period__endswith=None).order_by("code")[:COMMUNES])
        for unit in units:
            by = officer(unit.code)
            for number in range(PEOPLE):
                found = person(f"Trần Văn {unit.code} {number}", "1945-03-08", unit=unit, by=by)
                grant(found, months_from=month.MONTH.replace(month=11 - number % 2))
    arguments = {"month": f"{month.MONTH:%Y-%m}", "units": [unit.id for unit in units]}
    by = post(Role.DIVISION_OFFICER, office="BTXH")
    return jobs.start(kind="payments_run", title="Lập", arguments=arguments, by=by, now=month.NOW)


def run_apart(job: Job) -> int:
    """The run in a process of its own, as a worker would do it; its number."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        with contextlib.suppress(BaseException):
            jobs.run(job_id=job.id, clock=lambda: month.NOW)
        os._exit(0)
    return child


def again(job: Job) -> Job:
    job.refresh_from_db()
    return job


def left() -> dict:
    rows = month.what_is_left()
    with as_maintenance():
        rows["each list"] = sorted(
            (found.unit.code, found.state, found.lines.count()) for found in PaymentList.objects.select_related("unit")
        )
    return rows


@pytest.fixture(autouse=True)
def one_commune_a_step(monkeypatch):
    monkeypatch.setattr(background, "COMMUNES_A_STEP", 1)
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)


@pytest.mark.slow
def test_a_run_stopped_and_killed_again_and_again_leaves_the_same_lines(fresh, monkeypatch):
    chance = random.Random(SEED)
    fresh("whole")
    monkeypatch.setattr(factories, "_numbers", count(1))
    job = fill()
    began = time.monotonic()
    os.waitpid(run_apart(job), 0)
    whole_run = time.monotonic() - began
    assert again(job).state == JobState.DONE
    calm = left()
    assert len(calm["each list"]) == COMMUNES and len(calm["lines"]) >= COMMUNES * PEOPLE

    fresh("broken")
    monkeypatch.setattr(factories, "_numbers", count(1))
    job, how = fill(), []
    while again(job).state != JobState.DONE and len(how) < STOPS:
        child = run_apart(job)
        time.sleep(chance.uniform(0, whole_run))
        if chance.random() < 0.5:
            with contextlib.suppress(AlreadyDone):
                jobs.cancel(job=job, now=month.NOW)
            os.waitpid(child, 0)
        else:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
        connections.close_all()
        how.append((again(job).state, len(job.result.get("finished", ()))))
        assert not soundness.unsound(), how
        if job.state == JobState.CANCELLED:
            assert "Đã hủy" in job.message
            jobs.resume(job=job)
    os.waitpid(run_apart(job), 0)

    print(f"\nANSINH_SEED={SEED}: {how}")
    assert again(job).state == JobState.DONE, how
    for noun, rows in left().items():
        assert rows == calm[noun], f"{noun} after {how}"
