"""Whatever the case format can say is understood: never a crash, never a negative amount, never less by a higher floor."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from ansinh import law
from ansinh.law.between_months import DECISIVE
from ansinh.law.caseformat import social
from ansinh.law.caseformat.comparing import differences, kinds_of
from ansinh.law.caseformat.reading import file_faults
from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.engine.rules import ChangeOfLaw
from ansinh.law.resolutions import SCOPES, Provincial
from ansinh.law.situation import Situation
from ansinh.law.tests.any_case import AnyCase

MONTHS = st.sampled_from(
    [date(2019, 6, 1), date(2021, 7, 1), date(2024, 7, 1), date(2025, 7, 1), date(2026, 8, 1), date(2026, 10, 1)]
)
SEEDS = st.integers(0, 2**32 - 1)


@settings(max_examples=60)
@given(SEEDS)
def test_every_case_that_fits_the_format_is_answered_or_refused_in_words(seed: int) -> None:
    case = AnyCase(Random(seed)).drawn()

    assert list(file_faults({"format": social.FORMAT, "cases": [case]})) == []
    assert all(found.expected and found.got for found in differences(case))
    assert kinds_of(case)


@settings(max_examples=60)
@given(SEEDS, MONTHS)
def test_no_line_is_negative_and_what_is_held_is_not_payable(seed: int, month: date) -> None:
    result = law.monthly(Situation.from_case(AnyCase(Random(seed)).drawn()), month)

    assert all(line.amount_vnd >= 0 and line.count >= 1 and line.coefficient > 0 for line in (*result.lines, *result.lost))
    assert 0 <= result.payable_vnd <= result.total_vnd
    assert len({(line.person, line.category) for line in result.lines}) == len(result.lines)


@given(SEEDS, st.lists(MONTHS, min_size=1, max_size=3))
def test_one_person_asked_alone_gets_the_lines_of_the_whole_situation(seed: int, months: list[date]) -> None:
    situation = Situation.from_case(AnyCase(Random(seed)).drawn())
    for person in situation.persons:
        ask = law.asked_by_month(situation, only=person)
        for month in months:
            whole = law.monthly(situation, month)
            assert ask(month).lines == tuple(line for line in whole.lines if line.person == person)
            assert ask(month).lost == tuple(line for line in whole.lost if line.person == person)


@settings(max_examples=60)
@given(SEEDS, MONTHS)
def test_a_higher_level_of_the_province_never_gives_less(seed: int, month: date) -> None:
    national = replace(Situation.from_case(AnyCase(Random(seed)).drawn()), provincial=())
    levels = [Provincial(level, date(2015, 1, 1), frozenset(SCOPES)) for level in (100_000, 560_000, 800_000)]
    totals = [law.monthly(replace(national, provincial=(level,)), month).total_vnd for level in levels]

    assert law.monthly(national, month).total_vnd == totals[0] <= totals[1] <= totals[2]


@settings(max_examples=40)
@given(SEEDS, st.sampled_from(law.changes_of_law()))
def test_a_change_of_law_is_told_of_any_household(seed: int, change: ChangeOfLaw) -> None:
    situation = Situation.from_case(AnyCase(Random(seed)).drawn())

    for row in law.transition(situation, change, decided_in=date(change.rules_from.year, 12, 1)):
        assert row.old or row.new or row.owed
        assert row.by_application is bool(row.new and not row.old)
        assert row.arrears_vnd == sum(max(one.due_vnd - one.paid_vnd, 0) for one in row.owed)
        assert row.difference_vnd == sum(line.amount_vnd for line in row.new) - sum(line.amount_vnd for line in row.old)
        assert row.basis and row.decided_by


@settings(max_examples=40)
@given(SEEDS)
def test_the_first_payment_after_a_decision_is_its_month_and_all_arrears_of_the_person(seed: int) -> None:
    case = AnyCase(Random(seed)).drawn()
    signed = {"kind": "decision_signed", "person": "p0", "benefit": "monthly_allowance", "date": "2024-05-20"}
    case["events"] = [event for event in case.get("events", ()) if event["kind"] not in DECISIVE] + [signed]
    situation = Situation.from_case({**case, "procedure": "by_events"})

    try:
        payment = law.first_payment(situation, "p0", "decision_signed")
    except NotAnswerable:
        return
    owed = sum(line.amount_vnd for line in law.arrears(situation) if line.person == "p0")
    here = sum(line.amount_vnd for line in law.monthly(situation, payment.month).lines if line.person == "p0")
    assert payment.total_vnd == here + (owed if payment.month == date(2024, 5, 1) else 0)
