"""For any small history: what was paid, with arrears, less recoveries, is what the ledger gives by now."""

import random
from datetime import date

import pytest

from ansinh.access.tests.factories import at
from ansinh.entitlements.tests.factories import grant
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.periods import add_months, months_between
from ansinh.payments.models import PaymentLine
from ansinh.payments.operations.owed import Decided, Given, missing
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person

JUL, DEC = date(2026, 7, 1), date(2026, 12, 1)


@pytest.mark.parametrize("seed", range(200))
def test_what_is_missing_is_what_was_decided_less_what_was_given(seed):
    chance = random.Random(seed)
    decided = [Decided(n, chance.choice("abc"), chance.randrange(1, 9)) for n in range(chance.randrange(4))]
    given = [
        Given(chance.choice([None, *range(4)]), chance.choice("abcd"), chance.randrange(1, 9)) for _ in range(chance.randrange(4))
    ]
    lacks = missing(decided, given)
    assert sum(lacks.values()) == max(0, sum(d.amount_vnd for d in decided) - sum(g.amount_vnd for g in given))
    assert all(0 < amount <= next(d.amount_vnd for d in decided if d.key == key) for key, amount in lacks.items())


@pytest.mark.django_db
@pytest.mark.usefixtures("seeing_all")
@pytest.mark.parametrize("seed", range(12))
def test_after_any_history_each_month_is_paid_as_decided(seed):
    chance = random.Random(seed)
    who = person("Vũ Thị Xa")
    month.neighbour()
    grant(who)
    for paid in months_between(JUL, DEC):
        month.paid(paid, absent={who.full_name} if chance.random() < 0.3 else set())
        if chance.random() < 0.6:
            _raise(who, paid, chance)
    month.paid(DEC)
    month.paid(add_months(DEC, 1))  # whatever was not collected in December's way comes now
    for of in months_between(JUL, add_months(DEC, 1)):
        received = PaymentLine.objects.filter(person=who, benefit_month=of, state="paid")
        due = who.entitlements.filter(months__contains=of)
        assert sum(line.amount_vnd for line in received) == sum(entry.amount_vnd for entry in due), of


def _raise(who, paid: date, chance: random.Random) -> None:
    """A higher amount from some month back, recorded in the middle of the month that was just paid."""
    entry = who.entitlements.filter(ended_by__isnull=True).latest("id")
    back = add_months(paid, -chance.randrange(4))
    try:
        month.decide(
            entry,
            "adjust",
            back,
            recorded=at(paid.year, paid.month, 16),
            amount_vnd=entry.amount_vnd + 10_000 * chance.randrange(1, 9),
        )
    except InvalidInput:
        assert back <= max(entry.months.lower, date(2026, 5, 1))
