"""Money to be paid back: all claims by commune, and one with its plan, receipts and write-off."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.access.queries import communes_of
from ansinh.database.clock import now, today
from ansinh.entitlements.models import DecisionItem
from ansinh.files import operations as files
from ansinh.files.kinds import XLSX
from ansinh.jobs import operations as jobs
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.folding import fold
from ansinh.kernel.periods import add_months, month_of
from ansinh.pages.lists import Column, Listing, render_list
from ansinh.pages.nouns import noun_url
from ansinh.payments import operations, queries
from ansinh.payments.exports import claims_workbook
from ansinh.payments.forms import ClaimFilter, NoteForm, PlanForm, RepaymentForm
from ansinh.payments.models import Repayment
from ansinh.payments.views.lists import LOOKS, PROPOSES
from ansinh.people.models import Person

PLANS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD)
RECEIVES = (Role.ACCOUNTANT, Role.COMMUNE_HEAD)
_COLUMNS = (
    Column("ten", gettext_lazy("Đối tượng")),
    Column("qd", gettext_lazy("Quyết định")),
    Column("tong", gettext_lazy("Phải thu"), numeric=True),
    Column("tru", gettext_lazy("Đã trừ"), numeric=True),
    Column("nop", gettext_lazy("Đã nộp"), numeric=True),
    Column("xoa", gettext_lazy("Đã xóa nợ"), numeric=True),
    Column("con", gettext_lazy("Còn lại"), numeric=True),
)
_SORTS = {"ten": ("person__sort_key", "id"), "tong": ("total", "id"), "con": ("left", "id"), "qd": ("decision__signed_on", "id")}


@for_roles(*LOOKS)
def claims(request):
    """All claims of my place; filters, sums by commune, Excel."""
    form = ClaimFilter(request.GET, units=communes_of(request.post, on=today()))
    found = _filtered(queries.claims(), form.cleaned_data if form.is_valid() else {})
    listing = Listing(
        request, found.select_related("person", "decision__unit"), columns=_COLUMNS, sorts=_SORTS, form=form, exported=True,
        name=lambda item: item.person.full_name,
    )  # fmt: skip
    if listing.wants_export:
        journal.note_read(by=request.post.actor, act="export", noun="claim", key="", at=now())
        rows = found.select_related("person", "decision__unit").order_by(*listing.order)
        response = HttpResponse(claims_workbook(rows, on=today()), content_type=XLSX)
        response["Content-Disposition"] = 'attachment; filename="phai-thu-hoi.xlsx"'
        return response
    whole = found.aggregate(all_vnd=Sum("total", default=0), left_vnd=Sum("left", default=0))
    context = {"listing": listing, "whole": whole, "sums": queries.claim_sums(found), "may_review": request.post.role in PROPOSES}
    return render_list(request, "payments/claims.html", "payments/_claim_rows.html", context)


@require_POST
@for_roles(*PROPOSES)
def review_past(request):
    """Ask the law again for the past months of my place: a job with progress."""
    month = add_months(month_of(today()), 1)
    units = list(communes_of(request.post, on=today()).values_list("id", flat=True))
    job = jobs.start(
        kind="review_past", title="Rà soát các tháng đã qua", arguments={"month": f"{month:%Y-%m}", "units": units},
        by=request.post, now=now(),
    )  # fmt: skip
    return redirect("jobs:detail", code=job.code)


def _filtered(found, data: dict):
    match data.get("tinh_trang", ""):
        case "xong":
            found = found.filter(left=0)
        case "":
            found = found.filter(left__gt=0)
    if data.get("xa"):
        found = found.filter(decision__unit=data["xa"])
    if text := data.get("tim"):
        found = found.filter(person__name_folded__contains=fold(text))
    return found


def _claim(key: int) -> DecisionItem:
    return get_object_or_404(queries.claims().select_related("person__unit", "decision__unit", "decision__office"), pk=key)


@for_roles(*LOOKS)
def claim(request, key):
    """One claim: what it is for, how it is paid back, what came in, what is left."""
    return _page(request, _claim(key))


def _page(request, item: DecisionItem, **forms):
    is_open, role = item.left > 0, request.post.role
    context = {
        "claim": item,
        "plan": queries.plan_of(item),
        "left": queries.left_by_month(item),
        "movements": queries.movements(item),
        "write_offs": item.write_offs.select_related("decision").order_by("id"),
        "plan_form": is_open and role in PLANS and PlanForm(initial={"from_month": add_months(month_of(today()), 1)}),
        "repayment_form": is_open and role in RECEIVES and RepaymentForm(initial={"paid_on": today()}),
        "write_off_form": is_open and role in PLANS and NoteForm(),
        "may_correct": role in RECEIVES,
        "note": NoteForm(auto_id=False),
        **forms,
    }
    return TemplateResponse(request, "payments/claim.html", context, status=422 if forms else 200)


def _done(request, item: DecisionItem, name: str, form, act, said: str):
    """Do what a form asks; on a refusal show the page with it."""
    if form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, said)
            return redirect("payments:claim", key=item.pk)
        except AnsinhError as error:
            field = getattr(error, "field", None)
            form.add_error(field if field in form.fields else None, str(error))
    return _page(request, item, **{name: form})


@require_POST
@for_roles(*PLANS)
def plan(request, key):
    """Agree on instalments."""
    item = _claim(key)
    form = PlanForm(request.POST, request.FILES)

    def act(data: dict) -> None:
        upload, code = data.pop("scan"), data.pop("payer").strip()
        person = Person.objects.filter(code=code).first() if code else item.person
        if person is None:
            raise operations.NoSuchPayer(code)
        scan = upload and files.store_scan(
            name=upload.name, data=upload.read(), purpose="consent", unit=item.decision.unit, by=request.post, now=now()
        )
        operations.plan_recovery(item=item, person=person, scan=scan or None, by=request.post, now=now(), **data)

    return _done(
        request, item, "plan_form", form, act, _("Đã ghi kế hoạch thu hồi; danh sách chi trả kế tiếp trừ theo kế hoạch.")
    )


@require_POST
@for_roles(*RECEIVES)
def repayment(request, key):
    """Cash that came in, with its receipt."""
    item = _claim(key)

    def act(data: dict) -> None:
        operations.record_repayment(item=item, by=request.post, now=now(), **data)

    return _done(request, item, "repayment_form", RepaymentForm(request.POST), act, _("Đã ghi tiền nộp lại."))


@require_POST
@for_roles(*RECEIVES)
def correct_repayment(request, key):
    """Take a wrongly recorded receipt back."""
    found = get_object_or_404(Repayment, pk=key)
    try:
        operations.correct_repayment(repayment=found, reason=request.POST.get("note", ""), by=request.post, now=now())
        messages.success(request, _("Đã hủy ghi nhận biên lai."))
    except AnsinhError as error:
        messages.error(request, str(error))
    return redirect("payments:claim", key=found.item_id)


@require_POST
@for_roles(*PLANS)
def write_off(request, key):
    """Draft the decision that lets the rest go."""
    item = _claim(key)
    form = NoteForm(request.POST)
    if form.is_valid():
        try:
            made = operations.draft_write_off(item=item, reason=form.cleaned_data["note"], by=request.post, now=now())
            messages.success(request, _("Đã soạn dự thảo xóa nợ. In, trình ký; người khác ghi nhận bản đã ký."))
            return redirect(noun_url("decision", made.code))
        except AnsinhError as error:
            form.add_error(None, str(error))
    return _page(request, item, write_off_form=form)
