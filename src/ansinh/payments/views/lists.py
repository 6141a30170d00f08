"""The month over all communes, one list, and its steps."""

from __future__ import annotations

from datetime import date

from django.contrib import messages
from django.db.models import Count
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Post, Role
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.documents.queries import signed_file_of
from ansinh.entitlements.models import Decision
from ansinh.files import operations as files
from ansinh.jobs import operations as jobs
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.periods import add_months, month_of, month_text
from ansinh.kernel.workflow import Move
from ansinh.pages.forms import MonthField
from ansinh.payments import operations, queries
from ansinh.payments.forms import ApprovalForm, NoteForm, RunForm, SourceForm
from ansinh.payments.models import BudgetSource, ListStep, PaymentList, PaymentRun
from ansinh.payments.operations.move import Approval, worked_on
from ansinh.payments.operations.sources import OPEN
from ansinh.payments.queries.overview import AHEAD, ListRow
from ansinh.payments.views.money import CHOOSES
from ansinh.payments.views.payer import READS, payer_home
from ansinh.payments.workflow import LIST

LOOKS = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.DIVISION_OFFICER,
    Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER, Role.INSPECTOR,
)  # fmt: skip
PROPOSES = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER)
_ALL_STEPS = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.DIVISION_OFFICER,
)  # fmt: skip
STEPS = (
    ("proposed", gettext_lazy("Dự kiến")), ("checking", gettext_lazy("Đang kiểm tra")), ("approved", gettext_lazy("Đã duyệt")), ("closed", gettext_lazy("Đã chốt")),
    ("handed_over", gettext_lazy("Đã chuyển chi trả")), ("reconciled", gettext_lazy("Đã đối chiếu")), ("settled", gettext_lazy("Đã quyết toán")),
)  # fmt: skip
_WORDS = {"propose": gettext_lazy("Lập danh sách"), "recall": gettext_lazy("Lấy lại"), "renew": gettext_lazy("Lập lại danh sách")}
_NEXT = {
    "check": gettext_lazy("Tiếp theo: in, trình ký; người khác ghi nhận bản đã ký."),
    "close": gettext_lazy("Tiếp theo: chuyển tổ chức chi trả."),
    "hand_over": gettext_lazy("Tổ chức chi trả tải tệp và gửi lại kết quả ở trang của họ."),
    "reconcile": gettext_lazy("Tiếp theo: kế toán quyết toán."),
}


def list_of(code: str) -> PaymentList:
    found = PaymentList.objects.select_related("unit", "run", "previous__run", "scan", "proposed_by__user")
    return get_object_or_404(found, code=code)


@for_roles(*LOOKS, Role.PAYER)
def overview(request):
    """The month: which list stands where. The payer sees the files given to it."""
    if request.post.role == Role.PAYER:
        return payer_home(request)
    month = _month(request)
    rows = queries.overview(month=month, units=communes_of(request.post, on=today()))
    rows.sort(key=lambda row: row.found is None)  # those with a list first, each part in the order of names
    state = request.GET.get("trang_thai", "")
    payout = PaymentRun.objects.filter(benefit_month=month).values_list("payment_month", flat=True).first() or month
    budget = sum(row.budget_vnd for row in rows)
    context = {
        "month": month,
        "months": queries.runs().values_list("benefit_month", flat=True)[:12],
        "rows": [row for row in rows if not state or row.state == state],
        "states": [
            (key, label, sum(row.state == key for row in rows)) for key, label in (("none", _("Chưa lập")), *LIST.choices)
        ],
        "state": state,
        "people": sum(row.people for row in rows),
        "total": sum(row.total_vnd for row in rows),
        "budget": budget,
        "form": RunForm(initial={"month": _next_month(month, rows)}, today=today()),
        "may_propose": request.post.role in PROPOSES,
        "unfinished": queries.unfinished_run(request.post, month) if request.post.role in PROPOSES else None,
        "return_day": payout.replace(day=20),
        "hand_over_day": add_months(payout, -1).replace(day=25),
        "payout": payout,
        "over": max(0, sum(row.total_vnd for row in rows) - budget) if budget else 0,
    }
    return TemplateResponse(request, "payments/overview.html", context)


