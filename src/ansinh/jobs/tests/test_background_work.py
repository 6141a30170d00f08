"""Background work: asked for with the act, seen while it runs, stopped, taken up again, done as the post that asked."""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ansinh.access.models import Role
from ansinh.access.tests.factories import post
from ansinh.database import roles
from ansinh.files.models import StoredFile
from ansinh.jobs import operations
from ansinh.jobs.management.commands.run_worker import work
from ansinh.jobs.models import Job, JobState
from ansinh.jobs.running import RunningJob, in_steps
from ansinh.kernel.errors import AlreadyDone, InvalidInput

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
SEEN: dict = {}

commits = pytest.mark.django_db(transaction=True)


# Kinds of work for these tests ---------------------------------------------------------------------------------------
def look_around(job: RunningJob) -> dict:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('ansinh.units', true)")
        SEEN["role"], SEEN["units"] = cursor.fetchone()
    job.progress(1, 3, "một phần ba")
    SEEN["progress"] = _from_outside(job.key)
    return {"url": "/nguoi/"}


def refuse(job: RunningJob) -> dict:
    _leave_a_trace(job)
    raise InvalidInput("Dòng 7 thiếu tên.")


def break_once(job: RunningJob) -> dict:
    _leave_a_trace(job)
    SEEN["runs"] = SEEN.get("runs", 0) + 1
    if SEEN["runs"] == 1:
        raise RuntimeError("người ta không được thấy câu này")
    return {}


def be_cancelled(job: RunningJob) -> dict:
    _leave_a_trace(job)
    with psycopg.connect(**_outside(), autocommit=True) as other:
        other.execute("UPDATE jobs_job SET cancel_asked = true WHERE id = %s", [job.key])
    job.progress(1, 2)
    raise AssertionError("work went on after it was cancelled")


@in_steps
def break_at_the_third_step(job: RunningJob) -> dict:
    for number in (1, 2, 3):
        if number in job.finished:
            continue
        with job.step(number):
            SEEN.setdefault("steps", []).append(number)
            _leave_a_trace(job, number)
            if SEEN["steps"] == [1, 2, 3]:
                raise RuntimeError
    return {}


def _leave_a_trace(job: RunningJob, number: int = 0) -> None:
    StoredFile.objects.create(
        token=f"00000000-0000-0000-{number:04d}-{job.key:012d}", name="vết", media_type="x", size=0, sha256="", purpose="thử",
        unit=job.post.office.unit, stored_at=NOW,
    )  # fmt: skip


def _outside() -> dict:
    found = connection.get_connection_params()
    return {key: found[key] for key in ("dbname", "user", "password", "host", "port") if found.get(key)}


def _from_outside(key: int) -> tuple:
    """What anybody else sees of a job while its own transaction is open."""
    with psycopg.connect(**_outside()) as other:
        return other.execute("SELECT state, done, total, message FROM jobs_job WHERE id = %s", [key]).fetchone()


@pytest.fixture(autouse=True)
def kinds(monkeypatch):
    SEEN.clear()
    # The worker's threads give their connections back when a piece of work ends.
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)
    mine = {
        f.__name__: f"{__name__}.{f.__name__}" for f in (look_around, refuse, break_once, be_cancelled, break_at_the_third_step)
    }
    monkeypatch.setattr(settings, "ANSINH_JOBS", mine)
    running = sys.modules["ansinh.jobs.operations.run"]  # the package gives out its function under the same name
    monkeypatch.setattr(running, "import_string", lambda path: globals()[path.rsplit(".", 1)[-1]])


def ask(kind: str, by=None) -> Job:
    return operations.start(kind=kind, title="Việc thử", arguments={}, by=by or post(), now=NOW)


def run(job: Job) -> Job:
    operations.run(job_id=job.id, clock=lambda: NOW)
    job.refresh_from_db()
    return job


