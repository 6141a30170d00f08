"""Results of the payer on the pages: whose turn it is, what came and what did not, and the payer's own list of files."""

from datetime import date

import pytest
from django.test import Client

from ansinh.access.models import Role
from ansinh.access.tests.factories import THAI_BINH, at, commune
from ansinh.entitlements.tests.factories import grant
from ansinh.payments import operations
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import BACKEND, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]

JUL = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def day(settings):
    settings.ANSINH_TODAY = date(2026, 7, 16)


def handed_over():
    grant(person(), months_from=JUL, signed=at(2026, 6, 10))
    grant(person("Lê Văn Vắng"), months_from=JUL, signed=at(2026, 6, 10))
    return month.handed_over(JUL)


def answer(found) -> None:
    for handover in found.handovers.all():
        data = month.filled(handover, absent={"Lê Văn Vắng"})
        operations.take_return(handover=handover, data=data, filename="kq.xlsx", by=month.officer(), now=at(2026, 7, 15))


def test_each_is_told_when_the_list_waits_for_them():
    found = handed_over()
    assert "chờ đối chiếu" not in signed_in().get("/").text  # the payer's turn
    answer(found)
    told = signed_in().get("/").text
    assert "<b>1</b> danh sách chi trả đã đủ kết quả, chờ đối chiếu" in told and f"/chi-tra/{found.code}/" in told
    accountant = signed_in(Role.ACCOUNTANT)
    assert "chờ quyết toán" not in accountant.get("/").text
    operations.reconcile_list(payment_list=found, by=month.officer(), now=at(2026, 7, 16))
    assert "<b>1</b> danh sách chi trả đã đối chiếu, chờ quyết toán" in accountant.get("/").text
    assert "chờ đối chiếu" not in signed_in().get("/").text


def test_the_list_and_its_last_steps_tell_what_was_received():
    found = handed_over()
    officer = signed_in()
    assert "trang_thai=due" in officer.get(f"/chi-tra/{found.code}/").text
    answer(found)
    page = officer.get(f"/chi-tra/{found.code}/").text
    assert "trang_thai=paid" in page and "trang_thai=unpaid" in page and "trang_thai=due" not in page
    step = officer.get(f"/chi-tra/{found.code}/buoc/reconcile/").text
    assert "1 dòng, 500.000" in step.split("Chưa nhận")[1] and "1 dòng, 500.000" in step.split("Đã nhận")[1]


def test_the_payer_finds_its_files_by_month_commune_and_answer():
    found = handed_over()
    grant(person("Vũ Văn Kia", unit=commune(THAI_BINH), by=month.officer(THAI_BINH)), months_from=JUL, signed=at(2026, 6, 10))
    other = month.handed_over(JUL, unit=commune(THAI_BINH))
    client = Client()
    client.force_login(month.payer().user, backend=BACKEND)
    both = client.get("/chi-tra/").text
    assert found.unit.name in both and other.unit.name in both
    answer(found)
    waiting = client.get("/chi-tra/?ket_qua=chua-gui").text.split('id="rows"')[1]
    assert other.unit.name in waiting and found.unit.name not in waiting
    assert found.unit.name in client.get("/chi-tra/?ket_qua=da-gui").text.split('id="rows"')[1]
    assert other.unit.name not in client.get(f"/chi-tra/?tim={found.unit.name}").text.split('id="rows"')[1]
    assert "Không có tệp nào" in client.get("/chi-tra/?thang=01/2020").text
    assert "<b>1</b> danh sách chưa trả kết quả" in client.get("/").text


def test_whoever_sends_a_list_before_its_cut_off_day_is_told(settings):
    grant(person(), months_from=JUL, signed=at(2026, 6, 10))
    found = month.proposed(JUL)
    step = f"/chi-tra/{found.code}/buoc/check/"
    settings.ANSINH_TODAY = date(2026, 6, 17)
    assert "Chưa đến ngày chốt 18/06/2026" in signed_in().get(step).text
    settings.ANSINH_TODAY = date(2026, 6, 18)
    assert "Chưa đến ngày chốt" not in signed_in().get(step).text


def test_an_old_decision_tells_from_which_month_it_is_paid_here(settings):
    grant(person(), months_from=JUL, signed=at(2026, 6, 10))
    month.handed_over(JUL)
    old = person("Phạm Thị Cũ")
    grant(old, "ELDER_80", standard_vnd=270_000, months_from=date(2019, 6, 1), signed=at(2019, 6, 3))
    page = signed_in().get(f"/nguoi/{old.code}/").text
    assert "từ 07/2026 được truy lĩnh" in page and "trước 07/2026 xã chi ngoài hệ thống" in page
    run = operations.prepare_run(benefit_month=date(2026, 8, 1), units=[commune()], by=month.officer(), now=at(2026, 7, 17))
    months = run.lists.get().lines.filter(person=old).values_list("benefit_month", flat=True)
    assert sorted(months) == [JUL, date(2026, 8, 1)]


def test_the_month_of_a_filter_is_said_as_a_month():
    client = Client()
    client.force_login(month.payer().user, backend=BACKEND)
    assert "Tháng: 07/2026" in client.get("/chi-tra/?thang=07/2026").text
