"""Lines of a list: typed, pasted, derived from the ledger, left out, marked."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.database.clock import now
from ansinh.emergency import operations
from ansinh.emergency.exports import blank_workbook
from ansinh.emergency.forms import MarkForm, NoteForm, PasteForm, villages_of
from ansinh.emergency.line_forms import LineForm
from ansinh.emergency.models import AidKind, AidLine, OccasionKind
from ansinh.emergency.models.aid import RELIEF_KINDS
from ansinh.emergency.sheet import read_rows
from ansinh.emergency.views.answering import LOOKS, form_page, handed_out, put_error
from ansinh.emergency.views.lists import chosen, list_address, list_of
from ansinh.emergency.views.occasions import asked_of, kind_of
from ansinh.emergency.workflow import GIVERS, LINE, OFFICERS
from ansinh.files.kinds import XLSX
from ansinh.imports.reading.files import open_file, open_pasted
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.lawbook.queries import points


@for_roles(*OFFICERS)
def add_line(request, code):
    """One household or person; the law says how much. The next one follows on the same page."""
    found = list_of(code)
    kind = AidKind.LEADER_GIFT if found.occasion.kind == OccasionKind.VISIT else kind_of(request)
    form = LineForm(request.POST or None, kind=kind, villages=villages_of(found.unit_id))

    def done() -> str:
        (line,) = operations.add_lines(aid_list=found, asked=[asked_of(form)], by=request.post, now=now())
        messages.success(request, _("Đã ghi %(name)s.") % {"name": line.recipient})
        again = f"{reverse('emergency:add_line', args=[code])}?khoan={line.kind}"
        return again if request.POST.get("go") == "again" else list_address(found)[0]

    return form_page(
        request, form, done, title=_("Thêm người, hộ"), button=_("Ghi vào danh sách"), back=list_address(found), again=True,
        villages=form.villages, chosen=form.chosen, kinds=RELIEF_KINDS if found.occasion.is_relief else (),
    )  # fmt: skip


@for_roles(*OFFICERS)
def paste(request, code):
    """Rows of a village's sheet: all of them or none, the wrong cell named."""
    found = list_of(code)
    form = PasteForm(request.POST or None, request.FILES or None)

    def done() -> None:
        data = form.cleaned_data
        opened = open_file(data["file"].read(), data["file"].name) if data["file"] else open_pasted(data["pasted"])
        made = operations.add_lines(aid_list=found, asked=read_rows(opened), by=request.post, now=now())
        messages.success(request, _("Đã ghi %(n)d dòng.") % {"n": len(made)})

    return form_page(
        request, form, done, title=_("Nhập từ Excel"), button=_("Đọc và ghi"), back=list_address(found), upload=True,
        sheet=reverse("emergency:blank", args=[code]),
    )  # fmt: skip


@for_roles(*OFFICERS)
def blank(request, code):
    """The sheet a village fills in."""
    found = list_of(code)
    journal.note_read(by=request.post.actor, act="export", noun="aid_list", key=found.code, at=now())
    return handed_out(blank_workbook(found), f"mau-{found.code}.xlsx", XLSX)


@for_roles(*OFFICERS)
@require_POST
def fill(request, code):
    """The list of a round of gifts from the ledger and the register."""
    found = list_of(code)
    try:
        added = operations.fill_gifts(aid_list=found, by=request.post, now=now())
        messages.success(request, _("Đã thêm %(n)d người từ sổ.") % {"n": added})
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("emergency:list", code=code)


@for_roles(*GIVERS)
@require_POST
def mark(request, code):
    """What came of handing out, for the ticked lines or for all that the filter shows."""
    found = list_of(code)
    form = MarkForm(request.POST)
    query = request.GET.urlencode()
    address = reverse("emergency:list", args=[code])
    if not form.is_valid():
        messages.error(request, " ".join(str(error) for errors in form.errors.values() for error in errors))
        return redirect(f"{address}?{query}" if query else address)
    try:
        lines = chosen(request, found)
        number = operations.mark_lines(aid_list=found, lines=lines, by=request.post, now=now(), **form.cleaned_data)
        messages.success(request, _("Đã đánh dấu %(n)d dòng.") % {"n": number})
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect(f"{address}?{query}" if query else address)


@for_roles(*LOOKS)
def line(request, code):
    """One line: what the law gave, by which article, what happened; leaving it out or taking it in again."""
    related = ("list__occasion", "list__unit", "person", "household")
    found = get_object_or_404(AidLine.objects.select_related(*related), code=code)
    may = request.post.role in OFFICERS and found.list.state in ("listing", "reviewed")
    form = NoteForm(request.POST or None)
    back_in = may and found.state == "left_out"
    if request.method == "POST" and may and (back_in or form.is_valid()):
        try:
            if back_in:
                operations.put_back(line=found, by=request.post, now=now())
            else:
                operations.leave_out(line=found, note=form.cleaned_data["note"], by=request.post, now=now())
            return redirect("emergency:list", code=found.list.code)
        except AnsinhError as error:
            put_error(form, error)
    labels = {move.act: move.label for move in LINE.moves}
    known = points() if found.open_points else {}
    context = {
        "line": found, "form": form, "may_leave_out": may and found.state == "listed", "may_put_back": back_in,
        "back": list_address(found.list), "history": [(one, labels.get(one.act, one.act)) for one in found.steps.order_by("-id")],
        "points": [known[key].label if key in known else key for key in found.open_points],
    }  # fmt: skip
    status = 422 if form.is_bound and form.errors and not back_in else 200
    return TemplateResponse(request, "emergency/line.html", context, status=status)
