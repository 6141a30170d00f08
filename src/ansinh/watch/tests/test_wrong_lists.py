"""A wrong list taken back with its items of the watch list; once something rests on it, the way to each line is shown."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.assistance.tests.lists import ENROLMENT, describe, newcomer, take
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.imports import operations as imports
from ansinh.kernel.errors import InvalidInput
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.signing_in import signed_in
from ansinh.watch import operations
from ansinh.watch.models import Correction, WatchItem
from ansinh.watch.tests.factories import look

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = DAY


def committed():
    officer = post()
    with as_post(officer, on=DAY):
        batch = describe(take(ENROLMENT, newcomer(), newcomer("Lê Thị Na", **{"Số CCCD": "123456789"})), officer)
        return imports.commit_batch(batch=batch, by=officer, now=NOW)


def test_a_list_is_taken_back_with_the_items_nobody_touched():
    batch, officer = committed(), post()
    with as_maintenance():
        entry = Entitlement.objects.order_by("id").first()
        WatchItem.objects.create(
            person=entry.person, unit=entry.person.unit, kind="over", cause=entry.code, entitlement=entry, reason="thử",
            month=date(2027, 1, 1), first_seen_at=NOW,
        )  # fmt: skip
    with as_post(officer, on=DAY):
        made = operations.correct_import(batch=batch, reason="tệp của xã khác", by=officer, now=NOW)
        assert (made.kind, made.batch, made.unit) == ("import", batch, batch.unit) and made.undone
        assert not (WatchItem.objects.exists() or Person.objects.exists() or Decision.objects.exists())


def test_an_item_somebody_acted_on_stands_in_the_way_and_is_said():
    batch, officer = committed(), post()
    with as_maintenance():
        person = Person.objects.order_by("id").first()
        people.record_death(person=person, died_on=date(2026, 11, 2), source="thử", by=officer, now=NOW)
    look()
    with as_post(officer, on=DAY):
        with pytest.raises(InvalidInput, match="đã được ghi là mất"):
            operations.correct_import(batch=batch, reason="nhầm", by=officer, now=NOW)
        assert not Correction.objects.exists()


def test_through_pages_the_list_goes_back_or_leads_to_its_lines():
    batch, client = committed(), signed_in()
    door = reverse("watch:wrong_import", args=[batch.code])
    assert client.post(door, {"reason": ""}).status_code == 422
    page = client.post(door, {"reason": "tệp của xã khác"}, follow=True).content.decode()
    assert "Đã hoàn tác" in page and "Người đã bỏ khỏi sổ: 2" in page
    assert "đã hoàn tác" in client.get(door).content.decode()


def test_a_paid_list_leads_from_its_page_to_the_wrong_line():
    batch, client = committed(), signed_in()
    with as_maintenance():
        decision = Decision.objects.get(batch_key=batch.id)
    month.paid(date(2027, 1, 1))
    undo = client.get(reverse("imports:undo", args=[batch.code])).content.decode()
    door = reverse("watch:wrong_import", args=[batch.code])
    assert door in undo
    lines = reverse("watch:wrong_decision", args=[decision.code])
    assert lines in client.get(door).content.decode()
    page = client.get(f"{lines}?tim=le thi na").content.decode()
    assert "Lê Thị Na" in page.split('id="dong"')[1] and "Dòng chi trả tháng" in page
    with as_maintenance():
        item = decision.items.get(person__full_name="Lê Thị Na")
    one = reverse("watch:wrong_line", args=[item.pk])
    assert one in page
    assert "Hãy sửa sự kiện sai" in client.post(one, {"reason": "nhầm người"}).content.decode()
