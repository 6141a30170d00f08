"""Values as officers write them, and the small parts of the look."""

from datetime import date

import pytest
from django.template import Context, Template

from ansinh.pages.templatetags import ansinh_pages as tags


def render(source: str, **context: object) -> str:
    return Template("{% load ansinh_pages %}" + source).render(Context(context))


def test_money_has_points_a_no_break_space_and_a_true_minus_sign():
    assert tags.money(1234567) == "1.234.567\u00a0đ"
    assert tags.money(-540000) == "\u2212540.000\u00a0đ"
    assert tags.money(0) == "0\u00a0đ"


@pytest.mark.parametrize("shown", [tags.money, tags.number, tags.signed, tags.coef, tags.day, tags.month, tags.mask])
def test_nothing_known_is_blank(shown):
    assert shown(None) == ""


def test_a_difference_always_shows_its_sign():
    assert [tags.signed(v) for v in (270000, -270000, 0)] == ["+270.000", "\u2212270.000", "0"]


def test_a_coefficient_is_written_with_a_comma():
    assert [tags.coef(v) for v in (150, 200, 25)] == ["1,5", "2,0", "0,25"]


def test_days_and_months_are_written_the_vietnamese_way():
    assert (tags.day(date(2026, 11, 5)), tags.month(date(2026, 11, 1))) == ("05/11/2026", "11/2026")


@pytest.mark.parametrize(
    ("number", "shown"),
    [("034000000023", "034•••••••23"), ("0340001", "•••••01"), ("034000023", "034••••23"), ("", "")],
)
def test_a_personal_number_is_masked_in_its_middle(number, shown):
    assert tags.mask(number) == shown


@pytest.mark.parametrize(("precision", "shown"), [("day", "01/07/1949"), ("month", "07/1949"), ("year", "1949")])
def test_a_birth_date_is_shown_only_as_far_as_it_is_known(precision, shown):
    assert tags.birth(date(1949, 7, 1), precision) == shown


def test_a_state_has_words_and_an_unknown_kind_is_refused():
    assert "Quá 2 ngày" in tags.tag("late", "Quá 2 ngày")
    with pytest.raises(KeyError):
        tags.tag("red", "Đỏ")


def test_what_people_typed_is_escaped():
    script = "<script>alert(1)</script>"
    for source in (
        "{% tag 'now' x %}",
        "{% notice 'due' %}<p>{{ x }}</p>{% endnotice %}",
        "{% figure x x x x %}",
        "{% empty x x %}",
        "{% job x 1 2 x %}",
    ):
        assert "<script" not in render(source, x=script)


def test_a_notice_keeps_its_markup_and_takes_a_role():
    html = render('{% notice "late" role="alert" %}<p>Bảy dòng có lỗi</p>{% endnotice %}')
    assert 'role="alert"' in html
    assert "<p>Bảy dòng có lỗi</p>" in html


def test_steps_before_the_current_one_are_done():
    html = render("{% steps items 'b' %}", items=[("a", "Dự kiến"), ("b", "Đang kiểm tra", "hôm nay"), ("c", "Đã duyệt")])
    assert html.count('data-state="done"') == 1
    assert html.count('aria-current="step"') == 1


def test_a_job_that_is_watched_asks_again_every_two_seconds():
    assert 'hx-trigger="every 2s"' in render("{% job 'Nạp' 1 4 '' '/tien-do/' %}")
    assert "hx-trigger" not in render("{% job 'Nạp' 4 4 %}")


def test_facts_take_pairs_notes_and_links():
    html = render("{% facts rows %}", rows=[("Hộ", "Bùi Văn Khoát", "chủ hộ", "/ho/1/"), {"label": "Dân tộc", "value": "Kinh"}])
    assert '<a href="/ho/1/">Bùi Văn Khoát</a><small>chủ hộ</small>' in html
    assert "<dt>Dân tộc</dt><dd>Kinh" in html
