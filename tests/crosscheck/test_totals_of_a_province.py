"""The money of an invented province, summed by kind: the product over its register, and a second reading over plain SQL."""

from collections import Counter
from datetime import date

import pytest
from django.db import connection
from tests.crosscheck.register import cases
from tests.crosscheck.second import Second

from ansinh import law
from ansinh.access.tests.factories import QUYNH_PHU, THAI_BINH
from ansinh.database.acting import as_maintenance
from ansinh.demo.synth.telling import tell
from ansinh.entitlements.facts import situations

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "owner"])
MONTHS = [date(2021, 6, 1), date(2024, 7, 1), date(2025, 9, 1), date(2026, 8, 1), date(2026, 11, 1)]
OWN = ("monthly_allowance", "social_pension")


def asked(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def of_product(keys, month):
    """Person's own money and what it grounds for others, summed by kind."""
    sums = Counter()
    for key, situation in situations(keys).items():
        for line in law.monthly(situation, month).lines:
            if line.person == str(key):
                sums["own" if line.kind in OWN else line.kind] += line.amount_vnd
    return sums


def of_second(found, month):
    sums = Counter()
    for key, case in found.items():
        for (person, kind), vnd in Second(case).month(month).items():
            if person == str(key):
                sums[kind] += vnd
    return sums


def test_a_province_costs_the_same_by_both_readings():
    tell(people=1500, seed=5, say=lambda _message: None, codes=(QUYNH_PHU, THAI_BINH))
    with as_maintenance():
        found = cases(asked)
        assert len(found) > 1000
        for month in MONTHS:
            sums = of_product(found, month)
            assert sums["own"] > 0
            assert sums == of_second(found, month), month