def _month(request) -> date:
    try:
        asked = MonthField(required=False).clean(request.GET.get("thang", ""))
    except Exception as error:
        raise Http404 from error
    return asked or queries.latest_month() or add_months(month_of(today()), 1)


def _next_month(month: date, rows: list[ListRow]) -> date:
    """The month to propose: the one looked at, unless all its lists are on their way already."""
    asked = max(month, add_months(month_of(today()), 1))
    sent = asked == month and rows and all(row.found and row.found.state != "proposed" for row in rows)
    return min(add_months(asked, 1), add_months(month_of(today()), AHEAD)) if sent else asked


@require_POST
@for_roles(*PROPOSES)
def propose(request):
    """Ask for the lists of a month: a job with progress."""
    form = RunForm(request.POST, today=today())
    if not form.is_valid():
        for said in form.errors.values():
            messages.error(request, " ".join(said))
        return redirect("payments:overview")
    month = form.cleaned_data["month"]
    units = list(communes_of(request.post, on=today()).values_list("id", flat=True))
    title = f"Lập danh sách chi trả tháng {month_text(month)}"
    arguments = {"month": f"{month:%Y-%m}", "units": units}
    if payout := form.cleaned_data["payout"]:
        arguments["payout"] = f"{payout:%Y-%m}"
    job = jobs.start(kind="payments_run", title=title, arguments=arguments, by=request.post, now=now())
    return redirect("jobs:detail", code=job.code)


@for_roles(*LOOKS)
def payment_list(request, code):
    """One list: figures, where it stands, why it differs from last month, what to look at before signing."""
    found = list_of(code)
    comparison = queries.comparison(found, url=reverse("payments:changes", args=[found.code]))
    context = {
        "list": found,
        "totals": queries.totals(found),
        "sheet": comparison.sheet,
        "steps": [(key, label, _step_note(found, key)) for key, label in STEPS],
        "moves": _moves(request, found),
        "may_approve": _may_approve(request, found),
        "own": worked_on(found, request.post),
        "drafts": _drafts(found),
        "held": found.lines.filter(state="held").select_related("person")[:20],
        "three_months": queries.unpaid_three_months(found),
        "opens_handovers": request.post.role in READS,
        "died_since": queries.died_since_closing(found),
        "waiting": queries.waiting(found),
        "before_signing": found.state in ("proposed", "checking"),
        "handovers": found.handovers.select_related("payer", "file"),
        "history": _history(found),
        "note": NoteForm(),
        "shares": _shares(request, found),
        "signed": signed_file_of(found.scan),
    }
    return TemplateResponse(request, "payments/list.html", context)


def _moves(request, found: PaymentList) -> list[Move]:
    """What this post may do now on a page of its own; only who sent a list takes it back."""
    moves = [move for move in LIST.open_moves(found.state, request.post.role) if move.act != "approve"]
    mine = found.state == "checking" and worked_on(found, request.post)
    return [move for move in moves if move.act != "recall" or mine]


def _shares(request, found: PaymentList) -> list[tuple[queries.Share, SourceForm | None]]:
    """What the list pays of each benefit from which source; with a form for whoever may still choose."""
    may_choose = found.state in OPEN and request.post.role in CHOOSES
    sources = [(source.pk, str(source)) for source in BudgetSource.objects.order_by("id")] if may_choose else []
    rows: list[tuple[queries.Share, SourceForm | None]] = []
    for share in queries.shares(found):
        form = None
        if len(sources) > 1:
            given = {"benefit": share.benefit, "source": share.source}
            form = SourceForm(initial=given, auto_id=f"id_{share.benefit}_%s")
            form.fields["source"].choices = sources  # asked once for all forms
        rows.append((share, form))
    return rows


def _drafts(found: PaymentList):
    """What the law and earlier lists show: decisions to be signed apart, beside the list."""
    drafts = Decision.objects.filter(unit=found.unit, month=found.run.benefit_month, state="draft")
    return drafts.annotate(people=Count("items__person", distinct=True)).order_by("id")


