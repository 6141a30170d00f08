"""Shapes of input: the head of a resolution, one thing it sets, a file, a reason."""

from __future__ import annotations

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ansinh import law
from ansinh.kernel.periods import add_months, next_month
from ansinh.law.floors import FIXED, MULTIPLES
from ansinh.law.resolution_words import item_label
from ansinh.law.resolutions import EXTRA
from ansinh.lawbook.models import LineKind, Resolution, ResolutionLine
from ansinh.lawbook.operations import Paper
from ansinh.localities.models import Unit
from ansinh.pages.forms import ChangeForm, DayField, MoneyField, MonthField, OfficeForm, UploadField
from ansinh.pages.own_words import own_words

SCOPES = [
    ("monthly", _("Trợ cấp xã hội hằng tháng")),
    ("social_pension", _("Trợ cấp hưu trí xã hội")),
    ("carers", _("Kinh phí chăm sóc, nuôi dưỡng")),
    ("residential", _("Nuôi dưỡng tại cơ sở trợ giúp xã hội")),
    ("funeral", _("Hỗ trợ chi phí mai táng")),
    ("emergency", _("Trợ giúp xã hội khẩn cấp")),
]
BRINGS = [("funeral", _("Hỗ trợ chi phí mai táng")), ("health_insurance", _("Thẻ bảo hiểm y tế"))]
# What an officer may choose for a group without writing an expression: facts that are recorded as they are.
ASKED = (
    "poor", "near_poor", "hard_area", "disability_severe", "disability_extreme", "single", "supporter_absent",
    "lacks_parental_support", "studying", "own_household_cares", "fostered", "cannot_live_alone", "pregnant",
)  # fmt: skip
EXCLUDED = ("wage", "survivor_benefit", "other_allowance", "in_facility", "disability_severe", "disability_extreme")


