"""The second step of log-in: who owes it, how a device is enrolled, what a wrong code costs, who may undo it."""

from __future__ import annotations

import re
import time
from base64 import b32decode
from datetime import date
from types import SimpleNamespace

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp import models as totp_models
from django_otp.plugins.otp_totp.models import TOTPDevice

from ansinh.access import operations
from ansinh.access.models import Role, User
from ansinh.access.tests.factories import NOW, PASSWORD, post
from ansinh.database.acting import as_maintenance
from ansinh.journal.models import Entry
from ansinh.kernel.errors import AlreadyDone
from ansinh.web.accounts.views import second_step

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("second_step")]
LOGIN, STEP, ENROL, CHANGE = "/dang-nhap/", "/xac-thuc/", "/xac-thuc/thiet-bi/", "/xac-thuc/thay-doi/"
WRONG = "000000"


@pytest.fixture
def clock(monkeypatch, settings):
    """The clock of the codes, to be moved; waiting after a wrong code is tested on its own."""
    settings.OTP_TOTP_THROTTLE_FACTOR = settings.OTP_STATIC_THROTTLE_FACTOR = 0
    hand = {"now": time.time()}
    monkeypatch.setattr(totp_models, "time", SimpleNamespace(time=lambda: hand["now"]))
    return hand


@pytest.fixture
def chairman():
    return post(Role.COMMUNE_CHAIRMAN).user


def enter(client: Client, user: User, **more):
    return client.post(LOGIN, {"username": user.username, "password": PASSWORD}, **more)


def code_of(key: bytes, at: float) -> str:
    code = TOTP(key)
    code.time = at
    return f"{code.token():06d}"


def secret_on(page: str) -> bytes:
    return b32decode(re.search(r'class="letters">([^<]+)<', page)[1].replace(" ", ""))


def enrol(client: Client, clock: dict) -> tuple[bytes, list[str]]:
    """Enrol whoever has given the password; the secret, the recovery codes, and the clock a step later."""
    key = secret_on(client.get(ENROL).text)
    answer = client.post(ENROL, {"code": code_of(key, clock["now"])})
    codes = re.findall(r"<code>([a-z2-7]{4} [a-z2-7]{4})</code>", answer.text)
    clock["now"] += 30
    return key, codes


def acts(user: User) -> list[str]:
    with as_maintenance():
        return list(Entry.objects.filter(key=user.username).order_by("id").values_list("act", flat=True))


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


# Who owes it ---------------------------------------------------------------------------------------------------------
def test_the_password_of_a_chairman_opens_nothing_but_the_second_step(client, chairman):
    enter(client, chairman)
    for path in ("/", "/nguoi/", "/chi-tra/", "/chuc-vu/", "/phien-dang-nhap/", CHANGE, "/chinh-sach/"):
        assert client.get(path).headers["Location"] == f"{STEP}?next={path}", path
    assert client.get("/doi-mat-khau/").headers["Location"] == STEP
    assert client.get(STEP).headers["Location"] == ENROL
    assert client.post("/chuc-vu/", {"post": "x"}).headers["Location"].startswith(STEP)
    assert client.get(LOGIN).status_code == 302 and client.get("/tuy-chon/").status_code == 200
    assert client.post("/dang-xuat/").headers["Location"] == LOGIN


def test_who_only_prepares_needs_no_device(client):
    enter(client, post(Role.COMMUNE_OFFICER).user)
    assert is_in(client) and client.get(STEP).headers["Location"] == "/"


def test_a_second_post_that_decides_asks_for_it_whatever_post_one_acts_in(client):
    user = post(Role.COMMUNE_OFFICER).user
    post(Role.COMMUNE_CHAIRMAN, office="UBND-13225", user=user)
    enter(client, user)
    assert client.get("/").headers["Location"].startswith(STEP)


def test_a_password_given_by_the_administrator_is_changed_before_the_device(client, chairman, clock):
    User.objects.filter(pk=chairman.pk).update(must_change_password=True)
    enter(client, chairman)
    new = "mật-khẩu-mới-của-tôi-2"
    assert client.get(STEP).headers["Location"] == "/doi-mat-khau/" and client.get("/doi-mat-khau/").status_code == 200
    client.post("/doi-mat-khau/", {"password": new, "again": new})
    assert client.get(STEP).headers["Location"] == ENROL
    enrol(client, clock)
    assert is_in(client)


