"""What the bench plants: slips of a name, and how what was found is judged."""

from __future__ import annotations

import random

import pytest

from ansinh.project.bench.doubles import told
from ansinh.project.bench.planting import slipped_name


@pytest.mark.parametrize(
    ("how", "name", "expected"),
    [
        (None, "Nguyễn Thị Tư", {"Nguyễn Thị Tư"}),
        ("marks", "Đỗ Tý", {"Do Tý", "Đỗ Ty"}),
        ("i_y", "Lý Thị My", {"Lí Thị Mi"}),
        ("order", "Nguyễn Thị Thu Hà", {"Nguyễn Thu Thị Hà"}),
        ("order", "Nguyễn Thị Hà", {"Nguyễn Thị Hà"}),
        ("no_middle", "Nguyễn Thị Hà", {"Nguyễn Hà"}),
        ("letter", "Lê Hoa", {"Lê Ho", "Lê Ha", "Lê Hoa"}),
    ],
)
def test_slips_of_a_name(how, name, expected):
    assert {slipped_name(name, how, random.Random(seed)) for seed in range(30)} <= expected


def test_precision_and_recall():
    assert told({(1, 2), (3, 4)}, {(1, 2), (5, 6), (7, 8), (9, 10)}) == (0.5, 0.25)
    assert told(set(), {(1, 2)}) == (1.0, 0.0)
