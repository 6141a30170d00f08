"""The explanation tree as plain Vietnamese text, for the command line and for print."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from ansinh.kernel.money import coefficient_text, money_text
from ansinh.kernel.periods import month_text, parse_month
from ansinh.law.asking import changes_of_law, explain, questions, transition
from ansinh.law.caseformat import social
from ansinh.law.caseformat.reading import read_facts
from ansinh.law.engine.errors import CaseFileError
from ansinh.law.explanation import Condition, Explanation, RuleOutcome
from ansinh.law.nearest import Nearest, what_is_missing
from ansinh.law.situation import Line, Situation
from ansinh.law.transitions import Transition

_SIGNS = {"won": "ĐƯỢC HƯỞNG", "lost": "ĐỦ ĐIỀU KIỆN, KHÔNG HƯỞNG", "set_aside": "CHƯA TÍNH", "not_met": "KHÔNG THUỘC"}


def print_explanations(path: Path, case_id: str | None, month: date | None) -> int:
    """Explain every person of the cases of a file, for one month or for the months the cases ask about."""
    for case in _chosen(path, case_id):
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


def print_transitions(path: Path, case_id: str | None, key: str, decided_in: date | None) -> int:
    """Tell what a change of law does to every person of the cases of a file: old, new, from which month, what is owed."""
    known = {one.key: one for one in changes_of_law()}
    if key not in known:
        raise CaseFileError(f"Không có lần thay đổi “{key}”; có: {', '.join(known)}.")
    change = known[key]
    for case in _chosen(path, case_id):
        print(f"{case['id']} {case['title']}: {change.label}")
        rows = transition(Situation.from_case(case), change, decided_in=decided_in)
        for row in rows:
            sys.stdout.writelines(f"{line}\n" for line in _transition_text(row))
        if not rows:
            print("  Không ai hưởng khoản nào theo quy định cũ hoặc mới.")
    return 0


def _transition_text(row: Transition) -> Iterator[str]:
    yield f"  {row.person}: {_levels_text(row.old)} → {_levels_text(row.new)}"
    if row.by_application:
        yield "    Trước đó chưa hưởng: phải có đề nghị."
    elif row.from_month:
        yield f"    Từ tháng {month_text(row.from_month)}; {row.decided_by} quyết định ({'; '.join(row.basis)})."
    for one in row.owed:
        told = f"được hưởng {money_text(one.due_vnd)}, đã chi {money_text(one.paid_vnd)}"
        yield f"    {month_text(one.month)}: {told}, truy lĩnh {money_text(one.amount_vnd)}"
    if row.owed:
        yield f"    Cộng truy lĩnh {money_text(row.arrears_vnd)}."
    for key in row.unconfirmed:
        yield f"    Chờ xác nhận: {questions()[key].label}."


def _levels_text(lines: tuple[Line, ...]) -> str:
    told = [f"{one.code} hệ số {coefficient_text(one.coefficient)} {money_text(one.amount_vnd)}" for one in lines]
    return " + ".join(told) or "không hưởng"


def _chosen(path: Path, case_id: str | None) -> list[dict[str, Any]]:
    name, cases = read_facts(path)
    if name != social.FORMAT:
        raise CaseFileError(f"{path}: chỉ giải thích được trường hợp trợ giúp xã hội.")
    chosen = [case for case in cases if case_id in (None, case["id"])]
    if not chosen:
        raise CaseFileError(f"{path}: không có trường hợp “{case_id}”.")
    return chosen


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
