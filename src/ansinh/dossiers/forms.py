"""Shapes of input: the desk's filter, a new dossier, what is declared, and one form for each act."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.dossiers.detail_fields import Beside, detail_fields, told_details
from ansinh.dossiers.details import asked
from ansinh.dossiers.models import Channel, Dossier
from ansinh.dossiers.queries.desk import TRAYS
from ansinh.dossiers.workflow import DOSSIER
from ansinh.imports.reading.dates import read_date
from ansinh.law.procedures import load_sheets
from ansinh.localities.models import Unit, Village
from ansinh.pages.forms import (
    ComparedField,
    DayField,
    MoneyField,
    OfficeForm,
    SearchInput,
    UploadField,
    UploadsField,
    blank_choice,
)
from ansinh.pages.own_words import own_words
from ansinh.people.facts_catalogue import BY_KEY, PARENT_STATES, FactKind
from ansinh.people.fields import NameField
from ansinh.people.models.identity import Sex

# Procedures whose dossiers the office can bring to an end here.
OPENED = (
    "allowance_grant",
    "allowance_change",
    "allowance_stop",
    "allowance_suspend",
    "allowance_resume",
    "social_pension",
    "carer_grant",
    "move",
    "funeral",
)


def procedure_choices() -> list[tuple]:
    """The procedures a dossier may be opened for, each with its cases, in the words of the reader: both are chosen by one click."""
    found: list[tuple] = [("", _("Chọn"))]  # nothing is chosen by a hasty click
    for key in OPENED:
        made = load_sheets()[key]
        # Whose case is not settled yet is opened without one: the same words twice would only be asked about.
        cases = [(f"{key}:{case.key}", own_words(case)) for case in made.cases if case.key != "unsettled"]
        cases.append((key, _("%(what)s: chưa rõ trường hợp") % {"what": own_words(made)}))
        found.append((own_words(made), cases))
    return found


class DeskFilter(OfficeForm):
    """The list of dossiers."""

    tim = forms.CharField(label=_("Mã hồ sơ, họ tên"), required=False, widget=SearchInput())
    xem = forms.ChoiceField(label=_("Phần việc"), required=False, choices=list(TRAYS.items()))
    han = DayField(label=_("Hạn trả"), required=False)
    buoc = forms.ChoiceField(label=_("Bước"), required=False, choices=[*blank_choice(), *DOSSIER.choices])
    thu_tuc = forms.ChoiceField(label=_("Thủ tục"), required=False)
    xa = forms.ModelChoiceField(label=_("Xã, phường"), required=False, queryset=Unit.objects.none(), empty_label=_("Tất cả"))
    nguoi = forms.ModelChoiceField(label=_("Người xử lý"), required=False, queryset=Post.objects.none(), empty_label=_("Tất cả"))

    def __init__(self, *args, units, holders, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["xa"].queryset = units
        self.fields["nguoi"].queryset = holders
        self.fields["nguoi"].label_from_instance = lambda post: post.holder_name
        # Of one commune: who holds what; of the province: which commune.
        del self.fields["xa" if len(units) < 2 else "nguoi"]
        self.fields["thu_tuc"].choices = [*blank_choice(), *((key, own_words(made)) for key, made in load_sheets().items())]


class OpenForm(OfficeForm):
    """What somebody comes for, and who brings it."""

    procedure = forms.ChoiceField(label=_("Thủ tục"))
    channel = forms.ChoiceField(label=_("Cách nộp"), choices=Channel.choices)
    applicant_name = forms.CharField(
        label=_("Người nộp thay"), required=False, max_length=120, help_text=_("Bỏ trống khi người đề nghị tự nộp.")
    )
    applicant_relation = forms.CharField(label=_("Quan hệ"), required=False, max_length=60)
    applicant_telephone = forms.CharField(label=_("Điện thoại liên hệ"), required=False, max_length=20)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["procedure"].choices = procedure_choices()

    def clean(self):
        data = super().clean()
        data["procedure"], _colon, data["case"] = data.get("procedure", "").partition(":")
        return data


class NewPersonForm(OfficeForm):
    """A person not in the register yet, as far as the desk needs it."""

    full_name = NameField(label=_("Họ và tên"), max_length=120)
    sex = forms.ChoiceField(label=_("Giới tính"), choices=[*blank_choice(_("Chọn")), *Sex.choices])
    born = forms.CharField(
        label=_("Ngày sinh"), max_length=20,
        help_text=_("Ngày, tháng, năm; chỉ biết năm thì ghi năm: 08/03/1942, 03/1942 hoặc 1942."),
    )  # fmt: skip
    personal_number = forms.CharField(
        label=_("Số định danh"), required=False, max_length=20, help_text=_("12 chữ số; bỏ trống nếu chưa có.")
    )
    unit = forms.ModelChoiceField(label=_("Xã, phường"), queryset=Unit.objects.none(), empty_label=None)
    village = forms.ModelChoiceField(
        label=_("Thôn, tổ dân phố"), queryset=Village.objects.none(), required=False, empty_label=_("Chưa rõ")
    )

    def __init__(self, *args, units, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = units
        self.fields["village"].queryset = Village.objects.filter(unit__in=units).order_by("name")

    def clean_born(self):
        read, problem = read_date(self.cleaned_data["born"])
        if read is None:
            raise ValidationError(problem.message if problem else _("Ngày sinh không đọc được."))
        return read

    def clean_personal_number(self):
        return "".join(self.cleaned_data["personal_number"].translate(str.maketrans("", "", ".-")).split()) or None


class DeclarationForm(OfficeForm):
    """The case, what it turns on with the day since when, what is known already filled in, and the papers that came."""

    def __init__(
        self, *args, dossier: Dossier, known: dict[str, tuple[Any, date | None]], on: date,
        beside: Beside, **kwargs,
    ):  # fmt: skip
        super().__init__(*args, **kwargs)
        self.dossier, self.known, self.beside, self.on, self.told = dossier, known, beside, on, {}
        made = dossier.sheet
        self.fields["case"] = forms.ChoiceField(
            label=_("Trường hợp"), required=False, choices=[("", _("Chọn")), *((case.key, own_words(case)) for case in made.cases)],
            initial=dossier.case,
        )  # fmt: skip
        case = made.case(self.data.get("case") or dossier.case)
        self.kinds = [BY_KEY[key] for key in (case.asks if case else ())]
        for kind in self.kinds:
            self._ask(kind)
        self.details = asked(made.tells, case.key if case else "")
        for detail in self.details:
            self.fields |= detail_fields(detail, dossier, beside)
            # A draft may lack what a received form may not.
            if detail.needed and detail.type != "person" and (not self.is_bound or self.data.get("go") == "receive"):
                self.fields[f"detail_{detail.key}"].required = True
        version = dossier.version or made.on(on)
        self.papers = version.papers_for(case.key if case else "") if version else ()

    def _ask(self, kind: FactKind) -> None:
        """The value as it is known or was declared, and since when."""
        told = self.dossier.declared.get(kind.key)
        value, since = (told["value"], told.get("since")) if told else self.known.get(kind.key, (None, None))
        if kind.key == "cared_by" and value in (None, "none"):
            value = "own_household" if self.data.get("case", self.dossier.case) == "household" else "foster_household"
        field = f"fact_{kind.key}"
        chosen = [("", _("Không khai"))]
        if kind.type == "money":
            self.fields[field] = MoneyField(label=kind.label, min_value=0, required=False, initial=value)
        elif kind.type == "parents":
            first, other = value or ("", "")
            label = _("Một bên (cha hoặc mẹ)")
            self.fields[field] = forms.ChoiceField(label=label, choices=[*chosen, *PARENT_STATES], required=False, initial=first)
            label = _("Bên kia")
            self.fields[f"other_{kind.key}"] = forms.ChoiceField(
                label=label, choices=[*chosen, *PARENT_STATES], required=False, initial=other
            )
        else:
            choices = [("yes", _("Có")), ("no", _("Không"))] if kind.type == "flag" else list(kind.choices)
            initial = {True: "yes", False: "no", None: ""}[value] if kind.type == "flag" else value
            self.fields[field] = forms.ChoiceField(label=kind.label, choices=[*chosen, *choices], required=False, initial=initial)
        self.fields[field].help_text = kind.hint
        initial = date.fromisoformat(since) if isinstance(since, str) else since
        label = _("%(what)s: từ ngày") % {"what": kind.label}
        self.fields[f"since_{kind.key}"] = DayField(label=label, required=False, initial=initial)

    def rows(self):
        """(field, its width) in order: days and sums are short."""
        return [(bound, "short" if isinstance(bound.field, DayField | MoneyField) else "") for bound in self]

    def clean(self):
        data = super().clean()
        for kind in self.kinds:
            since = data.get(f"since_{kind.key}")
            if since and since > self.on:
                self.add_error(f"since_{kind.key}", _("Ngày %(day)s chưa tới.") % {"day": f"{since:%d/%m/%Y}"})
            if kind.type == "parents" and bool(data.get(f"fact_{kind.key}")) != bool(data.get(f"other_{kind.key}")):
                self.add_error(f"other_{kind.key}", _("Cần điền ô này."))
        self.told = told_details(self, self.details, self.beside)
        return data

    @property
    def declared(self) -> dict[str, dict[str, Any]]:
        """What differs from the register, as the dossier keeps it."""
        found = {}
        for kind in self.kinds:
            value, since = self._value(kind), self.cleaned_data.get(f"since_{kind.key}")
            if value is not None and (value, since) != self.known.get(kind.key):
                found[kind.key] = {"value": value, "since": since.isoformat() if since else None}
        return found

    def _value(self, kind: FactKind) -> Any:
        value = self.cleaned_data.get(f"fact_{kind.key}")
        if value in (None, ""):
            return None
        if kind.type == "flag":
            return value == "yes"
        return [value, self.cleaned_data[f"other_{kind.key}"]] if kind.type == "parents" else value


class PapersForm(OfficeForm):
    """Which papers: those of a list, ticked."""

    papers = forms.MultipleChoiceField(label=_("Giấy tờ"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args, papers: list[tuple[str, str]], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["papers"].choices = papers
        if not papers:
            del self.fields["papers"]


class ReceiveForm(PapersForm):
    """The day, the code of the one-stop desk, what was handed in; whoever verifies dossiers may go on with it at once."""

    received_on = DayField(label=_("Ngày tiếp nhận"))
    one_stop_code = forms.CharField(
        label=_("Mã hồ sơ một cửa"), required=False, max_length=60,
        help_text=_("Mã của hệ thống giải quyết thủ tục hành chính; bỏ trống khi hồ sơ không qua đó."),
    )  # fmt: skip
    take_up = forms.BooleanField(
        label=_("Tôi xác minh hồ sơ này"), required=False, initial=True, help_text=_("Bỏ chọn khi người khác xử lý.")
    )

    def __init__(self, *args, verifies: bool, **kwargs):
        super().__init__(*args, **kwargs)
        if not verifies:
            del self.fields["take_up"]


class AskForm(PapersForm):
    """Which papers are missing, and the words to the person."""

    others = forms.CharField(
        label=_("Giấy tờ khác còn thiếu"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một giấy tờ."),
    )  # fmt: skip
    note = forms.CharField(label=_("Nội dung yêu cầu"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class GiveForm(PapersForm):
    """Papers that came, with a picture or scan."""

    scan = UploadsField(label=_("Bản chụp, bản quét"), required=False, help_text=_("PDF hoặc ảnh, mỗi tệp tối đa 20 MB."))


class NoteForm(OfficeForm):
    """Words to an act that needs them."""

    note = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class DeliverForm(OfficeForm):
    """To whom the result went."""

    note = forms.CharField(label=_("Người nhận kết quả"), max_length=200)


class ReassignForm(OfficeForm):
    """Who goes on with it."""

    to = forms.ModelChoiceField(label=_("Người xử lý"), queryset=Post.objects.none(), empty_label=None)
    note = forms.CharField(label=_("Ghi chú"), required=False, max_length=300)

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = posts
        self.fields["to"].label_from_instance = lambda post: post.actor.text


class RefusalProposalForm(OfficeForm):
    """Why, and by which article."""

    reason = forms.CharField(label=_("Lý do"), max_length=1000, widget=forms.Textarea(attrs={"rows": 4}))
    article = forms.CharField(
        label=_("Điều, khoản làm căn cứ"), max_length=300, help_text=_("Ví dụ: khoản 6 Điều 5 Nghị định 335/2026/NĐ-CP.")
    )


class RefusalPaperForm(OfficeForm):
    """What stands on the signed refusal."""

    number = forms.CharField(label=_("Số văn bản"), max_length=60)
    signed_on = DayField(label=_("Ngày ký"))
    signer_name = forms.CharField(label=_("Người ký"), max_length=120)
    signer_title = forms.CharField(
        label=_("Chức vụ người ký"), max_length=120, help_text=_("Ví dụ: Chủ tịch; KT. Chủ tịch, Phó Chủ tịch.")
    )
    scan = UploadField(label=_("Bản đã ký"), help_text=_("Bản quét (PDF hoặc ảnh), hoặc tệp PDF đã ký số; tối đa 20 MB."))
    compared = ComparedField()


class PostingForm(OfficeForm):
    """Which dossiers, where, since when."""

    dossiers = forms.ModelMultipleChoiceField(
        label=_("Hồ sơ niêm yết"), queryset=Dossier.objects.none(), widget=forms.CheckboxSelectMultiple
    )
    place = forms.CharField(label=_("Nơi niêm yết"), max_length=300, help_text=_("Ví dụ: trụ sở UBND xã và nhà văn hóa thôn."))
    posted_on = DayField(label=_("Ngày niêm yết"))

    def __init__(self, *args, dossiers: list[Dossier], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dossiers"].queryset = Dossier.objects.filter(pk__in=[one.pk for one in dossiers]).order_by("sort_key", "id")
        self.fields["dossiers"].label_from_instance = lambda one: f"{one.person_name}, {one.shown_code}, {own_words(one.sheet)}"
        self.fields["dossiers"].initial = [one.pk for one in dossiers]


class TakeDownForm(OfficeForm):
    """When it was taken down, and why before its days were over."""

    on = DayField(label=_("Ngày gỡ"))
    note = forms.CharField(label=_("Lý do gỡ sớm"), required=False, max_length=300)


class OpinionForm(OfficeForm):
    """What somebody said about a posted list."""

    received_on = DayField(label=_("Ngày nhận"))
    giver_name = forms.CharField(label=_("Người có ý kiến"), required=False, max_length=120)
    dossier = forms.ModelChoiceField(
        label=_("Về hồ sơ"), queryset=Dossier.objects.none(), required=False, empty_label=_("Cả danh sách")
    )
    content = forms.CharField(label=_("Nội dung ý kiến"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, posting, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dossier"].queryset = Dossier.objects.filter(posting_lines__posting=posting).order_by("sort_key", "id")
        self.fields["dossier"].label_from_instance = lambda one: f"{one.person_name}, {one.shown_code}"


class ConclusionForm(OfficeForm):
    """What the office found."""

    conclusion = forms.CharField(label=_("Kết luận"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class SignerForm(OfficeForm):
    """Who signs the paper for the board."""

    signer = forms.ModelChoiceField(label=_("Người ký"), queryset=Post.objects.none(), empty_label=None)

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["signer"].queryset = posts
        self.fields["signer"].label_from_instance = lambda post: f"{post.holder_name}, {post.title}"


class HolidaysForm(OfficeForm):
    """The holidays of a year, one day a line."""

    days_off = forms.CharField(
        label=_("Ngày nghỉ (ngoài thứ Bảy, Chủ nhật)"), widget=forms.Textarea(attrs={"rows": 12}), max_length=2000,
        help_text=_("Mỗi dòng một ngày, dạng 01/01/2027."),
    )  # fmt: skip
    worked = forms.CharField(
        label=_("Thứ Bảy, Chủ nhật đi làm bù"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=500,
        help_text=_("Mỗi dòng một ngày; bỏ trống nếu không hoán đổi."),
    )  # fmt: skip
    source = forms.CharField(label=_("Nguồn"), max_length=300, help_text=_("Văn bản, số, ngày của thông báo nghỉ lễ, Tết."))

    def clean_days_off(self):
        return self._days("days_off")

    def clean_worked(self):
        return self._days("worked")

    def _days(self, name: str) -> list[date]:
        found = []
        for line in self.cleaned_data[name].split():
            read, _problem = read_date(line.strip(",;"))
            if read is None or read.precision != "day":
                raise ValidationError(_("Ngày “%(day)s” không đọc được.") % {"day": line})
            found.append(read.on)
        return found