# Asking --------------------------------------------------------------------------------------------------------------
@commits
def test_work_is_queued_exactly_when_the_act_that_asks_is_committed():
    with pytest.raises(RuntimeError), transaction.atomic():
        ask("look_around")
        raise RuntimeError
    assert not Job.objects.exists() and not ProcrastinateJob.objects.exists()
    ask("look_around")
    assert Job.objects.count() == 1 == ProcrastinateJob.objects.filter(task_name="run_job").count()


@pytest.mark.django_db
def test_an_unknown_kind_is_refused():
    with pytest.raises(KeyError):
        ask("khong_co")


# Running -------------------------------------------------------------------------------------------------------------
@commits
def test_work_is_done_as_the_post_that_asked_and_shows_how_far_it_is():
    job = run(ask("look_around"))
    assert SEEN["role"] == roles.COMMUNE and SEEN["units"].startswith("{")
    assert SEEN["progress"] == ("running", 1, 3, "một phần ba")
    assert (job.state, job.result, job.attempts) == (JobState.DONE, {"url": "/nguoi/"}, 1)


@commits
def test_work_of_the_province_and_of_nobody_take_their_own_roles():
    run(ask("look_around", by=post(Role.DIVISION_OFFICER, office="BTXH")))
    assert SEEN["role"] == roles.PROVINCE
    job = operations.start(kind="look_around", title="Việc đêm", arguments={}, by=None, now=NOW)
    run(job)
    assert SEEN["role"] == roles.SYSTEM


@commits
def test_after_the_work_the_connection_is_nobody_again():
    run(ask("look_around"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        assert cursor.fetchone() == (roles.APP,)
    with pytest.raises(DatabaseError, match="permission denied"):
        StoredFile.objects.count()


@commits
def test_a_refusal_ends_the_work_with_its_sentence_and_nothing_stays(as_maintenance):
    job = run(ask("refuse"))
    assert (job.state, job.message) == (JobState.FAILED, "Dòng 7 thiếu tên.")
    with as_maintenance():
        assert not StoredFile.objects.exists()


@commits
def test_broken_work_says_nothing_of_its_inside_and_is_done_whole_the_next_time(as_maintenance):
    job = ask("break_once")
    with pytest.raises(RuntimeError):
        run(job)
    job.refresh_from_db()
    assert job.state == JobState.WAITING and "tự chạy lại" in job.message and "người ta" not in job.message
    assert run(job).state == JobState.DONE and job.attempts == 2
    with as_maintenance():
        assert StoredFile.objects.count() == 1


@commits
def test_running_what_is_done_does_nothing_twice():
    SEEN["runs"] = 1  # past the time it breaks
    job = run(ask("break_once"))
    assert job.state == JobState.DONE and SEEN["runs"] == 2
    run(job)
    assert SEEN["runs"] == 2


# Stopping ------------------------------------------------------------------------------------------------------------
@commits
def test_cancelled_work_stops_at_its_next_step_and_nothing_stays(as_maintenance):
    job = run(ask("be_cancelled"))
    assert job.state == JobState.CANCELLED and "hủy" in job.message
    with as_maintenance():
        assert not StoredFile.objects.exists()


@commits
def test_work_cancelled_before_it_began_never_begins():
    job = ask("look_around")
    operations.cancel(job=job, now=NOW)
    assert run(job).state == JobState.CANCELLED
    assert "role" not in SEEN
    with pytest.raises(AlreadyDone):
        operations.cancel(job=job, now=NOW)


@commits
def test_stopped_work_goes_on_when_asked_and_done_work_does_not(client):
    job = run(ask("be_cancelled"))
    client.force_login(post().user)
    page = client.get(f"/cong-viec/{job.code}/").content.decode()
    assert f"/cong-viec/{job.code}/tiep-tuc/" in page
    client.post(f"/cong-viec/{job.code}/tiep-tuc/")
    job.refresh_from_db()
    assert (job.state, job.cancel_asked, job.message) == (JobState.WAITING, False, "")
    assert ProcrastinateJob.objects.filter(args__job_id=job.id, status="todo").count() == 1
    with pytest.raises(AlreadyDone):
        operations.resume(job=job)


@commits
def test_work_in_steps_keeps_what_it_finished_and_leaves_it_out_the_next_time(as_maintenance):
    job = ask("break_at_the_third_step")
    with pytest.raises(RuntimeError):
        run(job)
    job.refresh_from_db()
    assert (job.state, job.result) == (JobState.WAITING, {"finished": [1, 2]})
    assert run(job).state == JobState.DONE and SEEN["steps"] == [1, 2, 3, 3]
    with as_maintenance():
        assert StoredFile.objects.count() == 3


# The worker ----------------------------------------------------------------------------------------------------------
@commits
def test_a_worker_takes_what_waits_and_ends():
    job = ask("look_around")
    asyncio.run(work(concurrency=1, wait=False))
    job.refresh_from_db()
    assert job.state == JobState.DONE


@commits
def test_work_of_a_killed_worker_is_put_back_and_done():
    """What kill -9 leaves: a job that is being done by a worker that gave no sign of life for a while."""
    job = ask("look_around")
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '5 minutes') RETURNING id")
        (dead,) = cursor.fetchone()
        cursor.execute(
            "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s WHERE args->>'job_id' = %s", [dead, str(job.id)]
        )
    Job.objects.filter(id=job.id).update(state=JobState.RUNNING, attempts=1)

    async def rescue() -> int:
        worker_app = app.with_connector(app.connector.get_worker_connector())
        async with worker_app.open_async():
            return await operations.rescue_stalled(worker_app.job_manager)

    assert asyncio.run(rescue()) == 1
    asyncio.run(work(concurrency=1, wait=False))
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 2)


