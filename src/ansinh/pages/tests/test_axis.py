"""The time axis: dates in, numbers out."""

from datetime import date

from ansinh.pages.axis import LEFT, RIGHT, Bar, Lane, LawLine, draw

ON = date(2026, 11, 20)


def lane(*bars: Bar, label: str = "Hộ") -> Lane:
    return Lane(label, bars)


def test_the_axis_begins_with_the_earliest_fact_and_ends_after_today():
    drawing = draw([lane(Bar("Hộ cận nghèo", date(2022, 1, 1), date(2025, 1, 1), 1))], on=ON)
    bar = drawing.lanes[0]["bars"][0]
    assert bar["x"] == LEFT
    assert LEFT < bar["x"] + bar["width"] < drawing.today["x"] < RIGHT


def test_a_fact_still_true_runs_to_the_edge():
    bar = draw([lane(Bar("Nặng", date(2024, 1, 1)))], on=ON).lanes[0]["bars"][0]
    assert bar["x"] + bar["width"] == RIGHT


def test_the_title_of_a_bar_names_the_last_day_not_the_day_after():
    bar = draw([lane(Bar("Hộ nghèo", date(2024, 1, 1), date(2025, 1, 1)))], on=ON).lanes[0]["bars"][0]
    assert bar["title"] == "Hộ nghèo, 01/01/2024 – 31/12/2024"


def test_words_that_do_not_fit_stay_in_the_title_only():
    bar = draw([lane(Bar("Không thuộc hộ nghèo", date(2026, 10, 1), date(2026, 10, 20)), Bar("A", date(2016, 1, 1)))], on=ON)
    short = bar.lanes[0]["bars"][1]
    assert short["label"] == ""
    assert short["title"].startswith("Không thuộc hộ nghèo")


def test_names_of_laws_never_stand_on_one_another():
    laws = [LawLine("NĐ 147, 176/2025", date(2025, 7, 1)), LawLine("NĐ 20/2021, sửa đổi", date(2025, 8, 1))]
    drawing = draw([lane(Bar("A", date(2016, 1, 1)))], on=ON, laws=laws)
    assert len({law["text_y"] for law in drawing.laws}) == 2


def test_a_law_before_the_axis_is_left_out():
    drawing = draw([lane(Bar("A", date(2025, 1, 1)))], on=ON, laws=[LawLine("NĐ 67/2007", date(2007, 4, 13))])
    assert drawing.laws == []


def test_a_long_life_names_fewer_years():
    drawing = draw([lane(Bar("A", date(1940, 1, 1)))], on=ON)
    assert len(drawing.years) <= 14


def test_a_person_without_facts_has_an_empty_axis_and_no_error():
    assert draw([], on=ON).lanes == []
