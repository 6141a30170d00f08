"""Shapes of input: filters, a newcomer, what changed, a household."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.localities.models import Unit, Village
from ansinh.pages.forms import DayField, MoneyField, OfficeForm, SearchInput, blank_choice
from ansinh.people.facts_catalogue import KINDS, PARENT_STATES, FactKind
from ansinh.people.models.identity import BirthPrecision, Sex

AGES = (("0-15", _("dưới 16 tuổi")), ("16-59", _("16 đến 59 tuổi")), ("60-74", _("60 đến 74 tuổi")), ("75-200", _("từ 75 tuổi")))


class PeopleFilter(OfficeForm):
    """The list of people."""

    tim = forms.CharField(label=_("Tên, năm sinh, số"), required=False, widget=SearchInput())
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))
    hoan_canh = forms.ChoiceField(label=_("Hoàn cảnh"), required=False)
    tuoi = forms.ChoiceField(label=_("Tuổi"), required=False, choices=[*blank_choice(), *AGES])

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].queryset = units
        kinds = [(k.key, k.label) for k in KINDS if k.of == "person" and not k.is_sensitive]
        self.fields["hoan_canh"].choices = [*blank_choice(), *kinds]


class NewcomerForm(OfficeForm):
    """A person not in the register yet."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex.choices)
    born_on = DayField(label=_("Ngày sinh"), required=False)
    birth_precision = forms.ChoiceField(
        label=_("Ngày sinh biết đến"),
        choices=BirthPrecision.choices,
        help_text=_("Chỉ biết năm: ghi 01/01 của năm đó và chọn “năm”."),
    )
    personal_number = forms.CharField(
        label=_("Số định danh"), required=False, max_length=20, help_text=_("12 chữ số; bỏ trống nếu chưa có.")
    )
    unit = forms.ModelChoiceField(label=_("Xã, phường"), queryset=Unit.objects.none(), empty_label=None)
    village = forms.ModelChoiceField(label=_("Thôn, tổ dân phố"), queryset=Village.objects.none(), required=False)
    ethnicity = forms.CharField(label=_("Dân tộc"), required=False, max_length=60)
    telephone = forms.CharField(label=_("Điện thoại"), required=False, max_length=20)
    source = forms.CharField(label=_("Căn cứ"), max_length=200, help_text=_("Giấy tờ hoặc danh sách có thông tin này."))

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["village"].queryset = Village.objects.filter(unit__in=units).order_by("name")

    def clean_personal_number(self):
        return "".join(self.cleaned_data["personal_number"].split()) or None


class IdentityForm(OfficeForm):
    """A correction of who someone is."""

    full_name = forms.CharField(label=_("Họ và tên"), max_length=120)
    sex = forms.ChoiceField(label=_("Giới tính"), choices=Sex.choices)
    born_on = DayField(label=_("Ngày sinh"), required=False)
    birth_precision = forms.ChoiceField(label=_("Ngày sinh biết đến"), choices=BirthPrecision.choices)
    personal_number = forms.CharField(label=_("Số định danh"), required=False, max_length=20)
    ethnicity = forms.CharField(label=_("Dân tộc"), required=False, max_length=60)
    telephone = forms.CharField(label=_("Điện thoại"), required=False, max_length=20)
    payment_book = forms.CharField(label=_("Số sổ lĩnh tiền"), required=False, max_length=40)
    source = forms.CharField(label=_("Căn cứ sửa"), max_length=200)

    def clean_personal_number(self):
        return "".join(self.cleaned_data["personal_number"].split()) or None


class FactForm(OfficeForm):
    """One fact from a day on: the value's field depends on the kind."""

    since = DayField(label=_("Từ ngày"), required=False, help_text=_("Bỏ trống: từ trước đến nay."))
    source = forms.CharField(label=_("Căn cứ"), max_length=200)
    detail = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)

    def __init__(self, *args, kind: FactKind, **kwargs):
        super().__init__(*args, **kwargs)
        self.kind = kind
        self.order_fields(["value", "other", "since", "source", "detail"])
        if kind.type == "flag":
            self.fields["value"] = forms.ChoiceField(label=kind.label, choices=[("yes", _("Có")), ("no", _("Không"))])
        elif kind.type == "money":
            self.fields["value"] = MoneyField(label=kind.label, min_value=0)
        elif kind.type == "parents":
            self.fields["value"] = forms.ChoiceField(label=_("Một bên (cha hoặc mẹ)"), choices=PARENT_STATES)
            self.fields["other"] = forms.ChoiceField(label=_("Bên kia"), choices=PARENT_STATES)
        else:
            self.fields["value"] = forms.ChoiceField(label=kind.label, choices=kind.choices)
        self.fields["value"].help_text = kind.hint
        self.order_fields(["value", "other", "since", "source", "detail"])

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


class ReasonForm(OfficeForm):
    """Why something is taken back."""

    reason = forms.CharField(label=_("Lý do"), max_length=300)


class BirthForm(OfficeForm):
    """Which day counts for a birth known only by year or month."""

    born_on = DayField(label=_("Ngày sinh dùng để tính tuổi"))
    evidence = forms.CharField(label=_("Căn cứ"), max_length=300)


class PayeeForm(OfficeForm):
    """Who receives for the person."""

    name = forms.CharField(label=_("Người nhận thay"), max_length=120)
    relation = forms.CharField(label=_("Quan hệ"), max_length=60)
    number = forms.CharField(label=_("Số giấy tờ"), required=False, max_length=20)
    basis = forms.CharField(label=_("Căn cứ"), max_length=200, help_text=_("Giấy ủy quyền, quyết định giám hộ…"))
    since = DayField(label=_("Từ ngày"))


class AccountForm(OfficeForm):
    """Where the money goes."""

    holder = forms.CharField(label=_("Chủ tài khoản"), max_length=120)
    bank = forms.CharField(label=_("Ngân hàng"), max_length=120)
    number = forms.CharField(label=_("Số tài khoản"), max_length=40)
    since = DayField(label=_("Từ ngày"))
    source = forms.CharField(label=_("Căn cứ"), max_length=200)


class MoveForm(OfficeForm):
    """A move to another village or commune."""

    unit = forms.ModelChoiceField(label=_("Xã, phường mới"), queryset=Unit.objects.none())
    since = DayField(label=_("Từ ngày"))
    source = forms.CharField(label=_("Căn cứ"), max_length=200)

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
