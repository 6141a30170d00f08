"""Shapes of input: filters, a newcomer, what changed, a household."""

from __future__ import annotations

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ansinh.database.columns import on_day
from ansinh.imports.reading.dates import read_date
from ansinh.localities.models import Level, Unit, Village
from ansinh.pages.forms import ChangeForm, DayField, MoneyField, OfficeForm, PersonField, SearchInput, blank_choice
from ansinh.people.facts_catalogue import KINDS, PARENT_STATES, FactKind
from ansinh.people.fields import HouseholdField, NameField
from ansinh.people.models import OtherNumber, Person, Relative
from ansinh.people.models.identity import Sex
from ansinh.people.queries.birthdays import AGES as COMING_AGES
from ansinh.people.queries.choosing import choose
from ansinh.people.workflow import DUPLICATE

AGES = (("0-15", _("dưới 16 tuổi")), ("16-59", _("16 đến 59 tuổi")), ("60-74", _("60 đến 74 tuổi")), ("75-200", _("từ 75 tuổi")))


class PeopleFilter(OfficeForm):
    """The list of people."""

    tim = forms.CharField(label=_("Tên, năm sinh, số"), required=False, widget=SearchInput())
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))
    hoan_canh = forms.ChoiceField(label=_("Hoàn cảnh"), required=False)
    tuoi = forms.ChoiceField(label=_("Tuổi"), required=False, choices=[*blank_choice(), *AGES])
    sap = forms.ChoiceField(
        label=_("Sắp tròn tuổi (60 ngày)"),
        required=False,
        choices=[*blank_choice(_("Bất kỳ")), *((age, age) for age in COMING_AGES)],
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].queryset = units
        kinds = [(k.key, k.label) for k in KINDS if k.of == "person" and not k.is_sensitive]
        self.fields["hoan_canh"].choices = [*blank_choice(), *kinds]


class BirthField(forms.CharField):
    """A birth as far as it is known, as officers type it: 8/3/1942, 03/1942 or 1942. Gives a PartialDate."""

    def __init__(self, **kwargs):
        kwargs.setdefault("help_text", _("Ngày, tháng, năm; chỉ biết năm thì ghi năm: 08/03/1942, 03/1942 hoặc 1942."))
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)

    def clean(self, value):
        text = super().clean(value)
        if not text:
            return None
        read, problem = read_date(text)
        if read is None:
            raise ValidationError(problem.message if problem else _("Ngày sinh không đọc được."))
        return read


def twelve_digits(text: str) -> str | None:
    """A personal number without the spaces, points and dashes people type into it."""
    return "".join(text.translate(str.maketrans("", "", ".-")).split()) or None


class NewcomerForm(OfficeForm):
    """A person not in the register yet."""

    full_name = NameField(label=_("Họ và tên"), max_length=120)
    sex = forms.ChoiceField(label=_("Giới tính"), choices=[*blank_choice(_("Chọn")), *Sex.choices])
    born = BirthField(label=_("Ngày sinh"), required=False)
    personal_number = forms.CharField(
        label=_("Số định danh"), required=False, max_length=20, help_text=_("12 chữ số; bỏ trống nếu chưa có.")
    )
    unit = forms.ModelChoiceField(label=_("Xã, phường"), queryset=Unit.objects.none(), empty_label=None)
    village = forms.ModelChoiceField(
        label=_("Thôn, tổ dân phố"), queryset=Village.objects.none(), required=False, empty_label=_("Chưa rõ")
    )
    ethnicity = forms.CharField(label=_("Dân tộc"), required=False, max_length=60)
    address = forms.CharField(label=_("Số nhà, xóm"), required=False, max_length=200)
    telephone = forms.CharField(label=_("Điện thoại"), required=False, max_length=20)
    old_number = forms.CharField(label=_("Số chứng minh cũ"), required=False, max_length=12, help_text=_("9 chữ số."))
    payment_book = forms.CharField(label=_("Số sổ lĩnh tiền"), required=False, max_length=40)
    since = DayField(label=_("Ở đây từ ngày"), required=False, help_text=_("Bỏ trống: từ trước đến nay."))
    source = forms.CharField(label=_("Căn cứ"), max_length=200, help_text=_("Giấy tờ hoặc danh sách có thông tin này."))

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["village"].queryset = Village.objects.filter(unit__in=units).order_by("name")

    def clean_personal_number(self):
        return twelve_digits(self.cleaned_data["personal_number"])

    def clean_old_number(self):
        digits = "".join(self.cleaned_data["old_number"].split())
        if digits and not (len(digits) == 9 and digits.isascii() and digits.isdigit()):
            raise ValidationError(_("Số chứng minh nhân dân cũ phải có đúng 9 chữ số."))
        return digits

    def clean(self):
        data = super().clean()
        if data.get("village") and data.get("unit") and data["village"].unit_id != data["unit"].id:
            self.add_error("village", _("Thôn, tổ dân phố này không thuộc xã, phường đã chọn."))
        return data


