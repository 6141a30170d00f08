"""Forms in the look: the server speaks, in Vietnamese; the browser's own bubbles stay silent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

NUMBER_LEAST = 9  # figures of the shortest number of a person

ERRORS = {
    "required": _("Cần điền ô này."),
    "invalid": _("Giá trị chưa đúng dạng. Xin xem lại."),
    "invalid_choice": _("Lựa chọn này không có trong danh sách. Xin chọn lại."),
    "invalid_list": _("Xin chọn trong danh sách."),
    "invalid_date": _("Ngày không đọc được. Ghi dạng ngày/tháng/năm, ví dụ 20/11/2026."),
    "empty": _("Tệp rỗng. Xin chọn tệp khác."),
    "missing": _("Chưa có tệp. Xin chọn tệp rồi gửi lại."),
}


# What Django's validators say, by their code.
BOUNDS = {
    "min_value": _("Cần từ %(limit_value)s trở lên."),
    "max_value": _("Cần không quá %(limit_value)s."),
    "max_length": _("Dài quá: tối đa %(limit_value)d ký tự, đã ghi %(show_value)d."),
}


class OfficeForm(forms.Form):
    """Base of every form: Vietnamese errors for Django's own checks, `novalidate`, no `required` bubbles."""

    use_required_attribute = False

    def __init__(self, *args, **kwargs) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            speak_vietnamese(field)
            if name in (autofill := getattr(self, "autofill", {})):
                field.widget.attrs["autocomplete"] = autofill[name]

    def full_clean(self) -> None:
        """Fields that a form added for itself speak as the others do."""
        for field in self.fields.values():
            speak_vietnamese(field)
        super().full_clean()


class ChangeForm(OfficeForm):
    """A change of what is written down already. Of two people who have the page open nobody undoes the other's work.

    What nobody typed over stays as it stands by now; what both typed over is refused to the second. `typed`: the names of the fields
    that were typed over. `asked_anew`: fields that are about the change itself.
    """

    asked_anew: tuple[str, ...] = ()

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.typed: set[str] = set()
        for name in self.fields.keys() - set(self.asked_anew):
            self.fields[name].show_hidden_initial = True

    def clean(self):
        cleaned = super().clean()
        for bound in self:
            shown, stands = self.data.get(bound.html_initial_name), self.initial.get(bound.name)
            if shown is not None and not _differ(bound.field, shown, bound.data):
                if bound.name in cleaned:
                    cleaned[bound.name] = bound.field.to_python(stands)
                continue
            self.typed.add(bound.name)
            if shown is not None and _differ(bound.field, shown, stands) and _differ(bound.field, bound.data, stands):
                told = f"{stands:%d/%m/%Y}" if isinstance(stands, date) else stands
                words = _("Người khác vừa ghi “%(value)s” trong khi trang này đang mở. Hãy mở lại trang rồi sửa.")
                self.add_error(bound.name, words % {"value": told})
        return cleaned


def _differ(field: forms.Field, one: object, other: object) -> bool:
    """Whether two texts say different things to a field."""
    try:
        return field.to_python(one) != field.to_python(other)
    except ValidationError:
        return True


class OfficeModelForm(OfficeForm, forms.ModelForm):
    """The same for a model."""


def speak_vietnamese(field: forms.Field) -> None:
    """Replace Django's words by ours where the field has not its own."""
    defaults: dict[str, object] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            defaults.update(getattr(kind, "default_error_messages", {}))
    for code, words in ERRORS.items():
        if code in field.error_messages and field.error_messages[code] == defaults.get(code):
            field.error_messages[code] = words
    for code, words in BOUNDS.items():
        field.error_messages.setdefault(code, words)


def is_of_our_time(day: date) -> bool:
    """A year somebody meant: with others the reckoning of months, ages and deadlines leaves the calendar."""
    return 1900 <= day.year <= 2100


class DayField(forms.DateField):
    """A day as officers type it: 20/11/2026, 20-11-2026, 20.11.2026, 2/1/26; also 2026-11-20."""

    formats = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%Y-%m-%d", "%d%m%Y"]
    default_error_messages = {"invalid": ERRORS["invalid_date"]}

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.DateInput(format="%d/%m/%Y", attrs={"inputmode": "numeric"}))
        kwargs.setdefault("input_formats", self.formats)
        super().__init__(**kwargs)

    def to_python(self, value: str | date | None) -> date | None:
        day = super().to_python(value)
        if day and not is_of_our_time(day):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class MonthField(forms.Field):
    """A month as officers type it: 11/2026, 11-2026; also 2026-11. Gives its first day."""

    default_error_messages = {"invalid": _("Tháng không đọc được. Ghi dạng tháng/năm, ví dụ 11/2026.")}
    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: str | date | None) -> date | None:
        if value in self.empty_values or isinstance(value, date):
            return value or None
        parts = str(value).strip().replace("-", "/").replace(".", "/").split("/")
        year_first = len(parts[0]) == 4
        try:
            month, year = (int(p) for p in (reversed(parts) if year_first else parts))
            found = date(year, month, 1)
        except (ValueError, TypeError, OverflowError):
            found = None
        if found is None or not is_of_our_time(found):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found

    def prepare_value(self, value: str | date | None) -> str | None:
        return f"{value:%m/%Y}" if isinstance(value, date) else value


