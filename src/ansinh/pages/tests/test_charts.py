"""Bars, circles and the sheet of differences."""

import itertools
import math

import pytest

from ansinh.kernel.errors import InvalidInput
from ansinh.pages.charts import Amount, Place, bars, circles
from ansinh.pages.differences import Difference, Group, Reason, Total


def test_the_longest_bar_is_whole_and_the_others_in_proportion():
    drawing = bars([Amount("A", 200), Amount("B", 50)], title="T", noun="N", unit="người")
    assert [bar["share"] for bar in drawing.bars] == [100.0, 25.0]


def test_bars_of_nothing_are_drawn_without_an_error():
    assert [bar["share"] for bar in bars([Amount("A", 0)], title="T", noun="N", unit="người").bars] == [0.0]


def test_circles_do_not_cover_each_other():
    places = [Place(f"Xã {i}", 106 + i % 5 * 0.01, 20.5 + i // 5 * 0.01, 100 + 37 * i) for i in range(20)]
    drawn = circles(places, title="T").circles
    for one, two in itertools.combinations(drawn, 2):
        assert math.hypot(one["x"] - two["x"], one["y"] - two["y"]) >= one["r"] + two["r"] - 1


def test_the_area_of_a_circle_says_how_many():
    small, large = circles([Place("A", 106, 20, 100), Place("B", 106.5, 20.5, 400)], title="T").circles
    assert large["r"] == pytest.approx(2 * small["r"], rel=0.01)


def test_a_sheet_that_adds_up_is_shown():
    sheet = Difference(
        "T", Total("T11", 10, 1000), (Group("", (Reason("Mới", 2, 300), Reason("Mất", -1, -100))),), Total("T12", 11, 1200)
    )
    assert sheet.closing.amount == 1200


def test_a_sheet_that_does_not_add_up_is_never_shown():
    with pytest.raises(InvalidInput, match="không khớp"):
        Difference("T", Total("T11", 10, 1000), (Group("", (Reason("Mới", 2, 300),)),), Total("T12", 11, 1300))