class IdentityForm(ChangeForm):
    """A correction of who someone is: only what the officer typed over is written."""

    asked_anew = ("source",)
    full_name = NameField(label=_("Họ và tên"), max_length=120)
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex.choices)
    born = BirthField(label=_("Ngày sinh"), required=False)
    personal_number = forms.CharField(label=_("Số định danh"), required=False, max_length=20)
    ethnicity = forms.CharField(label=_("Dân tộc"), required=False, max_length=60)
    telephone = forms.CharField(label=_("Điện thoại"), required=False, max_length=20)
    payment_book = forms.CharField(label=_("Số sổ lĩnh tiền"), required=False, max_length=40)
    address = forms.CharField(label=_("Số nhà, xóm"), required=False, max_length=200)
    source = forms.CharField(label=_("Căn cứ sửa"), max_length=200)

    def clean_personal_number(self):
        return twelve_digits(self.cleaned_data["personal_number"])


class FactForm(OfficeForm):
    """One fact from a day on: the value's field depends on the kind."""

    since = DayField(label=_("Từ ngày"), required=False, help_text=_("Bỏ trống: từ trước đến nay."))
    until = DayField(label=_("Đến trước ngày"), required=False, help_text=_("Bỏ trống: còn đúng cho đến khi có ghi khác."))
    source = forms.CharField(label=_("Căn cứ"), max_length=200)
    detail = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)

    def __init__(self, *args, kind: FactKind, known_before: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        if known_before:  # a blank beginning would wipe out everything written down before
            self.fields["since"].required = True
            self.fields["since"].help_text = _("Điều đã ghi trước ngày này được giữ nguyên.")
        chosen = blank_choice(_("Chọn"))  # no value stands there before somebody chose it
        if kind.type == "flag":
            self.fields["value"] = forms.ChoiceField(label=kind.label, choices=[*chosen, ("yes", _("Có")), ("no", _("Không"))])
        elif kind.type == "money":
            self.fields["value"] = MoneyField(label=kind.label, min_value=0)
        elif kind.type == "parents":
            self.fields["value"] = forms.ChoiceField(label=_("Một bên (cha hoặc mẹ)"), choices=[*chosen, *PARENT_STATES])
            self.fields["other"] = forms.ChoiceField(label=_("Bên kia"), choices=[*chosen, *PARENT_STATES])
        else:
            self.fields["value"] = forms.ChoiceField(label=kind.label, choices=[*chosen, *kind.choices])
        self.fields["value"].help_text = kind.hint
        self.order_fields(["value", "other", "since", "until", "source", "detail"])

    @property
    def value(self):
        """The value as the register keeps it."""
        value = self.cleaned_data["value"]
        if self.kind.type == "flag":
            return value == "yes"
        return [value, self.cleaned_data["other"]] if self.kind.type == "parents" else value


class DeathForm(OfficeForm):
    """A death."""

    died_on = DayField(label=_("Ngày mất"))
    source = forms.CharField(label=_("Căn cứ"), max_length=200, help_text=_("Ví dụ: trích lục khai tử số, ngày."))


class BirthForm(OfficeForm):
    """Which day counts for a birth known only by year or month."""

    born_on = DayField(label=_("Ngày sinh dùng để tính tuổi"))
    evidence = forms.CharField(label=_("Căn cứ"), max_length=300)


class PayeeForm(OfficeForm):
    """Who receives for the person."""

    name = forms.CharField(label=_("Người nhận thay"), max_length=120)
    relation = forms.CharField(label=_("Quan hệ"), max_length=60)
    number = forms.CharField(label=_("Số giấy tờ"), required=False, max_length=20)
    telephone = forms.CharField(label=_("Điện thoại"), required=False, max_length=20)
    basis = forms.CharField(label=_("Căn cứ"), max_length=200, help_text=_("Giấy ủy quyền, quyết định giám hộ…"))
    since = DayField(label=_("Từ ngày"))


class AccountForm(OfficeForm):
    """Where the money goes."""

    holder = forms.CharField(label=_("Chủ tài khoản"), max_length=120)
    bank = forms.CharField(label=_("Ngân hàng"), max_length=120)
    number = forms.CharField(label=_("Số tài khoản"), max_length=40)
    since = DayField(label=_("Từ ngày"))
    source = forms.CharField(label=_("Căn cứ"), max_length=200)


class PlaceForm(OfficeForm):
    """Base of forms that know where the person lives."""

    def __init__(self, *args, person: Person, **kwargs):
        super().__init__(*args, **kwargs)
        self.person = person


class MoveForm(PlaceForm):
    """A move to another commune."""

    unit = forms.ModelChoiceField(label=_("Xã, phường mới"), queryset=Unit.objects.none(), empty_label=_("Chọn"))
    since = DayField(label=_("Từ ngày"))
    source = forms.CharField(label=_("Căn cứ"), max_length=200)

    def __init__(self, *args, on: date, **kwargs):
        super().__init__(*args, **kwargs)
        communes = Unit.objects.filter(on_day(on), level=Level.COMMUNE).exclude(pk=self.person.unit_id)
        self.fields["unit"].queryset = communes.order_by("name_folded")


class VillageForm(PlaceForm):
    """A move inside the commune."""

    village = forms.ModelChoiceField(label=_("Thôn, tổ dân phố"), queryset=Village.objects.none(), required=False)
    address = forms.CharField(label=_("Số nhà, xóm"), required=False, max_length=200)
    since = DayField(label=_("Từ ngày"))
    source = forms.CharField(label=_("Căn cứ"), max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["village"].queryset = Village.objects.filter(unit=self.person.unit_id).order_by("name")


class HouseholdForm(OfficeForm):
    """Into a household, or a new one."""

    household = HouseholdField(
        label=_("Hộ"),
        required=False,
        max_length=120,
        help_text=_("Mã hộ (HO00000123) hoặc họ tên một người trong hộ. Bỏ trống: lập hộ mới ở nơi người này ở."),
    )
    relation = forms.CharField(label=_("Quan hệ với chủ hộ"), max_length=60, help_text=_("Chủ hộ, vợ, con, cháu…"))
    is_head = forms.BooleanField(label=_("Là chủ hộ từ ngày này"), required=False)
    since = DayField(label=_("Từ ngày"))
    source = forms.CharField(label=_("Căn cứ"), max_length=200)


class EndForm(OfficeForm):
    """Something ends on a day."""

    on = DayField(label=_("Từ ngày"))
    source = forms.CharField(label=_("Căn cứ"), max_length=200)


class RelativeForm(OfficeForm):
    """A relative, by name or by the code of a person in the register."""

    kind = forms.ChoiceField(label=_("Quan hệ"), choices=Relative._meta.get_field("kind").choices)
    name = forms.CharField(label=_("Họ và tên"), required=False, max_length=120)
    known = PersonField(
        label=_("Người trong sổ"), required=False, choose=choose, help_text=_("Nếu có: tên, năm sinh, số định danh hoặc mã.")
    )
    since = DayField(label=_("Từ ngày"), required=False, help_text=_("Bỏ trống: từ trước đến nay."))
    source = forms.CharField(label=_("Căn cứ"), max_length=200)


class GuardianForm(OfficeForm):
    """Người giám hộ."""

    name = forms.CharField(label=_("Người giám hộ"), max_length=120)
    relation = forms.CharField(label=_("Quan hệ"), max_length=60)
    number = forms.CharField(label=_("Số giấy tờ"), required=False, max_length=20)
    known = PersonField(
        label=_("Người trong sổ"), required=False, choose=choose, help_text=_("Nếu có: tên, năm sinh, số định danh hoặc mã.")
    )
    since = DayField(label=_("Từ ngày"))
    source = forms.CharField(label=_("Căn cứ"), max_length=200, help_text=_("Quyết định công nhận, cử người giám hộ số, ngày."))


class OtherNameForm(OfficeForm):
    """Another name."""

    name = forms.CharField(label=_("Tên gọi khác"), max_length=120)
    source = forms.CharField(label=_("Căn cứ"), max_length=200)


class OtherNumberForm(OfficeForm):
    """An old number."""

    kind = forms.ChoiceField(label=_("Loại số"), choices=OtherNumber._meta.get_field("kind").choices)
    number = forms.CharField(label=_("Số"), max_length=40)
    source = forms.CharField(label=_("Căn cứ"), max_length=200)


class SameForm(OfficeForm):
    """Two rows, one human being."""

    known = PersonField(
        label=_("Hồ sơ kia"), choose=choose,
        help_text=_("Tên, năm sinh, số định danh hoặc mã. Trang sau đặt hai hồ sơ cạnh nhau để kết luận."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Vì sao cho là cùng một người"), max_length=300)


class DuplicateFilter(OfficeForm):
    """Pairs that may be one person."""

    tim = forms.CharField(label=_("Họ và tên"), required=False, widget=SearchInput())
    trang_thai = forms.ChoiceField(
        label=_("Trạng thái"), required=False, choices=[*blank_choice(_("Cần xem")), *DUPLICATE.choices[1:]]
    )
    chac = forms.ChoiceField(label=_("Khả năng"), required=False, choices=[*blank_choice(), ("rat", _("Rất có thể là một"))])
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].queryset = units
