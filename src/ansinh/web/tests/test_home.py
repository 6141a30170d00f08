"""Việc của tôi: each role sees its own work in sentences, every number a link, with a constant number of queries."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, post
from ansinh.database.acting import as_maintenance as maintaining
from ansinh.entitlements import operations
from ansinh.entitlements.operations import ItemDraft
from ansinh.people.operations import find_duplicates
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import division, signed_in
from ansinh.web.home import Task, _deadlines

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = date(2026, 11, 20)


def draft() -> None:
    officer = post()
    item = ItemDraft(
        person_id=person().id, act="grant", benefit="social_pension", category="SOCIAL_PENSION_75", coefficient=100,
        standard_vnd=540_000, amount_vnd=540_000, from_month=date(2026, 11, 1),
    )  # fmt: skip
    with maintaining():
        operations.draft_decision(
            office=officer.office, unit=officer.office.unit, kind="grant", origin="recorded", items=[item], by=officer, now=NOW
        )


def test_nothing_waiting_is_said():
    assert "Không có việc nào đang chờ" in signed_in().get("/").text


def test_a_draft_waiting_is_a_sentence_and_a_link():
    draft()
    text = signed_in().get("/").text
    assert "<b>1</b> quyết định dự thảo" in text and "trang_thai=draft" in text


def test_the_division_sees_the_points_of_law_to_confirm_and_the_commune_does_not():
    assert "điểm của luật cần xác nhận" in division().get("/").text
    assert "điểm của luật cần xác nhận" not in signed_in().get("/").text


def test_records_that_may_be_one_persons_wait_for_who_may_judge_them():
    people = [person(), person()]
    with maintaining():
        find_duplicates(units=[post().office.unit], by=None, now=NOW)
    assert "<b>1</b> cặp hồ sơ có thể trùng" in signed_in().get("/").text
    assert "cặp hồ sơ có thể trùng" in division().get("/").text
    for role in (Role.ACCOUNTANT, Role.COMMUNE_CHAIRMAN):
        assert "cặp hồ sơ có thể trùng" not in signed_in(role).get("/").text
    assert "So hai hồ sơ" in signed_in().get(f"/nguoi/{people[1].code}/").text


def test_coming_birthdays_open_to_their_people():
    person("Sắp Tròn", "1951-12-20")
    client = signed_in()
    assert "/nguoi/?sap=75" in client.get("/").text
    assert "Sắp Tròn" in client.get("/nguoi/?sap=75").text
    assert "sap=75" not in signed_in(Role.ACCOUNTANT).get("/").text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (12, []),
        (13, ["20/11 (còn 7 ngày)"]),
        (20, ["20/11 (hôm nay)", "25/11 (còn 5 ngày)"]),
        (25, ["25/11 (hôm nay)"]),
        (26, []),
    ],
)
def test_the_20th_and_25th_are_told_while_they_are_near(day, said):
    found = _deadlines(date(2026, 11, day))
    assert len(found) == len(said)
    assert all(words in sentence for words, sentence in zip(said, found, strict=True))


def test_a_label_inside_a_sentence_keeps_its_capitals():
    assert Task("Dòng chờ UBND xã bổ sung", 1, "/").phrase == "dòng chờ UBND xã bổ sung"


@pytest.mark.parametrize(
    ("role", "office"),
    [
        (Role.COMMUNE_CHAIRMAN, None), (Role.COMMUNE_HEAD, None), (Role.ACCOUNTANT, None), (Role.CLERK, None), (Role.ONE_STOP, None),
        (Role.DIVISION_HEAD, "BTXH"), (Role.DEPARTMENT_LEADER, "SYT"), (Role.INSPECTOR, "SYT"), (Role.ADMINISTRATOR, "SYT"),
    ],
)  # fmt: skip
def test_every_role_has_a_home(role, office):
    client = signed_in(role, office=office) if office else signed_in(role)
    response = client.get("/")
    assert response.status_code == 200
    assert "<h1>Việc của tôi</h1>" in response.text


def test_the_home_page_asks_the_same_however_much_waits():
    client = signed_in()
    draft()
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for _ in range(5):
        draft()
    with CaptureQueriesContext(connection) as many:
        client.get("/")
    assert len(few) == len(many) <= 40