class PaperForm(ChangeForm):
    """What stands at the head of a resolution."""

    asked_anew = ("scan",)
    number = forms.CharField(label=_("Số, ký hiệu"), max_length=60, help_text=_("Ví dụ: 63/2025/NQ-HĐND."))
    title = forms.CharField(label=_("Trích yếu"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    issued_on = DayField(label=_("Ngày ban hành"))
    in_force_from = DayField(label=_("Có hiệu lực từ ngày"))
    applies_to_months_from = MonthField(label=_("Tính cho các tháng hưởng từ tháng"))
    last_month = MonthField(label=_("Đến hết tháng"), required=False, help_text=_("Bỏ trống khi nghị quyết không ghi thời hạn."))
    territory = forms.ModelChoiceField(
        label=_("Địa bàn"), queryset=Unit.objects.none(), empty_label=None,
        help_text=_("Nghị quyết của tỉnh trước sáp nhập chỉ tính cho địa bàn tỉnh đó, kể cả sau sáp nhập cho tới khi bị thay thế."),
    )  # fmt: skip
    replaces = forms.ModelChoiceField(
        label=_("Thay thế nghị quyết"), queryset=Resolution.objects.none(), required=False, empty_label=_("Không thay thế"),
        help_text=_("Nghị quyết bị thay thế thôi tính từ tháng nghị quyết này bắt đầu tính."),
    )  # fmt: skip
    scan = UploadField(label=_("Bản quét"), required=False, help_text=_("PDF hoặc ảnh, tối đa 20 MB."))
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)

    def __init__(self, *args, territories, found: Resolution | None = None, **kwargs):
        if found:
            kept = ("number", "title", "issued_on", "in_force_from", "applies_to_months_from", "territory", "replaces", "note")
            kwargs["initial"] = {name: getattr(found, name) for name in kept}
            kwargs["initial"]["last_month"] = add_months(found.until, -1) if found.until else None
        super().__init__(*args, **kwargs)
        self.fields["territory"].queryset = territories
        self.fields["territory"].label_from_instance = territory_label
        others = Resolution.objects.filter(state="confirmed").exclude(pk=found.pk if found else None)
        self.fields["replaces"].queryset = others.order_by("-issued_on")

    def paper(self) -> Paper:
        """The head as the operations take it."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("scan", "last_month")}
        last = self.cleaned_data["last_month"]
        return Paper(**data, until=next_month(last) if last else None)


def territory_label(unit: Unit) -> str:
    """A province and, where its row has ended or begun, when: two may have one name."""
    if unit.period.upper:
        return _("%(name)s (đến %(day)s)") % {"name": unit.name, "day": f"{unit.period.upper:%d/%m/%Y}"}
    if unit.period.lower:
        return _("%(name)s (từ %(day)s)") % {"name": unit.name, "day": f"{unit.period.lower:%d/%m/%Y}"}
    return unit.name


def coefficient_field(**kwargs) -> forms.DecimalField:
    return forms.DecimalField(label=_("Hệ số"), max_digits=5, decimal_places=2, min_value=0, localize=True, **kwargs)


class LineForm(OfficeForm):
    """One thing a resolution sets; `line` is the row it becomes."""

    basis = forms.CharField(
        label=_("Điều, khoản của nghị quyết"), required=False, max_length=120, help_text=_("Ví dụ: Khoản 1 Điều 2.")
    )


class LevelForm(LineForm):
    """A standard, and what it is for."""

    amount_vnd = MoneyField(label=_("Mức chuẩn một tháng (đồng)"), min_value=1)
    scopes = forms.MultipleChoiceField(
        label=_("Áp dụng cho"), choices=SCOPES, widget=forms.CheckboxSelectMultiple,
        help_text=_("Chỉ chọn những khoản nghị quyết ghi rõ; các khoản khác giữ mức chung của Chính phủ."),
    )  # fmt: skip
    field_order = ["amount_vnd", "scopes", "basis"]

    def line(self) -> ResolutionLine:
        return ResolutionLine(kind=LineKind.LEVEL, **self.cleaned_data)


class AmountForm(LineForm):
    """An amount of its own for a category or a one-off item."""

    of = forms.ChoiceField(label=_("Khoản, loại đối tượng"))
    amount_vnd = MoneyField(label=_("Mức tiền (đồng)"), min_value=1, help_text=_("Một tháng; với khoản một lần: một lần."))
    coefficient = coefficient_field(
        required=False, help_text=_("Chỉ ghi khi mức này dành riêng cho những người có hệ số này theo nghị định.")
    )
    field_order = ["of", "amount_vnd", "coefficient", "basis"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        by_kind: dict[str, list] = {}
        for one in law.categories().values():
            if one.key != EXTRA:
                by_kind.setdefault(str(own_words_of_kind(one.kind)), []).append((one.key, own_words(one)))
        once = [(key, item_label(key)) for key in (*MULTIPLES, *FIXED)]
        self.fields["of"].choices = [("", "–"), *by_kind.items(), (_("Khoản một lần"), once)]

    def clean_coefficient(self):
        value = self.cleaned_data["coefficient"]
        return int(value * 100) if value else None

    def line(self) -> ResolutionLine:
        return ResolutionLine(kind=LineKind.AMOUNT, **self.cleaned_data)


def own_words_of_kind(kind: str) -> str:
    """A benefit in the language of the reader."""
    return law.kinds()[kind][get_language() == "en"]


class GroupForm(LineForm):
    """People the province adds: chosen from facts, or written as an expression of the law files."""

    title = forms.CharField(label=_("Tên nhóm đối tượng"), max_length=200, help_text=_("Như nghị quyết viết."))
    age_from = forms.IntegerField(label=_("Từ đủ (tuổi)"), required=False, min_value=0, max_value=120)
    age_below = forms.IntegerField(label=_("Đến dưới (tuổi)"), required=False, min_value=1, max_value=121)
    all_of = forms.MultipleChoiceField(label=_("Phải có đủ"), required=False, widget=forms.CheckboxSelectMultiple)
    any_of = forms.MultipleChoiceField(label=_("Có ít nhất một trong"), required=False, widget=forms.CheckboxSelectMultiple)
    none_of = forms.MultipleChoiceField(label=_("Không được có"), required=False, widget=forms.CheckboxSelectMultiple)
    condition = forms.CharField(
        label=_("Hoặc ghi biểu thức"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
        help_text=_("Chỉ khi các ô trên không đủ; cùng ngôn ngữ với tệp luật, ví dụ: age >= 60 and (poor or near_poor)."),
    )  # fmt: skip
    coefficient = coefficient_field(required=False, help_text=_("Nhân với mức chuẩn trợ cấp hằng tháng của tỉnh."))
    amount_vnd = MoneyField(label=_("Hoặc mức tiền một tháng (đồng)"), required=False, min_value=1)
    brings = forms.MultipleChoiceField(
        label=_("Kèm theo"), required=False, choices=BRINGS, widget=forms.CheckboxSelectMultiple,
        help_text=_("Chỉ chọn khi nghị quyết ghi rõ."),
    )  # fmt: skip
    field_order = [
        "title", "age_from", "age_below", "all_of", "any_of", "none_of", "condition", "coefficient", "amount_vnd", "brings", "basis",
    ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        facts = law.facts()
        for name, keys in (("all_of", ASKED), ("any_of", ASKED), ("none_of", EXCLUDED)):
            self.fields[name].choices = [(key, own_words(facts[key])) for key in keys]

    def clean_coefficient(self):
        value = self.cleaned_data["coefficient"]
        return int(value * 100) if value else None

    def clean(self):
        data = super().clean()
        chosen = self._chosen(data)
        written = (data.get("condition") or "").strip()
        if bool(chosen) == bool(written) and not self.errors:
            raise forms.ValidationError(_("Hãy chọn điều kiện ở các ô, hoặc ghi biểu thức; không làm cả hai."))
        data["condition"] = written or " and ".join(chosen)
        if bool(data.get("coefficient")) == bool(data.get("amount_vnd")) and not self.errors:
            raise forms.ValidationError(_("Hãy ghi hệ số hoặc mức tiền, chỉ một trong hai."))
        return data

    def _chosen(self, data: dict) -> list[str]:
        parts = []
        if data.get("age_from") is not None:
            parts.append(f"age >= {data['age_from']}")
        if data.get("age_below") is not None:
            parts.append(f"age < {data['age_below']}")
        parts += data.get("all_of") or []
        if some := data.get("any_of"):
            parts.append(some[0] if len(some) == 1 else f"({' or '.join(some)})")
        return parts + [f"not {name}" for name in data.get("none_of") or []]

    def line(self) -> ResolutionLine:
        kept = ("title", "condition", "coefficient", "amount_vnd", "brings", "basis")
        return ResolutionLine(kind=LineKind.GROUP, **{name: self.cleaned_data[name] for name in kept})


class FileForm(OfficeForm):
    """A resolution as a file, or its text pasted."""

    file = UploadField(label=_("Tệp nghị quyết (YAML)"), required=False, limit=200_000)
    pasted = forms.CharField(
        label=_("Hoặc dán nội dung tệp"), required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false"}),
    )  # fmt: skip

    def clean(self):
        data = super().clean()
        if bool(data.get("file")) == bool((data.get("pasted") or "").strip()) and not self.errors:
            raise forms.ValidationError(_("Hãy chọn một tệp, hoặc dán nội dung; không làm cả hai."))
        return data

    def data_given(self) -> bytes:
        """The bytes, wherever they came from."""
        file = self.cleaned_data["file"]
        return file.read() if file else self.cleaned_data["pasted"].encode()


class EffectForm(OfficeForm):
    """For which month the effect is counted."""

    month = MonthField(label=_("Tính cho tháng"))
