"""Doors of the month: who sees what, how many queries it costs, and that the payer meets only its own files."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import at, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.tests.factories import grant
from ansinh.jobs.models import Job
from ansinh.payments import operations
from ansinh.payments.models import PaymentLine, StopRequest
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db
JUL, AUG = date(2026, 7, 1), date(2026, 8, 1)


@pytest.fixture
def as_user(client, settings):
    """Log a post in, on a day of July 2026."""
    settings.ANSINH_TODAY = date(2026, 7, 15)

    def enter(who):
        client.force_login(who.user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def url(name, *args):
    return reverse(f"payments:{name}", args=args)


def given():
    """A list handed over: two people, one file."""
    with as_maintenance():
        grant(person("Nguyễn Thị Tư"))
        grant(person("Lê Văn Ba"))
        found = month.handed_over(JUL)
        return found, found.handovers.select_related("file").get()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"month": "7/2035"}, "đến tháng 09/2026"),
        ({"month": "10/2026"}, "Chưa lập danh sách cho tháng 10/2026"),
        ({"month": "6/2025"}, "đã qua hơn một năm"),
        ({"month": "8/2026", "payout": "8/2036"}, "cách nhau quá hai tháng"),
        ({"month": "13/2026"}, "Tháng không đọc được"),
        ({}, "Cần điền ô này"),
    ],
)
def test_a_month_mistyped_proposes_nothing_and_says_why(as_user, asked, said):
    """A year too far would propose the money of every month up to it."""
    client = as_user(month.officer())
    page = client.post(url("propose"), asked, follow=True).content.decode()
    assert said in page
    with as_maintenance():
        assert not Job.objects.exists()


@pytest.mark.parametrize("asked", [{"month": "9/2026"}, {"month": "8/2026", "payout": "7/2026"}, {"month": "7/2025"}])
def test_a_month_near_by_is_proposed(as_user, asked):
    answer = as_user(month.officer()).post(url("propose"), asked)
    with as_maintenance():
        assert answer.headers["Location"] == reverse("jobs:detail", args=[Job.objects.get().code])


def test_the_payer_sees_the_files_given_to_it_and_no_other(as_user):
    found, handover = given()
    mine, other = month.payer(), month.payer("BD-KHAC")
    assert handover.code in as_user(mine).get(url("overview")).content.decode()
    assert as_user(mine).get(url("handover", handover.code)).status_code == 200
    assert handover.code not in as_user(other).get(url("overview")).content.decode()
    assert as_user(other).get(url("handover", handover.code)).status_code == 404
    for name, arg in (("list", found.code), ("lines", found.code), ("approve", found.code)):
        assert as_user(mine).get(url(name, arg)).status_code == 403


def test_the_payer_takes_its_file_and_the_signing_sheet_and_sends_the_answer(as_user):
    _found, handover = given()
    web = as_user(month.payer())
    taken = web.get(reverse("files:download", args=[handover.file.token]))
    assert taken.status_code == 200 and taken.content[:2] == b"PK"
    assert web.get(url("signing_sheet", handover.code)).content[:5] == b"%PDF-"
    answer = SimpleUploadedFile("kq.xlsx", month.filled(handover, absent={"Lê Văn Ba"}))
    assert web.post(url("handover", handover.code), {"file": answer}).status_code == 302
    with as_maintenance():
        assert dict(PaymentLine.objects.values_list("person_name", "state")) == {
            "Nguyễn Thị Tư": "paid", "Lê Văn Ba": "unpaid",
        }  # fmt: skip


def test_another_payer_does_not_get_the_file_by_its_token(as_user):
    _found, handover = given()
    assert as_user(month.payer("BD-KHAC")).get(reverse("files:download", args=[handover.file.token])).status_code == 404


def test_the_payer_answers_a_stop_request(as_user):
    given()
    with as_maintenance():
        line = PaymentLine.objects.get(person_name="Lê Văn Ba")
        asked = operations.request_stop(line=line, reason="Đã mất", by=month.officer(), now=at(2026, 6, 28))
    web = as_user(month.payer())
    assert "Lê Văn Ba" in web.get(url("overview")).content.decode()
    assert web.post(url("answer_stop", asked.id), {"stopped": "yes", "note": ""}).status_code == 302
    with as_maintenance():
        assert PaymentLine.objects.get(pk=line.pk).state == "held"
        assert StopRequest.objects.get().acknowledged_at is not None


@pytest.mark.parametrize(
    ("role", "office"),
    [
        (Role.COMMUNE_OFFICER, "UBND-12472"),
        (Role.COMMUNE_HEAD, "UBND-12472"),
        (Role.COMMUNE_CHAIRMAN, "UBND-12472"),
        (Role.CLERK, "UBND-12472"),
        (Role.ACCOUNTANT, "UBND-12472"),
        (Role.DIVISION_OFFICER, "BTXH"),
        (Role.DIVISION_HEAD, "BTXH"),
        (Role.INSPECTOR, "SYT"),
    ],
)
def test_every_link_of_a_list_page_opens_for_whoever_sees_it(as_user, role, office):
    found, _handover = given()
    web = as_user(post(role, office=office))
    page = web.get(url("list", found.code))
    assert page.status_code == 200
    links = {part.split('"')[0] for part in page.content.decode().split('href="/chi-tra/')[1:]}
    statuses = {link: web.get(f"/chi-tra/{link}").status_code for link in links}
    assert set(statuses.values()) <= {200}, statuses


def test_only_those_who_send_results_may_post_them(as_user):
    _found, handover = given()
    answer = SimpleUploadedFile("kq.xlsx", month.filled(handover))
    sent = as_user(post(Role.INSPECTOR, office="SYT")).post(url("handover", handover.code), {"file": answer})
    assert sent.status_code == 403


def test_pages_cost_the_same_for_many_people(as_user):
    def queries(web, *addresses):
        counts = []
        for address in addresses:
            with CaptureQueriesContext(connection) as caught:
                assert web.get(address).status_code == 200
            counts.append(len(caught))
        return counts

    with as_maintenance():
        grant(person("Người Đầu"))
        found = month.proposed(JUL)
    addresses = [url("overview"), url("list", found.code), url("lines", found.code), url("changes", found.code)]
    web = as_user(month.officer())
    queries(web, *addresses)
    few = queries(web, *addresses)
    with as_maintenance():
        for number in range(12):
            grant(person(f"Người Thứ {number}", "1950-01-01"))
        month.proposed(JUL)
    assert queries(web, *addresses) == few


def test_the_overview_shows_the_20th_the_25th_and_the_budget(as_user):
    with as_maintenance():
        grant(person())
        month.proposed(AUG)
    shown = as_user(month.officer()).get(url("overview"), {"thang": "08/2026"}).content.decode()
    assert "20/08/2026" in shown and "25/07/2026" in shown


def test_the_sheet_of_changes_is_the_same_as_the_page(as_user):
    with as_maintenance():
        grant(person("Nguyễn Thị Tư"))
        found = month.proposed(JUL)
    web = as_user(month.officer())
    assert "Nguyễn Thị Tư" in web.get(url("changes", found.code)).content.decode()
    book = openpyxl.load_workbook(BytesIO(web.get(url("changes", found.code), {"xuat": "xlsx"}).content))
    cells = [cell.value for row in book.active.iter_rows() for cell in row]
    assert "Nguyễn Thị Tư" in cells and 500_000 in cells


def test_a_month_that_cannot_be_read_is_no_page_and_no_error_of_ours(as_user):
    accountant = as_user(post(Role.ACCOUNTANT))
    assert accountant.get(url("budget"), {"thang": "13/2026"}).status_code == 404
    assert accountant.get(url("budget"), {"thang": "11/2026"}).status_code == 200
