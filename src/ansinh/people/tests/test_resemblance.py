"""What two rows say of each other, and what it weighs: pure questions, no register."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.kernel.folding import fold
from ansinh.people.queries.resemblance import (
    WORDS,
    Row,
    Size,
    birth_answer,
    name_answer,
    number_answer,
    per_mille,
    shares,
    weigh,
)

BIG = Size(3_500_000, 3_450_000)
BORN = date(1950, 3, 8)


def row(name="Nguyễn Thị Tư", born: date | None = BORN, *, exact=True, sex="female", number: str | None = None) -> Row:
    return Row(name, fold(name), born, exact, sex, number)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        ("Nguyễn Thị Tư", "nguyễn thị tư", "name"),
        ("Đỗ Thị Thuý", "Do Thi Thúy", "name_marks"),
        ("Lý Thị My", "Lí Thị Mi", "name_order"),
        ("Nguyễn Thị Thu Hà", "Nguyễn Thu Thị Hà", "name_order"),
        ("Nguyễn Thị Thu Hà", "Nguyễn Thu Hà", "name_part"),
        ("Nguyễn Thị Tuyết", "Nguyễn Thị Tuyêt", "name_marks"),
        ("Nguyễn Thị Tuyết", "Nguyễn Thị Tuyế", "name_letter"),
        ("Nguyễn Văn An", "Nguyễn Văn Anh", "name_letter"),
        ("Nguyễn Văn Hùng", "Nguyễn Văn Cường", "name_far"),
        ("Nguyễn Văn Hùng", "Lê Văn Hùng", "name_near"),
    ],
)
def test_names(one, other, told):
    assert name_answer(row(one), row(other), 0.6) == told == name_answer(row(other), row(one), 0.6)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (row(), row(), "birth"),
        (row(), row(born=date(1950, 1, 1), exact=False), "birth_year"),
        (row(), row(born=date(1951, 1, 1), exact=False), "birth_far"),
        (row(), row(born=date(1950, 8, 3)), "birth_turned"),
        (row(), row(born=date(1951, 3, 8)), "birth_near"),
        (row(), row(born=date(1950, 3, 18)), "birth_near"),
        (row(), row(born=date(1951, 3, 18)), "birth_far"),
        (row(), row(born=None, exact=False), None),
    ],
)
def test_births(one, other, told):
    assert birth_answer(one, other) == told == birth_answer(other, one)


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [
        (None, None, None),
        ("034150001234", None, "number_missing"),
        ("034150001234", "034150001243", "number_near"),
        ("034150001234", "034150007234", "number_near"),
        ("034150001234", "034150001235", "number_next"),
        ("034150001234", "034150001284", "number_next"),
        ("034150001234", "034150009999", "number_far"),
        ("034150001234", "034050009999", "number_unfit"),  # of a man
        ("034150001234", "034161009999", "number_unfit"),  # of another year
    ],
)
def test_numbers(one, other, told):
    assert number_answer(row(number=one), row(number=other), False) == told
    assert number_answer(row(number=one), row(number=other), True) == "number"


def said(one: Row, other: Row, *, namesakes=1, size=BIG, commune=True, **holds) -> dict[str, int]:
    return weigh(one, other, near=0.7, holds={"commune": commune, "village": None, **holds}, namesakes=namesakes, size=size)


def test_a_rare_name_weighs_more_than_a_common_one():
    rare, common = said(row(), row()), said(row(), row(), namesakes=3000)
    assert rare["name"] > common["name"] > 0
    assert per_mille(rare) > per_mille(common)


def test_a_missing_number_weighs_as_much_as_numbers_are_rarely_missing():
    one, other = row(number="034150001234"), row()
    full, half = said(one, other), said(one, other, size=Size(1000, 500))
    assert full["number_missing"] > 2 > half["number_missing"]
    assert Size(0, 0).one_missing == 0.5 and Size(1000, 1000).one_missing == 0.001


def test_twins_are_told_from_a_double_by_the_given_name():
    one, other = row("Nguyễn Văn An", sex="male"), row("Nguyễn Văn Anh", sex="male")
    assert "twins" in said(one, other, household=True) and per_mille(said(one, other, household=True)) < shares().shown
    assert "twins" not in said(one, other) and "twins" not in said(one, one, household=True)


def test_every_answer_has_its_shares_and_speaks_for_or_against():
    known = shares()
    assert known.shares.keys() == WORDS.keys()
    assert all(0 < m <= 1 and 0 < u <= 1 for m, u in known.shares.values())
    assert all(known.weight(key) < 0 for key in WORDS if key.endswith("_far") or key == "twins")
    assert all(known.weight(key) > 0 for key in ("number", "number_near", "birth", "book", "telephone", "household", "commune"))
    assert per_mille({}) == 0 and per_mille({"all": 99}) == 999
