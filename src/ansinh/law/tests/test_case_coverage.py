"""Every rule, coefficient, boundary age, change date and open question of the benefits has worked cases of our own."""

from __future__ import annotations

from copy import deepcopy
from datetime import date
from typing import Any

import pytest

from ansinh.law import coverage
from ansinh.law.caseformat import support
from ansinh.law.caseformat.support import ASK
from ansinh.law.coverage_of_events import event_gaps
from ansinh.law.coverage_of_provinces import province_gaps
from ansinh.law.coverage_of_supports import support_gaps
from ansinh.law.engine.lawfile import load

CASES = coverage.own_cases()
SUPPORTS = coverage.own_cases(support.FORMAT)


def without(*ids: str) -> list[dict[str, Any]]:
    left = [case for case in CASES if case["id"] not in ids]
    assert len(left) == len(CASES) - len(ids)
    return left


def asking(category: str, kept: Any) -> list[dict[str, Any]]:
    """The cases with fewer questions: those about a category only where `kept(month)`."""

    def stays(question: dict[str, Any]) -> bool:
        lines = question.get("lines", ())
        return kept(question["month"]) or not any(row["category"] == category for row in lines)

    return [
        {**case, "expect": [q for q in case["expect"] if q["ask"] != "monthly" or stays(q)]} for case in CASES
    ]  # fmt: skip


def test_nothing_of_the_law_is_without_a_case() -> None:
    assert coverage.missing(CASES) == []
    assert list(support_gaps(SUPPORTS, load())) == []


def test_ids_are_unique_over_all_files() -> None:
    ids = [case["id"] for case in (*CASES, *SUPPORTS)]

    assert len(ids) > 200
    assert len(ids) == len(set(ids))


def test_without_cases_every_rule_in_every_regime_is_named() -> None:
    gaps = coverage.missing([])

    for rule in load().rules:
        if rule.kind in coverage.KINDS:
            assert any(gap.startswith(f"rule {rule.key} in ") and "no line" in gap for gap in gaps), rule.key
    assert any("khoản 1 điểm đ in R3" in gap for gap in gaps)
    assert any(gap.startswith("open question pension_tie: answer pension") for gap in gaps)


def test_a_removed_case_is_missed_by_name() -> None:
    gaps = coverage.missing(without("MAU-1"))

    assert gaps == ["rule child_u3_hard_area in R1: no case before, in and after the month of the age of 3"]


def test_without_the_third_birthday_in_the_new_decree_the_age_is_named() -> None:
    last = [case["id"] for case in CASES if case["id"].startswith("MAU-") and case["regimes"] == ["R3"]]

    gaps = coverage.missing(without(*last))

    assert "rule child_u3_hard_area in R3: no case before, in and after the month of the age of 3" in gaps


def test_a_coefficient_nobody_expects_is_named() -> None:
    smaller = asking("DISABLED_EXTREME", lambda month: month < "2026-10")

    gaps = coverage.missing(smaller)

    assert "rule disabled_extreme in R3: coefficient 2.5 not expected" in gaps
    assert "rule disabled_extreme in R3: coefficient 2 not expected" in gaps


@pytest.mark.parametrize("month", ["2021-06", "2024-07", "2025-08", "2026-07", "2026-11"])
def test_a_change_date_needs_the_month_before_of_and_after(month: str) -> None:
    gaps = coverage.missing(asking("DISABLED_SEVERE", lambda asked: asked != month))

    assert any(gap.startswith("DISABLED_SEVERE: no case before, in and after the change of") for gap in gaps)


def test_a_fact_that_decides_nowhere_is_named() -> None:
    near_misses = [case["id"] for case in CASES if case["id"].startswith("MAN-")]

    gaps = coverage.missing(without(*near_misses))

    assert "rule adult_hiv in R1: nobody fails by “survivor_benefit” alone" in gaps
    assert "rule ex_child_student in R3: nobody fails by “study_continuous” alone" in gaps


def test_the_change_dates_come_from_the_law_files() -> None:
    known = {date(2021, 7, 1), date(2024, 7, 1), date(2025, 7, 1), date(2026, 7, 1), date(2026, 10, 1)}

    assert set(coverage.change_months(load())) == known


def test_the_command_says_how_many_are_missing(capsys: pytest.CaptureFixture[str]) -> None:
    assert coverage.print_coverage() == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"{len(CASES) + len(SUPPORTS)} cases, 0 missing"


@pytest.mark.parametrize("regime", ["R0", "R1", "R2", "R3"])
def test_every_regime_is_asked_for_every_rule_age_pair_fact_and_event(regime: str) -> None:
    gaps = coverage.missing([])

    for what in ("no line expected", "coefficient", "no case before, in and after the month", "nobody fails by"):
        assert any(f" in {regime}: " in gap and what in gap for gap in gaps), what
    assert f"event moved in {regime}: no case" in gaps
    assert any(gap.startswith(f"khoản 1 điểm b in {regime}:") for gap in gaps)


