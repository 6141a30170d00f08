"""A view that breaks leaves nothing of what it wrote, and the page says what happened in words that help."""

from __future__ import annotations

import errno
import time
from threading import Event, Thread

import psycopg
import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import PermissionDenied
from django.db import connection, connections, transaction
from django.http import Http404, HttpResponse
from django.test import Client
from django.urls import path
from psycopg import errors

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.files.models import StoredFile

BREAKS = {
    "sai": RuntimeError("lỗi của chương trình"),
    "cam": PermissionDenied("Không thuộc địa bàn."),
    "khong-co": Http404(),
    "khoa-cheo": errors.DeadlockDetected(),
    "dong-thoi": errors.SerializationFailure(),
    "dang-giu": errors.LockNotAvailable(),
    "day-o-dia": errors.DiskFull(),
    "day-kho-tep": OSError(errno.ENOSPC, "No space left on device"),
    "tat-may-chu": errors.AdminShutdown(),
    "dang-mo": errors.CannotConnectNow(),
    "qua-nhieu": errors.TooManyConnections(),
}


CROSSING = Event()


@for_roles(Role.COMMUNE_OFFICER)
def write_and_break(request, how):
    with transaction.atomic():
        StoredFile.objects.create(
            token="00000000-0000-0000-0000-000000000001", name="vết", media_type="x", size=0, sha256="", purpose="thử",
            unit=commune(), stored_at=NOW,
        )  # fmt: skip
    if how in BREAKS:
        raise BREAKS[how]
    if how == "mat-ket-noi":
        with psycopg.connect(**_login(), autocommit=True) as other:
            other.execute("SELECT pg_terminate_backend(%s)", [connection.connection.info.backend_pid])
        StoredFile.objects.count()
    if how == "cho":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            cursor.execute("SELECT pg_advisory_xact_lock(77)")
    if how == "cheo":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(78)")
            CROSSING.set()
            cursor.execute("SELECT pg_advisory_xact_lock(79)")
    return HttpResponse("xong")


def _login() -> dict:
    found = connection.get_connection_params()
    return {key: found[key] for key in ("dbname", "user", "password", "host", "port") if found.get(key)}


urlpatterns = [path("thu/<str:how>/", write_and_break)]
handler400 = "ansinh.pages.views.bad_request"
handler403 = "ansinh.pages.views.forbidden"
handler404 = "ansinh.pages.views.not_found"
handler500 = "ansinh.pages.views.server_error"


@pytest.fixture
def officer(settings) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(post().user)
    settings.ROOT_URLCONF = __name__
    return client


def traces() -> int:
    with as_maintenance():
        return StoredFile.objects.count()


for_real = pytest.mark.django_db(transaction=True)


@pytest.mark.django_db
def test_a_view_that_ends_well_keeps_what_it_wrote(officer):
    assert officer.get("/thu/tot/").text == "xong" and traces() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("sai", 500, "Hệ thống gặp lỗi"),
        ("cam", 403, "Không thuộc địa bàn."),
        ("khong-co", 404, "Không có trang này"),
        ("khoa-cheo", 409, "Người khác đang ghi đúng phần này"),
        ("dong-thoi", 409, "Người khác đang ghi đúng phần này"),
        ("dang-giu", 409, "làm lại nếu vẫn cần"),
        ("day-o-dia", 503, "Báo quản trị viên dọn chỗ"),
        ("day-kho-tep", 503, "Ổ đĩa máy chủ đã đầy"),
        ("tat-may-chu", 503, "Chưa kết nối được cơ sở dữ liệu"),
        ("dang-mo", 503, "Chưa kết nối được cơ sở dữ liệu"),
        ("qua-nhieu", 503, "Hệ thống tự kết nối lại"),
    ],
)
def test_a_view_that_breaks_keeps_nothing_says_why_and_the_next_request_works(officer, how, status, words):
    answer = officer.get(f"/thu/{how}/")
    assert answer.status_code == status and words in answer.text
    assert "lỗi của chương trình" not in answer.text
    assert traces() == 0
    assert officer.get("/thu/tot/").status_code == 200 and traces() == 1


@for_real
def test_a_connection_cut_in_the_middle_leaves_nothing_and_the_next_request_works(officer):
    answer = officer.get("/thu/mat-ket-noi/")
    assert answer.status_code == 503 and "Chưa kết nối được cơ sở dữ liệu" in answer.text and traces() == 0
    assert officer.get("/thu/tot/").status_code == 200 and traces() == 1


@for_real
def test_a_session_that_cannot_be_written_is_no_fault_of_what_was_sent(officer, monkeypatch):
    def cut(self, *args, **kwargs):
        connection.connection.close()
        return real(self, *args, **kwargs)

    real = SessionStore.create_model_instance
    session = officer.session
    session["alive_at"] = 0  # written again by the next request
    monkeypatch.setattr("ansinh.access.middleware.is_idle_too_long", lambda request: False)
    session.save()
    monkeypatch.setattr(SessionStore, "create_model_instance", cut)
    answer = officer.get("/thu/tot/")
    assert answer.status_code == 503 and "Chưa kết nối được cơ sở dữ liệu" in answer.text


@for_real
def test_what_somebody_else_holds_is_not_waited_for_without_end(officer):
    held, may_go = Event(), Event()

    def hold() -> None:
        with psycopg.connect(**_login()) as other:
            other.execute("SELECT pg_advisory_xact_lock(77)")
            held.set()
            may_go.wait(20)

    holder = Thread(target=hold)
    holder.start()
    try:
        assert held.wait(10)
        answer = officer.get("/thu/cho/")
    finally:
        may_go.set()
        holder.join(20)
    assert answer.status_code == 409 and "Người khác đang làm" in answer.text and traces() == 0


@for_real
def test_of_two_who_wait_for_each_other_one_is_told_and_the_other_goes_on(officer):
    CROSSING.clear()
    held, went_on = Event(), Event()

    def cross() -> None:
        with psycopg.connect(**_login()) as other:
            other.execute("SELECT pg_advisory_xact_lock(79)")
            held.set()
            CROSSING.wait(20)
            time.sleep(0.2)  # who waited first is the one that PostgreSQL ends
            other.execute("SELECT pg_advisory_xact_lock(78)")
            went_on.set()

    other = Thread(target=cross)
    other.start()
    assert held.wait(10)
    answer = officer.get("/thu/cheo/")
    other.join(20)
    assert answer.status_code == 409 and "Người khác đang ghi đúng phần này" in answer.text
    assert went_on.is_set() and traces() == 0


@for_real
def test_a_log_in_while_the_database_is_away_is_answered_in_words(officer, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "HOST", "/khong/co")
    connections.close_all()
    answer = officer.get("/thu/tot/")
    assert answer.status_code == 503 and "Chưa kết nối được cơ sở dữ liệu" in answer.text
    assert answer.headers["Retry-After"]
    monkeypatch.undo()
    connections.close_all()
    assert officer.get("/thu/tot/").status_code == 200
