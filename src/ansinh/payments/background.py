"""Background work of the month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.entitlements.operations import draft_differences
from ansinh.entitlements.queries import suspects
from ansinh.jobs.running import RunningJob, in_steps
from ansinh.kernel.periods import parse_month
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.payments.models import PaymentList
from ansinh.payments.operations import draft_from_lists, draft_past_months, open_run, propose_lists

COMMUNES_A_STEP = 26


@in_steps
def run_month(job: RunningJob) -> dict:
    """Propose the lists of a month, then draft what the law and the lists see differently; a few communes are committed at a time.

    Stopped or broken off it leaves whole communes: taken up again it does the others. Run anew it gives the same.
    """
    month = parse_month(job.arguments["month"])
    payout = job.arguments.get("payout")
    units = list(Unit.objects.filter(id__in=job.arguments["units"]).order_by("name_folded", "id"))
    left = [unit for unit in units if unit.id not in job.finished]
    job.progress(len(job.finished), len(units), "Hỏi luật về mọi người trong sổ hưởng")
    with as_post(job.post, on=job.now().date()):
        among = suspects(scopes=[scope_ids(unit, on=job.now().date()) for unit in left], month=month)
    for part in _parts(left):
        job.progress(len(job.finished), len(units), f"Lập danh sách: {', '.join(unit.name for unit in part)}")
        with job.step(*(unit.id for unit in part)):
            run = open_run(benefit_month=month, by=job.post, now=job.now(), payment_month=parse_month(payout) if payout else None)
            over = propose_lists(run=run, units=part, by=job.post, now=job.now())
            for unit in part:
                draft_differences(unit=unit, month=month, by=job.post, now=job.now(), among=among)
                draft_from_lists(unit=unit, month=month, by=job.post, now=job.now(), over=over.get(unit.id))
    job.progress(len(units), len(units), "")
    with as_post(job.post, on=job.now().date()):
        kept = PaymentList.objects.filter(run__benefit_month=month, unit__in=units).exclude(state="proposed").count()
    return {"url": reverse("payments:overview") + f"?thang={month:%m/%Y}", "lists": len(units), "kept": kept}


@in_steps
def review_past(job: RunningJob) -> dict:
    """Ask the law again for the past months of everybody in the ledger, commune by commune, and draft what it shows."""
    month = parse_month(job.arguments["month"])
    with as_post(job.post, on=job.now().date()):
        units = list(Unit.objects.filter(id__in=job.arguments["units"]).order_by("name_folded", "id"))
    drafts = 0
    for unit in [one for one in units if one.id not in job.finished]:
        job.progress(len(job.finished), len(units), f"Rà soát các tháng đã qua: {unit.name}")
        with job.step(unit.id):
            drafts += len(draft_past_months(unit=unit, month=month, by=job.post, now=job.now()))
    job.progress(len(units), len(units), "")
    return {"url": f"{reverse('entitlements:decisions')}?trang_thai=draft&loai=arrears", "drafts": drafts}


def _parts(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    for start in range(0, len(units), COMMUNES_A_STEP):
        yield units[start : start + COMMUNES_A_STEP]
