"""The explanation tree as plain Vietnamese text, for the command line and for print."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ansinh.kernel.money import money_text
from ansinh.kernel.periods import month_text, parse_month
from ansinh.law.asking import explain
from ansinh.law.caseformat import social
from ansinh.law.caseformat.reading import read_facts
from ansinh.law.engine.errors import CaseFileError
from ansinh.law.explanation import Condition, Explanation, RuleOutcome
from ansinh.law.nearest import Nearest, what_is_missing
from ansinh.law.situation import Situation

_SIGNS = {"won": "ĐƯỢC HƯỞNG", "lost": "ĐỦ ĐIỀU KIỆN, KHÔNG HƯỞNG", "set_aside": "CHƯA TÍNH", "not_met": "KHÔNG THUỘC"}


def print_explanations(path: Path, case_id: str | None, month: date | None) -> int:
    """Explain every person of the cases of a file, for one month or for the months the cases ask about."""
    name, cases = read_facts(path)
    if name != social.FORMAT:
        raise CaseFileError(f"{path}: chỉ giải thích được trường hợp trợ giúp xã hội.")
    chosen = [case for case in cases if case_id in (None, case["id"])]
    if not chosen:
        raise CaseFileError(f"{path}: không có trường hợp “{case_id}”.")
    for case in chosen:
        print(f"{case['id']} {case['title']}")
        situation = Situation.from_case(case)
        for asked in [month] if month else _months(case):
            for person in situation.persons:
                tree = explain(situation, asked, person)
                sys.stdout.writelines(f"{line}\n" for line in text_of(tree))
                if not tree.lines:
                    near = what_is_missing(situation, asked, person, tells_sensitive=True)
                    sys.stdout.writelines(f"{line}\n" for line in _near_text(near))
    return 0


def _near_text(near: tuple[Nearest, ...]) -> Iterator[str]:
    """What would have to be true, nearest rule first."""
    if near:
        yield "  Để được hưởng còn thiếu:"
    for one in near:
        told = [f"vướng: {missing.text}" if missing.is_barrier else missing.text for missing in one.missing]
        yield f"    {one.title} ({one.basis}): {'; '.join(told)}"


def _months(case: dict[str, Any]) -> list[date]:
    months = [parse_month(question["month"]) for question in case["expect"] if "month" in question]
    return sorted(set(months)) or [date(2026, 11, 1)]


def text_of(tree: Explanation) -> Iterator[str]:
    """The tree as indented lines."""
    yield f"{tree.person}, tháng hưởng {month_text(tree.month)} — {tree.regime_label}"
    yield f"  {tree.summary}"
    yield f"  Dữ liệu: {'; '.join(tree.facts)}"
    for note in tree.notes:
        yield f"  Lưu ý: {note}"
    for outcome in tree.rules:
        yield from _rule_text(outcome)
    yield f"  Bản luật: {tree.law_hash[:16]}"


def _rule_text(outcome: RuleOutcome) -> Iterator[str]:
    yield f"  [{_SIGNS[outcome.outcome]}] {outcome.code} {outcome.title} ({outcome.basis})"
    if outcome.reason:
        yield f"      {outcome.reason}"
    yield from _condition_text(outcome.condition, "      ")
    if outcome.line:
        amount = money_text(outcome.line.amount_vnd)
        yield f"      Hệ số {outcome.coefficient} ({outcome.coefficient_basis}); số tiền {amount}"
        for number in outcome.numbers:
            issued = f"ban hành {number.issued_on:%d/%m/%Y}, " if number.issued_on else ""
            yield (
                f"      {number.label}: {number.value} — {number.basis}; {issued}hiệu lực {number.in_force_from:%d/%m/%Y},"
                f" tính cho tháng hưởng từ {month_text(number.applies_to_months_from)} [{number.mark}]"
            )


def _condition_text(condition: Condition, indent: str) -> Iterator[str]:
    sign = "✓" if condition.satisfied else "✗"
    found = f" (ghi nhận: {condition.found})" if condition.found else ""
    yield f"{indent}{sign} {condition.text}{found}"
    for part in condition.parts:
        yield from _condition_text(part, indent + "  ")
