from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test import RequestFactory

from ansinh.database import clock, roles
from ansinh.database.acting import acting_as
from ansinh.journal import operations
from ansinh.kernel.actor import SYSTEM
from ansinh.project import health


@pytest.mark.django_db
def test_a_current_database_without_a_worker_serves_but_is_not_well(client):
    answer = client.get("/suc-khoe/", {"dang": "json"})

    assert answer.status_code == 200
    assert answer.json()["serving"] is True
    assert answer.json()["ok"] is False
    assert answer.json()["checks"]["worker"]["ok"] is False
    assert answer.json()["checks"]["migrations"]["ok"] is True


@pytest.mark.django_db
def test_the_page_says_each_part_in_words(client):
    answer = client.get("/suc-khoe/")

    assert answer.status_code == 200
    assert "Cơ sở dữ liệu" in answer.text
    assert "không thấy tiến trình nào" in answer.text


@pytest.mark.django_db
def test_a_waiting_migration_means_it_cannot_serve(monkeypatch, client):
    wanted = health._wanted()
    monkeypatch.setattr(health, "_wanted", lambda: wanted | {("people", "9999_next")})

    answer = client.get("/suc-khoe/", {"dang": "json"})

    assert answer.status_code == 503
    assert answer.json()["serving"] is False


def test_a_silent_database_is_a_finding_and_not_an_error(monkeypatch):
    def silent():
        raise health.DatabaseError

    monkeypatch.setattr(health, "_migrations", silent)

    answer = health.health(RequestFactory().get("/suc-khoe/", {"dang": "json"}))

    assert answer.status_code == 503


def looked_at(client) -> dict:
    return client.get("/suc-khoe/", {"dang": "json"}).json()["checks"]


@pytest.fixture
def heads(tmp_path, settings):
    settings.ANSINH_HEADS = tmp_path / "heads.log"
    return settings.ANSINH_HEADS


def queue(status: str, *, worker_silent: str | None = None, since: str = "1 second") -> None:
    """An entry of the queue, and the worker that took it."""
    with connection.cursor() as cursor:
        worker = None
        if worker_silent:
            cursor.execute(
                "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s::interval) RETURNING id", [worker_silent]
            )
            (worker,) = cursor.fetchone()
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, status, worker_id, args) VALUES ('q', 't', %s, %s, '{}') "
            "RETURNING id",
            [status, worker],
        )
        cursor.execute(
            "UPDATE procrastinate_events SET at = now() - %s::interval WHERE job_id = %s", [since, cursor.fetchone()[0]]
        )


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("entry", "is_well", "said"),
    [
        ({"status": "doing", "worker_silent": "5 seconds"}, True, "không có việc bị bỏ dở"),
        ({"status": "doing", "worker_silent": "5 minutes"}, False, "1 việc có tiến trình im lặng"),
        ({"status": "doing"}, False, "1 việc có tiến trình im lặng"),
        ({"status": "todo", "since": "1 hour"}, False, "1 việc chờ quá 10 phút"),
        ({"status": "todo"}, True, "không có việc bị bỏ dở"),
        ({"status": "succeeded", "since": "1 hour"}, True, "không có việc bị bỏ dở"),
    ],
)
def test_abandoned_work_and_work_nobody_takes_are_seen(client, entry, is_well, said):
    queue(**entry)
    found = looked_at(client)["jobs"]
    assert (found["ok"], said in found["said"]) == (is_well, True)


@pytest.mark.django_db
def test_the_end_of_the_journal_is_held_against_the_head_kept_outside(client, heads):
    assert looked_at(client)["journal"] == {"ok": True, "said": "chưa có mốc nào"}
    with acting_as(roles.COMMUNE):
        operations.record(by=SYSTEM, act="try", noun="thing", key="1", at=clock.now())
    operations.keep_head(path=heads, at=clock.now())
    assert looked_at(client)["journal"]["ok"]
    heads.write_text(f"900 {'0' * 64} 2026-11-20T09:00:00+07:00\n")
    assert not looked_at(client)["journal"]["ok"] and "verify-journal" in looked_at(client)["journal"]["said"]
    heads.write_text("mờ\n")
    assert "không đọc được" in looked_at(client)["journal"]["said"]


@pytest.mark.django_db
def test_reads_that_nobody_seals_are_seen(client, heads):
    with acting_as(roles.COMMUNE):
        operations.note_read(by=SYSTEM, act="export", noun="person", key="", at=clock.now() - timedelta(minutes=11))
    assert looked_at(client)["journal"]["said"] == "lượt xem chưa được niêm phong quá 10 phút"


@pytest.mark.django_db
def test_the_disk_of_the_embedded_database_counts_too(client, monkeypatch, tmp_path):
    room = {tmp_path: 40 * 1024**2}
    monkeypatch.setenv("ANSINH_PG_DATA", str(tmp_path))
    monkeypatch.setattr(
        health.shutil, "disk_usage", lambda place: SimpleNamespace(free=room.get(place, 90 * 1024**3)), raising=True
    )
    assert looked_at(client)["disk"] == {"ok": False, "said": "chỉ còn trống 40 MB: dọn chỗ ngay"}
    room.clear()
    assert looked_at(client)["disk"] == {"ok": True, "said": "còn trống 90,0 GB"}
