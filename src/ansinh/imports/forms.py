"""Shapes of input: a file or a paste, the paper behind it, the cells of one row."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.imports.kinds import all_kinds
from ansinh.localities.models import Unit
from ansinh.pages.forms import DayField, MonthField, OfficeForm, speak_vietnamese

FILE_LIMIT = 20 * 1024 * 1024


class TakeForm(OfficeForm):
    """A spreadsheet, or rows pasted from one."""

    file = forms.FileField(
        label=_("Tệp danh sách"),
        required=False,
        help_text=_("Excel (xlsx, xls), ODS hoặc CSV, tối đa 20 MB. Tệp có mật khẩu sẽ được hỏi mật khẩu."),
    )
    pasted = forms.CharField(
        label=_("Hoặc dán từ Excel"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Chọn cả hàng tiêu đề trong Excel, sao chép rồi dán vào đây."),
    )
    layout = forms.ChoiceField(label=_("Loại danh sách"), required=False)
    unit = forms.ModelChoiceField(label=_("Xã, phường"), queryset=Unit.objects.none(), empty_label=None)
    month = MonthField(
        label=_("Tính theo luật của tháng"), required=False, help_text=_("Bỏ trống: theo tháng ghi trong danh sách.")
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["layout"].choices = [("", _("Tự nhận theo tiêu đề")), *((k.key, k.title) for k in all_kinds().values())]

    def clean(self):
        cleaned = super().clean()
        file, pasted = cleaned.get("file"), (cleaned.get("pasted") or "").strip()
        if "file" not in self.errors and bool(file) == bool(pasted):
            raise forms.ValidationError(_("Hãy chọn một tệp, hoặc dán các dòng; không làm cả hai."))
        if file and file.size > FILE_LIMIT:
            self.add_error("file", _("Tệp nặng quá 20 MB. Hãy tách thành nhiều tệp theo xã."))
        return cleaned


class MonthForm(OfficeForm):
    """The month of a list that names none."""

    month = MonthField(label=_("Tính theo luật của tháng"))


class PaperForm(OfficeForm):
    """The decision a list came with."""

    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    signed_on = DayField(label=_("Ngày ký"))
    signer_name = forms.CharField(label=_("Người ký"), max_length=120)
    signer_title = forms.CharField(
        label=_("Chức vụ người ký"), max_length=120, help_text=_("Ví dụ: Chủ tịch; KT. Chủ tịch, Phó Chủ tịch.")
    )


class ReasonForm(OfficeForm):
    """Why a row waits or is left out."""

    reason = forms.CharField(label=_("Lý do"), max_length=300)


class CellsForm(OfficeForm):
    """The cells of one row as text, one field a column of the layout."""

    def __init__(self, *args, row, kind, **kwargs):
        super().__init__(*args, **kwargs)
        problems = {p.get("key") or p.get("column"): p for p in row.problems}
        for column in kind.layout.columns:
            problem = problems.get(column.key) or problems.get(column.label)
            self.fields[column.key] = forms.CharField(
                label=column.label,
                required=column.required and not column.may_be_blank,
                max_length=500,
                initial=row.raw.get(column.key, ""),
                help_text=problem["message"] if problem else "",
            )
        # What is wrong stands first.
        self.order_fields([key for key, field in self.fields.items() if field.help_text])


class OpenForm(OfficeForm):
    """What a list waits for: its password, or the word about its letters, or both."""

    def __init__(self, *args, asks, **kwargs):
        super().__init__(*args, **kwargs)
        if asks["what"] == "letters":
            self.fields["old_letters"] = forms.ChoiceField(
                label=_("Cách đọc chữ trong tệp"),
                choices=[
                    ("convert", _("Chuyển sang Unicode, như cột “Sau khi chuyển”")),
                    ("keep", _("Giữ nguyên như trong tệp")),
                ],
                widget=forms.RadioSelect,
            )
        if asks.get("locked"):
            self.fields["password"] = forms.CharField(
                label=_("Mật khẩu của tệp"),
                strip=False,
                max_length=255,
                widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
                help_text=_("Chỉ dùng để đọc tệp lần này; không được lưu."),
            )
        for field in self.fields.values():
            speak_vietnamese(field)
