"""Two rows of one human being side by side: what the ledger gives each, and the months in which both were paid."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db import connection

from ansinh.entitlements.models import PERSONAL, Entitlement
from ansinh.kernel.periods import add_months, month_of
from ansinh.people.models import DuplicatePair


@dataclass(frozen=True)
class PaidMonth:
    """What each of the two received of allowance and pension for a month, đồng, as the payer reported."""

    month: date
    first_vnd: int
    second_vnd: int

    @property
    def twice_vnd(self) -> int:
        """What was too much if the two are one: the lesser of both."""
        return min(self.first_vnd, self.second_vnd)


def who_draws(pair: DuplicatePair, *, on: date) -> set[int]:
    """Which of the two has an allowance or pension running next month, as keys of people."""
    running = Entitlement.objects.running(add_months(month_of(on), 1))
    return set(running.filter(person__in=[pair.first_id, pair.second_id], benefit__in=PERSONAL).values_list("person", flat=True))


def paid_beside(pair: DuplicatePair, *, on: date) -> list[PaidMonth]:
    """Months in which one of the two was paid, newest first. One query, whichever commune paid."""
    asked = [pair.first_id, pair.second_id]
    sums: dict[date, list[int]] = defaultdict(lambda: [0, 0])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id, benefit_month, amount_vnd FROM payments_past(%s::bigint[], %s::date, 0) "
            "WHERE state = 'paid' AND benefit = ANY (%s)",
            [asked, month_of(on), [str(benefit) for benefit in PERSONAL]],
        )
        for person, month, amount in cursor.fetchall():
            sums[month][asked.index(person)] += amount
    return [PaidMonth(month, *both) for month, both in sorted(sums.items(), reverse=True)]
