"""What a row says, asked of the law: which category, and whether coefficient × standard = amount in that month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ansinh import law
from ansinh.imports.models import Row
from ansinh.imports.operations.examine import room_problem
from ansinh.kernel.money import coefficient_text, number_text
from ansinh.kernel.periods import last_day, month_text
from ansinh.law.resolutions import EXTRA, Provincial

BENEFITS = ("monthly_allowance", "social_pension")


@dataclass(frozen=True)
class Reading:
    """A row as the ledger would hold it."""

    benefit: str
    category: str
    law_code: str
    coefficient: int
    count: int
    standard_vnd: int
    amount_vnd: int
    law_amount_vnd: int | None

    def as_json(self) -> dict:
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def read_row(
    row: Row, *, category: str, coefficient: str, amount: str, month: date, resolutions: Sequence[Provincial] = ()
) -> Reading | None:
    """The row under the law of `month`; problems are added to it. None when it cannot become an entry.

    `category`, `coefficient` and `amount` name the columns; `resolutions` are those of the province that reach the place.
    """
    text = row.values.get(category) or ""
    found = [pair for pair in law.category_from_text(text, last_day(month)) if law.categories()[pair[0]].kind in BENEFITS]
    typed = row.values.get(coefficient)
    if not found:
        _problem(
            row,
            "Loại đối tượng",
            "error",
            text,
            "một loại của Điều 5",
            f"Không rõ “{text}” là loại đối tượng nào của tháng {month_text(month)}.",
        )
        return None
    if typed is None:
        return None
    chosen = _fitting(found, typed, month)
    key, code = chosen
    kind = law.categories()[key].kind
    standard = (law.pension_level_on if kind == "social_pension" else law.standard_on)(month, resolutions)[0]
    count, per_head = _count(key, typed)
    _check_coefficient(row, key, per_head, month, resolutions)
    others = _standards(kind, resolutions)
    return _priced(row, kind, key, code, per_head, count, standard, others, row.values.get(amount), month)


def _fitting(found: list[tuple[str, str]], coefficient: int, month: date) -> tuple[str, str]:
    """Among categories the words may mean, the first that can have this coefficient."""
    for pair in found:
        if coefficient in law.coefficient_options(pair[0], month) or pair[0] == "SINGLE_PARENT":
            return pair
    return found[0]


def _count(category: str, coefficient: int) -> tuple[int, int]:
    """A single parent's coefficient is 1.0 a child: lists print the product."""
    if category == "SINGLE_PARENT" and coefficient % 100 == 0 and coefficient > 100:
        return coefficient // 100, 100
    return 1, coefficient


def _check_coefficient(row: Row, category: str, coefficient: int, month: date, resolutions: Sequence[Provincial]) -> None:
    options = law.coefficient_options(category, month)
    if category == EXTRA:
        options = tuple(group.coefficient or 100 for one in resolutions if one.in_force(month) for group in one.groups)
    if coefficient not in options:
        shown = "; ".join(coefficient_text(option) for option in options) or "không còn loại này"
        _problem(
            row, "Hệ số", "warning", coefficient_text(coefficient), shown,
            f"Luật nói khác: hệ số {coefficient_text(coefficient)} không có cho “{law.categories()[category].label}” tháng {month_text(month)} (có: {shown}).",
        )  # fmt: skip


def _priced(
    row: Row, kind: str, key: str, code: str, coefficient: int, count: int, standard: int, others: list[int], amount: int | None,
    month: date,
) -> Reading | None:  # fmt: skip
    due = coefficient * count * standard // 100
    if amount is None or amount == due:
        return Reading(kind, key, code, coefficient, count, standard, due, due)
    other = next((s for s in others if coefficient * count * s == amount * 100), None)
    if other is None:
        expected = f"{coefficient_text(coefficient * count)} × {number_text(standard)} = {number_text(due)}"
        _problem(
            row, "Mức trợ cấp", "error", number_text(amount), expected,
            f"Mức {number_text(amount)} không bằng hệ số × mức chuẩn tháng {month_text(month)}: {expected}.",
        )  # fmt: skip
        return None
    _problem(
        row, "Mức trợ cấp", "warning", number_text(amount), number_text(due),
        f"Luật nói khác: mức {number_text(amount)} theo mức chuẩn {number_text(other)}; mức chuẩn tháng {month_text(month)} là {number_text(standard)}.",
    )  # fmt: skip
    return Reading(kind, key, code, coefficient, count, other, amount, due)


def _standards(kind: str, resolutions: Sequence[Provincial]) -> list[int]:
    """Every level there ever was, of the decree and of the province: an old list is right under the level of its day."""
    key, scope = ("social_pension_level", "social_pension") if kind == "social_pension" else ("standard", "monthly")
    province = [one.standard_vnd for one in resolutions if scope in one.applies_to]
    return [value.value for value in law.parameters()[key].values] + province


def _problem(row: Row, column: str, level: str, found: str, expected: str, message: str) -> None:
    kind = "law" if level == "warning" else ""
    row.problems.append(room_problem(column=column, level=level, found=found, expected=expected, message=message, kind=kind))
