"""Opening + drawn − paid − returned = remaining, by source and month; a list knows from which source it pays each benefit."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.tests.factories import grant
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed
from ansinh.payments import operations
from ansinh.payments.models import BudgetSource, ListSource, PaymentLine, PaymentList, PaymentRun
from ansinh.payments.queries import settlement, shares
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]

JUL, AUG, SEP = (date(2026, n, 1) for n in (7, 8, 9))


@pytest.fixture
def state(seeing_all):
    return BudgetSource.objects.create(code="NSTW", name="Ngân sách trung ương")


@pytest.fixture
def province(state):
    return BudgetSource.objects.create(code="NST", name="Ngân sách tỉnh")


def entered(source, kind: str, amount: int, at_month: date = JUL, **known):
    return operations.record_budget(
        unit=commune(), source=source, month=at_month, kind=kind, amount_vnd=amount, paper="Giấy rút dự toán",
        by=post(Role.ACCOUNTANT), now=at(2026, at_month.month, 2), **known,
    )  # fmt: skip


def balance(source, at_month: date) -> tuple[int, int, int, int, int]:
    (found,) = [row for row in settlement(commune(), at_month) if row.source == source]
    return found.opening_vnd, found.drawn_vnd, found.paid_vnd, found.returned_vnd, found.remaining_vnd


def two_people() -> None:
    """500.000 a month of social pension, 1.000.000 of monthly allowance."""
    grant(person("Trần Thị Hưu"))
    grant(person("Lê Văn Tật"), "DISABLED_SEVERE", coefficient=200, law_code="ND335.5.6")


def choose(found, benefit: str, source):
    return operations.choose_source(
        payment_list=found, benefit=benefit, source=source, by=post(Role.ACCOUNTANT), now=at(2026, 6, 19)
    )


def test_with_one_source_the_month_adds_up_and_what_remains_opens_the_next(state):
    two_people()
    entered(state, "opening", 300_000), entered(state, "drawn", 2_000_000), entered(state, "returned", 100_000)
    month.paid(JUL)
    assert balance(state, JUL) == (300_000, 2_000_000, 1_500_000, 100_000, 700_000)
    entered(state, "drawn", 1_000_000, AUG)
    month.paid(AUG)
    assert balance(state, AUG) == (700_000, 1_000_000, 1_500_000, 0, 200_000)


def test_only_what_was_received_is_spent(state):
    two_people()
    entered(state, "drawn", 2_000_000)
    month.paid(JUL, absent={"Trần Thị Hưu"})
    assert balance(state, JUL) == (0, 2_000_000, 1_000_000, 0, 1_000_000)
    entered(state, "drawn", 1_000_000, AUG)
    month.paid(AUG)  # July's pension is carried and received in August
    assert balance(state, AUG) == (1_000_000, 1_000_000, 2_000_000, 0, 0)


def test_a_wrong_entry_is_set_right_by_a_second_that_names_it(state):
    wrong = entered(state, "drawn", 2_500_000)
    entered(state, "drawn", -500_000, corrects=wrong)
    assert balance(state, JUL)[1] == 2_000_000
    with pytest.raises(InvalidInput):
        entered(state, "drawn", -500_000)


def test_each_source_pays_what_was_chosen_for_it(state, province):
    two_people()
    entered(state, "drawn", 1_000_000), entered(province, "drawn", 600_000)
    found = month.proposed(JUL)
    choose(found, "social_pension", province)
    month.paid(JUL, found=found)
    assert balance(state, JUL) == (0, 1_000_000, 1_000_000, 0, 0)
    assert balance(province, JUL) == (0, 600_000, 500_000, 0, 100_000)
    assert balance(province, AUG)[0] == 100_000


def test_the_next_list_pays_from_where_the_last_one_did(state, province):
    two_people()
    found = month.proposed(JUL)
    choose(found, "social_pension", province)
    month.paid(JUL, found=found)
    month.paid(AUG)
    assert balance(state, AUG)[2] == 1_000_000 and balance(province, AUG)[2] == 500_000


def test_proposing_again_keeps_the_choice(state, province):
    two_people()
    choose(month.proposed(JUL), "social_pension", province)
    again = month.proposed(JUL)
    assert {row.benefit: row.source for row in again.sources.all()} == {"social_pension": province, "monthly_allowance": state}


def test_money_carried_over_is_paid_from_the_source_of_the_list_that_pays_it(state, province):
    two_people()
    month.paid(JUL, absent={"Trần Thị Hưu"})
    found = month.proposed(AUG)
    choose(found, "social_pension", province)
    month.paid(AUG, found=found)
    assert (balance(state, JUL)[2], balance(province, JUL)[2]) == (1_000_000, 0)
    assert (balance(state, AUG)[2], balance(province, AUG)[2]) == (1_000_000, 1_000_000)


def test_a_signed_list_keeps_its_sources(state, province):
    two_people()
    found = month.signed(JUL)
    with pytest.raises(MoveNotAllowed):
        choose(found, "social_pension", province)
    with pytest.raises(DatabaseError, match="keeps its sources"), transaction.atomic():
        ListSource.objects.filter(list=found).update(source=province)


def test_a_benefit_that_is_not_on_the_list_has_no_source(state, province):
    grant(person("Trần Thị Hưu"))
    with pytest.raises(InvalidInput):
        choose(month.proposed(JUL), "monthly_allowance", province)


def test_money_from_before_this_system_is_not_settled_here(state):
    entry, june = grant(person("Trần Thị Hưu")), date(2026, 6, 1)
    run = PaymentRun.objects.create(benefit_month=june, payment_month=june, made_at=at(2026, 6, 20))
    holder = PaymentList.objects.create(run=run, unit=commune(), state="settled", cutoff_on=june, proposed_at=at(2026, 6, 20))
    PaymentLine.objects.create(
        list=holder, unit=commune(), person=entry.person, entitlement=entry, kind="past", benefit_month=june, state="paid",
        benefit=entry.benefit, category=entry.category, coefficient=100, standard_vnd=500_000, amount_vnd=500_000, method="cash",
    )  # fmt: skip
    assert balance(state, june) == (0, 0, 0, 0, 0)
    month.paid(JUL)
    assert balance(state, JUL) == (0, 0, 500_000, 0, -500_000)


def test_the_page_shows_shares_and_takes_a_choice(state, province):
    two_people()
    found = month.proposed(JUL)
    client = signed_in(Role.ACCOUNTANT)
    page = client.get(reverse("payments:list", args=[found.code])).content.decode()
    assert "Nguồn kinh phí" in page and "Ngân sách tỉnh" in page
    answer = client.post(reverse("payments:source", args=[found.code]), {"benefit": "social_pension", "source": province.id})
    assert answer.status_code == 302
    with as_maintenance():
        assert {s.benefit: (s.source, s.money_vnd) for s in shares(found)} == {
            "social_pension": (province, 500_000), "monthly_allowance": (state, 1_000_000)
        }  # fmt: skip