# Enrolling -----------------------------------------------------------------------------------------------------------
def test_a_device_is_enrolled_by_a_code_of_it_and_ten_codes_are_shown_once(client, chairman, clock):
    enter(client, chairman)
    page = client.get(ENROL)
    assert "<svg" in page.text and page.text.count(secret_on(page.text).hex()) == 0 and "no-store" in page["Cache-Control"]
    assert client.post(ENROL, {"code": WRONG}).status_code == 422 and not is_in(client)
    assert secret_on(client.get(ENROL).text) == secret_on(page.text)
    _key, codes = enrol(client, clock)
    assert len(set(codes)) == 10 and is_in(client)
    assert acts(chairman) == ["log_in", "second_step_enrolled"]
    assert client.get(ENROL).headers["Location"] == STEP and client.get(STEP).headers["Location"] == "/"


def test_who_knows_the_password_alone_cannot_enrol_another_device(client, chairman, clock):
    enter(client, chairman)
    enrol(client, clock)
    thief = Client()
    enter(thief, chairman)
    assert thief.get(ENROL).headers["Location"] == STEP
    assert thief.post(ENROL, {"code": WRONG}).headers["Location"] == STEP
    assert is_in(client) and TOTPDevice.objects.count() == 1


def test_two_enrolments_at_once_leave_one_device(client, chairman, clock):
    first, second = Client(), Client()
    enter(first, chairman), enter(second, chairman)
    key = secret_on(second.get(ENROL).text)
    enrol(first, clock)
    assert second.post(ENROL, {"code": code_of(key, clock["now"])}).status_code == 302
    assert is_in(first) and not is_in(second) and TOTPDevice.objects.get(user=chairman).key != key.hex()


# Giving a code -------------------------------------------------------------------------------------------------------
def test_the_code_of_the_telephone_opens_once_and_leads_where_one_wanted(client, chairman, clock):
    enter(client, chairman)
    key, _codes = enrol(client, clock)
    given = {"code": code_of(key, clock["now"]), "next": "/chi-tra/"}
    again = Client()
    enter(again, chairman)
    before = again.cookies["sessionid"].value
    assert again.post(STEP, given).headers["Location"] == "/chi-tra/" and is_in(again)
    assert again.cookies["sessionid"].value != before
    third = Client()
    enter(third, chairman)
    assert third.post(STEP, given).status_code == 422 and not is_in(third)
    assert third.post(STEP, {"code": code_of(key, clock["now"] + 30), "next": "https://x.example/"})["Location"] == "/"


