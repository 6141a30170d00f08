"""Shapes of input: the filter of tasks, a task, an act on one, a line of the duty calendar."""

from __future__ import annotations

from datetime import date

from django import forms
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.pages.forms import DayField, OfficeForm, SearchInput, blank_choice
from ansinh.work.models import DayPart, DutyKind, Priority
from ansinh.work.queries.tasks import PARTS
from ansinh.work.workflow import TASK

LATE = "qua-han"


def _told(post: Post) -> str:
    return f"{post.holder_name}, {post.title}, {post.office.name}"


class TaskFilter(OfficeForm):
    """The list of tasks."""

    tim = forms.CharField(label=_("Nội dung"), required=False, widget=SearchInput())
    phan = forms.ChoiceField(label=_("Phần việc"), required=False, choices=list(PARTS.items()))
    trang_thai = forms.ChoiceField(label=_("Trạng thái"), required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["trang_thai"].choices = [*blank_choice(_("Chưa xong")), (LATE, _("Quá hạn")), *TASK.choices]


class TaskForm(OfficeForm):
    """Who is asked for what, until when."""

    title = forms.CharField(label=_("Công việc"), max_length=300)
    doer = forms.ModelChoiceField(label=_("Người thực hiện"), queryset=Post.objects.none(), empty_label=_("Chọn"))
    due_on = DayField(label=_("Hạn hoàn thành"))
    priority = forms.TypedChoiceField(label=_("Mức độ"), choices=Priority.choices, coerce=int, initial=Priority.USUAL)
    product = forms.CharField(
        label=_("Sản phẩm"), required=False, max_length=200, help_text=_("Ví dụ: báo cáo, công văn, danh sách.")
    )
    source = forms.CharField(
        label=_("Theo văn bản"), required=False, max_length=200, help_text=_("Số, ngày, cơ quan ban hành; bỏ trống nếu không có.")
    )
    content = forms.CharField(label=_("Yêu cầu"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    def __init__(self, *args, doers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["doer"].queryset = doers
        self.fields["doer"].label_from_instance = _told


class StepForm(OfficeForm):
    """Words to an act on a task."""

    note = forms.CharField(label=_("Nội dung"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class ExtendForm(OfficeForm):
    """Another last day, and why."""

    due_on = DayField(label=_("Hạn mới"))
    note = forms.CharField(label=_("Lý do"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class DutyForm(OfficeForm):
    """A line of the calendar."""

    post = forms.ModelChoiceField(label=_("Ai"), queryset=Post.objects.none(), empty_label=_("Chọn"))
    on = DayField(label=_("Ngày"))
    session = forms.ChoiceField(label=_("Buổi"), choices=DayPart.choices)
    kind = forms.ChoiceField(label=_("Việc"), choices=DutyKind.choices)
    content = forms.CharField(label=_("Nội dung"), required=False, max_length=300)
    place = forms.CharField(label=_("Địa điểm"), required=False, max_length=200)

    def __init__(self, *args, posts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["post"].queryset = posts
        self.fields["post"].label_from_instance = lambda post: f"{post.holder_name}, {post.title}"


def week_asked(text: str, on: date) -> date:
    """A day of the week that an address asks for; `on` where it asks for none that can be read."""
    try:
        return DayField().clean(text) if text else on
    except forms.ValidationError:
        return on
