"""Shapes of input for one line of a list: who it is for, and what the law asks for each kind of support."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ansinh.emergency.models import AidKind, Hardship
from ansinh.imports.reading.dates import read_date
from ansinh.pages.forms import DayField, MoneyField, OfficeForm, PersonField
from ansinh.people.models import Person
from ansinh.people.queries.choosing import choose

_CHOOSE = _("Chọn")
RECEIVES_AS = (("household", _("Hộ gia đình")), ("individual", _("Cá nhân")), ("organisation", _("Tập thể")))

# What each kind asks beside who it is for.
_ASKS = {
    AidKind.RICE: ("persons", "months"), AidKind.GOODS: ("without_home", "unable", "goods"),
    AidKind.INJURY: ("treatment_days", "away", "amount_vnd"),
    AidKind.BURIAL: ("amount_vnd",), AidKind.BURIAL_BY_OTHERS: ("cost_vnd",), AidKind.HOUSE_LOST: ("hardship", "without_home", "amount_vnd"),
    AidKind.HOUSE_HEAVY: ("hardship", "without_home", "amount_vnd"), AidKind.RELOCATION: ("amount_vnd",), AidKind.LEADER_GIFT: ("receives_as", "goods"),
}  # fmt: skip
_ASKED = (
    "receives_as", "persons", "months", "treatment_days", "away", "hardship", "without_home", "unable", "cost_vnd", "goods", "amount_vnd",
)  # fmt: skip
_WHO = {
    AidKind.INJURY: _("Họ và tên người bị thương"), AidKind.BURIAL: _("Họ và tên người chết, mất tích"),
    AidKind.BURIAL_BY_OTHERS: _("Họ và tên người chết, hoặc đặc điểm"), AidKind.LEADER_GIFT: _("Người, hộ, tập thể nhận quà"),
}  # fmt: skip
_HOME = {
    AidKind.GOODS: _("Hộ mất nhà ở, không còn chỗ ở"), AidKind.HOUSE_LOST: _("Hộ không còn chỗ ở nào khác"),
    AidKind.HOUSE_HEAVY: _("Nhà không ở được"),
}  # fmt: skip
_BURIALS = (AidKind.BURIAL, AidKind.BURIAL_BY_OTHERS)


class YesNoField(forms.TypedChoiceField):
    """A question only the office can answer: nothing is assumed."""

    def __init__(self, **kwargs):
        choices = [("", _CHOOSE), ("co", _("Có")), ("khong", _("Không"))]
        super().__init__(choices=choices, coerce=lambda told: told == "co", empty_value=None, **kwargs)


class LineForm(OfficeForm):
    """One household or person of a list, with the questions of one kind of support. A code of the register says who it is."""

    kind = forms.ChoiceField(choices=AidKind.choices, required=False, widget=forms.HiddenInput())
    person_code = PersonField(
        label=_("Người trong sổ"), required=False, choose=choose, keeps_numbers=True,
        help_text=_("Tên, năm sinh, số định danh hoặc mã. Chọn rồi thì tên, năm sinh, thôn, số người, hộ nghèo lấy từ sổ nếu bỏ trống."),
    )  # fmt: skip
    recipient = forms.CharField(label=_("Họ và tên chủ hộ, người đề nghị"), required=False, max_length=120)
    born_text = forms.CharField(label=_("Năm sinh"), required=False, max_length=10)
    village_name = forms.CharField(
        label=_("Thôn, tổ dân phố"), required=False, max_length=120, widget=forms.TextInput(attrs={"list": "thon"})
    )
    receives_as = forms.ChoiceField(label=_("Nhận quà với tư cách"), choices=RECEIVES_AS)
    persons = forms.IntegerField(label=_("Số người trong hộ"), required=False, min_value=1, max_value=60)
    months = forms.IntegerField(label=_("Số tháng gạo"), required=False, min_value=1, max_value=12)
    treatment_days = forms.IntegerField(label=_("Số ngày cấp cứu, điều trị"), required=False, min_value=0, max_value=999)
    away = YesNoField(label=_("Bị nạn ngoài nơi cư trú, không có người thân chăm sóc"))
    hardship = forms.ChoiceField(label=_("Hoàn cảnh hộ"), required=False, choices=[("", _CHOOSE), *Hardship.choices])
    without_home = YesNoField(label=_("Hộ không còn chỗ ở nào khác"))
    unable = YesNoField(label=_("Không tự bảo đảm được nhu cầu thiết yếu"))
    cost_vnd = MoneyField(label=_("Chi phí mai táng thực tế (đồng)"), required=False, min_value=0)
    goods = forms.CharField(label=_("Hiện vật, số lượng"), required=False, max_length=300)
    amount_vnd = MoneyField(
        label=_("Mức đề nghị (đồng)"),
        required=False,
        min_value=0,
        help_text=_("Bỏ trống: theo mức của Nghị định, nghị quyết tỉnh."),
    )
    happened_on = DayField(label=_("Ngày xảy ra"), required=False, help_text=_("Bỏ trống: ngày bắt đầu của đợt."))
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)
    is_other = forms.BooleanField(label=_("Người khác, trùng tên"), required=False)

    def __init__(self, *args, kind: str, villages, **kwargs):
        super().__init__(*args, **kwargs)
        self.person: Person | None = None
        self.villages = villages
        self.fields["kind"].initial = kind
        asked = self.data.get(self.add_prefix("kind"), kind)
        self.chosen = AidKind(asked) if asked in _ASKS else AidKind.RICE
        for name in _ASKED:
            if name not in _ASKS[self.chosen]:
                del self.fields[name]
        if self.chosen == AidKind.LEADER_GIFT:
            del self.fields["happened_on"]  # the day of the visit
        if self.chosen in _WHO:
            self.fields["recipient"].label = _WHO[self.chosen]
        if self.chosen in _HOME:
            self.fields["without_home"].label = _HOME[self.chosen]
        if self.chosen == AidKind.RELOCATION:
            self.fields["note"].label, self.fields["note"].required = _("Quyết định di dời (số, ngày, cơ quan)"), True
        if self.chosen in _BURIALS:
            self.fields["note"].label = _("Hộ gia đình, người đứng ra mai táng nhận tiền")

    def clean_kind(self):
        return self.chosen.value

    def clean_person_code(self):
        """The person of the register; a number the register does not know stays as it is."""
        found = self.cleaned_data["person_code"]
        self.person = found if isinstance(found, Person) else None
        return found if isinstance(found, str) else ""

    def clean_born_text(self):
        text = self.cleaned_data["born_text"].strip()
        if not text:
            return ""
        read, problem = read_date(text)
        if read is None:
            raise ValidationError(problem.message if problem else _("Năm sinh không đọc được."))
        return str(read)
