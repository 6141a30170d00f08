"""Why: a tree of plain data that a page, a print-out or a letter can show."""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from ansinh.kernel.money import coefficient_text, money_text
from ansinh.kernel.periods import last_day, month_text
from ansinh.law.benefit_month import monthly_result, suspensions
from ansinh.law.benefits.monthly_allowance.months import rules_on
from ansinh.law.engine.expressions import Expression
from ansinh.law.engine.lawfile import InForce
from ansinh.law.engine.rules import Rule
from ansinh.law.engine.words import Words
from ansinh.law.reckoning import Reckoning
from ansinh.law.situation import Line, MonthResult

PROVINCE_AMOUNT = "province_amount"


@dataclass(frozen=True)
class Condition:
    """One condition of a rule: its words, what was found, whether it holds. Parts of `and` / `or` are nested."""

    text: str
    found: str
    satisfied: bool
    parts: tuple[Condition, ...] = ()


@dataclass(frozen=True)
class NumberUsed:
    """A number of the law that was used, with its instrument and its three dates."""

    key: str
    label: str
    value: str
    instrument: str
    basis: str
    issued_on: date | None
    in_force_from: date
    applies_to_months_from: date
    mark: str


@dataclass(frozen=True)
class RuleOutcome:
    """One rule, matched or not, and what became of it: 'won', 'lost', 'set_aside' or 'not_met'."""

    key: str
    kind: str
    category: str
    code: str
    title: str
    basis: str
    sentence: str
    matched: bool
    outcome: str
    reason: str
    condition: Condition
    coefficient: str
    coefficient_basis: str
    line: Line | None = None
    numbers: tuple[NumberUsed, ...] = ()


@dataclass(frozen=True)
class Explanation:
    """The answer to "Vì sao?" for one person and one benefit month."""

    person: str
    month: date
    regime: str
    regime_label: str
    facts: tuple[str, ...]
    rules: tuple[RuleOutcome, ...]
    lines: tuple[Line, ...]
    lost: tuple[Line, ...]
    total_vnd: int
    summary: str
    notes: tuple[str, ...]
    held_reasons: tuple[str, ...]
    law_hash: str


def explanation_of(reckoning: Reckoning, month: date, person: str) -> Explanation:
    """Every rule of the month with its facts, the winners, the losers and why."""
    result = monthly_result(reckoning, month)
    law = reckoning.law(month)
    day = last_day(month)
    facts = reckoning.facts(person, day, law)
    words = _words_of(reckoning, law)
    lines = tuple(line for line in result.lines if line.person == person)
    lost = tuple(line for line in result.lost if line.person == person)
    outcomes = tuple(_outcome(rule, law, facts, words, lines, lost, reckoning) for rule in law.rules)
    asked = sorted({name for rule in law.rules for name in rule.when.names if name in reckoning.book.facts})
    label = law.regime.label if law.regime else "chưa có quy định"
    return Explanation(
        person=person, month=month, regime=law.regime.key if law.regime else "", regime_label=label,
        facts=tuple(words.value(name, facts[name]) for name in asked if _worth_telling(name, facts[name])),
        rules=tuple(sorted(outcomes, key=_interest)), lines=lines, lost=lost,
        total_vnd=sum(line.amount_vnd for line in lines), summary=_summary(lines, lost, month),
        notes=tuple(_notes(reckoning, person, month, result)), held_reasons=result.held_reasons,
        law_hash=reckoning.book.hash,
    )  # fmt: skip


def _words_of(reckoning: Reckoning, law: InForce) -> Words:
    """The words of a month's law, made once: nothing in them depends on the person."""
    if "words" not in law.memory:
        law.memory["words"] = Words(reckoning.book, law.numbers)
    found: Words = law.memory["words"]
    return found


def _worth_telling(name: str, value: Any) -> bool:
    if name in ("study_continuous", "other_allowance_excludes_pension", "stopped_at_limit"):
        return False
    return name in ("age", "poor", "in_facility") or bool(value)


def _interest(outcome: RuleOutcome) -> int:
    return ("won", "lost", "set_aside", "not_met").index(outcome.outcome)


def _outcome(
    rule: Rule, law: InForce, facts: Mapping[str, Any], words: Words, lines: tuple[Line, ...], lost: tuple[Line, ...],
    reckoning: Reckoning,
) -> RuleOutcome:  # fmt: skip
    won = next((line for line in lines if line.rule == rule.key), None)
    failed = next((line for line in lost if line.rule == rule.key), None)
    line = won or failed
    matched = bool(rule.when.scalar(facts))
    if won:
        state, reason = "won", "" if matched else "Giữ đến hết tháng theo quy tắc về tháng thôi hưởng, điều chỉnh."
    elif failed:
        state, reason = "lost", failed.reason
    else:
        state, reason = ("set_aside", "Chưa tính trong tháng này theo quy tắc về tháng.") if matched else ("not_met", "")
    shown = line.coefficient if line else (rule.coefficient.scalar(facts) if matched else None)
    return RuleOutcome(
        key=rule.key, kind=rule.kind, category=rule.category, code=line.code if line else rule.code.removesuffix(".*"),
        title=rule.title, basis=rule.basis, sentence=sentence(rule, words), matched=matched, outcome=state,
        reason=reason, condition=_condition(rule.when.tree, facts, words),
        coefficient=coefficient_text(shown) if shown is not None else words.coefficient(rule.coefficient.tree),
        coefficient_basis=rule.coefficient_basis, line=line, numbers=_numbers(rule, law, reckoning, line),
    )  # fmt: skip


