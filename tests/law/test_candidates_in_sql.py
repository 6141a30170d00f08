"""The candidate filter as PostgreSQL runs it says the same as the Python form that is held against the law."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from django.db import connection

from ansinh.law import candidates

MONTHS = [
    date(2015, 1, 1), date(2021, 6, 1), date(2021, 7, 1), date(2024, 2, 1), date(2025, 6, 1), date(2025, 7, 1),
    date(2026, 9, 1), date(2026, 10, 1), date(2028, 2, 1),
]  # fmt: skip
NUMBERS = ("children_counted", "toddlers")
TYPES = {"birth_first": "date", "birth_last": "date", **dict.fromkeys(NUMBERS, "integer")}


def invented(month: date, count: int) -> list[dict[str, object]]:
    """Rows near the ages of the law, most facts false as in life."""
    draw = random.Random(month.toordinal())
    rows = []
    for _ in range(count):
        row: dict[str, object] = {}
        for name in candidates.COLUMNS:
            row[name] = draw.randint(0, 2) * (draw.random() < 0.2) if name in NUMBERS else draw.random() < 0.15
        age = draw.choice([0, 2, 3, 4, 15, 16, 21, 22, 40, 59, 60, 69, 70, 74, 75, 79, 80, 95])
        born = month.replace(year=month.year - age, day=1) + timedelta(days=draw.randint(-40, 40))
        row["birth_first"] = None if draw.random() < 0.1 else born
        row["birth_last"] = row["birth_first"] and born + timedelta(days=draw.choice([0, 0, 30, 365]))
        rows.append(row)
    return rows


def chosen_by_database(rows: list[dict[str, object]], month: date) -> set[int]:
    text, limits = candidates.sql(month)
    names = list(candidates.COLUMNS)
    cast = ", ".join(f"%s::{TYPES.get(name, 'boolean')}" for name in names)
    values = ", ".join(f"({number}, {cast})" for number in range(len(rows)))
    columns = ", ".join(names)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT n FROM (VALUES {values}) AS facts (n, {columns}) WHERE {text}",
            [*(row[name] for row in rows for name in names), *limits],
        )
        return {number for (number,) in cursor.fetchall()}


@pytest.mark.parametrize("month", MONTHS, ids=str)
def test_the_database_chooses_whom_the_python_form_chooses(db: None, month: date) -> None:
    rows = invented(month, 300)

    chosen = chosen_by_database(rows, month)

    assert chosen == {number for number, row in enumerate(rows) if candidates.may_get(row, month)}
    assert 0 < len(chosen) < len(rows)
