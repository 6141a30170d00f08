"""Sessions listed and ended: one's own, and those of others by the administrator."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from django.conf import settings as real
from django.test import Client

from ansinh.access import sessions
from ansinh.access.models import Role, Session
from ansinh.access.tests.factories import PASSWORD, post
from ansinh.database.acting import as_maintenance
from ansinh.journal.models import Entry
from ansinh.web.accounts.programs import program_words

pytestmark = pytest.mark.django_db
PAGE, NEW = "/phien-dang-nhap/", "một-mật-khẩu-khác-hẳn-3"
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/109.0.0.0 Safari/537.36"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) AppleWebKit/605.1.15 Version/17.0 Mobile/15E148 Safari/604.1"


def entered(user, agent: str = CHROME, address: str = "203.0.113.9") -> Client:
    client = Client(HTTP_USER_AGENT=agent, REMOTE_ADDR=address)
    client.post("/dang-nhap/", {"username": user.username, "password": PASSWORD})
    assert is_in(client)
    return client


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


def codes_on(page: str) -> list[str]:
    return re.findall(r'name="session" value="(\w+)"', page)


def acts() -> list[str]:
    with as_maintenance():
        return list(Entry.objects.order_by("id").values_list("act", flat=True))


@pytest.fixture
def officer():
    return post(Role.COMMUNE_OFFICER).user


def test_one_sees_ones_own_sessions_with_this_one_marked_and_no_key(officer):
    here, phone = entered(officer), entered(officer, PHONE, "198.51.100.4")
    entered(post(Role.COMMUNE_HEAD).user, PHONE, "192.0.2.77")
    page = here.get(PAGE).text
    assert "Chrome trên Windows" in page and "Safari trên iPhone" in page
    assert "203.0.113.9" in page and "198.51.100.4" in page and "192.0.2.77" not in page
    assert page.count("Phiên này") == 1 and len(codes_on(page)) == 1
    assert not any(client.cookies["sessionid"].value in page for client in (here, phone))


def test_one_session_is_ended_and_the_other_goes_on(officer):
    here, phone = entered(officer), entered(officer, PHONE)
    (code,) = codes_on(here.get(PAGE).text)
    here.post(PAGE, {"act": "end", "session": code})
    assert is_in(here) and not is_in(phone) and acts()[-1] == "end_session"
    again = here.post(PAGE, {"act": "end", "session": code}, follow=True).text
    assert "Phiên này đã kết thúc" in again


def test_all_others_are_ended_at_once(officer):
    here, others = entered(officer), [entered(officer, PHONE) for _ in range(2)]
    assert "Đã kết thúc 2 phiên" in here.post(PAGE, {"act": "end_others"}, follow=True).text
    assert is_in(here) and not any(is_in(other) for other in others) and acts()[-1] == "end_sessions"


def test_nobody_ends_the_session_of_another(officer):
    here, other = entered(officer), entered(post(Role.COMMUNE_HEAD).user)
    entered(post(Role.COMMUNE_HEAD).user)
    (code,) = codes_on(other.get(PAGE).text)
    here.post(PAGE, {"act": "end", "session": code})
    assert is_in(other) and Session.objects.count() == 3


def test_a_session_that_sleeps_too_long_is_not_listed(officer, monkeypatch):
    here = entered(officer)
    entered(officer, PHONE)
    row = Session.objects.exclude(pk=here.cookies["sessionid"].value).get()
    store = Session.get_session_store_class()(row.pk)
    store[sessions.ALIVE] -= real.ANSINH_IDLE_SECONDS + 5
    store.save()
    assert codes_on(here.get(PAGE).text) == []


def test_whoever_comes_in_sweeps_out_what_has_ended(officer):
    entered(officer)
    Session.objects.update(expire_date=datetime(2026, 1, 1, tzinfo=UTC))
    entered(post(Role.COMMUNE_HEAD).user)
    assert Session.objects.count() == 1


def test_a_new_password_ends_the_rows_of_the_others_too(officer):
    here = entered(officer)
    entered(officer, PHONE)
    here.post("/doi-mat-khau/", {"current": PASSWORD, "password": NEW, "again": NEW})
    assert is_in(here) and Session.objects.filter(user=officer).count() == 1


def test_the_administrator_sees_and_ends_them(officer):
    boss, theirs = entered(post(Role.ADMINISTRATOR, office="SYT").user), [entered(officer), entered(officer, PHONE)]
    path = f"/quan-tri/nguoi-dung/{officer.username}/"
    page = boss.get(path).text
    assert "Safari trên iPhone" in page and len(codes_on(page)) == 2
    boss.post(path, {"act": "end", "session": codes_on(page)[0]})
    assert sum(map(is_in, theirs)) == 1
    assert "Đã kết thúc 1 phiên" in boss.post(path, {"act": "end_all"}, follow=True).text
    assert not any(map(is_in, theirs)) and "không đăng nhập ở đâu" in boss.get(path).text


def test_sessions_are_written_also_from_within_a_role(officer):
    here = entered(officer)
    other = post(Role.COMMUNE_HEAD, office="UBND-13225", user=officer)
    here.post("/chuc-vu/", {"post": other.code})
    assert "Phường Thái Bình" in here.get("/").text
    here.post("/dang-xuat/")
    assert Session.objects.filter(user=officer).count() == 0


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (CHROME, "Chrome trên Windows"),
        (CHROME.replace("Safari/537.36", "Safari/537.36 Edg/109.0"), "Edge trên Windows"),
        (CHROME.replace("Chrome/", "coc_coc_browser/100 Chrome/"), "Cốc Cốc trên Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:120.0) Gecko/20100101 Firefox/120.0", "Firefox trên Linux"),
        ("Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36", "Chrome trên Android"),
        (PHONE, "Safari trên iPhone"),
        ("<script>alert(1)</script>", "chương trình không rõ"),
        ("", "chương trình không rõ"),
    ],
)
def test_a_browser_is_named_in_words(agent, words):
    assert program_words(agent) == words
