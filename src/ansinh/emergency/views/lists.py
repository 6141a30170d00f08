"""One list: its lines page by page, its steps, the signed decision, its resources and papers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.access.guards import for_roles
from ansinh.database.clock import now, today
from ansinh.documents.queries import signed_file_of
from ansinh.emergency import operations, queries
from ansinh.emergency.exports import lines_workbook, signing_pdf
from ansinh.emergency.forms import (
    SUPPLIED,
    AccountForm,
    DecideForm,
    LineFilter,
    MarkForm,
    NoteForm,
    ReviewForm,
    SubmitForm,
    SupplyForm,
)
from ansinh.emergency.models import AidList, OccasionKind, Resources, SupplyEntry, SupplyKind
from ansinh.emergency.papers import AID_DECISION
from ansinh.emergency.papers.standing import signers
from ansinh.emergency.payer_file import payer_workbook
from ansinh.emergency.views.answering import LOOKS, form_page, handed_out
from ansinh.emergency.views.papers import given_by, signature_of
from ansinh.emergency.workflow import GIVERS, OFFICERS, RECORDERS
from ansinh.files.kinds import PDF, XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.folding import fold
from ansinh.law.benefits.one_off.relief import emergency_deadline
from ansinh.law.engine.errors import NotAnswerable
from ansinh.lawbook.queries import points
from ansinh.pages.lists import Column, Listing, render_list

_COLUMNS = (
    Column("ten", gettext_lazy("Người, hộ nhận")),
    Column("thon", gettext_lazy("Thôn, tổ")),
    Column("khoan", gettext_lazy("Khoản")),
    Column("tien", gettext_lazy("Mức hỗ trợ"), numeric=True),
    Column("tt", gettext_lazy("Tình trạng")),
)
_SORTS = {
    "thon": ("village_name", "sort_key", "id"), "ten": ("sort_key", "id"), "khoan": ("kind", "sort_key", "id"),
    "tien": ("amount_vnd", "id"), "tt": ("state", "sort_key", "id"),
}  # fmt: skip
_BY_VILLAGE = ("village_name", "sort_key", "id")


def list_of(code: str) -> AidList:
    """The list of a code, if this post may see it."""
    related = ("occasion", "unit", "office", "prepared_by__user", "submitted_by__user", "signer__user", "scan")
    return get_object_or_404(AidList.objects.select_related(*related), code=code)


def list_address(found: AidList) -> tuple[str, str]:
    """Where its page is, and how it is called."""
    return reverse("emergency:list", args=[found.code]), f"{found.occasion.name}, {found.unit.name}"


def filtered(request, found: AidList):
    """The lines as the address filters them, and the form that says so."""
    villages = found.lines.order_by("village_name").values_list("village_name", flat=True).distinct()
    form = LineFilter(request.GET, villages=villages, gifts=not found.occasion.is_relief)
    data = form.cleaned_data if form.is_valid() else {}
    rows = found.lines.select_related("person")
    if text := data.get("tim"):
        by_code = rows.filter(code__iexact=text.strip())
        rows = by_code if by_code.exists() else rows.filter(recipient_folded__contains=fold(text))
    for name, column in (("khoan", "kind"), ("trang_thai", "state"), ("thon", "village_name")):
        if data.get(name):
            rows = rows.filter(**{column: data[name]})
    return rows, form


@for_roles(*LOOKS)
def aid_list(request, code):
    """The list: what is asked, decided, received, left; every line page by page."""
    found = list_of(code)
    rows, form = filtered(request, found)
    listing = Listing(request, rows, columns=_COLUMNS, sorts=_SORTS, form=form, name=lambda one: one.recipient, exported=True)
    if listing.wants_export:
        journal.note_read(by=request.post.actor, act="export", noun="aid_list", key=found.code, at=now())
        return handed_out(lines_workbook(found, rows.order_by(*listing.order), _left_out(found)), f"{found.code}.xlsx", XLSX)
    role = request.post.role
    gifts = found.occasion.kind == OccasionKind.GIFTS
    context = {
        "list": found,
        "listing": listing,
        "totals": queries.list_totals(found),
        "kinds": queries.by_kind(found),
        "balances": queries.balances(found),
        "steps": list(found.workflow.states.items()),
        "history": _history(found),
        "moves": [move for move in found.workflow.open_moves(found.state, role) if move.act != "decide"],
        "may_decide": found.state == "submitted" and role in RECORDERS,
        "may_add": found.is_open and role in OFFICERS and not gifts,
        "may_fill": found.is_open and role in OFFICERS and gifts,
        "may_mark": found.state == "decided" and role in GIVERS,
        "may_pay_out": found.state == "decided" and role in GIVERS,
        "may_supply": found.state != "accounted" and role in GIVERS,
        "mark": MarkForm(initial={"on": today()}),
        "left_out": _left_out(found),
        "points": _open_points(found),
        "signed": signed_file_of(found.scan),
        "deadline": _deadline(found),
        "query": request.GET.urlencode(),
    }
    return render_list(request, "emergency/list.html", "emergency/_line_rows.html", context)


def _history(found: AidList) -> list[tuple]:
    labels = {move.act: move.label for move in found.workflow.moves} | {"open": _("Lập danh sách")}
    return [(step, labels.get(step.act, step.act)) for step in found.steps.order_by("-id")]


def _open_points(found: AidList) -> list[str]:
    keys = {key for keys in found.lines.counted().exclude(open_points=[]).values_list("open_points", flat=True) for key in keys}
    known = points() if keys else {}
    return [known[key].label if key in known else key for key in sorted(keys)]


def _left_out(found: AidList) -> list[queries.LeftOut]:
    """Of a round of gifts: who seems to belong on the list and is not, with the reason."""
    day = found.occasion.cutoff_on
    if found.occasion.kind != OccasionKind.GIFTS or day is None or day > today():
        return []
    return queries.left_out(found.occasion, found.unit)


def _deadline(found: AidList) -> date | None:
    """The last day to decide, where the law of the day names a number of days."""
    if not found.occasion.is_relief or found.submitted_at is None or found.decided_on:
        return None
    try:
        return emergency_deadline(found.submitted_at.date())
    except NotAnswerable:
        return None


_STEPS = {
    "review": lambda request, found: ReviewForm(request.POST or None),
    "skip_review": lambda request, found: NoteForm(request.POST or None),
    "submit": lambda request, found: SubmitForm(request.POST or None, has_open=bool(_open_points(found))),
    "send_back": lambda request, found: NoteForm(request.POST or None),
    "reopen": lambda request, found: NoteForm(request.POST or None),
    "account": lambda request, found: AccountForm(request.POST or None),
}


@for_roles(*dict.fromkeys((*OFFICERS, *RECORDERS, *GIVERS)))
def step(request, code, act):
    """One step of the list with the words it needs."""
    found = list_of(code)
    if act not in _STEPS:
        raise Http404
    move = next((one for one in found.workflow.moves if one.act == act), None)
    if move is None:
        raise Http404
    form = _STEPS[act](request, found)

    def done() -> None:
        seen = request.POST.get("seen") or None
        getattr(operations, act)(aid_list=found, by=request.post, now=now(), seen=seen, **form.cleaned_data)
        messages.success(request, _("Đã thực hiện: %(act)s.") % {"act": move.label})

    return form_page(
        request, form, done, title=move.label, button=move.label, back=list_address(found), seen=found.state,
        points=_open_points(found) if act == "submit" else [],
    )  # fmt: skip


@for_roles(*RECORDERS)
def decide(request, code):
    """Record the signed decision with its signer, and whose resources pay each kind."""
    found = list_of(code)
    kinds = [row.kind for row in queries.by_kind(found)]
    form = DecideForm(
        request.POST or None, request.FILES or None, signers_on=lambda day: signers(found, on=day), kinds=kinds, gifts=not found.occasion.is_relief,
        **given_by(AID_DECISION, found),
    )  # fmt: skip

    def done() -> None:
        seen, signature = request.POST.get("seen") or None, signature_of(request, form.cleaned_data, found)
        operations.decide(aid_list=found, signature=signature, resources=form.resources, by=request.post, now=now(), seen=seen)
        said = _("Đã ghi quyết định số %(number)s. Tiếp theo: phát và đánh dấu người đã nhận.")
        messages.success(request, said % {"number": form.cleaned_data["number"]})

    return form_page(
        request, form, done, title=_("Ghi nhận quyết định đã ký"), button=_("Ghi nhận"), back=list_address(found), seen=found.state,
        upload=True,
    )  # fmt: skip


@for_roles(*LOOKS)
def signing(request, code):
    """The large-print sheet to sign on."""
    found = list_of(code)
    rows, _form = filtered(request, found)
    lines = rows.exclude(state__in=("left_out", "handed_back")).order_by(*_BY_VILLAGE)
    journal.note_read(by=request.post.actor, act="print_signing_sheet", noun="aid_list", key=found.code, at=now())
    return handed_out(signing_pdf(found, lines), f"ky-nhan-{found.code}.pdf", PDF)


@for_roles(*GIVERS)
def payer_file(request, code):
    """Money that waits, for the payer: bank accounts stand on it, so only those who give it out take it."""
    found = list_of(code)
    if found.state != "decided":
        messages.error(request, _("Danh sách chưa được quyết định, hoặc đã quyết toán: không còn tiền chờ chi."))
        return redirect("emergency:list", code=code)
    journal.note_read(by=request.post.actor, act="export", noun="aid_list", key=found.code, at=now())
    return handed_out(payer_workbook(found, on=today()), f"chi-tra-{found.code}.xlsx", XLSX)


@for_roles(*LOOKS)
def supplies(request, code):
    """The resources of a list: asked for, received, returned; each entry with its way to be taken back."""
    found = list_of(code)
    may = found.state != "accounted" and request.post.role in GIVERS
    balances = queries.balances(found)
    form = SupplyForm((request.POST or None) if may else None, initial={"on": today(), **_lacking(balances)})

    def done() -> str:
        data = {**form.cleaned_data}
        data["amount_vnd"], data["rice_kg"] = data["amount_vnd"] or 0, data["rice_kg"] or 0
        operations.record_supply(aid_list=found, by=request.post, now=now(), **data)
        messages.success(request, _("Đã ghi nguồn."))
        return reverse("emergency:supplies", args=[code])

    entries = found.supplies.select_related("recorded_by__user", "corrects", "corrected_by").order_by("-id")
    return form_page(
        request, form, done, title=_("Nguồn của danh sách"), button=_("Ghi nguồn"), back=list_address(found), list=found,
        entries=entries, balances=balances, may_write=may, allocated=found.fund_entries.select_related("fund"),
        template="emergency/supplies.html",
    )  # fmt: skip


def _lacking(balances: Sequence[queries.Balance]) -> dict:
    """What the next entry is most likely about: the first level that owes the list something."""
    for one in balances:
        vnd, kg = one.lacking
        if (vnd or kg) and one.resources in SUPPLIED:
            is_asked = one.resources == Resources.COMMUNE or (one.asked_vnd, one.asked_kg) >= (one.needed_vnd, one.needed_kg)
            return {
                "resources": one.resources, "amount_vnd": vnd or None, "rice_kg": kg or None,
                "kind": SupplyKind.RECEIVED if is_asked else SupplyKind.ASKED,
            }  # fmt: skip
    return {}


@for_roles(*GIVERS)
def correct_supply(request, code):
    """Take a wrong entry back."""
    entry = get_object_or_404(SupplyEntry.objects.select_related("list__occasion", "list__unit"), code=code)
    form = NoteForm(request.POST or None)

    def done() -> None:
        operations.correct_supply(entry=entry, reason=form.cleaned_data["note"], by=request.post, now=now())

    back = (reverse("emergency:supplies", args=[entry.list.code]), _("Nguồn của danh sách"))
    return form_page(request, form, done, title=_("Đảo bút toán %(code)s") % {"code": entry.code}, button=_("Đảo"), back=back)


def chosen(request, found: AidList) -> list[int]:
    """Keys of the lines that were ticked, or of all that the filter shows and that still wait."""
    if request.POST.get("tat_ca"):
        rows, _form = filtered(request, found)
        return list(rows.filter(state="to_give").values_list("pk", flat=True))
    return [int(key) for key in request.POST.getlist("chon") if key.isascii() and key.isdecimal() and len(key) < 18]
