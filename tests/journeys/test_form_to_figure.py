"""A list typed by an officer becomes decisions, a month's list, money handed out, a settlement and a figure: each sum by hand."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import at, commune, post
from ansinh.assistance.tests.lists import ENROLMENT, newcomer
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.files import operations as files
from ansinh.imports import operations as imports
from ansinh.payments import operations as payments
from ansinh.payments.models import BudgetSource, PaymentList
from ansinh.payments.operations.move import Approval
from ansinh.payments.queries import comparison, settlement
from ansinh.payments.queries.sums import sums_on_paper
from ansinh.payments.tests.factories import PDF, filled, payer
from ansinh.people.tests.signing_in import signed_in
from ansinh.statistics.queries import Selection, table

pytestmark = pytest.mark.django_db

NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)
ELDER, YOUNG, LATE = "Trần Văn Bính", "Đỗ Thị Mùi", "Lương Thị Muộn"
TYPED = (
    newcomer(ELDER),  # 76 years, severely disabled: 2,0 × 540.000 = 1.080.000
    newcomer(YOUNG, **{"Ngày sinh": "02/03/1985", "Giới tính": "Nữ", "Số CCCD": "034185000125", "Hệ số": "1,5", "Mức trợ giúp": "810.000"}),
    newcomer(
        LATE,
        **{
            "Ngày sinh": "04/05/1990", "Giới tính": "Nữ", "Số CCCD": "034190000126", "Hệ số": "1,5", "Mức trợ giúp": "810.000",
            "Thời điểm hưởng": "11/2026",
        },
    ),
)  # fmt: skip


def take_in() -> None:
    """The commune officer types the list in and writes down its signed paper."""
    officer, now = post(), at(2026, 11, 16)
    with as_post(officer, on=now.date()):
        text = "\n".join("\t".join(row) for row in (ENROLMENT, *TYPED))
        batch = imports.take_paste(text=text, layout="assistance.enrolment", unit=commune(), month=None, by=officer, now=now)
        imports.describe_paper(
            batch=batch, number="245/QĐ-UBND", signed_on=date(2026, 11, 12), signer_name="Phạm Văn Ký", signer_title="Chủ tịch",
            by=officer, now=now,
        )  # fmt: skip
        imports.commit_batch(batch=batch, by=officer, now=now)


def close_the_month(month: date, day: int) -> PaymentList:
    """Proposed and sent by the officer, approved by the clerk, closed and handed over by the accountant."""
    officer, clerk, accountant = post(), post(Role.CLERK), post(Role.ACCOUNTANT)
    earlier = date(month.year - (month.month == 1), (month.month - 2) % 12 + 1, 1)

    def on(number: int):
        return at(earlier.year, earlier.month, number)

    with as_post(officer, on=on(day).date()):
        run = payments.prepare_run(benefit_month=month, units=[commune()], by=officer, now=on(day))
        found = PaymentList.objects.get(run=run)
        payments.check_list(payment_list=found, by=officer, now=on(day))
    with as_post(clerk, on=on(day + 1).date()):
        scan = files.store_scan(name="ky.pdf", data=PDF, purpose="approval", unit=commune(), by=clerk, now=on(day + 1))
        sums = sums_on_paper(found)
        approval = Approval(
            f"{month:%m}/DS-UBND", on(day + 1).date(), "Phạm Văn Ký", scan, total_vnd=sums.total_vnd, people=sums.people
        )
        payments.approve_list(payment_list=found, approval=approval, by=clerk, now=on(day + 1))
    with as_post(accountant, on=on(day + 2).date()):
        payments.close_list(payment_list=found, by=accountant, now=on(day + 2))
        payments.hand_over(payment_list=found, by=accountant, now=on(day + 2))
        found.refresh_from_db()
        found.unit, found.run = commune(), run
        return found


def answered(found: PaymentList, absent: set[str]) -> None:
    """The payer sends its file back; the office reconciles and the accountant settles."""
    teller, officer, accountant = payer(), post(), post(Role.ACCOUNTANT)
    now = at(found.run.benefit_month.year, found.run.benefit_month.month, 14)
    with as_post(teller, on=now.date()):
        (handover,) = found.handovers.select_related("file", "unit")
        payments.take_return(handover=handover, data=filled(handover, absent=absent), filename="kq.xlsx", by=teller, now=now)
    with as_post(officer, on=now.date()):
        payments.reconcile_list(payment_list=found, by=officer, now=now)
    with as_post(accountant, on=now.date()):
        payments.settle_list(payment_list=found, by=accountant, now=now)


def drawn(month: date, amount: int) -> None:
    accountant = post(Role.ACCOUNTANT)
    with as_post(accountant, on=month):
        payments.record_budget(
            unit=commune(), source=BudgetSource.objects.get(), month=month, kind="drawn", amount_vnd=amount, paper="Rút dự toán",
            by=accountant, now=at(month.year, month.month, 2),
        )  # fmt: skip


@pytest.fixture
def office(as_maintenance):
    with as_maintenance():
        BudgetSource.objects.create(code="NSNN", name="Ngân sách nhà nước")
    payer(unit=commune())


def balance(month: date) -> tuple[int, int, int, int]:
    with as_post(post(Role.ACCOUNTANT), on=month):
        (found,) = settlement(commune(), month)
        return found.opening_vnd, found.drawn_vnd, found.paid_vnd, found.remaining_vnd


def lines(found: PaymentList) -> set[tuple]:
    with as_post(post(), on=date(2026, 12, 1)):
        return set(found.lines.values_list("person_name", "kind", "benefit_month", "amount_vnd", "state"))


def test_from_a_typed_list_to_the_figure(office):
    take_in()
    with as_post(post(), on=date(2026, 11, 16)):
        assert Decision.objects.get().number == "245/QĐ-UBND"
        assert sorted(Entitlement.objects.values_list("amount_vnd", flat=True)) == [810_000, 810_000, 1_080_000]

    december = close_the_month(DECEMBER, 18)
    # 1.080.000 + 810.000 + 810.000 for December, 810.000 for the late November
    assert (december.closed_count, december.closed_total_vnd) == (4, 3_510_000)

    drawn(DECEMBER, 4_000_000)
    answered(december, {YOUNG})
    assert lines(december) == {
        (ELDER, "regular", DECEMBER, 1_080_000, "paid"),
        (YOUNG, "regular", DECEMBER, 810_000, "unpaid"),
        (LATE, "regular", DECEMBER, 810_000, "paid"),
        (LATE, "arrears", NOVEMBER, 810_000, "paid"),
    }
    assert balance(DECEMBER) == (0, 4_000_000, 2_700_000, 1_300_000)

    january = close_the_month(JANUARY, 18)
    assert (january.closed_count, january.closed_total_vnd) == (4, 3_510_000)  # the absent one's December instead of arrears
    answered(january, set())
    assert balance(JANUARY) == (1_300_000, 0, 3_510_000, -2_210_000)
    with as_post(post(), on=date(2026, 12, 20)):
        sheet = comparison(PaymentList.objects.select_related("run", "previous__run").get(pk=january.pk)).sheet
    assert (sheet.opening.amount, sheet.closing.amount, sheet.closing.people) == (3_510_000, 3_510_000, 3)

    with as_post(post(), on=date(2026, 12, 15)):
        figure = table(Selection(on=date(2026, 12, 15)))
    assert (figure.total.people, figure.total.money_vnd) == (3, 2_700_000)


def test_the_pages_tell_the_same_sums(office):
    take_in()
    december = close_the_month(DECEMBER, 18)
    drawn(DECEMBER, 4_000_000)
    answered(december, {YOUNG})
    officer, accountant = signed_in(), signed_in(Role.ACCOUNTANT)
    page = officer.get(reverse("payments:list", args=[december.code])).content.decode()
    assert "Đã quyết toán" in page and "3.510.000" in page
    page = accountant.get(reverse("payments:budget"), {"thang": "12/2026"}).content.decode()
    assert "2.700.000" in page and "1.300.000" in page
    page = officer.get(reverse("entitlements:ledger"), {"ngay": "15/12/2026"}).content.decode()
    assert all(name in page for name in (ELDER, YOUNG, LATE)) and page.count("245/QĐ-UBND") == 3
    page = officer.get(reverse("statistics:figures"), {"ngay": "15/12/2026"}).content.decode()
    assert "2.700.000" in page
