"""Shapes of input: filters of the register, a line of it, how numbers are given, a template."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from ansinh.documents.models import Source
from ansinh.pages.forms import ComparedField, DayField, OfficeForm, SearchInput, UploadField, blank_choice

_STATES = [*blank_choice(), ("con", _("Còn dùng")), ("bo", _("Đã bỏ số"))]


class RegisterFilter(OfficeForm):
    """The register of one office."""

    tim = forms.CharField(label=_("Số, trích yếu, người ký"), required=False, widget=SearchInput())
    nam = forms.ChoiceField(label=_("Năm"), required=False)
    tinh_trang = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=_STATES)
    tu = DayField(label=_("Từ ngày"), required=False)
    den = DayField(label=_("Đến ngày"), required=False)

    def __init__(self, *args, years, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["nam"].choices = [*blank_choice(), *((str(year), str(year)) for year in years)]

    def applied(self, found: QuerySet) -> QuerySet:
        """The lines the filters leave."""
        data = self.cleaned_data
        if text := data["tim"]:
            found = found.filter(Q(symbol__icontains=text) | Q(summary__icontains=text) | Q(signer__icontains=text))
        if data["nam"]:
            found = found.filter(year=int(data["nam"]))
        if data["tinh_trang"]:
            found = found.filter(voided_at__isnull=data["tinh_trang"] == "con")
        if data["tu"]:
            found = found.filter(dated_on__gte=data["tu"])
        if data["den"]:
            found = found.filter(dated_on__lte=data["den"])
        return found


class EntryForm(OfficeForm):
    """A paper written elsewhere: numbered here, or already numbered."""

    kind = forms.CharField(label=_("Tên loại văn bản"), max_length=60, help_text=_("Ví dụ: Thông báo, Tờ trình, Báo cáo."))
    symbol = forms.CharField(label=_("Chữ viết tắt tên loại"), max_length=10, help_text=_("Ví dụ: QĐ, TB, TTr, BC."))
    number = forms.CharField(label=_("Số, ký hiệu đã cấp"), max_length=60)
    dated_on = DayField(label=_("Ngày văn bản"))
    summary = forms.CharField(label=_("Trích yếu"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))
    signer = forms.CharField(label=_("Người ký"), max_length=120, required=False)
    recipients = forms.CharField(label=_("Nơi nhận"), max_length=300, required=False)

    def __init__(self, *args, own, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["number" if own else "symbol"]


class VoidForm(OfficeForm):
    """Why a number is given back."""

    reason = forms.CharField(label=_("Lý do bỏ số"), max_length=300)


class NumberingForm(OfficeForm):
    """How an office numbers its papers from a day on."""

    source = forms.ChoiceField(label=_("Số văn bản"), choices=Source.choices, widget=forms.RadioSelect)
    per_kind = forms.BooleanField(label=_("Mỗi loại văn bản một dãy số riêng"), required=False)
    since = DayField(label=_("Từ ngày"))


class SeriesForm(OfficeForm):
    """The last number of the paper register, after which numbers go on here."""

    year = forms.IntegerField(label=_("Năm"), min_value=2000, max_value=2100)
    symbol = forms.CharField(label=_("Chữ viết tắt tên loại"), max_length=10)
    last = forms.IntegerField(label=_("Số cuối cùng đã cấp ở sổ giấy"), min_value=0, max_value=99999)


class TemplateForm(OfficeForm):
    """An office's own template, from a day on."""

    file = UploadField(label=_("Tệp mẫu Word (.docx)"), limit=5 * 1024 * 1024)
    since = DayField(label=_("Dùng từ ngày"))

    def clean_file(self):
        found = self.cleaned_data["file"]
        if not found.name.lower().endswith(".docx"):
            raise ValidationError(_("Hãy chọn tệp Word dạng .docx (không phải .doc, .docm)."))
        return found


class LookForm(OfficeForm):
    """A PDF whose signatures somebody wants to see."""

    file = UploadField(label=_("Tệp PDF"))

    def clean_file(self):
        found = self.cleaned_data["file"]
        start = found.read(5)
        found.seek(0)
        if start != b"%PDF-":
            raise ValidationError(_("Hãy chọn tệp PDF."))
        return found


class RootForm(OfficeForm):
    """The certificate of an issuer of keys."""

    file = UploadField(label=_("Chứng thư của nơi cấp (.cer, .crt, .pem)"), limit=64 * 1024)
    name = forms.CharField(
        label=_("Tên gọi"), max_length=120, required=False, help_text=_("Để trống thì lấy tên trong chứng thư.")
    )
    source = forms.CharField(label=_("Lấy từ đâu"), max_length=300, help_text=_("Trang công bố hoặc văn bản của nơi cấp."))
    since = DayField(label=_("Tin cậy từ ngày"))


class NumberForm(OfficeForm):
    """The day a number is taken for."""

    dated_on = DayField(label=_("Ngày văn bản"))


class SignedPaperForm(OfficeForm):
    """What stands on the signed paper. Number and day come from the register where it gave them."""

    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60)
    signed_on = DayField(label=_("Ngày ký"))
    signer_name = forms.CharField(label=_("Người ký"), max_length=120)
    print_number = forms.TypedChoiceField(label=_("Bản in đã ký"), coerce=int)
    scan = UploadField(
        label=_("Bản đã ký"), required=False, help_text=_("Bản quét (PDF hoặc ảnh), hoặc tệp PDF đã ký số; tối đa 20 MB.")
    )
    compared = ComparedField()

    def __init__(self, *args, prints, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["print_number"].choices = [
            (one.number, _("Bản in %(n)d, %(who)s") % {"n": one.number, "who": one.signer_name or "–"}) for one in prints
        ]