class MoneyField(forms.IntegerField):
    """Đồng as officers type them: 1.080.000, 1 080 000, 1080000 đ."""

    default_error_messages = {"invalid": _("Số tiền không đọc được. Ghi cả đồng, ví dụ 1.080.000.")}
    MOST = 10**15  # a million tỷ: more is a slip of the hand, and sums of a year still fit

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("widget", forms.TextInput(attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)

    def to_python(self, value: str | int | None) -> int | None:
        if isinstance(value, str):
            text = value.replace("\u00a0", " ").strip().removesuffix("đồng").removesuffix("đ").strip()
            if not is_whole_number(text):
                if text in self.empty_values:
                    return None
                raise ValidationError(self.error_messages["invalid"], code="invalid")
            value = text.replace(".", "").replace(" ", "").replace(",", "")
        return super().to_python(value)

    def run_validators(self, value: int | None) -> None:
        if value is not None and not -self.MOST <= value <= self.MOST:
            raise ValidationError(_("Số tiền lớn quá mức. Xin xem lại số chữ số 0."), code="invalid")
        super().run_validators(value)

    def prepare_value(self, value: str | int | None) -> str | int | None:
        return f"{value:,}".replace(",", ".") if isinstance(value, int) else value


def is_whole_number(text: str) -> bool:
    """Digits alone, or groups of three parted by one kind of point, comma or space: '31.59' is not one."""
    for separator in (".", ",", " "):
        if separator in text:
            first, *rest = text.removeprefix("-").split(separator)
            return first.isdigit() and 1 <= len(first) <= 3 and all(len(g) == 3 and g.isdigit() for g in rest)
    return text.removeprefix("-").isdigit()


class UploadField(forms.FileField):
    """A file of at most `limit` bytes. What is heavier is refused before anybody reads it into memory."""

    def __init__(self, *, limit: int = 20 * 1024 * 1024, **kwargs) -> None:
        self.limit = limit
        super().__init__(**kwargs)

    def to_python(self, data):
        found = super().to_python(data)
        if found and found.size > self.limit:
            raise ValidationError(
                _("Tệp nặng %(size)d MB, tối đa %(limit)d MB.")
                % {"size": found.size // 1024 // 1024, "limit": self.limit // 1024 // 1024},
                code="heavy",
            )
        return found


class _Files(forms.FileInput):
    allow_multiple_selected = True


class UploadsField(UploadField):
    """Pictures or PDFs, several at once: the pages of a paper as a telephone takes them. Gives a list. A telephone offers its camera."""

    MOST = 20
    widget = _Files(attrs={"accept": "application/pdf,image/jpeg,image/png,image/tiff"})

    def clean(self, data, initial=None) -> list:
        files = data if isinstance(data, list | tuple) else [data]
        if len(files) > self.MOST:
            words = _("Đã chọn %(number)d tệp, mỗi lần tối đa %(most)d.")
            raise ValidationError(words % {"number": len(files), "most": self.MOST}, code="many")
        return [one for one in (super(UploadsField, self).clean(file, initial) for file in files) if one]


class ComparedField(forms.BooleanField):
    """Said only when it cannot be told that a PDF signed with a key is this paper: somebody opened it and compared."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("label", _("Đã đối chiếu tệp ký số"))
        kwargs.setdefault("help_text", _("Tôi đã mở tệp: đúng là văn bản này, đúng người ký."))
        super().__init__(required=False, **kwargs)


class PersonInput(forms.TextInput):
    """Somebody of the register, looked for by name, year of birth, number or code; those found are chosen below, by keyboard too.

    Sends the code of the one chosen, else what was typed. `found`: whom a form offers when what was typed names nobody alone.
    Without JavaScript the form is sent with what was typed, and comes back with those found.
    """

    input_type = "search"
    template_name = "pages/_person_input.html"

    def __init__(self, attrs=None) -> None:
        super().__init__({"autocomplete": "off", "spellcheck": "false", **(attrs or {})})
        self.found: list = []
        self.typed = ""

    def value_from_datadict(self, data, files, name):
        self.typed = data.get(f"{name}_tim", "")
        return data.get(name) or self.typed

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen = any(hit.person.code == value for hit in self.found)
        url = reverse(settings.ANSINH_CHOOSE_URL) if settings.ANSINH_CHOOSE_URL else ""
        return context | {"hits": self.found, "name": name, "chosen": value, "typed": self.typed if chosen else value, "url": url}


class PersonField(forms.CharField):
    """Gives the person meant, None where the box is empty, or the figures of a number that the register does not know (`keeps_numbers`).

    `choose`: text → (the person of a code or number, those found).
    """

    widget = PersonInput

    def __init__(self, *, choose: Callable[[str], tuple[Any, list]], keeps_numbers: bool = False, **kwargs) -> None:
        super().__init__(max_length=120, **kwargs)
        self.choose, self.keeps_numbers = choose, keeps_numbers

    def clean(self, value):
        text = " ".join(super().clean(value).split())
        if not text:
            return None
        person, self.widget.found = self.choose(text)
        figures = text.replace(" ", "")
        if person is None and self.keeps_numbers and figures.isdecimal() and len(figures) >= NUMBER_LEAST:
            self.widget.found = []
            return figures
        if person is None:
            raise ValidationError(
                _("Hãy chọn một người trong những người tìm thấy dưới đây.")
                if self.widget.found
                else _("Không tìm thấy “%(text)s” trong sổ của nơi này.") % {"text": text}
            )
        return person


class SearchInput(forms.TextInput):
    """A text that filters while one types."""

    input_type = "search"


def blank_choice(words: str | None = None) -> list[tuple[str, SafeString | str]]:
    """The first choice of a filter: everything."""
    return [("", words or _("Tất cả"))]
