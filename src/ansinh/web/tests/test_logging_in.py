"""Getting in, staying in, being put out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client

from ansinh.access import operations
from ansinh.access.models import Post, Role, Session, User
from ansinh.access.tests.factories import PASSWORD, QUYNH_PHU, THAI_BINH, make_user, post
from ansinh.journal.models import Entry
from ansinh.kernel.errors import InvalidInput

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
LOGIN = "/dang-nhap/"


@pytest.fixture
def officer():
    return post(Role.COMMUNE_OFFICER).user


def enter(client: Client, user: User, password: str = PASSWORD, **more):
    return client.post(LOGIN, {"username": user.username, "password": password, **more})


# In ------------------------------------------------------------------------------------------------------------------
def test_the_right_password_opens_and_is_journaled(client, officer, as_maintenance):
    assert enter(client, officer).headers["Location"] == "/"
    assert client.get("/").status_code == 200
    with as_maintenance():
        assert Entry.objects.filter(act="log_in", key=officer.username).exists()


def test_a_door_asked_for_first_opens_after_the_log_in_but_no_other_site(client, officer):
    asked = client.get("/nguoi/")
    assert asked.status_code == 302 and asked.headers["Location"] == f"{LOGIN}?next=/nguoi/"
    assert enter(client, officer, next="/nguoi/").headers["Location"] == "/nguoi/"
    client.post("/dang-xuat/")
    assert enter(client, officer, next="https://elsewhere.example/").headers["Location"] == "/"


def test_wrong_name_and_wrong_password_sound_the_same(client, officer):
    texts = [
        client.post(LOGIN, {"username": name, "password": "sai-mat-khau-nay"}).content.decode()
        for name in (officer.username, "khong.co.ai")
    ]
    for text in texts:
        assert "Tên đăng nhập hoặc mật khẩu không đúng" in text


def test_the_fifth_failure_locks_even_for_the_right_password_and_for_this_name_only(client, officer):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        answer = enter(client, officer, "sai-mat-khau-nay")
    assert answer.status_code == 429 and "Tạm khóa đăng nhập" in answer.content.decode()
    assert enter(client, officer).status_code == 429
    assert enter(client, post(Role.COMMUNE_HEAD).user).status_code == 302


def test_the_lock_opens_by_itself_after_a_quarter_of_an_hour(client, officer):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        enter(client, officer, "sai-mat-khau-nay")
    AccessAttempt.objects.update(attempt_time=datetime.now(UTC).replace(year=2020))
    assert enter(client, officer).status_code == 302


def test_somebody_deactivated_does_not_get_in(client, officer, as_maintenance):
    with as_maintenance():
        operations.deactivate_user(user=officer, by=post(Role.ADMINISTRATOR, office="SYT"), now=NOW)
    assert enter(client, officer).status_code == 422


# Passwords -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "weak",
    ["ngan", "123456789012345", "password1234", "canbo.thu.nghiem", ""],
    ids=["short", "digits", "common", "own name", "none"],
)
def test_a_weak_password_is_refused_in_vietnamese(weak, as_maintenance):
    with as_maintenance(), pytest.raises(InvalidInput) as refusal:
        operations.create_user(username="canbo.thu.nghiem", full_name="Đỗ Thị Thử", password=weak, by=None, now=NOW)
    assert refusal.value.field == "password" and str(refusal.value).startswith("Mật khẩu")


def test_passwords_are_kept_by_a_slow_hash():
    from ansinh.project import settings as real

    hashers = getattr(real, "PASSWORD_HASHERS", ["django.contrib.auth.hashers.PBKDF2PasswordHasher"])
    assert "MD5" not in hashers[0]


def test_a_password_given_by_the_administrator_must_be_changed_before_anything_else(client, officer):
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    enter(client, officer)
    for path in ("/", "/nguoi/", "/dia-ban/"):
        assert client.get(path).headers["Location"] == "/doi-mat-khau/", path
    page = client.get("/doi-mat-khau/").content.decode()
    assert "do quản trị đặt" in page
    new = "mật-khẩu-mới-của-tôi-2"
    assert client.post("/doi-mat-khau/", {"password": new, "again": new + "x"}).status_code == 422
    assert client.post("/doi-mat-khau/", {"password": "ngắn", "again": "ngắn"}).status_code == 422
    assert client.post("/doi-mat-khau/", {"password": new, "again": new}).status_code == 302
    assert client.get("/").status_code == 200
    assert enter(Client(), officer, new).status_code == 302


# Staying and leaving -------------------------------------------------------------------------------------------------
def test_a_session_ends_with_the_working_day_and_with_the_browser():
    assert settings.SESSION_COOKIE_AGE == 8 * 3600 and settings.SESSION_EXPIRE_AT_BROWSER_CLOSE
    assert settings.SESSION_COOKIE_HTTPONLY and settings.SESSION_COOKIE_SAMESITE == "Lax"


def test_a_session_without_a_sign_of_life_ends_and_one_with_it_goes_on(client, officer, monkeypatch):
    from ansinh.access import sessions

    enter(client, officer)
    client.get("/")
    start = sessions.time.time()
    clock = {"now": start + settings.ANSINH_IDLE_SECONDS - 5}
    monkeypatch.setattr(sessions.time, "time", lambda: clock["now"])
    assert client.get("/").status_code == 200
    clock["now"] += settings.ANSINH_IDLE_SECONDS - 5
    assert client.get("/").status_code == 200
    clock["now"] += settings.ANSINH_IDLE_SECONDS + 1
    assert client.get("/").headers["Location"].startswith(LOGIN)


def test_leaving_ends_the_session_and_a_link_cannot_do_it(client, officer):
    enter(client, officer)
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/").headers["Location"] == LOGIN
    assert client.get("/").headers["Location"].startswith(LOGIN)


def test_the_administrator_ends_every_session_of_somebody(client, officer, as_maintenance):
    enter(client, officer)
    client.get("/")
    assert Session.objects.exists()
    with as_maintenance():
        assert operations.end_sessions(user=officer, by=post(Role.ADMINISTRATOR, office="SYT").actor, now=NOW) == 1
    assert client.get("/").headers["Location"].startswith(LOGIN)


# Choosing a post -----------------------------------------------------------------------------------------------------
def test_somebody_with_two_posts_acts_in_the_one_chosen(client, officer):
    other = post(Role.COMMUNE_HEAD, office=f"UBND-{THAI_BINH}", user=officer)
    enter(client, officer)
    assert "Xã Quỳnh Phụ" in client.get("/").content.decode()
    assert client.post("/chuc-vu/", {"post": other.code}).status_code == 302
    assert "Phường Thái Bình" in client.get("/").content.decode()


def test_nobody_acts_in_the_post_of_another_or_in_one_that_ended(client, officer, as_maintenance):
    foreign = post(Role.COMMUNE_HEAD, office=f"UBND-{THAI_BINH}")
    enter(client, officer)
    assert client.post("/chuc-vu/", {"post": foreign.code}).status_code == 404
    with as_maintenance():
        Post.objects.filter(user=officer).update(period=DateRange(date(2020, 1, 1), date(2021, 1, 1)))
    assert client.get("/nguoi/").status_code == 403
    assert "chưa được xếp" in client.get("/chuc-vu/").content.decode()


def test_somebody_without_a_post_may_choose_and_change_the_password_only(client):
    user = make_user("khong.chuc.vu")
    enter(client, user)
    assert client.get("/chuc-vu/").status_code == 200 and client.get("/doi-mat-khau/").status_code == 200
    assert client.get("/nguoi/").status_code == 403
    assert QUYNH_PHU not in client.get("/chuc-vu/").content.decode()
