"""The month at a glance: which list stands where, how much, and who was not at home three months in a row."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.entitlements.models import Benefit
from ansinh.jobs.models import Job, JobState
from ansinh.kernel.periods import add_months, month_of, month_text
from ansinh.localities.models import Unit
from ansinh.payments.models import BudgetEntry, LineKind, PaymentLine, PaymentList, PaymentRun


@dataclass(frozen=True)
class ListRow:
    """One commune of the month; `found` is None while nobody proposed its list."""

    unit: Unit
    found: PaymentList | None
    people: int = 0
    total_vnd: int = 0
    held: int = 0
    budget_vnd: int = 0

    @property
    def state(self) -> str:
        return self.found.state if self.found else "none"

    @property
    def over_budget_vnd(self) -> int:
        """How much the list is above the month's estimate; 0 when below, or when there is no estimate."""
        return max(0, self.total_vnd - self.budget_vnd) if self.budget_vnd else 0


def overview(*, month: date, units: QuerySet[Unit]) -> list[ListRow]:
    """Every commune of `units` in a month. Three queries."""
    lists = {
        found.unit_id: found
        for found in PaymentList.objects.filter(run__benefit_month=month, unit__in=units)
        .select_related("unit")
        .annotate(
            people=Count("lines__person", filter=Q(lines__state__in=["due", "paid", "unpaid"]), distinct=True),
            money=Sum("lines__amount_vnd", filter=Q(lines__state__in=["due", "paid", "unpaid"])),
            held=Count("lines", filter=Q(lines__state="held")),
        )
    }
    estimates = dict(
        BudgetEntry.objects.filter(month=month, kind="estimate", unit__in=units)
        .values_list("unit")
        .annotate(total=Sum("amount_vnd"))
        .order_by()
    )
    rows = []
    for unit in units:
        found = lists.get(unit.id)
        if found is None:
            rows.append(ListRow(unit, None, budget_vnd=estimates.get(unit.id, 0)))
        else:
            rows.append(ListRow(unit, found, found.people, found.money or 0, found.held, estimates.get(unit.id, 0)))
    return rows


def totals(payment_list: PaymentList) -> dict:
    """Counts and sums of a list, by what officers look at: by kind, method, and village. Three queries."""
    payable = payment_list.lines.exclude(state="held")
    by_kind = payable.values("kind").annotate(n=Count("id"), money=Sum("amount_vnd")).order_by("kind")
    by_method = payable.values("method").annotate(n=Count("id"), money=Sum("amount_vnd")).order_by("method")
    by_village = payable.values("village_name").annotate(n=Count("person", distinct=True), money=Sum("amount_vnd"))
    by_state = {
        state: {"n": n, "money": money}
        for state, n, money in payment_list.lines.values_list("state").annotate(n=Count("id"), money=Sum("amount_vnd")).order_by()
    }
    return {
        "kinds": [{**row, "label": LineKind(row["kind"]).label} for row in by_kind],
        "methods": list(by_method),
        "villages": list(by_village.order_by("village_name")),
        "states": by_state,
        "total_vnd": sum(row["money"] for row in by_kind),
    }


def unpaid_three_months(payment_list: PaymentList) -> QuerySet[PaymentLine]:
    """Lines of people who did not collect the last three benefit months in a row: a ground to propose suspension.

    Whoever collected one of these months later, or anything else since, was there.
    """
    month = payment_list.run.benefit_month
    months = [add_months(month, -n) for n in (1, 2, 3)]
    answered = PaymentLine.objects.filter(unit=payment_list.unit, list__run__benefit_month__in=months)
    missed = (
        answered.filter(benefit_month__in=months, kind=LineKind.REGULAR, state="unpaid")
        .values("person")
        .annotate(n=Count("benefit_month", distinct=True))
        .filter(n=3)
        .values("person")
    )
    came = answered.filter(state="paid").values("person")
    lines = payment_list.lines.filter(person__in=missed, kind=LineKind.REGULAR).exclude(person__in=came)
    return lines.select_related("person").order_by("sort_key", "id")


def died_since_closing(payment_list: PaymentList) -> QuerySet[PaymentLine]:
    """Lines of a closed list for months after a death written down since: the payer has to be asked to stop them."""
    if payment_list.closed_at is None:
        return payment_list.lines.none()
    due = payment_list.lines.filter(state="due", stop_request__isnull=True)
    died = Q(person__died_on__lt=F("benefit_month")) | Q(entitlement__cared_for__died_on__lt=F("benefit_month"))
    return due.filter(died).exclude(benefit=Benefit.FUNERAL).select_related("person").order_by("sort_key", "id")


BACK, AHEAD = 12, 2  # months


def month_fault(month: date, *, on: date) -> str:
    """Why lists of a month are not proposed today; empty where they are. A mistyped year would propose the money of all months up to it."""
    this_month = month_of(on)
    if month > (last := add_months(this_month, AHEAD)):
        told = {"month": month_text(month), "last": month_text(last)}
        return _("Chưa lập danh sách cho tháng %(month)s được. Hôm nay lập được đến tháng %(last)s.") % told
    if month < add_months(this_month, -BACK):
        words = _("Tháng %(month)s đã qua hơn một năm. Khoản còn thiếu của tháng cũ vào danh sách tháng này thành truy lĩnh.")
        return words % {"month": month_text(month)}
    return ""


def runs() -> QuerySet[PaymentRun]:
    """Months that somebody works on, the newest first: those of which only withdrawn lists are seen were proposed by mistake."""
    lists = PaymentList.objects.filter(run=OuterRef("pk"))
    withdrawn = Exists(lists.filter(state="withdrawn")) & ~Exists(lists.exclude(state="withdrawn"))
    return PaymentRun.objects.exclude(withdrawn).order_by("-benefit_month")


def latest_month() -> date | None:
    """The newest month with a run."""
    return runs().values_list("benefit_month", flat=True).first()


def unfinished_run(post: Post, month: date) -> Job | None:
    """The newest work of this post on the month's lists, while it waits, runs, or has stopped halfway."""
    asked = Job.objects.filter(kind="payments_run", asked_by=post, arguments__month=f"{month:%Y-%m}")
    newest = asked.order_by("-id").first()
    return None if newest is None or newest.state == JobState.DONE else newest
