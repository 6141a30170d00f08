"""Posted lists: what hangs, a new one, one with its opinions, its paper."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.database.clock import now, today
from ansinh.dossiers import operations, queries
from ansinh.dossiers.exports import posting_workbook
from ansinh.dossiers.forms import ConclusionForm, OpinionForm, PostingForm, SignerForm, TakeDownForm
from ansinh.dossiers.models import Posting, PostingOpinion
from ansinh.dossiers.papers.posting import posting_signers
from ansinh.dossiers.views.desk import LOOKS
from ansinh.dossiers.workflow import OFFICERS, RECEIVERS
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.pages.lists import Column, Listing, render_list

_COLUMNS = (
    Column("ngay", gettext_lazy("Ngày niêm yết")),
    Column("noi", gettext_lazy("Nơi niêm yết")),
    Column("nguoi", gettext_lazy("Số người"), numeric=True),
    Column("den", gettext_lazy("Đến hết")),
    Column("trang_thai", gettext_lazy("Trạng thái")),
)
_SORTS = {"ngay": ("-posted_on", "-id"), "den": ("until", "id"), "trang_thai": ("state", "id")}


@for_roles(*LOOKS)
def postings(request):
    """What hangs and what hung, the newest first."""
    listing = Listing(request, queries.postings(), columns=_COLUMNS, sorts=_SORTS)
    context = {"listing": listing, "on": today(), "may_post": request.post.role in OFFICERS}
    return render_list(request, "dossiers/postings.html", "dossiers/_posting_rows.html", context)


@for_roles(*OFFICERS)
def post_new(request):
    """Choose among the dossiers whose law asks for posting."""
    possible = queries.postable()
    form = PostingForm(request.POST or None, dossiers=possible, initial={"posted_on": today()})
    if request.method == "POST" and form.is_valid():
        try:
            made = operations.post_list(**form.cleaned_data, by=request.post, now=now())
            messages.success(request, _("Đã ghi niêm yết đến hết ngày %(day)s.") % {"day": f"{made.until:%d/%m/%Y}"})
            return redirect("dossiers:posting", code=made.code)
        except AnsinhError as error:
            _tell(form, error)
    context = {"form": form, "possible": possible}
    return TemplateResponse(request, "dossiers/post_new.html", context, status=422 if form.errors else 200)


def _tell(form, error: AnsinhError) -> None:
    field = getattr(error, "field", None)
    form.add_error(field if field in form.fields else None, str(error))


def _posting(code: str) -> Posting:
    return get_object_or_404(
        Posting.objects.select_related("unit", "office", "posted_by__user", "removed_by__user", "paper"), code=code
    )


@for_roles(*LOOKS)
def posting(request, code):
    """One list: its lines, days, paper, and what people said."""
    found = _posting(code)
    lines = list(found.lines.select_related("dossier").order_by("number"))
    if request.GET.get("xuat") == "xlsx":
        journal.note_read(by=request.post.actor, act="export", noun="posting", key=found.code, at=now())
        response = HttpResponse(posting_workbook(found, lines), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="niem-yet.xlsx"'
        return response
    hangs, on = found.state == "posted", today()
    context = {
        "posting": found, "lines": lines, "on": on,
        "opinions": list(found.opinions.select_related("dossier", "concluded_by__user").order_by("id")),
        "may_take_down": hangs and request.post.role in OFFICERS, "may_conclude": request.post.role in OFFICERS,
        "may_record": hangs and request.post.role in RECEIVERS, "is_over": on > found.until,
        "signer_form": SignerForm(posts=posting_signers(found, on=on)) if request.post.role in OFFICERS else None,
    }  # fmt: skip
    return TemplateResponse(request, "dossiers/posting.html", context)


def _act(request, found: Posting, form, title: str, run) -> HttpResponse:
    """The page of one act on a posted list."""
    if request.method == "POST" and form.is_valid():
        try:
            run(form.cleaned_data)
            messages.success(request, _("Đã thực hiện: %(act)s.") % {"act": title})
            return redirect("dossiers:posting", code=found.code)
        except AnsinhError as error:
            _tell(form, error)
    context = {"posting": found, "form": form, "title": title}
    return TemplateResponse(request, "dossiers/posting_act.html", context, status=422 if form.errors else 200)


@for_roles(*OFFICERS)
def take_down(request, code):
    """The list comes off the board."""
    found = _posting(code)
    form = TakeDownForm(request.POST or None, initial={"on": today()})
    who = {"by": request.post, "now": now()}
    return _act(request, found, form, _("Gỡ niêm yết"), lambda data: operations.take_down(posting=found, **data, **who))


@for_roles(*RECEIVERS)
def opinion(request, code):
    """Somebody says something about it."""
    found = _posting(code)
    form = OpinionForm(request.POST or None, posting=found, initial={"received_on": today()})
    who = {"by": request.post, "now": now()}
    return _act(request, found, form, _("Ghi ý kiến"), lambda data: operations.record_opinion(posting=found, **data, **who))


@for_roles(*OFFICERS)
def conclude(request, code, number):
    """What the office found about one opinion."""
    found = get_object_or_404(PostingOpinion.objects.select_related("posting"), pk=number, posting__code=code)
    form = ConclusionForm(request.POST or None)
    who = {"by": request.post, "now": now()}
    run = lambda data: operations.conclude_opinion(opinion=found, **data, **who)  # noqa: E731
    return _act(request, found.posting, form, _("Ghi kết luận"), run)


@require_POST
@for_roles(*OFFICERS)
def print_posting(request, code):
    """The paper for the board: Word, or PDF."""
    found, on = _posting(code), today()
    form = SignerForm(request.POST, posts=posting_signers(found, on=on))
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect("dossiers:posting", code=code)
    try:
        made = operations.print_posting(posting=found, signer=form.cleaned_data["signer"], by=request.post, on=on, now=now())
    except AnsinhError as error:
        messages.error(request, str(error))
        return redirect("dossiers:posting", code=code)
    door = "documents:pdf" if request.POST.get("dang") == "pdf" else "documents:word"
    return redirect(door, code=made.paper.code, number=made.number)
