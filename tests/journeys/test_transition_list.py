"""NĐ 335/2026 as one list: reckoned, printed in Word, signed by the chairman, into the ledger, arrears month by month on the next list.

Basis: Điều 32 NĐ 335/2026/NĐ-CP.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Decision, TransitionLine
from ansinh.entitlements.queries import law_for
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.files.queries import read
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]
JUN, JUL, AUG, SEP, OCT, NOV = (date(2026, n, 1) for n in range(6, 12))
SIGNED = at(2026, 10, 12)


@pytest.fixture
def seeing_all(as_maintenance):
    with as_maintenance():
        yield


def drawing(name: str, born: str, **known):
    who = person(name, born, **known)
    (line,) = law_for(who, JUN)
    return grant(
        who, line.category, coefficient=line.coefficient, months_from=JUN, benefit=line.kind, law_code=line.code,
        signed=month.before(JUN, 10),
    )  # fmt: skip


def test_from_the_reckoning_to_the_arrears_of_each_month():
    drawing("Hưu", "1948-03-01")
    drawing("Nặng", "1980-03-01", facts={"disability": "severe"})
    gone = drawing("Mất", "1947-03-01")
    for paid in (JUL, AUG):
        month.paid(paid)
    people.record_death(person=gone.person, died_on=date(2026, 8, 20), source="Trích lục khai tử", by=post(), now=NOW)
    month.decide(gone, "stop", SEP, recorded=at(2026, 8, 25))
    for paid in (SEP, OCT):
        month.paid(paid)

    officer, clerk, chairman = month.officer(), month.clerk(), post(Role.COMMUNE_CHAIRMAN)
    with as_post(officer, on=SIGNED.date()):
        assert ledger.draft_transitions(units=[commune()], change="2026", by=officer, now=SIGNED) == 3
        draft = Decision.objects.exclude(transition="").get()
        made = ledger.print_decision(decision=draft, signer=chairman, by=officer, on=SIGNED.date(), now=SIGNED)
        words = Document(BytesIO(read(made.word)))
    cells = [[cell.text for cell in row.cells] for row in words.tables[-1].rows]
    (row,) = [row for row in cells if "Nặng" in row]
    assert row[4:] == ["750.000", "1,5", "810.000", "07/2026", "60.000", "4", "240.000"]
    # July to October, as the list was reckoned in October; the dead until the month of death, as arrears alone.
    owed = dict(TransitionLine.objects.values_list("person__full_name", "owed_vnd"))
    assert owed == {"Hưu": 160_000, "Nặng": 240_000, "Mất": 80_000}

    with as_post(clerk, on=SIGNED.date()):
        signed = signature(SIGNED.date(), "540/QĐ-UBND")
        ledger.record_decision(decision=draft, signature=signed, by=clerk, now=SIGNED)
    with as_maintenance():
        found = month.proposed(NOV)
    arrears: dict[str, dict[int, int]] = {}
    for name, kind, at_month, amount, state in month.rows(found):
        if kind == "arrears" and state == "due":
            arrears.setdefault(name, {})[at_month] = amount
    months = (7, 8, 9, 10)
    assert arrears == {
        "Hưu": dict.fromkeys(months, 40_000), "Nặng": dict.fromkeys(months, 60_000), "Mất": {7: 40_000, 8: 40_000},
    }  # fmt: skip
    assert {name: sum(months.values()) for name, months in arrears.items()} == owed
