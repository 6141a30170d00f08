"""The paper of a decision: print it for its signer, take its number, see what was printed."""

from __future__ import annotations

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import sees_sensitive
from ansinh.database.clock import now, today
from ansinh.documents.models import PaperPrint
from ansinh.documents.queries import entry_of, keeps_papers, numbers_itself, template_on
from ansinh.entitlements import operations
from ansinh.entitlements.forms import NumberForm, PrintForm
from ansinh.entitlements.models import Decision
from ansinh.entitlements.papers import DECISION
from ansinh.entitlements.papers.decision import signers
from ansinh.entitlements.views.decisions import LOOKS
from ansinh.entitlements.workflow import DECISION as DECISION_MOVES
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.rendering import office

_PRINTS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.DIVISION_OFFICER, Role.DIVISION_HEAD)
_NUMBERS = (Role.CLERK, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER, Role.DIVISION_HEAD)


def _decision(code: str) -> Decision:
    found = Decision.objects.select_related("unit", "office__unit", "office__parent", "paper", "dossier")
    return get_object_or_404(found, code=code)


@for_roles(*LOOKS)
def paper(request, code):
    """Where the paper stands: printed, signed, numbered, recorded; and each print with its files."""
    found, on = _decision(code), today()
    prints = list(found.paper.prints.select_related("printed_by__user", "word").order_by("-number")) if found.paper else []
    entry = entry_of(found.paper)
    is_draft = found.state == "draft"
    possible = signers(found, on=entry.dated_on if entry else on) if is_draft else []
    context = {
        "decision": found,
        "file": _asked_file(request, found, prints),
        "prints": prints,
        "entry": entry,
        "steps": _steps(found, entry),
        "step": _step(found, prints, entry),
        "form": PrintForm(signers=possible, initial={"signer": prints[0].signer_id if prints else None}),
        "number_form": NumberForm(initial={"dated_on": on}),
        "prints_itself": is_draft and sees_sensitive(request.post) and request.post.role in _PRINTS,
        "takes_number": is_draft and found.paper and entry is None and numbers_itself(found.office, on),
        "types_number": is_draft and prints and entry is None,
        "may_record": is_draft and prints and found.drafted_by_id != request.post.id and _may_record(request.post),
        "keeps_papers": keeps_papers(request.post, found.office),
        "opens": found.paper is None or not found.paper.is_sensitive or sees_sensitive(request.post),
        "own_template": template_on(found.office, found.paper.kind if found.paper else DECISION.key, on),
        "has_office": office.program() is not None,
        "same_measure": office.has_same_measure(),
    }
    return TemplateResponse(request, "entitlements/paper.html", context)


def _may_record(post) -> bool:
    return any(move.act == "record" for move in DECISION_MOVES.open_moves("draft", post.role))


def _steps(found: Decision, entry) -> list[tuple]:
    number = entry.symbol if entry else ""
    return [
        ("print", _("In, trình ký")),
        ("number", _("Ký, lấy số"), number),
        ("record", _("Ghi nhận bản quét")),
        ("done", _("Sổ hưởng thay đổi")),
    ]


def _step(found: Decision, prints, entry) -> str:
    if found.state != "draft":
        return "" if found.state == "signed" else "print"
    if not prints:
        return "print"
    return "record" if entry else "number"


@require_POST
@for_roles(*_PRINTS)
def print_out(request, code):
    """Make a print and hand out the file asked for: Word, or PDF."""
    found, on = _decision(code), today()
    entry = entry_of(found.paper)
    form = PrintForm(request.POST, signers=signers(found, on=entry.dated_on if entry else on))
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect("entitlements:paper", code=code)
    try:
        made = operations.print_decision(decision=found, signer=form.cleaned_data["signer"], by=request.post, on=on, now=now())
    except AnsinhError as error:
        messages.error(request, str(error))
        return redirect("entitlements:paper", code=code)
    if made.paper.is_sensitive:
        journal.note_read(by=request.post.actor, act="read_sensitive", noun="decision", key=found.code, at=now())
    kind = "pdf" if request.POST.get("dang") == "pdf" else "word"
    return redirect(f"{reverse('entitlements:paper', args=[code])}?tai={kind}&ban={made.number}")


def _asked_file(request, found: Decision, prints: list[PaperPrint]) -> str:
    """The address of the file just printed: the page shows the print and what comes next while its file is fetched."""
    kind, number = request.GET.get("tai", ""), request.GET.get("ban", "")
    if kind not in ("word", "pdf") or number not in {str(one.number) for one in prints}:
        return ""
    return reverse(f"documents:{kind}", args=[found.paper.code, int(number)])


@require_POST
@for_roles(*_NUMBERS)
def number(request, code):
    """Take the next number of the register for a printed draft."""
    form = NumberForm(request.POST)
    if not form.is_valid():
        messages.error(request, next(iter(form.errors.values()))[0])
        return redirect("entitlements:paper", code=code)
    try:
        entry = operations.number_decision(
            decision=_decision(code), dated_on=form.cleaned_data["dated_on"], by=request.post, now=now()
        )
        messages.success(
            request,
            _("Số %(symbol)s, ngày %(day)s. Ghi lên bản đã ký, hoặc in lại bản có số.")
            % {"symbol": entry.symbol, "day": f"{entry.dated_on:%d/%m/%Y}"},
        )
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("entitlements:paper", code=code)
