"""The duty calendar: who writes it, what stands in it, the week as it is printed."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from ansinh.access import operations as access
from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, THAI_BINH, post
from ansinh.database.acting import as_maintenance
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.work import operations, queries
from ansinh.work.models import DutyEntry

pytestmark = pytest.mark.django_db
SATURDAY = date(2026, 11, 21)


def duty(*, by: str = Role.CLERK, who=None, on: date = SATURDAY, **known) -> DutyEntry:
    writer, who = post(by), who or post()
    with as_post(writer, on=DAY):
        return operations.add_duty(post=who, kind="duty", on=on, by=writer, now=NOW, **known)


@pytest.fixture
def clerk(client, settings):
    settings.ANSINH_TODAY = DAY
    client.force_login(post(Role.CLERK).user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_line_stands_on_its_day_and_only_once():
    duty()
    with as_post(post(), on=DAY):
        days = queries.duty_between(post().office, date(2026, 11, 16), date(2026, 11, 22))
    assert [len(one.entries) for one in days] == [0, 0, 0, 0, 0, 1, 0]
    with pytest.raises(AlreadyDone):
        duty()
    assert duty(session="morning").session == "morning"


def test_who_keeps_no_calendar_writes_none_and_none_of_another_office():
    with pytest.raises(NotAllowed):
        duty(by=Role.COMMUNE_OFFICER)
    with pytest.raises(InvalidInput):
        duty(who=post(office=f"UBND-{THAI_BINH}"))


def test_a_line_is_taken_out_once_and_may_be_written_again():
    made, clerk = duty(), post(Role.CLERK)
    with as_post(clerk, on=DAY):
        operations.remove_duty(entry=made, by=clerk, now=NOW)
        with pytest.raises(AlreadyDone):
            operations.remove_duty(entry=made, by=clerk, now=NOW)
    with as_post(post(), on=DAY), pytest.raises(NotAllowed):
        operations.remove_duty(entry=made, by=post(), now=NOW)
    assert duty().pk != made.pk


def test_who_is_away_stands_beside_the_duty():
    away = post()
    with as_post(away, on=DAY):
        access.record_absence(post=away, deputy=None, first=SATURDAY, last=SATURDAY, reason="", by=away, now=NOW)
        days = queries.duty_between(away.office, DAY, date(2026, 11, 22))
    assert [len(one.away) for one in days] == [0, 1, 0]


def test_the_week_is_written_shown_and_taken_out_in_the_browser(clerk):
    form = {"post": post().pk, "on": "21/11/2026", "session": "all", "kind": "duty", "content": "Trực cuối tuần"}
    answer = clerk.post(reverse("work:add"), form)
    assert "tuan=21/11/2026" in answer.url and "Trực cuối tuần" in clerk.get(answer.url).content.decode()
    book = clerk.get(reverse("work:week"), {"tuan": "16/11/2026", "xuat": "xlsx"}).content
    rows = list(openpyxl.load_workbook(BytesIO(book)).active.iter_rows(values_only=True))
    assert any("Trực cuối tuần" in row for row in rows)
    with as_maintenance():
        made = DutyEntry.objects.get()
    clerk.post(reverse("work:remove", args=[made.code]))
    assert "Trực cuối tuần" not in clerk.get(answer.url).content.decode()
    assert "từ 23/11/2026 đến 29/11/2026" in clerk.get(reverse("work:week"), {"tuan": "24/11/2026"}).content.decode()
    assert "từ 16/11/2026" in clerk.get(reverse("work:week"), {"tuan": "không phải ngày"}).content.decode()
