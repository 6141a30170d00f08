"""Work whose process died, whose connection was cut, that breaks each time, or that the queue lost: none is lost or done twice."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

import psycopg
import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connection, connections, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import ConnectorException
from psycopg import errors

from ansinh.access.tests.factories import commune, post
from ansinh.database.acting import as_maintenance
from ansinh.files.models import StoredFile
from ansinh.jobs import operations
from ansinh.jobs.management.commands import run_worker
from ansinh.jobs.management.commands.run_worker import work
from ansinh.jobs.models import Job, JobState
from ansinh.jobs.operations.run import MOST_ATTEMPTS
from ansinh.jobs.running import RunningJob

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
RUNS: list[int] = []

pytestmark = pytest.mark.django_db(transaction=True)


# Kinds of work for these tests ---------------------------------------------------------------------------------------
def leave_a_trace(job: RunningJob) -> dict:
    RUNS.append(job.key)
    StoredFile.objects.create(
        token=f"00000000-0000-0000-{len(RUNS):04d}-{job.key:012d}", name="vết", media_type="x", size=0, sha256="",
        purpose="thử", unit=commune(), stored_at=NOW,
    )  # fmt: skip
    return {}


def always_break(job: RunningJob) -> dict:
    leave_a_trace(job)
    raise RuntimeError("người ta không được thấy câu này")


def meet_a_full_disk(job: RunningJob) -> dict:
    leave_a_trace(job)
    raise errors.DiskFull


def break_after_commit(job: RunningJob) -> dict:
    def lose_the_answer():
        raise errors.AdminShutdown

    transaction.on_commit(lose_the_answer)
    return leave_a_trace(job)


def lose_every_connection(job: RunningJob) -> dict:
    leave_a_trace(job)
    if len(RUNS) == 1:
        _cut_all()
    job.progress(1, 2)
    return {}


def be_done_by_another(job: RunningJob) -> dict:
    """While this attempt works, somebody else takes the job for abandoned and does it."""
    raise AssertionError("done twice")


KINDS = (leave_a_trace, always_break, meet_a_full_disk, break_after_commit, lose_every_connection, be_done_by_another)


def _login() -> dict:
    found = connection.get_connection_params()
    return {key: found[key] for key in ("dbname", "user", "password", "host", "port") if found.get(key)}


def _cut_all() -> None:
    """Every connection of this process is cut by the server, as when it restarts."""
    with psycopg.connect(**_login(), autocommit=True) as other:
        other.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    RUNS.clear()
    # The worker's threads give their connections back when a piece of work ends.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    monkeypatch.setattr(settings, "ANSINH_JOBS", {kind.__name__: kind.__name__ for kind in KINDS})
    running = sys.modules["ansinh.jobs.operations.run"]  # the package gives out its function under the same name
    monkeypatch.setattr(running, "import_string", lambda name: globals()[name])


def ask(kind: str) -> Job:
    return operations.start(kind=kind, title="Việc thử", arguments={}, by=post(), now=NOW)


def run(job: Job) -> Job:
    operations.run(job_id=job.id, clock=lambda: NOW)
    return again(job)


def again(job: Job) -> Job:
    job.refresh_from_db()
    return job


def traces() -> int:
    with as_maintenance():
        return StoredFile.objects.count()


def with_manager(act):
    """Call an asynchronous act with the queue's manager."""

    async def call():
        worker_app = app.with_connector(app.connector.get_worker_connector())
        async with worker_app.open_async():
            return await act(worker_app.job_manager)

    return asyncio.run(call())


