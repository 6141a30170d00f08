"""Checks across the cells of a row and across the rows of a list."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ansinh.imports.reading import personal_number
from ansinh.imports.reading.dates import PartialDate
from ansinh.imports.reading.headings import Layout
from ansinh.imports.reading.problems import WARNING, Problem
from ansinh.kernel.folding import fold
from ansinh.kernel.money import coefficient_text, number_text

if TYPE_CHECKING:
    from ansinh.imports.reading.lists import ReadRow

_BIRTHS_BY_SEX = (("born_male", "male"), ("born_female", "female"))


def check_rows(layout: Layout, rows: Sequence[ReadRow], meta: dict[str, Any], *, on: date | None) -> None:
    """Add problems that only the whole row or the whole list shows."""
    for row in rows:
        _birth_under_its_sex(layout, row)
        _one_of(layout, row)
        _number_against_person(layout, row)
        _products(layout, row, meta.get("standard_vnd"))
        _sums(layout, row)
        if on:
            _not_in_the_future(layout, row, on)
    for key in layout.unique:
        if key in layout.by_key:
            _once(layout, rows, key)
    _same_person_twice(layout, rows)


def _add(row: ReadRow, layout: Layout, key: str, problem: Problem) -> None:
    row.problems.append(
        Problem(
            problem.message, problem.level, row.number, layout.label(key), problem.found, problem.expected, problem.suggestion
        )
    )


def _birth_under_its_sex(layout: Layout, row: ReadRow) -> None:
    """Where the date stands under Nam or Nữ, the column tells the sex."""
    given = [(key, sex) for key, sex in _BIRTHS_BY_SEX if key in row.values]
    if len(given) == 2:
        message = "Ngày sinh ghi ở cả hai cột Nam và Nữ."
        _add(row, layout, "born_female", Problem(message, found="hai ngày sinh", expected="một ngày sinh, ở cột đúng giới tính"))
    for key, sex in given[:1]:
        row.values.setdefault("born", row.values[key])
        row.values.setdefault("sex", sex)


def _one_of(layout: Layout, row: ReadRow) -> None:
    for keys in layout.one_of:
        labels = {layout.label(key) for key in keys}
        if not any(key in row.values for key in keys) and not any(problem.column in labels for problem in row.problems):
            names = " hoặc ".join(layout.label(key) for key in keys)
            _add(row, layout, keys[0], Problem(f"Thiếu “{names}”.", found="ô trống", expected=names))


def _number_against_person(layout: Layout, row: ReadRow) -> None:
    number = row.values.get("personal_number")
    if number and "personal_number" in layout.by_key:
        for problem in personal_number.compare(number, sex=row.values.get("sex"), born=row.values.get("born")):
            _add(row, layout, "personal_number", problem)


def _products(layout: Layout, row: ReadRow, standard: int | None) -> None:
    """Standard x coefficient = amount, when the standard stands above the table."""
    for coefficient_key, amount_key in layout.products:
        coefficient, amount = row.values.get(coefficient_key), row.values.get(amount_key)
        if standard and coefficient and amount is not None and coefficient * standard != amount * 100:
            expected = number_text(coefficient * standard // 100)
            message = f"Mức {number_text(amount)} khác hệ số {coefficient_text(coefficient)} × mức chuẩn {number_text(standard)} = {expected}."
            _add(row, layout, amount_key, Problem(message, WARNING, found=number_text(amount), expected=expected))


def _sums(layout: Layout, row: ReadRow) -> None:
    for total_key, plus, minus in layout.sums:
        total = row.values.get(total_key)
        if total is None or not any(key in row.values for key in plus):
            continue
        # Some offices write what is taken back with a minus, some without: either way it is taken off.
        due = sum(row.values.get(key, 0) for key in plus) - sum(abs(row.values.get(key, 0)) for key in minus)
        if due != total:
            message = f"Tổng {number_text(total)} không bằng tổng các cột thành phần ({number_text(due)})."
            _add(row, layout, total_key, Problem(message, WARNING, found=number_text(total), expected=number_text(due)))


def _not_in_the_future(layout: Layout, row: ReadRow, on: date) -> None:
    for key, column in layout.by_key.items():
        value = row.values.get(key)
        day = value.on if isinstance(value, PartialDate) else value
        if column.kind in ("birth", "date") and isinstance(day, date) and day > on:
            message = f"Ngày {day:%d/%m/%Y} ở sau ngày {on:%d/%m/%Y}."
            _add(row, layout, key, Problem(message, found=f"{day:%d/%m/%Y}", expected="ngày đã qua"))


def _once(layout: Layout, rows: Sequence[ReadRow], key: str) -> None:
    first: dict[Any, ReadRow] = {}
    for row in rows:
        value = row.values.get(key)
        if value is None:
            continue
        if earlier := first.get(value):
            message = f"“{value}” đã có ở dòng {earlier.number}."
            _add(row, layout, key, Problem(message, found=str(value), expected="mỗi người một dòng, không trùng số"))
        else:
            first[value] = row


def _same_person_twice(layout: Layout, rows: Sequence[ReadRow]) -> None:
    """The same name with the same birth: perhaps one person twice. Names are common, so only a warning."""
    if "name" not in layout.by_key:
        return
    first: dict[tuple[str, Any], ReadRow] = {}
    for row in rows:
        name, born = row.values.get("name"), row.values.get("born")
        if not name or not isinstance(born, PartialDate):
            continue
        earlier = first.setdefault((fold(name), born), row)
        numbers = {earlier.values.get("personal_number"), row.values.get("personal_number")}
        if earlier is not row and (len(numbers) == 1 or None in numbers):
            message = f"Cùng họ tên và ngày sinh với dòng {earlier.number}; có thể một người ghi hai lần."
            _add(row, layout, "name", Problem(message, WARNING, found=name, expected="mỗi người một dòng"))
