"""The calendar of the desk: last days, holidays, duty, absences; each day opens its list. And the load by step, as a workbook."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from ansinh.access import operations as access
from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, at, post
from ansinh.dossiers import queries
from ansinh.dossiers.tests.factories import dossier
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in
from ansinh.work import operations as work

pytestmark = pytest.mark.django_db
DUE = date(2026, 12, 1)  # received on 20 November, seven working days


@pytest.fixture(autouse=True)
def today(settings):
    settings.ANSINH_TODAY = DAY


def days(month: date = DUE) -> dict[date, queries.MonthDay]:
    with as_post(post(), on=DAY):
        return {one.day: one for week in queries.month_days(month, post=post()) for one in week}


def test_whole_weeks_hold_the_month():
    found = list(days(date(2026, 11, 1)))
    assert (found[0], found[-1], len(found)) == (date(2026, 10, 26), date(2026, 12, 6), 42)


def test_open_dossiers_are_counted_on_their_last_day_those_of_mine_apart():
    dossier("verifying", whose=person("Một", "1980-01-01"))
    dossier("decided", whose=person("Hai", "1980-01-02"))
    found = days()[DUE]
    assert (found.dossiers, found.mine) == (1, 1)


def test_days_off_duty_and_absences_stand_there():
    officer, clerk = post(), post(Role.CLERK)
    with as_post(clerk, on=DAY):
        work.add_duty(post=officer, kind="duty", on=DUE, by=clerk, now=NOW)
        access.record_absence(post=clerk, deputy=None, first=DUE, last=DUE, reason="", by=clerk, now=NOW)
    found = days()
    assert len(found[DUE].duty.entries) == 1 and [one.post for one in found[DUE].duty.away] == [clerk]
    assert found[DUE].works and not found[date(2026, 12, 5)].works


def test_a_day_opens_its_list():
    made = dossier("received")
    client = signed_in()
    text = client.get(reverse("dossiers:month"), {"thang": "12/2026"}).content.decode()
    assert "Lịch tháng 12/2026" in text and "?han=01/12/2026" in text
    assert made.code in client.get(reverse("dossiers:desk"), {"han": "01/12/2026"}).content.decode()
    assert made.code not in client.get(reverse("dossiers:desk"), {"han": "02/12/2026"}).content.decode()


def test_a_month_nobody_can_read_is_this_one():
    assert "Lịch tháng 11/2026" in signed_in().get(reverse("dossiers:month"), {"thang": "x"}).content.decode()


def test_open_dossiers_by_the_step_they_stand_at():
    dossier("verifying", whose=person("Một", "1980-01-01"))
    dossier("received", whose=person("Hai", "1980-01-02"), received_on=date(2026, 11, 2), now=at(2026, 11, 2))
    with as_post(post(), on=DAY):
        found = [(one.state, one.count, one.late) for one in queries.by_step(on=DAY)]
    assert found == [("received", 1, 1), ("verifying", 1, 0)]
    client, officer = signed_in(), post()
    assert f"?nguoi={officer.pk}" in client.get(reverse("dossiers:load")).content.decode()
    text = client.get(reverse("dossiers:desk"), {"nguoi": officer.pk}).content.decode()
    assert "Một" in text and "Hai" in text and "Không có hồ sơ nào" not in text
    other = client.get(reverse("dossiers:desk"), {"nguoi": post(Role.COMMUNE_HEAD).pk}).content.decode()
    assert "Không có hồ sơ nào" in other
    assert "?buoc=verifying" in signed_in().get(reverse("dossiers:load")).content.decode()


def test_the_load_as_a_workbook():
    dossier("verifying")
    book = openpyxl.load_workbook(BytesIO(signed_in().get(reverse("dossiers:load"), {"xuat": "xlsx"}).content))
    rows = [row for sheet in book for row in sheet.iter_rows(values_only=True)]
    assert book.sheetnames == ["Khối lượng", "Đúng hạn"] and any("Đỗ Thị Thử" in row for row in rows)