def taken_by_a_dead_worker(**entry) -> None:
    """The queue's entry is being done by a worker that fell silent an hour ago."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id")
        (dead,) = cursor.fetchone()
        (key,) = ProcrastinateJob.objects.filter(**entry).values_list("id", flat=True)
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE id = %s", [dead, key])


# Attempts ------------------------------------------------------------------------------------------------------------
def test_work_that_breaks_each_time_ends_as_failed_with_its_reason_and_may_be_asked_again(client):
    job = ask("always_break")
    for number in range(1, MOST_ATTEMPTS):
        with pytest.raises(RuntimeError):
            run(job)
        assert again(job).state == JobState.WAITING and f"Lần {number} trong {MOST_ATTEMPTS}" in job.message
    assert run(job).state == JobState.FAILED
    assert (
        job.message
        == f"Lỗi hệ thống; quản trị đã có nhật ký. Đã thử {MOST_ATTEMPTS} lần. Có thể chạy lại khi nguyên nhân đã hết."
    )
    assert job.ended_at == NOW and traces() == 0
    run(job)
    assert len(RUNS) == MOST_ATTEMPTS  # what has ended stays ended

    client.force_login(post().user)
    assert "Tiếp tục" in client.get(f"/cong-viec/{job.code}/").text
    client.post(f"/cong-viec/{job.code}/tiep-tuc/")
    assert (again(job).state, job.attempts) == (JobState.WAITING, 0)


@pytest.mark.parametrize("status", ["todo", "succeeded", "doing"])
def test_work_asked_for_again_stands_in_the_queue_once(status):
    job = ask("leave_a_trace")
    operations.cancel(job=job, now=NOW)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = %s", [status])
    operations.resume(job=job)
    assert ProcrastinateJob.objects.filter(status="todo").count() == 1


def test_work_whose_process_is_killed_each_time_ends_as_failed():
    job = ask("leave_a_trace")
    Job.objects.filter(id=job.id).update(state=JobState.RUNNING, attempts=MOST_ATTEMPTS)
    assert run(job).state == JobState.FAILED
    assert "tiến trình cũng dừng đột ngột" in job.message and not RUNS


def test_a_full_disk_is_the_reason_that_is_told():
    job = ask("meet_a_full_disk")
    with pytest.raises(errors.DiskFull):
        run(job)
    assert again(job).message.startswith("Ổ đĩa của máy chủ không còn chỗ") and traces() == 0


def test_work_that_was_committed_stays_done_though_its_answer_was_lost():
    job = ask("break_after_commit")
    with pytest.raises(errors.AdminShutdown):
        run(job)
    assert again(job).state == JobState.DONE and traces() == 1
    run(job)
    assert len(RUNS) == 1


def test_an_attempt_does_not_begin_on_work_that_another_has_just_done():
    job = ask("be_done_by_another")
    running = RunningJob(job, lambda: NOW)  # it was read as waiting
    Job.objects.filter(id=job.id).update(state=JobState.DONE)
    assert running.begin() is None
    running.close()
    assert run(job).state == JobState.DONE


def test_work_whose_connections_are_all_cut_is_done_whole_the_next_time():
    job = ask("lose_every_connection")
    with pytest.raises(psycopg.OperationalError):
        run(job)
    connections.close_all()
    assert again(job).state == JobState.WAITING and "mất kết nối" in job.message
    assert run(job).state == JobState.DONE and traces() == 1


def test_work_cancelled_before_it_began_is_cancelled_at_once(client):
    job = ask("leave_a_trace")
    client.force_login(post().user)
    client.post(f"/cong-viec/{job.code}/huy/")
    assert again(job).state == JobState.CANCELLED and job.ended_at and "Đã hủy" in client.get(f"/cong-viec/{job.code}/").text
    run(job)
    assert not RUNS


# Rescue --------------------------------------------------------------------------------------------------------------
def test_a_task_that_waits_once_only_does_not_stop_the_rescue_of_others():
    job = ask("leave_a_trace")
    seal = app.tasks["seal_journal"]
    seal.defer(timestamp=1)
    taken_by_a_dead_worker(task_name="seal_journal")
    seal.defer(timestamp=2)  # the next minute's stands in the queue already
    taken_by_a_dead_worker(task_name="run_job")
    assert with_manager(operations.rescue_stalled) == 2
    states = ProcrastinateJob.objects.order_by("id").values_list("task_name", "status")
    assert list(states) == [("run_job", "todo"), ("seal_journal", "failed"), ("seal_journal", "todo")]
    asyncio.run(work(concurrency=1, wait=False))
    assert again(job).state == JobState.DONE


def test_the_rescue_goes_on_after_the_database_was_away(monkeypatch):
    looked = []

    async def look(manager, *, seconds):
        looked.append(seconds)
        if len(looked) == 1:
            raise ConnectorException
        return 0

    async def some_time(manager):
        rescuing = asyncio.create_task(run_worker._rescue_forever(manager, 0.04))
        while len(looked) < 3 and not rescuing.done():
            await asyncio.sleep(0.01)
        rescuing.cancel()
        await sync_to_async(connections.close_all)()

    monkeypatch.setattr(run_worker, "rescue_stalled", look)
    with_manager(some_time)
    assert len(looked) >= 3


def test_work_that_the_queue_lost_is_queued_again_and_no_other():
    lost, kept, done = ask("leave_a_trace"), ask("leave_a_trace"), ask("leave_a_trace")
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE (args ->> 'job_id')::bigint IN (%s, %s)", [lost.id, done.id])
    Job.objects.filter(id=done.id).update(state=JobState.DONE)
    assert (operations.requeue_lost(), operations.requeue_lost()) == (1, 0)
    asyncio.run(work(concurrency=1, wait=False))
    assert sorted(RUNS) == sorted([lost.id, kept.id]) and not ProcrastinateJob.objects.exists()
