"""Shapes of input: the filter of the register, a petition, one form for each act."""

from __future__ import annotations

from collections.abc import Collection

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.pages.forms import ComparedField, DayField, OfficeForm, SearchInput, UploadField, blank_choice
from ansinh.petitions.models import Channel, Kind, Outcome
from ansinh.petitions.queries.about import find_about
from ansinh.petitions.workflow import PETITION

LATE, ALL = "qua-han", "tat-ca"


class RegisterFilter(OfficeForm):
    """The register."""

    tim = forms.CharField(label=_("Mã đơn, người gửi, nội dung"), required=False, widget=SearchInput())
    loai = forms.ChoiceField(label=_("Loại đơn"), required=False)
    trang_thai = forms.ChoiceField(label=_("Trạng thái"), required=False)
    tu = DayField(label=_("Nhận từ ngày"), required=False)
    den = DayField(label=_("Đến ngày"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["loai"].choices = [*blank_choice(), *Kind.choices]
        states = [(LATE, _("Quá hạn")), *PETITION.choices, (ALL, _("Tất cả"))]
        self.fields["trang_thai"].choices = [*blank_choice(_("Đang giải quyết")), *states]


class AboutField(forms.CharField):
    """A code of something of ours; gives what it names."""

    default_error_messages = {
        "unknown": _("Không có mã này trong phạm vi của ông, bà: hồ sơ, quyết định, niêm yết, dòng chi trả.")
    }

    def clean(self, value):
        found = find_about(super().clean(value))
        if value and not found.is_known:
            raise ValidationError(self.error_messages["unknown"], code="unknown")
        return found


class PetitionForm(OfficeForm):
    """Who says what about what."""

    kind = forms.ChoiceField(label=_("Loại đơn"), choices=[*blank_choice(_("Chọn")), *Kind.choices])
    received_on = DayField(label=_("Ngày nhận"))
    channel = forms.ChoiceField(label=_("Cách gửi"), choices=Channel.choices)
    name = forms.CharField(
        label=_("Họ tên người gửi"), required=False, max_length=120,
        help_text=_("Người tố cáo được giữ bí mật: chỉ người giải quyết xem được."),
    )  # fmt: skip
    address = forms.CharField(label=_("Địa chỉ"), required=False, max_length=200)
    telephone = forms.CharField(label=_("Điện thoại"), required=False, max_length=20)
    about = AboutField(
        label=_("Về việc gì của cơ quan"), required=False, max_length=60,
        help_text=_("Mã hồ sơ, quyết định, niêm yết hoặc dòng chi trả; bỏ trống nếu không có."),
    )  # fmt: skip
    content = forms.CharField(label=_("Nội dung"), max_length=4000, widget=forms.Textarea(attrs={"rows": 6}))


class NoteForm(OfficeForm):
    """Words to an act."""

    note = forms.CharField(label=_("Lý do, nội dung"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class TransferForm(OfficeForm):
    """To whom, and why."""

    note = forms.CharField(label=_("Cơ quan nhận, lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class ClassifyForm(OfficeForm):
    """Another kind."""

    kind = forms.ChoiceField(label=_("Loại đơn"), choices=Kind.choices)
    note = forms.CharField(label=_("Lý do"), required=False, max_length=300)


class AssignForm(OfficeForm):
    """Who handles it."""

    to = forms.ModelChoiceField(label=_("Người giải quyết"), queryset=Post.objects.none(), empty_label=_("Chọn"))
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = posts
        self.fields["to"].label_from_instance = lambda post: f"{post.holder_name}, {post.title}"


class ExtendForm(OfficeForm):
    """Until when, and why."""

    until = DayField(label=_("Gia hạn đến ngày"))
    note = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class PetitionPrintForm(OfficeForm):
    """What a paper of a petition says beside what the register knows, and who signs it."""

    to = forms.CharField(label=_("Cơ quan nhận đơn"), max_length=200)
    accused = forms.CharField(
        label=_("Người bị tố cáo"), required=False, max_length=200, help_text=_("Họ tên, chức vụ, nơi công tác.")
    )
    outcome = forms.ChoiceField(label=_("Kết luận"), choices=[*blank_choice(_("Chọn")), *Outcome.choices])
    findings = forms.CharField(
        label=_("Kết quả xác minh, căn cứ pháp luật"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    text = forms.CharField(label=_("Nội dung giải quyết"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    signer = forms.ModelChoiceField(
        label=_("Người ký"), queryset=Post.objects.none(), required=False, empty_label=_("Chưa rõ, để trống tên")
    )

    def __init__(self, *args, asks: Collection[str], signers, guarded: bool, **kwargs):
        super().__init__(*args, **kwargs)
        for name in [name for name in self.fields if name not in (*asks, "signer")]:
            del self.fields[name]
        if guarded and "text" in self.fields:
            self.fields["text"].help_text = _("Tóm tắt; không ghi điều làm lộ người tố cáo.")
        self.fields["signer"].queryset = signers
        self.fields["signer"].label_from_instance = lambda post: f"{post.holder_name}, {post.title}"


class PetitionNumberForm(OfficeForm):
    """The day a number is taken for."""

    dated_on = DayField(label=_("Ngày văn bản"))


class AnswerForm(OfficeForm):
    """The signed answer."""

    outcome = forms.ChoiceField(label=_("Kết luận"), choices=[*blank_choice(_("Chọn")), *Outcome.choices])
    text = forms.CharField(label=_("Nội dung giải quyết"), max_length=4000, widget=forms.Textarea(attrs={"rows": 5}))
    number = forms.CharField(label=_("Số văn bản trả lời"), max_length=60)
    signed_on = DayField(label=_("Ngày ký"))
    signer_name = forms.CharField(label=_("Người ký"), max_length=120)
    result = AboutField(
        label=_("Việc đã thay đổi"), required=False, max_length=60,
        help_text=_("Mã quyết định đã sửa hoặc hồ sơ đã mở lại; bỏ trống nếu không thay đổi gì."),
    )  # fmt: skip
    scan = UploadField(
        label=_("Bản đã ký"), required=False, help_text=_("Bản quét (PDF hoặc ảnh), hoặc tệp PDF đã ký số; tối đa 20 MB.")
    )
    compared = ComparedField()

    def __init__(self, *args, prints=(), **kwargs):
        super().__init__(*args, **kwargs)
        if prints:
            choices = [(one.number, _("Bản in %(n)d") % {"n": one.number}) for one in prints]
            self.fields["print_number"] = forms.TypedChoiceField(label=_("Bản in đã ký"), coerce=int, choices=choices)