@pytest.mark.parametrize(("steps", "opens"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_telephone_may_be_one_step_of_half_a_minute_off(client, chairman, clock, steps, opens):
    enter(client, chairman)
    key, _codes = enrol(client, clock)
    clock["now"] += 300
    again = Client()
    enter(again, chairman)
    again.post(STEP, {"code": code_of(key, clock["now"] + 30 * steps)})
    assert is_in(again) == opens


def test_a_fixed_day_of_the_application_changes_no_code(client, chairman, clock, settings):
    settings.ANSINH_TODAY = date(2026, 11, 20)
    enter(client, chairman)
    key, _codes = enrol(client, clock)
    settings.ANSINH_TODAY = date(2031, 1, 5)
    again = Client()
    enter(again, chairman)
    again.post(STEP, {"code": code_of(key, clock["now"])})
    assert is_in(again)


def test_a_recovery_code_opens_once_as_people_write_it(client, chairman, clock):
    enter(client, chairman)
    _key, codes = enrol(client, clock)
    for typed, opens in ((codes[0].upper(), True), (codes[0], False), (codes[1].replace(" ", "-"), True), ("abcd2345", False)):
        again = Client()
        enter(again, chairman)
        again.post(STEP, {"code": typed})
        assert is_in(again) == opens, typed
    assert acts(chairman).count("recovery_code_used") == 2 and StaticToken.objects.count() == 8


def test_the_code_of_another_opens_nothing(client, chairman, clock):
    other = Client()
    enter(other, post(Role.ACCOUNTANT).user)
    key, codes = enrol(other, clock)
    enter(client, chairman)
    enrol(client, clock)
    again = Client()
    enter(again, chairman)
    for code in (code_of(key, clock["now"]), codes[0]):
        assert again.post(STEP, {"code": code}).status_code == 422
    assert not is_in(again)


# Guessing ------------------------------------------------------------------------------------------------------------
def test_the_fifth_wrong_code_locks_like_a_wrong_password(client, chairman, clock):
    enter(client, chairman)
    key, _codes = enrol(client, clock)
    thief = Client()
    enter(thief, chairman)
    answers = [thief.post(STEP, {"code": WRONG}).status_code for _ in range(5)]
    assert answers == [422] * 4 + [429]
    assert thief.post(STEP, {"code": code_of(key, clock["now"])}).status_code == 429 and not is_in(thief)
    assert acts(chairman).count("second_step_failed") == 5
    assert enter(Client(), chairman, REMOTE_ADDR="203.0.113.7").status_code == 302
    assert is_in(client)


def test_after_a_wrong_code_the_device_waits_wherever_the_next_comes_from(client, chairman, clock, settings):
    enter(client, chairman)
    key, _codes = enrol(client, clock)
    settings.OTP_TOTP_THROTTLE_FACTOR = 60
    for address, code in (("203.0.113.7", WRONG), ("203.0.113.8", code_of(key, clock["now"]))):
        thief = Client(REMOTE_ADDR=address)
        enter(thief, chairman)
        answer = thief.post(STEP, {"code": code})
        assert answer.status_code == 422 and not is_in(thief)
    assert "Hãy đợi đến" in answer.text


@pytest.mark.parametrize("code", ["", " ", "x" * 21, "\u202e123456", "１２３４５６", "12345", "1234567", "٣٣٣٣٣٣", "-12345"])
def test_what_is_no_code_is_refused_in_words(client, chairman, clock, code):
    enter(client, chairman)
    enrol(client, clock)
    again = Client()
    enter(again, chairman)
    answer = again.post(STEP, {"code": code})
    assert answer.status_code == 422 and "aria-invalid" in answer.text and not is_in(again)


# Changing ------------------------------------------------------------------------------------------------------------
def test_new_recovery_codes_need_a_code_and_end_the_old_ones(client, chairman, clock):
    enter(client, chairman)
    key, old = enrol(client, clock)
    assert client.post(CHANGE, {"code": WRONG, "act": "renew"}).status_code == 422
    page = client.post(CHANGE, {"code": code_of(key, clock["now"]), "act": "renew"}).text
    new = re.findall(r"<code>([a-z2-7]{4} [a-z2-7]{4})</code>", page)
    assert len(new) == 10 and not set(new) & set(old) and is_in(client)
    for code, opens in ((old[0], False), (new[0], True)):
        again = Client()
        enter(again, chairman)
        again.post(STEP, {"code": code})
        assert is_in(again) == opens
    assert "recovery_codes_renewed" in acts(chairman)


def test_another_device_takes_over_when_its_code_came_and_ends_the_other_sessions(client, chairman, clock):
    enter(client, chairman)
    key, _codes = enrol(client, clock)
    other = Client()
    enter(other, chairman)
    other.post(STEP, {"code": code_of(key, clock["now"])})
    assert is_in(other)
    clock["now"] += 30
    assert client.post(CHANGE, {"code": code_of(key, clock["now"]), "act": "replace"}).headers["Location"] == ENROL
    assert client.post(ENROL, {"code": WRONG}).status_code == 422 and TOTPDevice.objects.get().key == key.hex()
    new, _codes = enrol(client, clock)
    assert TOTPDevice.objects.get().key == new.hex() != key.hex()
    assert is_in(client) and not is_in(other) and "second_step_replaced" in acts(chairman)
    assert client.get(ENROL).headers["Location"] == STEP


def test_an_unwatched_screen_replaces_no_device_later(client, chairman, clock, monkeypatch):
    enter(client, chairman)
    key, _codes = enrol(client, clock)
    client.post(CHANGE, {"code": code_of(key, clock["now"]), "act": "replace"})
    assert client.get(ENROL).status_code == 200
    monkeypatch.setattr(second_step, "time", SimpleNamespace(time=lambda: time.time() + 601))
    assert client.get(ENROL).headers["Location"] == STEP


# Undoing -------------------------------------------------------------------------------------------------------------
def test_the_administrator_resets_with_a_reason_and_sees_no_secret(client, chairman, clock):
    enter(client, chairman)
    key, codes = enrol(client, clock)
    boss = Client()
    enter(boss, post(Role.ADMINISTRATOR, office="SYT").user)
    enrol(boss, clock)
    path = f"/quan-tri/nguoi-dung/{chairman.username}/"
    page = boss.get(path).text
    assert "Còn 10 mã dự phòng" in page and key.hex() not in page and codes[0] not in page
    assert "Cần ghi lý do" in boss.post(path, {"act": "reset_device", "reason": " "}, follow=True).text and is_in(client)
    boss.post(path, {"act": "reset_device", "reason": "Mất điện thoại"})
    assert not is_in(client) and TOTPDevice.objects.filter(user=chairman).count() == 0
    with as_maintenance():
        entry, written = Entry.objects.get(act="second_step_reset"), str(list(Entry.objects.values()))
    assert entry.detail == {"reason": "Mất điện thoại"} and key.hex() not in written and codes[0].replace(" ", "") not in written
    enter(client, chairman)
    assert client.get(STEP).headers["Location"] == ENROL
    assert "chưa đăng ký" in boss.post(path, {"act": "reset_device", "reason": "Lần nữa"}, follow=True).text


def test_at_the_machine_itself_the_last_administrator_is_helped(client, clock, capsys):
    user = post(Role.ADMINISTRATOR, office="SYT").user
    enter(client, user)
    enrol(client, clock)
    call_command("reset_second_step", user.username, reason="Mất điện thoại, đã gặp")
    assert not is_in(client) and "second_step_reset" in acts(user)
    for name in (user.username, "khong.co.ai"):
        with pytest.raises(CommandError):
            call_command("reset_second_step", name, reason="Lần nữa")


def test_a_device_taken_away_ends_what_it_opened_at_once(client, chairman, clock):
    enter(client, chairman)
    enrol(client, clock)
    TOTPDevice.objects.all().delete()
    assert client.get("/").headers["Location"].startswith(STEP)


# The demonstration ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("demo", "said", "on"), [("", "", True), ("", "off", True), ("1", "", False), ("1", "off", False), ("1", "on", True)]
)
def test_only_a_demonstration_may_do_without(demo, said, on):
    import os
    import subprocess
    import sys

    asked = "from ansinh.project import settings; print(settings.ANSINH_SECOND_STEP)"
    environment = {**os.environ, "ANSINH_DEMO": demo, "ANSINH_SECOND_STEP": said}
    told = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == str(on)


def test_a_demonstration_without_it_says_so_on_every_page(client, settings):
    settings.ANSINH_DEMO, settings.ANSINH_SECOND_STEP = True, False
    assert "Bước xác thực thứ hai đang tắt" in client.get(LOGIN).text
    settings.ANSINH_SECOND_STEP = True
    assert "đang tắt" not in client.get(LOGIN).text


def test_without_a_telephone_the_demonstration_tells_the_code(settings, capsys):
    with pytest.raises(CommandError, match="trình diễn"):
        call_command("demo_code", "JBSWY3DP")
    settings.ANSINH_DEMO = True
    call_command("demo_code", "jbsw", "y3dp")
    assert re.fullmatch(r"\d{6}\n", capsys.readouterr().out)
    with pytest.raises(CommandError, match="Khóa không đúng"):
        call_command("demo_code", "không-phải-khóa")


def test_the_operation_itself_replaces_no_device_unasked(chairman, clock):
    key = "ab" * 20
    code = code_of(bytes.fromhex(key), clock["now"])
    operations.enrol(user=chairman, key=key, code=code, replaces=False, keep=None, now=NOW)
    with pytest.raises(AlreadyDone, match="đã có thiết bị"):
        operations.enrol(user=chairman, key="cd" * 20, code=code, replaces=False, keep=None, now=NOW)
