"""Running a worked case: every question asked of the engine, every difference told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.money import coefficient_plain, hundredths, money_text
from ansinh.kernel.periods import parse_month
from ansinh.law.benefit_month import lines_of_month, monthly_result
from ansinh.law.benefits.one_off.deadlines import ACTS, deadline
from ansinh.law.benefits.one_off.support import OneOff, one_off
from ansinh.law.between_months import ArrearsLine, arrears, first_benefit_month, first_payment
from ansinh.law.caseformat.words import flat_questions
from ansinh.law.reckoning import Reckoning
from ansinh.law.situation import Line, Situation

_ONE_OFF_KEYS = ("person", "code", "multiple", "standard_vnd", "per_day_vnd", "days", "kg", "amount_vnd", "is_minimum")


@dataclass(frozen=True)
class Difference:
    """One answer that is not as expected."""

    question: str
    expected: str
    got: str
    basis: tuple[str, ...] = ()


def differences(case: Mapping[str, Any]) -> list[Difference]:
    """Every difference between a social-assistance case and the engine; empty means it passes."""
    situation = Situation.from_case(case)
    return list(_answers(situation, case["expect"]))


def _answers(situation: Situation, expect: list[Mapping[str, Any]]) -> Iterator[Difference]:
    reckoning = Reckoning(situation)
    for question in expect:
        try:
            yield from _ASK[question["ask"]](situation, reckoning, question)
        except AnsinhError as refusal:
            yield Difference(question["ask"], "có câu trả lời", str(refusal))


def _monthly(situation: Situation, reckoning: Reckoning, question: Mapping[str, Any]) -> Iterator[Difference]:
    result = monthly_result(reckoning, parse_month(question["month"]))
    name = f"monthly {question['month']}"
    basis = tuple(dict.fromkeys(text for line in result.lines for text in line.basis))
    if "lines" in question:
        expected = sorted(_asked_line(row) for row in question["lines"])
        got = sorted(_told_line(line) for line in result.lines)
        if expected != got:
            yield Difference(name + ": lines", _joined(expected), _joined(got), basis)
    lost = {_told_line(line) for line in result.lost}
    for row in question.get("lost", ()):
        if _asked_line(row) not in lost:
            yield Difference(name + ": lost", str(_asked_line(row)), _joined(sorted(lost)), basis)
    if result.total_vnd != question["total_vnd"]:
        yield Difference(name, money_text(question["total_vnd"]), money_text(result.total_vnd), basis)


def _asked_line(row: Mapping[str, Any]) -> tuple[Any, ...]:
    return (
        row["person"], row["kind"], row["category"], row["code"], row["payee"], hundredths(row["coefficient"]),
        row["standard_vnd"], row["count"], row.get("deduction_vnd", 0), row["amount_vnd"],
    )  # fmt: skip


def _told_line(line: Line) -> tuple[Any, ...]:
    return (*line.identity, line.amount_vnd)


def _joined(lines: list[tuple[Any, ...]]) -> str:
    shown = [
        f"{who} {category} {code} {payee} {coefficient_plain(coefficient)} x {standard} x {count} - {less} = {amount}"
        for who, _, category, code, payee, coefficient, standard, count, less, amount in lines
    ]
    return "; ".join(shown) or "không có dòng nào"


def _first_month(situation: Situation, reckoning: Reckoning, question: Mapping[str, Any]) -> Iterator[Difference]:
    got = first_benefit_month(reckoning, question["person"], question["after"])
    if got != parse_month(question["month"]):
        yield Difference(f"first_benefit_month {question['after']}", question["month"], f"{got:%Y-%m}")


def _first_payment(situation: Situation, reckoning: Reckoning, question: Mapping[str, Any]) -> Iterator[Difference]:
    got = first_payment(reckoning, question["person"], question["after"])
    expected = (question["month"], sorted(question["months_covered"]), question["total_vnd"])
    told = (f"{got.month:%Y-%m}", [f"{month:%Y-%m}" for month in got.months_covered], got.total_vnd)
    if expected != told:
        yield Difference(f"first_payment {question['after']}", str(expected), str(told))


def _arrears(situation: Situation, reckoning: Reckoning, question: Mapping[str, Any]) -> Iterator[Difference]:
    got = arrears(reckoning)
    expected = sorted(
        (r["person"], r["kind"], r["payee"], sorted(r["months"]), r["due_vnd"], r["paid_vnd"], r["amount_vnd"])
        for r in question["lines"]
    )
    told = sorted(_owed(line) for line in got)
    if expected != told:
        yield Difference("arrears: lines", str(expected), str(told))
    total = sum(line.amount_vnd for line in got)
    if total != question["total_vnd"]:
        yield Difference("arrears", money_text(question["total_vnd"]), money_text(total))


def _owed(line: ArrearsLine) -> tuple[Any, ...]:
    months = [f"{month:%Y-%m}" for month in line.months]
    return (line.person, line.kind, line.payee, months, line.due_vnd, line.paid_vnd, line.amount_vnd)


def _one_off(situation: Situation, reckoning: Reckoning, question: Mapping[str, Any]) -> Iterator[Difference]:
    got: OneOff = one_off(reckoning, question["kind"], question.get("person"))
    for key in _ONE_OFF_KEYS:
        if key in question and getattr(got, key) != question[key]:
            yield Difference(f"one_off {question['kind']}: {key}", str(question[key]), str(getattr(got, key)), got.basis)


def _deadline(situation: Situation, reckoning: Reckoning, question: Mapping[str, Any]) -> Iterator[Difference]:
    day, count = deadline(reckoning, question["act"])
    if day != date.fromisoformat(question["date"]):
        yield Difference(f"deadline {question['act']}", question["date"], day.isoformat())
    if count != question.get("working_days", count):
        yield Difference(f"deadline {question['act']}: working_days", str(question["working_days"]), str(count))


def _year(situation: Situation, reckoning: Reckoning, question: Mapping[str, Any]) -> Iterator[Difference]:
    months = [date(question["year"], month, 1) for month in range(1, 13)]
    total = sum(line.amount_vnd for month in months for line in lines_of_month(reckoning, month)[0])
    if total != question["total_vnd"]:
        yield Difference(f"year_total {question['year']}", money_text(question["total_vnd"]), money_text(total))


def _options(situation: Situation, reckoning: Reckoning, question: Mapping[str, Any]) -> Iterator[Difference]:
    name = question["parameter"]
    for choice in question["choices"]:
        answered = replace(situation, parameters={**situation.parameters, name: choice["value"]})
        for found in _answers(answered, choice["expect"]):
            yield replace(found, question=f"{name}={choice['value']}: {found.question}")
    if question.get("auto_pay") is False:
        open_now = {key: value for key, value in situation.parameters.items() if key != name}
        asked = [inner for choice in question["choices"] for inner in choice["expect"]]
        if not any(held(replace(situation, parameters=open_now), inner, name) for inner in asked):
            yield Difference(f"options {name}", "giữ lại chờ cán bộ xác nhận", "đề nghị chi trả")


def held(situation: Situation, question: Mapping[str, Any], name: str) -> bool:
    """Whether the engine keeps the answer for an officer while the question `name` is open.

    For a month: the month's result rests on it. For other questions: some answer changes what the engine says.
    """
    reckoning = Reckoning(situation)
    law = reckoning.book.questions[name]
    if law.while_unconfirmed != "hold":
        return False
    if question["ask"] == "monthly":
        return law.label in monthly_result(reckoning, parse_month(question["month"])).held_reasons
    told = set()
    for choice in law.choices:
        answered = replace(situation, parameters={**situation.parameters, name: choice.value})
        told.add(repr(list(_answers(answered, [question]))))
    return len(told) > 1


def kinds_of(case: Mapping[str, Any]) -> set[str]:
    """The kinds a case asks about: named by its questions and, for totals without lines, considered by the engine.

    Named: kinds of lines, lost lines, arrears lines and one-off questions, the benefit of the act of a deadline, the
    benefits of events. `lines: []` and totals without lines take the kinds the engine finds or rejects for that month.
    """
    situation = Situation.from_case(case)
    found = {event["benefit"] for event in case.get("events", ()) if "benefit" in event}
    for question in flat_questions(case["expect"]):
        found |= {row["kind"] for row in (*question.get("lines", ()), *question.get("lost", ()))}
        if question["ask"] == "one_off":
            found.add(question["kind"])
        elif question["ask"] == "deadline":
            found.add(ACTS[question["act"]])
        elif not question.get("lines"):
            found |= _considered(situation, question)
    return found or {"monthly_allowance"}


def _considered(situation: Situation, question: Mapping[str, Any]) -> set[str]:
    reckoning = Reckoning(situation)
    if question["ask"] == "year_total":
        months = [date(question["year"], month, 1) for month in range(1, 13)]
    elif "month" in question:
        months = [parse_month(question["month"])]
    else:
        return set()
    try:
        return {line.kind for month in months for line in lines_of_month(reckoning, month)[0]}
    except AnsinhError:
        return set()


_ASK = {
    "monthly": _monthly,
    "first_benefit_month": _first_month,
    "first_payment": _first_payment,
    "arrears": _arrears,
    "one_off": _one_off,
    "deadline": _deadline,
    "year_total": _year,
    "options": _options,
}
