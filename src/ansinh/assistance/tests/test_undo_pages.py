"""The page that takes a committed list back: what goes, what stands in the way, and the button."""

from types import SimpleNamespace

import pytest

from ansinh.access.acting import as_post
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.assistance.tests.lists import ENROLMENT, describe, newcomer, take
from ansinh.database.acting import as_maintenance
from ansinh.imports import operations
from ansinh.imports.background import undo_list
from ansinh.jobs.models import Job
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import household

pytestmark = pytest.mark.django_db


@pytest.fixture
def at_desk(client, settings):
    """The browser of the officer of Quỳnh Phụ."""
    settings.ANSINH_TODAY = DAY
    client.force_login(post().user)
    return client


def _committed():
    batch = describe(take(ENROLMENT, newcomer()))
    with as_post(post(), on=DAY):
        return operations.commit_batch(batch=batch, by=post(), now=NOW)


def test_the_page_says_what_goes_and_the_button_does_it(at_desk):
    batch = _committed()
    address = f"/nhap-danh-sach/{batch.code}/hoan-tac/"

    assert address in at_desk.get(f"/nhap-danh-sach/{batch.code}/").content.decode()
    assert "Sổ sẽ trở lại như trước" in at_desk.get(address).content.decode()
    assert at_desk.post(address, {"reason": ""}).status_code == 422
    assert at_desk.post(address, {"reason": "Nhầm tệp"}).status_code == 302
    assert "đã được hoàn tác" in at_desk.get(f"/nhap-danh-sach/{batch.code}/").content.decode()
    with as_maintenance():
        assert Person.objects.count() == 0


def test_the_page_names_what_stands_in_the_way_with_a_link(at_desk):
    batch = _committed()
    with as_post(post(), on=DAY):
        people.join_household(
            person=Person.objects.get(),
            household=household(),
            relation="",
            is_head=False,
            since=DAY,
            source="sổ",
            by=post(),
            now=NOW,
        )

    page = at_desk.get(f"/nhap-danh-sach/{batch.code}/hoan-tac/").content.decode()

    assert "Chưa hoàn tác được" in page and 'href="/ho/HO' in page
    assert 'name="reason"' not in page


def test_a_long_list_is_taken_back_in_the_background(at_desk, monkeypatch):
    monkeypatch.setattr("ansinh.imports.views.undoing.COMMIT_IN_BACKGROUND", 0)
    batch = _committed()
    answer = at_desk.post(f"/nhap-danh-sach/{batch.code}/hoan-tac/", {"reason": "Nhầm tệp"})

    with as_maintenance():
        asked = Job.objects.get(kind="undo_list")
    assert answer.url.endswith(f"{asked.code}/")
    assert asked.arguments == {"batch": batch.id, "reason": "Nhầm tệp"}
    told = []
    with as_post(post(), on=DAY):
        job = SimpleNamespace(arguments=asked.arguments, post=post(), now=lambda: NOW, progress=lambda *step: told.append(step))
        assert undo_list(job) == undo_list(job), "run again after a kill it finds the list taken back"
        assert (Person.objects.count(), told[-1]) == (0, (1, 1))