@commits
def test_each_minute_the_reads_are_sealed_and_the_head_is_kept(tmp_path, monkeypatch, as_maintenance):
    from ansinh.jobs.tasks import seal_journal
    from ansinh.journal.models import ReadEvent
    from ansinh.journal.operations import note_read
    from ansinh.journal.queries import kept_heads

    monkeypatch.setattr(settings, "ANSINH_HEADS", tmp_path / "heads.log")
    with as_maintenance():
        note_read(by=post().actor, act="export", noun="person", key="", at=NOW)
    seal_journal(0)
    assert len(kept_heads(tmp_path / "heads.log")) == 1
    with as_maintenance():
        assert not ReadEvent.objects.filter(sealed_in=None).exists()


# Pages ---------------------------------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_page_shows_the_work_of_ones_own_post_only(client):
    mine, other = ask("look_around"), ask("look_around", by=post(Role.COMMUNE_HEAD))
    client.force_login(post().user)
    listing = client.get("/cong-viec/").content.decode()
    assert mine.code in listing and other.code not in listing
    assert client.get(f"/cong-viec/{mine.code}/").status_code == 200
    assert client.get(f"/cong-viec/{other.code}/").status_code == 404
    assert client.post(f"/cong-viec/{other.code}/huy/").status_code == 404


@pytest.mark.django_db
def test_a_page_that_polls_is_told_when_the_work_has_ended(client):
    job = ask("look_around")
    client.force_login(post().user)
    asked = {"headers": {"HX-Request": "true"}}
    waiting = client.get(f"/cong-viec/{job.code}/", **asked)
    assert waiting.status_code == 200 and "HX-Refresh" not in waiting
    Job.objects.filter(pk=job.pk).update(
        state=JobState.DONE, result={"url": "//elsewhere.example/"}, done=103, total=104, message="Xã Yên Mỹ"
    )
    answer = client.get(f"/cong-viec/{job.code}/", **asked)
    assert answer.status_code == 286 and "elsewhere" not in answer.content.decode()
    assert answer["HX-Refresh"] == "true"
    assert "103" not in answer.content.decode() and "Xã Yên Mỹ" not in answer.content.decode()
    assert "Dừng công việc" not in client.get(f"/cong-viec/{job.code}/").content.decode()


@pytest.mark.django_db
def test_stopping_from_the_page(client):
    job = ask("look_around")
    client.force_login(post().user)
    assert client.post(f"/cong-viec/{job.code}/huy/").status_code == 302
    job.refresh_from_db()
    assert job.cancel_asked
