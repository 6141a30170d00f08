"""Shapes of input: occasions, lines, the signed paper, marks, resources, protections, funds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.emergency.models import (
    AidKind,
    CareKind,
    Cause,
    FundEntryKind,
    GiftGroup,
    Giver,
    Ground,
    OccasionKind,
    Resources,
    SupplyKind,
    Transport,
)
from ansinh.emergency.models.aid import RELIEF_KINDS
from ansinh.emergency.paper_forms import SignerField
from ansinh.emergency.workflow import LINE, PROTECTION
from ansinh.localities.models import Village
from ansinh.pages.forms import (
    ComparedField,
    DayField,
    MoneyField,
    OfficeForm,
    PersonField,
    SearchInput,
    UploadField,
    blank_choice,
)
from ansinh.people.queries.choosing import choose

_CHOOSE = _("Chọn")


class OccasionFilter(OfficeForm):
    """The list of occasions."""

    tim = forms.CharField(label=_("Tên đợt"), required=False, widget=SearchInput())
    loai = forms.ChoiceField(label=_("Loại"), required=False, choices=[*blank_choice(), *OccasionKind.choices])
    nam = forms.IntegerField(label=_("Năm"), required=False, min_value=2021, max_value=2100)


class EventForm(OfficeForm):
    """A disaster, an accident, want."""

    name = forms.CharField(label=_("Tên đợt"), max_length=200, help_text=_("Ví dụ: Bão số 3, Thiếu đói giáp hạt tháng 3."))
    cause = forms.ChoiceField(label=_("Nguyên nhân"), choices=[("", _CHOOSE), *Cause.choices])
    first_day = DayField(label=_("Xảy ra từ ngày"))
    last_day = DayField(label=_("Đến ngày"), required=False)
    place = forms.CharField(label=_("Nơi xảy ra"), max_length=200, required=False)
    note = forms.CharField(
        label=_("Diễn biến, thiệt hại"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class GiftsForm(OfficeForm):
    """A round of gifts."""

    name = forms.CharField(label=_("Tên đợt quà"), max_length=200, help_text=_("Ví dụ: Quà Tết Nguyên đán 2027."))
    paper = forms.CharField(
        label=_("Nghị quyết, quyết định"), max_length=200, help_text=_("Số và ngày, ví dụ NQ 418/NQ-CP ngày 28/12/2025.")
    )
    level_vnd = MoneyField(label=_("Tiền mỗi suất (đồng)"), required=False, min_value=0)
    goods = forms.CharField(label=_("Hiện vật mỗi suất"), required=False, max_length=200)
    goods_vnd = MoneyField(label=_("Trị giá hiện vật (đồng)"), required=False, min_value=0)
    cutoff_on = DayField(label=_("Ngày chốt đối tượng"))
    groups = forms.MultipleChoiceField(
        label=_("Nhóm đối tượng"), choices=GiftGroup.choices, widget=forms.CheckboxSelectMultiple()
    )
    first_day = DayField(label=_("Phát từ ngày"))
    last_day = DayField(label=_("Phát xong trước ngày"), required=False)


class VisitForm(OfficeForm):
    """A visit of leaders with gifts."""

    name = forms.CharField(label=_("Tên đợt"), max_length=200, help_text=_("Ví dụ: Đoàn lãnh đạo tỉnh thăm, chúc Tết."))
    giver = forms.ChoiceField(label=_("Cấp của đoàn"), choices=[("", _CHOOSE), *Giver.choices])
    first_day = DayField(label=_("Ngày thăm"))
    place = forms.CharField(label=_("Nơi thăm"), max_length=200, required=False)


class UrgentForm(OfficeForm):
    """The event and the reason of an urgent case; the household's part is a `LineForm` beside it."""

    cause = forms.ChoiceField(label=_("Nguyên nhân"), choices=[("", _CHOOSE), *Cause.choices])
    first_day = DayField(label=_("Ngày xảy ra"))
    place = forms.CharField(label=_("Nơi xảy ra"), max_length=200, required=False)
    reason = forms.CharField(
        label=_("Vì sao cấp bách, bỏ qua bình xét"), max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    accept_open = forms.BooleanField(label=_("Vẫn trình nếu mức dựa trên điểm luật chưa xác nhận"), required=False)


class PasteForm(OfficeForm):
    """Rows from Excel: a file, or pasted."""

    file = UploadField(label=_("Tệp danh sách"), required=False, help_text=_("Excel theo mẫu tải ở trang này."))
    pasted = forms.CharField(
        label=_("Hoặc dán từ Excel"), required=False, strip=False, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Chọn cả hàng tiêu đề."),
    )  # fmt: skip

    def clean(self):
        cleaned = super().clean()
        if "file" not in self.errors and bool(cleaned.get("file")) == bool((cleaned.get("pasted") or "").strip()):
            raise ValidationError(_("Hãy chọn một tệp, hoặc dán các dòng; không làm cả hai."))
        return cleaned


class LineFilter(OfficeForm):
    """Lines of a list."""

    tim = forms.CharField(label=_("Họ và tên, mã dòng"), required=False, widget=SearchInput())
    khoan = forms.ChoiceField(label=_("Khoản"), required=False, choices=[*blank_choice(), *AidKind.choices])
    trang_thai = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=[*blank_choice(), *LINE.choices])
    thon = forms.ChoiceField(label=_("Thôn, tổ"), required=False)

    def __init__(self, *args, villages, gifts: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["thon"].choices = [*blank_choice(), *((name, name) for name in villages if name)]
        self.fields["khoan"].choices = [*blank_choice(), *((kind.value, kind.label) for kind in RELIEF_KINDS)]
        if gifts:
            del self.fields["khoan"]


class NoteForm(OfficeForm):
    """A reason."""

    note = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ReviewForm(OfficeForm):
    """The meeting of the village."""

    on = DayField(label=_("Ngày họp bình xét"))
    note = forms.CharField(
        label=_("Thành phần, kết quả"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class SubmitForm(OfficeForm):
    """A word to the signer, and whether amounts with unconfirmed points go along."""

    note = forms.CharField(label=_("Ghi chú cho người ký"), required=False, max_length=500)
    accept_open = forms.BooleanField(label=_("Vẫn trình theo mức dựa trên điểm luật chưa xác nhận"), required=False)

    def __init__(self, *args, has_open: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_open:
            del self.fields["accept_open"]


class AccountForm(OfficeForm):
    """What is to be said of the result."""

    note = forms.CharField(
        label=_("Nhận xét, kiến nghị"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


class SignedForm(OfficeForm):
    """The signed paper. Who may sign is asked for the day typed, else for that of the register."""

    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    signed_on = DayField(label=_("Ngày ký"))
    signer = SignerField(label=_("Người ký"), empty_label=_CHOOSE)
    scan = UploadField(
        label=_("Bản đã ký"), required=False, help_text=_("Bản quét (PDF hoặc ảnh), hoặc tệp PDF đã ký số; tối đa 20 MB.")
    )
    compared = ComparedField()

    def __init__(self, *args, signers_on: Callable[[date], list[Post]], prints=(), **kwargs):
        super().__init__(*args, **kwargs)
        if prints:
            choices = [(one.number, _("Bản in %(n)d") % {"n": one.number}) for one in prints]
            self.fields["print_number"] = forms.TypedChoiceField(label=_("Bản in đã ký"), coerce=int, choices=choices)
        signers = signers_on(self._typed_day() or self.initial["signed_on"])
        self.fields["signer"].offer(signers)
        if len(signers) == 1:
            self.fields["signer"].initial = signers[0].pk

    def _typed_day(self) -> date | None:
        try:
            return DayField(required=False).clean(self.data.get("signed_on", ""))
        except ValidationError:
            return None


class DecideForm(SignedForm):
    """The signed paper of a list, and whose resources pay each kind."""

    def __init__(self, *args, kinds: list[str], gifts: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind in kinds:
            label = _("Nguồn chi: %(kind)s") % {"kind": AidKind(kind).label}
            initial = Resources.PROVINCE if gifts else Resources.COMMUNE
            self.fields[f"resources_{kind}"] = forms.ChoiceField(label=label, choices=Resources.choices, initial=initial)

    @property
    def resources(self) -> dict[str, str]:
        """Kind → level."""
        return {kind: self.cleaned_data[f"resources_{kind}"] for kind in self.kinds}


class MarkForm(OfficeForm):
    """What came of handing out, for the chosen lines."""

    act = forms.ChoiceField(
        label=_("Đánh dấu các dòng đã chọn"),
        choices=[(move.act, move.label) for move in LINE.moves if move.act in ("give", "miss", "hand_back", "unmark")],
    )
    on = DayField(label=_("Ngày"))
    fetched_by = forms.CharField(label=_("Người nhận thay"), required=False, max_length=160)
    note = forms.CharField(label=_("Lý do, ghi chú"), required=False, max_length=300)


SUPPLIED = [level for level in Resources if level != Resources.FUND]  # a fund has entries of its own


class SupplyForm(OfficeForm):
    """One entry of the resources of a list."""

    kind = forms.ChoiceField(label=_("Loại"), choices=SupplyKind.choices)
    resources = forms.ChoiceField(label=_("Nguồn"), choices=[pair for pair in Resources.choices if pair[0] in SUPPLIED])
    amount_vnd = MoneyField(label=_("Số tiền (đồng)"), required=False, min_value=0)
    rice_kg = forms.IntegerField(label=_("Gạo (kg)"), required=False, min_value=0)
    paper = forms.CharField(label=_("Văn bản, chứng từ"), max_length=160)
    on = DayField(label=_("Ngày"))


class FundForm(OfficeForm):
    """A new fund."""

    name = forms.CharField(label=_("Tên quỹ"), max_length=160)
    purpose = forms.CharField(label=_("Mục đích"), required=False, max_length=500)


class FundEntryForm(OfficeForm):
    """One receipt or allocation."""

    kind = forms.ChoiceField(label=_("Loại"), choices=FundEntryKind.choices, initial=FundEntryKind.RECEIVED)
    on = DayField(label=_("Ngày"))
    party = forms.CharField(label=_("Người, tổ chức ủng hộ hoặc nơi nhận"), required=False, max_length=200)
    receipt = forms.CharField(label=_("Số chứng từ"), required=False, max_length=60)
    amount_vnd = MoneyField(label=_("Số tiền (đồng)"), required=False, min_value=0)
    goods = forms.CharField(label=_("Hiện vật, số lượng"), required=False, max_length=300)
    goods_vnd = MoneyField(label=_("Trị giá hiện vật (đồng)"), required=False, min_value=0)
    aid_list = forms.ModelChoiceField(label=_("Phân bổ cho danh sách"), queryset=None, required=False, empty_label=_("Không"))

    def __init__(self, *args, lists, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["aid_list"].queryset = lists
        self.fields["aid_list"].label_from_instance = lambda one: f"{one.occasion.name} ({one.code})"


BEYOND = "qua-han"


class ProtectionFilter(OfficeForm):
    """People under emergency protection."""

    tim = forms.CharField(label=_("Họ và tên"), required=False, widget=SearchInput())
    trang_thai = forms.ChoiceField(
        label=_("Tình trạng"), required=False, choices=[*blank_choice(), *PROTECTION.choices, (BEYOND, _("Quá 3 tháng"))]
    )


class ArrivalForm(OfficeForm):
    """Who is taken in, and by whom they are cared for."""

    person = PersonField(
        label=_("Người trong sổ"),
        required=False,
        choose=choose,
        help_text=_("Tên, năm sinh, số định danh hoặc mã; bỏ trống nếu chưa có."),
    )
    name = forms.CharField(
        label=_("Họ và tên"), required=False, max_length=120, help_text=_("Chưa biết tên: ghi đặc điểm nhận biết.")
    )
    born_text = forms.CharField(label=_("Năm sinh"), required=False, max_length=10)
    ground = forms.ChoiceField(label=_("Nhóm đối tượng"), choices=[("", _CHOOSE), *Ground.choices])
    taken_in_on = DayField(label=_("Ngày tiếp nhận"))
    care_kind = forms.ChoiceField(label=_("Nơi chăm sóc"), choices=CareKind.choices)
    carer = forms.CharField(label=_("Tên cá nhân, hộ hoặc cơ sở chăm sóc"), max_length=160)
    care_place = forms.CharField(label=_("Địa chỉ"), required=False, max_length=200)


class EndForm(OfficeForm):
    """The end of a stay and its costs."""

    ended_on = DayField(label=_("Ngày cuối chăm sóc"))
    outcome = forms.CharField(label=_("Kết quả: về đâu, giao cho ai"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    transport = forms.ChoiceField(label=_("Phương tiện đưa về"), required=False, choices=Transport.choices)
    fare_vnd = MoneyField(label=_("Tiền vé, tiền thuê xe (đồng)"), required=False, min_value=0)
    km = forms.IntegerField(label=_("Số km (xe của cơ quan)"), required=False, min_value=0, max_value=5000)
    fuel_vnd = MoneyField(label=_("Giá xăng một lít (đồng)"), required=False, min_value=0)
    is_insured = forms.BooleanField(label=_("Có thẻ bảo hiểm y tế"), required=False)
    treatment_vnd = MoneyField(label=_("Chi phí điều trị theo mức quỹ BHYT chi (đồng)"), required=False, min_value=0)


def villages_of(unit_id: int) -> list[str]:
    """Names of the villages of a commune, to choose from while typing."""
    found = Village.objects.filter(unit=unit_id, period__endswith=None).order_by("name_folded")
    return list(found.values_list("name", flat=True))