def sentence(rule: Rule, words: Words) -> str:
    """The whole rule as one Vietnamese sentence."""
    clauses = words.clauses(rule.when.tree)
    text = clauses[0] if len(clauses) == 1 else f"đáp ứng đủ các điều kiện: {'; '.join(clauses)}"
    return f"{rule.title}: được hưởng khi {text}. {words.level(rule)}."


def _condition(node: ast.expr, facts: Mapping[str, Any], words: Words) -> Condition:
    text = words.condition(node)
    holds = bool(_compiled(node)(facts))
    if isinstance(node, ast.BoolOp):
        parts = tuple(_condition(value, facts, words) for value in node.values)
        return Condition(text, "", holds, parts)
    named = [name for name in _named(node) if name in words.book.facts]
    return Condition(text, "; ".join(words.value(name, facts[name]) for name in named), holds)


@lru_cache(maxsize=8192)
def _compiled(node: ast.expr) -> Callable[[Mapping[str, Any]], Any]:
    """One part of a condition as a function; the parts of the law's rules are asked again for every person."""
    return Expression("", node).scalar


@lru_cache(maxsize=8192)
def _named(node: ast.expr) -> tuple[str, ...]:
    """The names in a part of a condition, in the order they stand."""
    return tuple(dict.fromkeys(child.id for child in ast.walk(node) if isinstance(child, ast.Name)))


def _numbers(rule: Rule, law: InForce, reckoning: Reckoning, line: Line | None) -> tuple[NumberUsed, ...]:
    level = "social_pension_level" if rule.kind == "social_pension" else "standard"
    keys = sorted((rule.when.names | rule.coefficient.names) & set(law.sources))
    raised = _raised(law.month, reckoning, line) if line else None
    used = [raised] if raised else []
    for key in dict.fromkeys([level, *keys] if line and not raised else keys):
        parameter, value = reckoning.book.parameters[key], law.sources[key]
        shown = money_text(value.value) if parameter.unit.startswith("vnd") else str(value.value)
        number = reckoning.book.instruments[value.instrument].number
        used.append(
            NumberUsed(
                key, parameter.label, shown, number, value.basis, value.issued_on, value.in_force_from,
                value.applies_to_months_from, value.mark,
            )
        )  # fmt: skip
    return tuple(used)


def _raised(month: date, reckoning: Reckoning, line: Line) -> NumberUsed | None:
    """The level or amount of the province that stands in place of the national one, with its resolution."""
    key = "social_pension_level" if line.kind == "social_pension" else "standard"
    for one in reckoning.resolutions(month):
        if one.cited not in line.basis or not one.in_force(month):
            continue
        if one.standard_vnd == line.standard_vnd:
            label = reckoning.book.parameters[key].label
        elif line.standard_vnd in {*(a.amount_vnd for a in one.amounts), *(g.amount_vnd for g in one.groups)}:
            key, label = PROVINCE_AMOUNT, "Mức tiền do tỉnh quy định"
        else:
            continue
        return NumberUsed(
            key, label, money_text(line.standard_vnd), one.cited, one.cited, one.issued_on, one.in_force_from or one.start,
            one.start, "V",
        )  # fmt: skip
    return None


def _summary(lines: tuple[Line, ...], lost: tuple[Line, ...], month: date) -> str:
    if not lines:
        if lost:
            return f"Tháng {month_text(month)}: không có khoản nào được hưởng. {lost[0].reason}"
        return f"Tháng {month_text(month)}: không thuộc trường hợp nào được hưởng."
    parts = [
        f"{line.code}: {coefficient_text(line.coefficient)} × {money_text(line.standard_vnd)}"
        + (f" × {line.count}" if line.count != 1 else "")
        + (f" − {money_text(line.deduction_vnd)}" if line.deduction_vnd else "")
        + f" = {money_text(line.amount_vnd)}"
        for line in lines
    ]
    total = sum(line.amount_vnd for line in lines)
    return f"Tháng {month_text(month)}: {'; '.join(parts)}. Cộng {money_text(total)}."


def _notes(reckoning: Reckoning, person: str, month: date, result: MonthResult) -> list[str]:
    notes = []
    for day in reckoning.changes_in(person, month):
        rules = rules_on(day)
        when = "ngay từ tháng có thay đổi" if rules.adjusts_in_month_of_change else "từ tháng sau tháng có thay đổi"
        notes.append(f"Có thay đổi ngày {day:%d/%m/%Y}: mức mới tính {when}; thôi hưởng từ tháng sau ({rules.adjust_basis}).")
    for start, resumed, _ in suspensions(reckoning, person):
        if start <= month:
            end = f", chi trả tiếp từ {month_text(resumed)}" if resumed else ""
            notes.append(f"Tạm dừng từ {month_text(start)}{end}.")
    notes += [f"Chưa được xác nhận, chờ cán bộ: {reason}." for reason in result.held_reasons]
    notes += [f"Áp dụng mặc định, chưa được xác nhận: {reason}." for reason in result.warnings]
    return notes
