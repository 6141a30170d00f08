"""Guards of the engine: forms agree on the worked cases, money is whole, what is open is held and never proposed."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
import pytest

from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.money import amount_of, hundredths
from ansinh.kernel.periods import parse_month
from ansinh.law import bulk, bulk_facts, candidates, monthly, questions, with_confirmations
from ansinh.law.coverage import own_cases
from ansinh.law.engine.errors import LawFileError
from ansinh.law.engine.lawfile import ROOT, load
from ansinh.law.situation import Birth, HouseholdFacts, PersonFacts, Situation, Timeline

CASES = own_cases()
WORDS = {
    "study": bulk_facts.STUDIES, "marital": bulk_facts.MARITAL, "supporter": bulk_facts.SUPPORTER,
    "disability": bulk_facts.DISABILITY, "cared_by": bulk_facts.CARED_BY,
}  # fmt: skip
PLAIN = (
    "abandoned", "study_continuous", "orphan_allowance_at_16", "hiv", "wage", "pregnant", "pension_vnd",
    "insurance_allowance_vnd", "survivor_benefit", "other_monthly_allowance", "cannot_live_alone",
)  # fmt: skip


def of_columns(case: Mapping[str, Any]) -> bool:
    """Columns tell the facts of one month: no events, no facts that change, births to the day."""
    situation = Situation.from_case(case)
    facts = [value for person in situation.persons.values() for value in person.values.values()]
    facts += [situation.household.poverty, situation.household.hard_area]
    exact = all(person.birth is None or person.birth.exact for person in situation.persons.values())
    return exact and not situation.events and not any(isinstance(value, Timeline) for value in facts)


def columns_of(situation: Situation) -> dict[str, Any]:
    order, rows = list(situation.persons), list(situation.persons.values())
    day = date(2026, 1, 1)

    def raised_by(child: str) -> list[int]:
        return [i for i, row in enumerate(rows) if child in row.values.get("children", ())]

    parents = [raised_by(key) + [-1, -1] for key in order]
    columns = {
        "birth": np.array([row.birth.first if row.birth else None for row in rows], "datetime64[D]"),
        "parents": np.array([bulk_facts.pair_code(*row.at("parents", day)) for row in rows]),
        "in_facility": np.array([row.at("lives_in", day) == "facility" for row in rows]),
        "poverty": np.full(len(rows), bulk_facts.POVERTY.index(situation.household.poverty)),
        "hard_area": np.full(len(rows), situation.household.hard_area),
        "raiser": np.array([found[0] for found in parents]),
        "raiser_two": np.array([found[1] for found in parents]),
        "spouse": np.array([order.index(row.values["spouse"]) if "spouse" in row.values else -1 for row in rows]),
    }
    columns |= {name: np.array([words.index(row.at(name, day)) for row in rows]) for name, words in WORDS.items()}
    for name in PLAIN:
        if name != "orphan_allowance_at_16" or any(name in row.values for row in rows):
            columns[name] = np.array([row.at(name, day) or 0 for row in rows])
    return columns


COMPARED = [case for case in CASES if of_columns(case)]


@pytest.mark.parametrize("case", COMPARED, ids=lambda case: str(case["id"]))
def test_columns_give_what_the_case_expects(case: dict[str, Any]) -> None:
    situation = Situation.from_case(case)
    for question in case["expect"]:
        if question["ask"] != "monthly":
            continue
        found = bulk.month(
            columns_of(situation), parse_month(question["month"]), situation.parameters, provincial=situation.provincial
        )
        if "lines" not in question:
            assert found.recheck.any() or found.total_vnd.sum() == question["total_vnd"], question["month"]
            continue
        for row, person in enumerate(situation.persons):
            expected = sum(line["amount_vnd"] for line in question["lines"] if line["person"] == person)
            assert found.recheck[row] or found.total_vnd[row] == expected, (question["month"], person)


def test_most_worked_cases_are_compared_in_columns() -> None:
    assert len(COMPARED) > 100


def test_columns_that_need_a_second_look_are_few_in_the_worked_cases() -> None:
    asked = marked = 0
    for case in COMPARED:
        situation = Situation.from_case(case)
        found = bulk.month(columns_of(situation), date(2026, 11, 1), situation.parameters)
        asked, marked = asked + len(found.recheck), marked + int(found.recheck.sum())
    assert asked > 300
    assert marked / asked < 0.15


def expected_winners() -> Iterator[tuple[Situation, date, str]]:
    for case in CASES:
        situation = Situation.from_case(case)
        for question in case["expect"]:
            for line in question.get("lines", ()):
                if question["ask"] == "monthly":
                    yield situation, parse_month(question["month"]), line["person"]


def test_nobody_who_is_expected_to_get_something_is_filtered_out() -> None:
    checked = 0
    for situation, month, key in expected_winners():
        row = filter_row(situation, key, month)
        assert candidates.may_get(row, month), (key, month)
        checked += 1
    assert checked > 600


def filter_row(situation: Situation, key: str, month: date) -> dict[str, Any]:
    """What held at some time from the eve of the month on, as the filter wants it."""
    person, house = situation.persons[key], situation.household
    days = [d for d in (*person.changes(), *house.changes(), month) if d >= month] + [date.fromordinal(month.toordinal() - 1)]

    def ever(name: str, *values: Any) -> bool:
        return any(person.at(name, day) in values for day in days)

    children = len(person.values.get("children", ()))
    return {
        "birth_first": person.birth.first if person.birth else None,
        "birth_last": person.birth.last if person.birth else None,
        "lacks_parental_support": ever("abandoned", True) or "parents" in person.values,
        "studying": not all(person.at("study", day) == "none" for day in days), "hiv": ever("hiv", True),
        "poor": any(house.at("poverty", day) == "poor" for day in days),
        "near_poor": any(house.at("poverty", day) == "near_poor" for day in days),
        "hard_area": any(house.at("hard_area", day) for day in days),
        "single": ever("marital", "unmarried", "widowed", "spouse_missing"),
        "children_counted": children, "toddlers": children, "supporter_absent": ever("supporter", "none"),
        "supporter_on_allowance": ever("supporter", "on_monthly_allowance"),
        "disability_severe": ever("disability", "severe"), "disability_extreme": ever("disability", "extremely_severe"),
        "own_household_cares": ever("cared_by", "own_household"), "fostered": ever("cared_by", "foster_household"),
        "cannot_live_alone": ever("cannot_live_alone", True), "in_facility": ever("lives_in", "facility"),
        "pregnant": ever("pregnant", True),
    }  # fmt: skip


def test_every_amount_of_every_case_is_a_whole_number() -> None:
    for situation, month, _ in expected_winners():
        result = monthly(situation, month)
        assert type(result.total_vnd) is int and type(result.payable_vnd) is int
        for line in (*result.lines, *result.lost):
            numbers = (line.coefficient, line.standard_vnd, line.count, line.deduction_vnd, line.amount_vnd)
            assert {type(number) for number in numbers} == {int}


def test_columns_hold_money_in_64_bits() -> None:
    found = bulk.month({"disability": np.array([3, 2])}, date(2026, 11, 1))

    assert found.total_vnd.tolist() == [1_080_000, 810_000]
    for amounts in (found.own_vnd, found.care_vnd, found.parent_vnd, found.total_vnd):
        assert amounts.dtype == np.int64


def test_money_beyond_32_bits_stays_exact() -> None:
    assert amount_of(150, 16_777_217 * 2) == 50_331_651
    assert amount_of(5000, 3_000_000_001, 7) == 1_050_000_000_350


@pytest.mark.parametrize("text", ["0.125", "1.505", "NaN", "1,5", "abc", ""])
def test_a_coefficient_that_hundredths_cannot_hold_is_refused(text: str) -> None:
    with pytest.raises(InvalidInput):
        hundredths(text)


def test_no_float_is_written_in_the_law_or_in_money() -> None:
    sources = [path for path in ROOT.rglob("*.py") if "tests" not in path.parts]
    sources += list((ROOT.parent / "kernel").glob("*.py"))
    sources.remove(ROOT / "category_words.py")  # likeness of typed words, no money
    assert len(sources) > 40
    for path in sources:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            assert not (isinstance(node, ast.Constant) and isinstance(node.value, float)), (path, node.lineno)
            assert not (isinstance(node, ast.Name) and node.id == "float"), (path, node.lineno)
            assert not (isinstance(node, ast.Attribute) and node.attr in ("float32", "float64")), (path, node.lineno)


def test_no_float_is_written_in_the_law_files() -> None:
    book = load()

    assert all(type(value.value) is int for parameter in book.parameters.values() for value in parameter.values)
    assert all(type(number) is int for rule in book.rules for number in rule.coefficient.constants)


# --- open points -------------------------------------------------------------------------------------------------------


def held_questions() -> list[Any]:
    """(case, parameter, month) of every open question that our cases expect to stop payment."""
    return [
        pytest.param(case, question["parameter"], id=f"{case['id']} {question['parameter']}")
        for case in CASES
        for question in case["expect"]
        if question["ask"] == "options" and question.get("auto_pay") is False
    ]


def months_of(case: Mapping[str, Any], parameter: str) -> set[date]:
    return {
        parse_month(inner["month"])
        for question in case["expect"]
        if question.get("parameter") == parameter
        for choice in question["choices"]
        for inner in choice["expect"]
        if inner["ask"] == "monthly"
    }


@pytest.mark.parametrize(("case", "parameter"), held_questions())
def test_what_rests_on_an_open_point_is_not_proposed_for_payment(case: dict[str, Any], parameter: str) -> None:
    situation = Situation.from_case(case)
    answers = [choice.value for choice in questions()[parameter].choices if choice.value != "officer"]
    for month in months_of(case, parameter):
        totals = {monthly(with_confirmations(situation, {parameter: answer}), month).total_vnd for answer in answers}
        undecided = monthly(situation, month)
        if len(totals) > 1:
            assert undecided.payable_vnd == 0
            assert questions()[parameter].label in undecided.held_reasons
            assert all(line.held for line in undecided.lines)


@pytest.mark.parametrize(("case", "parameter"), held_questions())
def test_once_confirmed_the_same_line_is_proposed(case: dict[str, Any], parameter: str) -> None:
    situation = Situation.from_case(case)
    for answer in (choice.value for choice in questions()[parameter].choices if choice.value != "officer"):
        confirmed = with_confirmations(situation, {parameter: answer})
        for month in months_of(case, parameter):
            result = monthly(confirmed, month)
            assert questions()[parameter].label not in result.held_reasons
            assert parameter not in {reason for line in result.lines for reason in line.unconfirmed}


def test_a_point_that_only_warns_is_paid_with_a_note() -> None:
    case = next(case for case in CASES if any(q.get("parameter") == "poverty_lapse_month" for q in case["expect"]))

    result = monthly(Situation.from_case(case), date(2024, 1, 1))

    assert result.payable_vnd == result.total_vnd == 540_000
    assert result.warnings == (questions()["poverty_lapse_month"].label,)


def test_another_monthly_allowance_beside_khoan_6_is_flagged_for_an_officer() -> None:
    veteran = PersonFacts(Birth.parse("1950-01-01"), {"disability": "severe", "other_monthly_allowance": True})

    result = monthly(Situation({"veteran": veteran}), date(2026, 11, 1))

    assert result.total_vnd == 1_080_000
    assert result.payable_vnd == 0


def test_an_open_point_of_one_person_holds_nobody_else() -> None:
    unsure = PersonFacts(Birth.parse("1951"), {})
    sure = PersonFacts(Birth.parse("1990-01-01"), {"disability": "severe"})

    result = monthly(Situation({"unsure": unsure, "sure": sure}, HouseholdFacts()), date(2026, 6, 1))

    assert {line.person: line.held for line in result.lines} == {"unsure": True, "sure": False}
    assert result.payable_vnd == 750_000


def test_a_birth_of_which_only_the_year_is_known_is_paid_without_asking_when_it_makes_no_difference() -> None:
    old = PersonFacts(Birth.parse("1940"), {})

    result = monthly(Situation({"old": old}), date(2026, 11, 1))

    assert result.payable_vnd == 540_000
    assert result.held_reasons == ()


def test_a_confirmation_outside_the_choices_is_refused() -> None:
    situation = Situation({"one": PersonFacts()})

    with pytest.raises(LawFileError, match="không phải là một lựa chọn"):
        with_confirmations(situation, {"pension_tie": "both"})