def test_a_birthday_whose_case_shows_no_difference_is_no_case() -> None:
    def flat(case: dict[str, Any]) -> dict[str, Any]:
        for question in case["expect"]:
            for row in question.get("lines", ()):
                if row.get("category") == "DISABLED_EXTREME" and row["code"] == "ND20.5.6":
                    row["coefficient"] = "2.5"
        return case

    gaps = coverage.missing([flat(deepcopy(case)) for case in CASES])

    assert "rule disabled_extreme in R1: no case before, in and after the month of the age of 60" in gaps
    assert "rule disabled_extreme in R2: coefficient 2 not expected" in gaps


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("OCH-4", "injury: no case of 30/06/2024, beside the change of 01/07/2024"),
        ("OCH-5", "emergency_burial: no case of 01/07/2024, beside the change of 01/07/2024"),
        ("OCH-6", "injury: no case of 02/07/2024, beside the change of 01/07/2024"),
        ("OCH-18", "rice: no case of 08/2025, beside the change of 01/07/2025"),
        ("OLI-1", "injury in R1: no case of 2 days of treatment"),
        ("OLI-3", "rice in R1: no case of 2 months (tet)"),
        ("OLI-7", "protection_food in R1: no stay of exactly three months"),
        ("OLI-10", "housing in R1: no case of “heavy”"),
        ("OAG-2", "funeral in R1: no death the day after the birthday of 80"),
        ("OAG-5", "funeral in R3: no death on the birthday of 70"),
        ("OAG-13", "funeral in R2: no case with ND176.5"),
        ("ODL-7", "decide_funeral in R3: no dossier complete on 05/10/2026"),
    ],
)
def test_without_a_case_on_one_side_the_side_is_named(left_out: str, said: str) -> None:
    assert said in list(event_gaps(without(left_out), load()))


def test_a_kind_that_is_never_refused_or_never_due_is_named() -> None:
    def due_only(case: dict[str, Any]) -> dict[str, Any]:
        kept = [q for q in case["expect"] if q["ask"] != "one_off" or q.get("amount_vnd") or q.get("kg")]
        return {**case, "expect": kept}

    gaps = list(event_gaps([due_only(case) for case in CASES], load()))

    for kind in ("funeral", "emergency_burial", "injury", "rice", "housing"):
        for regime in ("R1", "R2", "R3"):
            assert f"{kind} in {regime}: no case in which it is not due" in gaps


def test_a_point_that_holds_payment_needs_a_case_in_which_payment_waits() -> None:
    def paid(case: dict[str, Any]) -> dict[str, Any]:
        return {**case, "expect": [{k: v for k, v in q.items() if k != "auto_pay"} for q in case["expect"]]}

    gaps = coverage.missing([paid(case) for case in CASES])

    assert "open question r2_disability_start: no case in which payment waits for the answer" in gaps


@pytest.mark.parametrize("ask", ASK)
def test_a_support_without_its_cases_is_named(ask: str) -> None:
    gaps = list(support_gaps([case for case in SUPPORTS if case["ask"] != ask], load()))

    named = "open question war_merit_beside_allowance" if ask == "proposed" else f"{ask}: no case"
    assert any(gap.startswith(named) for gap in gaps)


@pytest.mark.parametrize("day", ["2026-10-04", "2026-10-05", "2026-10-06"])
def test_a_support_needs_an_answer_on_each_side_of_a_change(day: str) -> None:
    kept = [{**case, "answers": [answer for answer in case["answers"] if answer["day"] != day]} for case in SUPPORTS]

    shown = f"{day[8:]}/{day[5:7]}/{day[:4]}"
    assert f"leader_gift: no case of {shown}, beside the change of 05/10/2026" in list(support_gaps(kept, load()))


@pytest.mark.parametrize(
    ("left_out", "said"),
    [
        ("SUP-3", "protection: no case of “trafficking_or_forced_labour”"),
        ("SUP-9", "protection_transport: no case of “agency_car”"),
        ("SUP-12", "protection_treatment: no case in which it is not due"),
        ("GIF-5", "leader_gift: no case of ministry_or_province to household"),
        ("MER-2", "open question war_merit_beside_allowance: answer highest not tried"),
        ("MER-6", "open question war_merit_beside_pension: no case in which payment waits for the answer"),
    ],
)
def test_a_removed_case_of_a_support_is_missed_by_name(left_out: str, said: str) -> None:
    assert list(support_gaps([case for case in SUPPORTS if case["id"] != left_out], load())) == [said]


def test_a_level_of_the_province_needs_a_case_in_which_it_counts_and_one_in_which_it_does_not() -> None:
    scopes = [f"PVL-{number}" for number in range(1, 13)]
    kept = without(*scopes)

    assert "provincial level for carers in R3: no case in which it counts" in list(province_gaps(kept))
    assert "provincial level for residential in R2: no case in which a level leaves it alone" in list(province_gaps(kept))
    assert list(province_gaps(CASES)) == []


def test_an_event_no_case_tells_is_named() -> None:
    kept = [case for case in CASES if not any(event["kind"] == "detained" for event in case.get("events", ()))]

    assert "event detained in R3: no case" in coverage.missing(kept)
