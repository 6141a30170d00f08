"""Đồng are whole, coefficients exact; folded text is the same in Python and in the database."""

from __future__ import annotations

import pytest
from django.db import connection

from ansinh.kernel.actor import Actor
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.kernel.folding import fold, slug, sort_key, tidy
from ansinh.kernel.money import amount_of, coefficient_plain, coefficient_text, hundredths, money_text, number_text
from ansinh.kernel.workflow import Move, Workflow

NAMES = ["Nguyễn  Thị Đào", "ĐỖ VĂN ỨNG", "lê thị ý", "Trần Văn A\u0300", "  Hồ\tXuân  Hương ", "Nguye\u0302\u0303n"]


def test_a_coefficient_is_exact_to_the_hundredth():
    assert [hundredths(text) for text in ("1.5", "2", 1, "0.25")] == [150, 200, 100, 25]
    assert [coefficient_text(value) for value in (150, 200, 25)] == ["1,5", "2,0", "0,25"]
    assert [coefficient_plain(value) for value in (150, 200, 25)] == ["1.5", "2", "0.25"]
    with pytest.raises(InvalidInput, match="hai chữ số"):
        hundredths("1.505")


def test_an_amount_is_whole_or_refused():
    assert amount_of(150, 540_000) == 810_000 and amount_of(250, 540_000, 3) == 4_050_000
    with pytest.raises(InvalidInput, match="nguyên"):
        amount_of(25, 3)


def test_money_is_written_with_points_and_a_true_minus():
    assert money_text(1234567) == "1.234.567\u00a0đ" and number_text(-540000) == "\u2212540.000" and number_text(0) == "0"


@pytest.mark.parametrize(("text", "folded"), [(NAMES[0], "nguyen thi dao"), (NAMES[1], "do van ung"), (NAMES[5], "nguyen")])
def test_folding_drops_marks_case_and_spaces(text, folded):
    assert fold(text) == folded


@pytest.mark.django_db
@pytest.mark.parametrize("text", NAMES)
def test_the_database_folds_as_python_does(text):
    with connection.cursor() as cursor:
        cursor.execute("SELECT fold(%s)", [text])
        assert cursor.fetchone() == (fold(text),)


def test_names_sort_by_the_given_name():
    people = ["Trần Văn An", "Lê Thị Bình", "Nguyễn Văn An"]
    assert sorted(people, key=sort_key) == ["Nguyễn Văn An", "Trần Văn An", "Lê Thị Bình"]


def test_tidy_keeps_marks_and_slug_leaves_none():
    assert tidy("  Nguye\u0302\u0303n   Thị ") == "Nguyễn Thị" and slug("Xã Quỳnh Phụ (mới)") == "xa-quynh-phu-moi"


def test_an_actor_is_text_without_gaps():
    assert Actor("A", "", "C").text == "A, C"


def test_a_table_refuses_unknown_states_moves_and_posts():
    table = Workflow("x", {"a": "Đầu", "b": "Cuối"}, "a", (Move("go", ("a",), "b", ("clerk",), "Đi"),))
    assert table.find("go", "a", "clerk").target == "b" and table.open_moves("b", "clerk") == []
    with pytest.raises(NotAllowed, match="Đi"):
        table.find("go", "a", "payer")
    with pytest.raises(MoveNotAllowed, match="Cuối"):
        table.find("go", "b")
    with pytest.raises(ValueError, match="unknown states"):
        Workflow("x", {"a": "Đầu"}, "a", (Move("go", ("a",), "c", (), "Đi"),))