def _history(found: PaymentList) -> list[ListStep]:
    steps = list(found.steps.order_by("id"))
    for step in steps:
        step.words = _WORDS.get(step.act) or LIST.states.get(step.target, step.target)
    return steps


def _step_note(found: PaymentList, key: str) -> str:
    return f"{timezone.localtime(found.closed_at):%d/%m}" if key == "closed" and found.closed_at else ""


def _may_approve(request, found: PaymentList) -> bool:
    moves = {move.act for move in LIST.open_moves(found.state, request.post.role)}
    return "approve" in moves and not worked_on(found, request.post)


@for_roles(*_ALL_STEPS)
def step(request, code, act):
    """One step on its own page: what will happen, to how many, how much; then the button."""
    found = list_of(code)
    move = next((m for m in _moves(request, found) if m.act == act), None)
    if move is None:
        messages.error(request, _("Việc này không làm được ở bước hiện tại, hoặc không thuộc chức vụ của ông, bà."))
        return redirect("payments:list", code=code)
    form = NoteForm(request.POST or None) if move.needs_note else None
    if request.method == "POST" and (form is None or form.is_valid()):
        try:
            _do(found, act, form.cleaned_data["note"] if form else "", request)
            messages.success(request, _("Đã ghi: %(step)s. %(next)s") % {"step": move.label, "next": _NEXT.get(act, "")})
            return redirect("payments:list", code=code)
        except AnsinhError as error:
            messages.error(request, str(error))
    early = act in ("check", "close") and found.cutoff_on > today()
    context = {"list": found, "move": move, "form": form, "totals": queries.totals(found), "early": early}
    return TemplateResponse(request, "payments/step.html", context, status=422 if form and form.errors else 200)


def _do(found: PaymentList, act: str, note: str, request) -> None:
    who = {"payment_list": found, "by": request.post, "now": now()}
    match act:
        case "check":
            operations.check_list(**who)
        case "return" | "reopen":
            operations.return_list(note=note, **who)
        case "recall":
            operations.recall_list(note=note, **who)
        case "withdraw":
            operations.withdraw_list(note=note, **who)
        case "renew":
            operations.prepare_run(
                benefit_month=found.run.benefit_month, units=[found.unit], by=request.post, now=now(),
                payment_month=found.run.payment_month,
            )  # fmt: skip
        case "close":
            operations.close_list(**who)
        case "hand_over":
            operations.hand_over(**who)
        case "reconcile":
            operations.reconcile_list(**who)
        case "settle":
            operations.settle_list(**who)


@for_roles(Role.COMMUNE_CHAIRMAN, Role.COMMUNE_HEAD, Role.CLERK)
def approve(request, code):
    """Record the signed list with its scan."""
    found = list_of(code)
    form = ApprovalForm(request.POST or None, request.FILES or None, initial={"signer_name": _chairman(found)})
    if request.method == "POST" and form.is_valid():
        data, upload = form.cleaned_data, form.cleaned_data["scan"]
        try:
            scan = files.store_scan(
                name=upload.name, data=upload.read(), purpose="approval", unit=found.unit, by=request.post, now=now()
            )
            said = (data["total_vnd"], data["people"], data["compared"])
            approval = Approval(data["number"], data["signed_on"], data["signer_name"], scan, *said)
            operations.approve_list(payment_list=found, approval=approval, by=request.post, now=now())
            messages.success(request, _("Đã ghi nhận danh sách được duyệt."))
            return redirect("payments:list", code=code)
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    context = {"list": found, "form": form}
    return TemplateResponse(request, "payments/approve.html", context, status=422 if form.errors else 200)


def _chairman(found: PaymentList) -> str:
    """Who signs the lists of this commune unless a deputy does: the name is typed by nobody each month."""
    posts = Post.objects.on(today()).filter(
        office__unit=found.unit, role=Role.COMMUNE_CHAIRMAN, is_deputy=False, user__isnull=False
    )
    return next((post.user.full_name for post in posts.select_related("user").order_by("id")), "")
