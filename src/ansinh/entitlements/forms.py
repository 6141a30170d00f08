"""Shapes of input: filters of lists, one person's decision, the signature of a draft."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from ansinh import law
from ansinh.access.models import Post
from ansinh.entitlements.models import PERSONAL, Act, Benefit, Decision, DecisionItem, TransitionKind
from ansinh.entitlements.queries import begun_too_early, months_to_decide
from ansinh.entitlements.workflow import DECISION
from ansinh.kernel.money import money_text
from ansinh.kernel.periods import month_text
from ansinh.localities.models import Unit
from ansinh.pages.forms import ComparedField, DayField, MonthField, OfficeForm, SearchInput, UploadField, blank_choice
from ansinh.pages.own_words import own_words


class DecisionFilter(OfficeForm):
    """The list of decisions."""

    tim = forms.CharField(label=_("Số, tên, người ký"), required=False, widget=SearchInput())
    trang_thai = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=[*blank_choice(), *DECISION.choices])
    loai = forms.ChoiceField(
        label=_("Loại"), required=False, choices=[*blank_choice(), *Decision._meta.get_field("kind").choices]
    )
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].queryset = units


# What the figures count comes first; the others are what they leave out.
LEDGER_STATES = [
    ("", _("Đang hưởng")),
    ("tam-dung", _("Tạm dừng")),
    ("da-mat", _("Đã mất, chưa thôi hưởng")),
    ("tat-ca", _("Tất cả")),
]


class LedgerFilter(OfficeForm):
    """The ledger on a day."""

    tim = forms.CharField(label=_("Họ và tên"), required=False, widget=SearchInput())
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))
    che_do = forms.ChoiceField(label=_("Chế độ"), required=False, choices=[*blank_choice(), *Benefit.choices])
    nhom = forms.ChoiceField(label=_("Loại đối tượng"), required=False)
    trang_thai = forms.ChoiceField(label=_("Tình trạng"), required=False, choices=LEDGER_STATES)
    ngay = DayField(label=_("Vào ngày"), required=False)

    def __init__(self, *args, units, tells, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].queryset = units
        if not tells:  # who is on no list of a ground would be on the one not shown
            del self.fields["nhom"]
            return
        personal = [c for c in law.categories().values() if c.kind in Benefit.values]
        self.fields["nhom"].choices = [*blank_choice(), *((c.key, own_words(c, "short")) for c in personal)]


class TransitionFilter(OfficeForm):
    """The transition list of a change of law."""

    tim = forms.CharField(label=_("Họ và tên"), required=False, widget=SearchInput())
    thay_doi = forms.ChoiceField(label=_("Thay đổi pháp luật"), required=False)
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))
    loai = forms.ChoiceField(label=_("Loại thay đổi"), required=False, choices=[*blank_choice(), *TransitionKind.choices])
    tinh_trang = forms.ChoiceField(
        label=_("Tình trạng"), required=False,
        choices=[*blank_choice(), ("du-thao", _("Trong dự thảo")), ("da-ky", _("Đã ký")), ("giu-lai", _("Giữ lại, chờ xác nhận"))],
    )  # fmt: skip

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].queryset = units
        known = law.changes_of_law()
        self.newest = known[-1].key
        self.fields["thay_doi"].choices = [
            ("", own_words(known[-1], "label")),
            *((one.key, own_words(one, "label")) for one in known[-2::-1]),
        ]


class SignatureForm(OfficeForm):
    """What stands on the signed paper."""

    number = forms.CharField(label=_("Số quyết định"), max_length=60)
    signed_on = DayField(label=_("Ngày ký"))
    signer_name = forms.CharField(label=_("Người ký"), max_length=120)
    signer_title = forms.CharField(
        label=_("Chức vụ người ký"), max_length=120, help_text=_("Ví dụ: Chủ tịch; KT. Chủ tịch, Phó Chủ tịch.")
    )
    print_number = forms.TypedChoiceField(
        label=_("Bản in đã ký"), coerce=int, help_text=_("Bản được ký trên giấy, giữ nguyên từ đây.")
    )
    scan = UploadField(label=_("Bản đã ký"), help_text=_("Bản quét (PDF hoặc ảnh), hoặc tệp PDF đã ký số; tối đa 20 MB."))
    compared = ComparedField()
    as_signed = forms.BooleanField(
        label=_("Bản đã ký ghi đúng như vậy"), required=False, help_text=_("Chỉ đánh dấu khi có căn cứ để hưởng trước tháng ký.")
    )

    def __init__(self, *args, decision: Decision, prints=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.decision = decision
        if not self._early(self._typed_day()):
            del self.fields["as_signed"]
        if len(prints) < 2:  # nothing to choose between
            del self.fields["print_number"]
            return
        words = _("Bản in %(number)d, %(at)s")
        self.fields["print_number"].choices = [
            (one.number, words % {"number": one.number, "at": f"{localtime(one.printed_at):%d/%m/%Y %H:%M}"}) for one in prints
        ]

    def _typed_day(self) -> date | None:
        try:
            return DayField(required=False).clean(self.data.get("signed_on", ""))
        except forms.ValidationError:
            return None

    def _early(self, day: date | None) -> list[DecisionItem]:
        return begun_too_early(self.decision, day) if day else []

    def clean(self):
        cleaned = super().clean()
        early = self._early(cleaned.get("signed_on"))
        if early and not cleaned.get("as_signed"):
            line = early[0]
            words = _(
                "Dòng %(n)d, %(name)s: hưởng từ tháng %(from)s, trước tháng ký; luật cho hưởng từ tháng ký. Hãy bỏ dự thảo và soạn lại."
            )
            said = {"n": line.number, "name": line.person.full_name, "from": month_text(line.from_month)}
            self.add_error("signed_on", words % said)
        return cleaned


class PrintForm(OfficeForm):
    """Whose signature a paper awaits."""

    signer = forms.ModelChoiceField(
        label=_("Người ký"), queryset=Post.objects.none(), required=False, empty_label=_("Chưa rõ, để trống tên"),
        help_text=_("Phó ký thay được ghi KT.; người được ủy quyền bằng văn bản được ghi TUQ."),
    )  # fmt: skip

    def __init__(self, *args, signers, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["signer"]
        field.queryset = (
            Post.objects.filter(pk__in=[post.pk for post in signers]).select_related("user").order_by("is_deputy", "id")
        )
        by_mandate = {post.pk for post in signers if post.rank}
        field.label_from_instance = lambda post: (
            f"{post.user.full_name}, {post.title}{' (TUQ.)' if post.pk in by_mandate else ''}"
        )
        if signers and not self.initial.get("signer"):
            self.initial["signer"] = signers[0].pk


class NumberForm(OfficeForm):
    """The day a number is taken for."""

    dated_on = DayField(label=_("Ngày văn bản"))


MOST_TIMES = 3


def _in_units(hundredths: int) -> str:
    return f"{hundredths / 100:.1f}".replace(".", ",")


# Acts that set a new level; the others are about an entry as it stands.
NEW_LEVEL = ("grant", "adjust")


class DecideForm(OfficeForm):
    """One line for one person: an act on the ledger, as drafted."""

    act = forms.ChoiceField(
        label=_("Việc"), choices=[c for c in Act.choices if c[0] in ("grant", "adjust", "stop", "suspend", "resume")]
    )
    entry = forms.ChoiceField(label=_("Dòng sổ hưởng được thay đổi"), required=False, help_text=_("Bỏ trống khi hưởng mới."))
    category = forms.ChoiceField(
        label=_("Loại đối tượng"), required=False, help_text=_("Thôi hưởng, tạm dừng, hưởng lại: giữ như dòng sổ hưởng.")
    )
    coefficient = forms.DecimalField(label=_("Hệ số"), required=False, max_digits=5, decimal_places=2, min_value=0, localize=True)
    count = forms.IntegerField(
        label=_("Số con"), required=False, min_value=1, max_value=30, initial=1,
        help_text=_("Chỉ dùng cho người đơn thân; còn lại là 1."),
    )  # fmt: skip
    from_month = MonthField(label=_("Từ tháng"))
    reason = forms.CharField(
        label=_("Lý do, căn cứ"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Khi khác với điều luật tính, ghi rõ vì sao."),
    )  # fmt: skip

    def __init__(self, *args, entries, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.months = months_to_decide(today)
        # Money for carers and funerals is granted by its own page: it names others beside the person.
        personal = [c for c in law.categories().values() if c.kind in (*PERSONAL, Benefit.DISABLED_PARENT)]
        self.fields["category"].choices = [("", "–"), *((c.key, own_words(c)) for c in personal)]
        self.entries = {str(entry.id): entry for entry in entries}
        self.fields["entry"].choices = [
            ("", "–"),
            *((key, f"{e.get_benefit_display()}, {money_text(e.amount_vnd)} ({e.code})") for key, e in self.entries.items()),
        ]
        if not self.entries:  # nothing to change yet: only a first grant makes sense
            self.fields["act"].choices = [c for c in Act.choices if c[0] == "grant"]
            self.fields["entry"].widget = forms.HiddenInput()

    def clean_coefficient(self):
        value = self.cleaned_data["coefficient"]
        return None if value is None else int(value * 100)

    def clean_from_month(self) -> date:
        month, (first, last) = self.cleaned_data["from_month"], self.months
        if not first <= month <= last:
            raise forms.ValidationError(
                _("Ghi được từ tháng %(first)s đến tháng %(last)s."),
                params={"first": month_text(first), "last": month_text(last)},
            )
        return month

    def clean(self):
        cleaned = super().clean()
        act = cleaned.get("act")
        cleaned["entry"] = None if act == "grant" else self.entries.get(cleaned.get("entry") or "")
        if act and act != "grant" and cleaned["entry"] is None:
            self.add_error("entry", _("Hãy chọn dòng sổ hưởng được thay đổi."))
        # Money for a carer is what the law gives for whoever is cared for: the form only takes it over at another place.
        entry = cleaned.get("entry")
        as_it_was = entry is not None and entry.benefit == Benefit.CARER_MONEY
        if act in NEW_LEVEL and not as_it_was:
            for name in ("category", "coefficient", "count"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Cần điền ô này."))
            self._refuse_slip(cleaned)
        return cleaned

    def _refuse_slip(self, cleaned: dict) -> None:
        """A comma that was forgotten gives ten times the money: far above every coefficient of the law is a slip, not a decision."""
        category, coefficient, month = (cleaned.get(name) for name in ("category", "coefficient", "from_month"))
        highest = max(law.coefficient_options(category, month), default=0) if category and month else 0
        if highest and coefficient and coefficient > MOST_TIMES * highest:
            words = _("Hệ số %(typed)s cao hơn nhiều mọi hệ số của loại này (cao nhất %(highest)s). Có thiếu dấu phẩy không?")
            said = {"typed": _in_units(coefficient), "highest": _in_units(highest)}
            self.add_error("coefficient", words % said)


class InsuranceFilter(OfficeForm):
    """The health-insurance list of a month."""

    thang = MonthField(label=_("Tháng"), required=False)
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))
    tu = DayField(label=_("Ghi nhận từ ngày"), required=False, help_text=_("Chỉ phần mới sau lần gửi trước."))

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].queryset = units
        if len(units) < 2:
            del self.fields["xa"]


class FromMonthForm(OfficeForm):
    """From which month something is granted."""

    from_month = MonthField(label=_("Từ tháng"))

    def __init__(self, *args, today: date, **kwargs):
        super().__init__(*args, **kwargs)
        self.months = months_to_decide(today)

    clean_from_month = DecideForm.clean_from_month


class ReasonForm(OfficeForm):
    """Why a draft is thrown away or a decision taken back."""

    reason = forms.CharField(label=_("Lý do"), max_length=300)
