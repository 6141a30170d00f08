"""Shapes of input for the month's acts."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.entitlements.models import Benefit
from ansinh.kernel.periods import month_count, month_text
from ansinh.localities.models import Unit
from ansinh.pages.forms import (
    ComparedField,
    DayField,
    MoneyField,
    MonthField,
    OfficeForm,
    PersonInput,
    SearchInput,
    UploadField,
    blank_choice,
)
from ansinh.payments.models import BudgetEntry, BudgetSource, LineKind, Method
from ansinh.payments.queries import month_fault
from ansinh.payments.workflow import LINE


class RunForm(OfficeForm):
    """Which month to propose: a mistyped year would propose the money of all the months up to it."""

    APART = 2  # months

    month = MonthField(label=_("Tháng hưởng"))
    payout = MonthField(label=_("Chi cùng tháng"), required=False)

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_month(self) -> date:
        month = self.cleaned_data["month"]
        if fault := month_fault(month, on=self.today):
            raise forms.ValidationError(fault)
        return month

    def clean_payout(self) -> date | None:
        payout, month = self.cleaned_data["payout"], self.cleaned_data.get("month")
        if payout and month and abs(month_count(month, payout)) > self.APART:
            raise forms.ValidationError(
                _("Tháng %(month)s không chi cùng tháng %(payout)s được: cách nhau quá hai tháng."),
                params={"month": month_text(month), "payout": month_text(payout)},
            )
        return payout


class CutOffForm(OfficeForm):
    """The day of one commune, or the common one."""

    unit = forms.ModelChoiceField(label=_("Xã, phường"), queryset=Unit.objects.none(), required=False)
    day = forms.IntegerField(
        label=_("Ngày chốt"), required=False,
        help_text=_("Từ 1 đến 28; danh sách và tiền phải chuyển trước ngày 25. Bỏ trống: theo ngày chung của tỉnh."),
    )  # fmt: skip

    def __init__(self, *args, units, common: bool, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        field.queryset = units
        field.required = not common
        field.empty_label = str(_("Ngày chung của tỉnh")) if common else None


class LineFilter(OfficeForm):
    """Lines of a list."""

    tim = forms.CharField(label=_("Họ và tên, mã dòng"), required=False, widget=SearchInput())
    trang_thai = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=[*blank_choice(), *LINE.choices])
    loai = forms.ChoiceField(label=_("Loại"), required=False, choices=[*blank_choice(), *LineKind.choices])
    cach = forms.ChoiceField(label=_("Hình thức"), required=False, choices=[*blank_choice(), *Method.choices])
    thon = forms.ChoiceField(label=_("Thôn, tổ"), required=False)

    def __init__(self, *args, villages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["thon"].choices = [*blank_choice(), *((name, name) for name in villages)]


class NoteForm(OfficeForm):
    """Why a list is sent back, or a line held, released or stopped."""

    note = forms.CharField(label=_("Lý do"), max_length=300)


class ApprovalForm(OfficeForm):
    """The signed paper of a list."""

    number = forms.CharField(label=_("Số văn bản"), max_length=60)
    signed_on = DayField(label=_("Ngày ký"))
    signer_name = forms.CharField(label=_("Người ký"), max_length=120, help_text=_("Cấp phó ký thay ghi: KT. CHỦ TỊCH, họ tên."))
    total_vnd = MoneyField(
        label=_("Tổng số tiền ghi trên bản đã ký (đồng)"), help_text=_("Đọc trên giấy, không chép từ màn hình.")
    )
    people = forms.IntegerField(label=_("Số người ghi trên bản đã ký"), min_value=0, max_value=10**7)
    scan = UploadField(label=_("Danh sách đã ký"), help_text=_("Bản quét (PDF hoặc ảnh), hoặc tệp PDF đã ký số; tối đa 20 MB."))
    compared = ComparedField()


class ReturnForm(OfficeForm):
    """The payer's file, filled."""

    file = UploadField(label=_("Tệp kết quả"), help_text=_("Tệp đã nhận, điền x vào cột Đã nhận hoặc ghi lý do chưa nhận."))


class StopAnswerForm(OfficeForm):
    """The payer's answer to a stop-payment request."""

    stopped = forms.ChoiceField(
        label=_("Kết quả"), choices=[("yes", _("Đã dừng kịp")), ("no", _("Đã chi trước khi nhận yêu cầu"))]
    )
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)


class BudgetForm(OfficeForm):
    """One entry of the budget."""

    source = forms.ModelChoiceField(label=_("Nguồn"), queryset=BudgetSource.objects.all(), empty_label=None)
    kind = forms.ChoiceField(label=_("Loại"), choices=BudgetEntry._meta.get_field("kind").choices)
    amount_vnd = MoneyField(label=_("Số tiền (đồng)"))
    paper = forms.CharField(label=_("Chứng từ"), max_length=120)


class SourceForm(OfficeForm):
    """From which source a list pays a benefit."""

    benefit = forms.ChoiceField(choices=Benefit.choices, widget=forms.HiddenInput())
    source = forms.ModelChoiceField(label=_("Nguồn"), queryset=BudgetSource.objects.order_by("id"), empty_label=None)


class HandoverFilter(OfficeForm):
    """Files given to a payer."""

    tim = forms.CharField(label=_("Xã, phường, mã tệp"), required=False, widget=SearchInput())
    thang = MonthField(label=_("Tháng"), required=False)
    cach = forms.ChoiceField(label=_("Hình thức"), required=False, choices=[*blank_choice(), *Method.choices])
    ket_qua = forms.ChoiceField(
        label=_("Kết quả"), required=False, choices=[*blank_choice(), ("chua-gui", _("Chưa gửi")), ("da-gui", _("Đã gửi"))]
    )


class ClaimFilter(OfficeForm):
    """Money to be paid back."""

    tim = forms.CharField(label=_("Họ và tên"), required=False, widget=SearchInput())
    tinh_trang = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[("", _("Còn phải thu")), ("xong", _("Đã xong")), ("tat-ca", _("Tất cả"))]
    )
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].queryset = units


class PlanForm(OfficeForm):
    """How a claim is paid back."""

    per_month_vnd = MoneyField(label=_("Trừ mỗi tháng (đồng)"), help_text=_("0: không trừ vào tiền chi trả, nộp tiền mặt."))
    from_month = MonthField(label=_("Từ danh sách tháng"))
    payer = forms.CharField(
        label=_("Trừ vào tiền của"), required=False, max_length=120, widget=PersonInput(),
        help_text=_("Bỏ trống: của chính người này. Người khác đồng ý trả thay: tìm theo tên, số định danh hoặc mã."),
    )  # fmt: skip
    consent_on = DayField(label=_("Ngày đồng ý"))
    consent_paper = forms.CharField(
        label=_("Giấy đồng ý"), max_length=200, help_text=_("Ví dụ: Bản cam kết ngày 12/8/2026, con trai ký.")
    )
    scan = UploadField(label=_("Bản quét giấy đồng ý"), required=False, help_text=_("PDF hoặc ảnh, tối đa 20 MB."))


class RepaymentForm(OfficeForm):
    """Cash paid back."""

    amount_vnd = MoneyField(label=_("Số tiền nộp (đồng)"))
    paid_on = DayField(label=_("Ngày nộp"))
    receipt = forms.CharField(label=_("Số biên lai, phiếu thu"), max_length=60)
    payer_name = forms.CharField(label=_("Người nộp"), max_length=120)
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)
