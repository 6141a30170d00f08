"""Sessions and guesses: what a stolen, old or forged session can still do, and what a guesser can do to others."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import settings
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client, RequestFactory

from ansinh.access import operations
from ansinh.access.models import Post, Role
from ansinh.access.tests.factories import NOW, PASSWORD, QUYNH_PHU, THAI_BINH, post
from ansinh.web.accounts.attempts import address_of

pytestmark = pytest.mark.django_db
LOGIN, WRONG, NEW = "/dang-nhap/", "sai-mat-khau-nay", "một-mật-khẩu-khác-hẳn-3"


@pytest.fixture
def officer():
    return post(Role.COMMUNE_OFFICER).user


@pytest.fixture
def administrator():
    return post(Role.ADMINISTRATOR, office="SYT")


def enter(client: Client, name: str, password: str = PASSWORD, **more):
    return client.post(LOGIN, {"username": name, "password": password}, **more)


def is_in(client: Client) -> bool:
    return client.get("/nguoi/").status_code == 200


# Sessions ------------------------------------------------------------------------------------------------------------
def test_a_session_given_before_the_log_in_is_worth_nothing_after_it(officer):
    victim, thief = Client(), Client()
    victim.cookies["sessionid"] = thief.cookies["sessionid"] = "a" * 32
    enter(victim, officer.username)
    assert is_in(victim) and victim.cookies["sessionid"].value != "a" * 32
    assert not is_in(thief)


def test_after_leaving_the_old_session_opens_nothing(officer):
    client = Client()
    enter(client, officer.username)
    kept = client.cookies["sessionid"].value
    client.post("/dang-xuat/")
    client.cookies["sessionid"] = kept
    assert not is_in(client)


def test_a_new_password_ends_every_other_session_and_keeps_this_one(officer):
    here, elsewhere = Client(), Client()
    enter(here, officer.username), enter(elsewhere, officer.username)
    assert is_in(here) and is_in(elsewhere)
    here.post("/doi-mat-khau/", {"current": PASSWORD, "password": NEW, "again": NEW})
    assert is_in(here) and not is_in(elsewhere)


@pytest.mark.parametrize("current", ["", WRONG])
def test_an_unwatched_screen_is_not_enough_to_take_an_account_over(officer, current):
    client = Client()
    enter(client, officer.username)
    answer = client.post("/doi-mat-khau/", {"current": current, "password": NEW, "again": NEW})
    assert answer.status_code == 422 and enter(Client(), officer.username).status_code == 302


def test_somebody_deactivated_is_out_at_once(officer, administrator, as_maintenance):
    client = Client()
    enter(client, officer.username)
    assert is_in(client)
    with as_maintenance():
        operations.deactivate_user(user=officer, by=administrator, now=NOW)
    assert not is_in(client)


@pytest.mark.parametrize("how", ["ended", "vacated", "given to another"])
def test_who_lost_the_post_sees_nobody_with_the_next_request(officer, administrator, as_maintenance, how):
    client = Client()
    enter(client, officer.username)
    assert is_in(client)
    mine = Post.objects.get(user=officer)
    with as_maintenance():
        if how == "ended":
            Post.objects.filter(pk=mine.pk).update(period=DateRange(date(2020, 1, 1), date(2021, 1, 1)))
        else:
            operations.vacate_post(post=mine, by=administrator, now=NOW)
        if how == "given to another":
            operations.fill_post(post=mine, user=post(Role.COMMUNE_HEAD).user, by=administrator, now=NOW)
    assert client.get("/nguoi/").status_code == 403


def test_a_session_that_names_the_post_of_another_acts_in_ones_own(officer):
    client, foreign = Client(), post(Role.COMMUNE_HEAD, office=f"UBND-{THAI_BINH}")
    enter(client, officer.username)
    session = client.session
    session["post"] = foreign.id
    session.save()
    text = client.get("/").text
    assert "Xã Quỳnh Phụ" in text and "Phường Thái Bình" not in text


# Guessing ------------------------------------------------------------------------------------------------------------
def test_guesses_are_counted_for_a_name_however_it_is_written(officer):
    name = officer.username
    spellings = [name, name.upper(), name.capitalize(), f" {name} ", name.replace("o", "ｏ")]
    for spelling in spellings[: settings.AXES_FAILURE_LIMIT]:
        answer = enter(Client(), spelling, WRONG)
    assert answer.status_code == 429
    assert enter(Client(), name.title()).status_code == 429


def test_whoever_guesses_from_elsewhere_locks_nobody_out(officer):
    for _ in range(settings.AXES_FAILURE_LIMIT + 1):
        enter(Client(), officer.username, WRONG, REMOTE_ADDR="203.0.113.9")
    assert enter(Client(), officer.username, REMOTE_ADDR="198.51.100.4").status_code == 302


def test_a_lock_is_not_drawn_out_by_guessing_on(officer):
    for _ in range(settings.AXES_FAILURE_LIMIT):
        enter(Client(), officer.username, WRONG)
    began = datetime.now(UTC) - timedelta(minutes=14)
    AccessAttempt.objects.update(attempt_time=began)
    assert enter(Client(), officer.username, WRONG).status_code == 429
    assert AccessAttempt.objects.get().attempt_time == began
    AccessAttempt.objects.update(attempt_time=began - timedelta(minutes=2))
    assert enter(Client(), officer.username).status_code == 302


def test_the_address_is_the_one_our_proxy_names_and_never_one_a_stranger_writes(settings):
    asked = RequestFactory().get("/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="6.6.6.6, 203.0.113.9")
    settings.SECURE_PROXY_SSL_HEADER = None
    assert address_of(asked) == "127.0.0.1"
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    assert address_of(asked) == "203.0.113.9"
    asked.META["HTTP_X_FORWARDED_FOR"] = "'; DROP TABLE"
    assert address_of(asked) == "127.0.0.1"


def test_a_name_that_is_not_there_answers_like_a_wrong_password(officer, administrator, as_maintenance):
    def told(name: str) -> tuple[int, str]:
        answer = enter(Client(), name, WRONG)
        return answer.status_code, answer.text.partition("<form")[0].partition("csrf")[0].count("Tên đăng nhập hoặc")

    gone = post(Role.CLERK).user
    with as_maintenance():
        operations.deactivate_user(user=gone, by=administrator, now=NOW)
    assert told(officer.username) == told("khong.co.ai") == told(gone.username)


# Doors ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "url",
    ["https://x.example/", "//x.example/", "/\\x.example/", "javascript:alert(1)", "https:x.example", "\thttps://x.example"],
)
def test_the_log_in_and_the_preferences_send_nobody_to_another_site(officer, url):
    client = Client()
    assert (
        client.post(f"{LOGIN}?next={url}", {"username": officer.username, "password": PASSWORD, "next": url})["Location"] == "/"
    )
    assert client.post("/tuy-chon/", {"theme": "dark", "next": url})["Location"] == "/"


def test_a_form_of_another_site_changes_nothing(officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    for path in ("/nguoi/moi/", "/chi-tra/lap/", "/nhap-danh-sach/", "/chuc-vu/", "/doi-mat-khau/", "/dang-xuat/"):
        assert client.post(path, {}).status_code == 403, path
    assert QUYNH_PHU and is_in(client)
