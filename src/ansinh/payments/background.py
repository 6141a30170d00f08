"""Background work of the month."""

from __future__ import annotations

from django.urls import reverse

from ansinh.entitlements.operations import draft_differences
from ansinh.jobs.running import RunningJob
from ansinh.kernel.periods import parse_month
from ansinh.localities.models import Unit
from ansinh.payments.operations import draft_from_lists, prepare_run


def run_month(job: RunningJob) -> dict:
    """Propose the lists of a month, then draft what the law sees differently. Run again it gives the same."""
    month = parse_month(job.arguments["month"])
    units = list(Unit.objects.filter(id__in=job.arguments["units"]).order_by("name_folded"))
    total = 2 * len(units)
    payout = job.arguments.get("payout")
    prepare_run(
        benefit_month=month, units=units, by=job.post, now=job.now(), payment_month=parse_month(payout) if payout else None,
        progress=lambda done, _total, name: job.progress(done, total, f"Lập danh sách {name}" if name else ""),
    )  # fmt: skip
    for number, unit in enumerate(units):
        job.progress(len(units) + number, total, f"So với luật: {unit.name}")
        draft_differences(unit=unit, month=month, by=job.post, now=job.now())
        draft_from_lists(unit=unit, month=month, by=job.post, now=job.now())
    job.progress(total, total, "")
    return {"url": reverse("payments:overview") + f"?thang={month:%m/%Y}", "lists": len(units)}
