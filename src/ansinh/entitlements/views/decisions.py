"""Decisions: the list, one paper, recording its signature, discarding and revoking."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Post, Role
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.documents.letterhead import signing, title_in_one_line
from ansinh.documents.models import PaperPrint
from ansinh.documents.queries import entry_of, signed_file_of
from ansinh.dossiers.queries import next_acts
from ansinh.entitlements import operations
from ansinh.entitlements.exports import decision_workbook, decisions_workbook
from ansinh.entitlements.forms import DecisionFilter, ReasonForm, SignatureForm
from ansinh.entitlements.models import Benefit, Decision
from ansinh.entitlements.operations import Signature
from ansinh.entitlements.papers.decision import signers
from ansinh.entitlements.queries import is_sensitive, on_paper, on_screen, points_in_words, points_of
from ansinh.entitlements.workflow import DECISION
from ansinh.files import operations as files
from ansinh.files.kinds import XLSX
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.folding import fold
from ansinh.pages.lists import Column, Listing, render_list

LOOKS = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP,
    Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER, Role.INSPECTOR,
)  # fmt: skip
_RECORDS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.CLERK, Role.COMMUNE_CHAIRMAN, Role.DIVISION_OFFICER)
_CORRECTS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER)
_COLUMNS = (
    Column("so", gettext_lazy("Quyết định"), value=str),
    Column("ngay", gettext_lazy("Ngày ký"), value=lambda d: d.signed_on),
    Column("loai", gettext_lazy("Loại"), value=lambda d: d.get_kind_display()),
    Column("xa", gettext_lazy("Xã, phường"), value=lambda d: d.unit.name),
    Column("nguoi", gettext_lazy("Người"), numeric=True, value=lambda d: d.people),
    Column("trang_thai", gettext_lazy("Tình trạng"), value=lambda d: d.get_state_display()),
)


def _decision(code: str) -> Decision:
    related = ("unit", "office", "paper", "drafted_by__user", "recorded_by__user", "scan", "dossier")
    found = Decision.objects.select_related(*related)
    return get_object_or_404(found, code=code)


@for_roles(*LOOKS)
def decisions(request):
    """Decisions, newest first; filters stand in the address."""
    form = DecisionFilter(request.GET, units=communes_of(request.post, on=today()))
    found = Decision.objects.select_related("unit").annotate(people=Count("items__person", distinct=True))
    if form.is_valid():
        found = _filtered(found, form.cleaned_data)
    listing = Listing(
        request, found, columns=_COLUMNS, sorts={"moi": ("-id",), "ngay": ("signed_on", "id")}, form=form, name=str, exported=True
    )
    if listing.wants_export:
        journal.note_read(by=request.post.actor, act="export", noun="decision", key="", at=now())
        response = HttpResponse(decisions_workbook(found.order_by(*listing.order)), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="quyet-dinh.xlsx"'
        return response
    context = {"listing": listing}
    return render_list(request, "entitlements/decisions.html", "entitlements/_decision_rows.html", context)


def _filtered(found, data: dict):
    if data["trang_thai"]:
        found = found.filter(state=data["trang_thai"])
    if data["loai"]:
        found = found.filter(kind=data["loai"])
    if data["xa"]:
        found = found.filter(unit=data["xa"])
    if text := data["tim"]:
        people = Q(items__person__name_folded__contains=fold(text))
        found = found.filter(Q(number__icontains=text) | Q(title__icontains=text) | Q(signer_name__icontains=text) | people)
    return found


def _totals(found: Decision) -> dict:
    """Whom a decision is about, and what it gives a month: money it ends, suspends or settles once is no part of that."""
    given = Sum("amount_vnd", filter=Q(act__in=["grant", "adjust", "resume"]), default=0)
    monthly = Count("pk", filter=~Q(benefit=Benefit.FUNERAL))
    return found.items.aggregate(people=Count("person", distinct=True), money=given, monthly=monthly)


@for_roles(*LOOKS)
def decision(request, code):
    """One paper: who signed, every line, what may be done with it."""
    found = _decision(code)
    items = found.items.select_related("person", "entitlement", "cared_for").order_by("number")
    listing = Listing(request, items, columns=(), sorts={"so": ("number", "id")}, page_size=100)
    totals = _totals(found)
    context = {
        "decision": found,
        "listing": listing,
        "totals": totals,
        "moves": {move.act for move in DECISION.open_moves(found.state, request.post.role)},
        "may_correct": found.state == "signed" and request.post.role in _CORRECTS,
        "result_waits": found.dossier and any(act.key == "tra-ket-qua" for act in next_acts(found.dossier, request.post)),
        "own_draft": found.drafted_by_id == request.post.id and found.origin != "imported",
        "reason": ReasonForm(),
        "signed": signed_file_of(found.scan),
    }
    if request.GET.get("xuat") == "xlsx":
        return _export(request, found)
    _name(request, found, listing.rows)
    return render_list(request, "entitlements/decision.html", "entitlements/_item_rows.html", context)


def _name(request, found: Decision, rows) -> None:
    """Grounds as this post may read them; telling a sensitive one is noted."""
    naming = on_screen(request.post)
    for item in rows:
        item.point, item.cited, item.told = naming.code(item), naming.article(item), naming.reason(item)
        may_tell = naming.tells or not is_sensitive(item.category)
        item.open_points = points_in_words(item.law.get("unconfirmed", [])) if may_tell else []
    if naming.tells and any(is_sensitive(item.category) for item in rows):
        journal.note_read(by=request.post.actor, act="read_sensitive", noun="decision", key=found.code, at=now())


def _export(request, found: Decision) -> HttpResponse:
    journal.note_read(by=request.post.actor, act="export", noun="decision", key=found.code, at=now())
    response = HttpResponse(decision_workbook(found, on_paper(found.items.all(), request.post)), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{found.code}.xlsx"'
    return response


@for_roles(*_RECORDS)
def record(request, code):
    """Its own page: number, date, signer, scan; then the ledger changes."""
    found = _decision(code)
    prints = list(found.paper.prints.order_by("-number")) if found.paper else []
    form = SignatureForm(
        request.POST or None, request.FILES or None, initial=_printed(found, prints), decision=found, prints=prints
    )
    if request.method == "POST" and form.is_valid():
        try:
            _record(request, found, form.cleaned_data)
            messages.success(request, _("Đã ghi nhận quyết định; sổ hưởng đã cập nhật."))
            return redirect("entitlements:decision", code=code)
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    totals = _totals(found)
    context = {"decision": found, "form": form, "totals": totals, "open_points": points_of(found, on_screen(request.post))}
    return TemplateResponse(request, "entitlements/record.html", context, status=422 if form.errors else 200)


def _printed(found: Decision, prints: list) -> dict:
    """What the paper that was printed and numbered says already; unprinted, who is competent to sign it today."""
    if not prints:
        head = next(iter(signers(found, on=today())), None)
        return {"signer_name": head.user.full_name, "signer_title": title_in_one_line(signing(head))} if head else {}
    last, entry = prints[0], entry_of(found.paper)
    known = {"number": entry.symbol, "signed_on": entry.dated_on} if entry else {}
    return {**known, "signer_name": last.signer_name, "signer_title": last.signer_title}


def _signer(found: Decision, name: str) -> Post | None:
    """The post that a print named, where its name is the one that signed."""
    named = found.paper.prints.filter(signer_name=name.strip()).exclude(signer=None) if found.paper else PaperPrint.objects.none()
    made = named.select_related("signer__office").order_by("-number").first()
    return made.signer if made else None


def _record(request, found: Decision, data: dict) -> None:
    upload = data["scan"]
    scan = files.store_scan(name=upload.name, data=upload.read(), purpose="decision", unit=found.unit, by=request.post, now=now())
    signature = Signature(
        data["number"],
        data["signed_on"],
        data["signer_name"],
        data["signer_title"],
        _signer(found, data["signer_name"]),
        scan,
        data.get("print_number"),
        data["compared"],
    )
    operations.record_decision(decision=found, signature=signature, by=request.post, now=now())


@require_POST
@for_roles(*_RECORDS)
def discard(request, code):
    """Throw a draft away."""
    return _with_reason(request, code, operations.discard_draft, _("Đã bỏ dự thảo."))


@require_POST
@for_roles(*_RECORDS)
def revoke(request, code):
    """Take a signed decision back while nothing rests on it."""
    return _with_reason(request, code, operations.revoke_decision, _("Đã thu hồi quyết định; sổ hưởng trở lại như trước."))


def _with_reason(request, code, operation, done: str):
    try:
        operation(decision=_decision(code), reason=request.POST.get("reason", ""), by=request.post, now=now())
        messages.success(request, done)
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("entitlements:decision", code=code)
