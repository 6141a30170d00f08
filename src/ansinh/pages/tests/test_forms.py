"""Forms speak Vietnamese and read what officers type."""

from datetime import date

import pytest
from django import forms

from ansinh.pages.forms import ERRORS, DayField, MoneyField, MonthField, OfficeForm


class Sample(OfficeForm):
    name = forms.CharField(label="Họ và tên")
    born_on = DayField(label="Ngày sinh", help_text="Ví dụ 12/03/1947")
    amount = MoneyField(label="Số tiền", required=False)
    sex = forms.ChoiceField(label="Giới tính", choices=[("m", "Nam"), ("f", "Nữ")], widget=forms.RadioSelect)


def test_the_errors_of_django_are_told_in_our_words():
    form = Sample({"sex": "x", "born_on": "30/02/1961"})
    assert form.errors["name"] == ["Cần điền ô này."]
    assert form.errors["born_on"] == [str(ERRORS["invalid_date"])]
    assert form.errors["sex"] == [str(ERRORS["invalid_choice"])]


def test_a_field_with_words_of_its_own_keeps_them():
    class Own(OfficeForm):
        name = forms.CharField(error_messages={"required": "Ghi họ và tên."})

    assert Own({}).errors["name"] == ["Ghi họ và tên."]


@pytest.mark.parametrize("typed", ["20/11/2026", "20-11-2026", "20.11.2026", "20/11/26", "2026-11-20", "20112026"])
def test_a_day_is_read_as_officers_type_it(typed):
    assert DayField().clean(typed) == date(2026, 11, 20)


@pytest.mark.parametrize("typed", ["11/2026", "11-2026", "2026-11", "11.2026"])
def test_a_month_is_read_as_its_first_day(typed):
    assert MonthField().clean(typed) == date(2026, 11, 1)


@pytest.mark.parametrize("typed", ["13/2026", "tháng 11", "2026", "11/2026/1"])
def test_what_is_no_month_is_refused_with_an_example(typed):
    with pytest.raises(forms.ValidationError, match="11/2026"):
        MonthField().clean(typed)


@pytest.mark.parametrize("typed", ["1.080.000", "1 080 000", "1080000", "1,080,000", "1.080.000 đ", "1.080.000\u00a0đồng"])
def test_money_is_read_as_officers_type_it(typed):
    assert MoneyField().clean(typed) == 1080000


@pytest.mark.parametrize("typed", ["31.59", "1.08", "một triệu", "1.080,000", "10.80.000"])
def test_money_that_can_be_read_two_ways_is_refused(typed):
    with pytest.raises(forms.ValidationError):
        MoneyField().clean(typed)


def test_an_error_is_tied_to_its_control_for_a_screen_reader():
    html = str(Sample({"name": "A", "sex": "m", "born_on": "x"}))
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="id_born_on_helptext id_born_on_error"' in html
    assert 'id="id_born_on_error"' in html
    assert 'id="id_born_on_helptext"' in html


def test_radio_buttons_stand_in_a_fieldset_with_a_legend():
    html = str(Sample())
    assert "<legend>Giới tính" in html
    assert html.count('<div class="choice">') == 2


def test_the_browser_is_not_asked_to_check():
    assert " required" not in str(Sample())
