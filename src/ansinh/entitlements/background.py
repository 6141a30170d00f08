"""Background work over the ledger."""

from __future__ import annotations

from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.queries import communes_of
from ansinh.entitlements.operations import draft_transitions
from ansinh.entitlements.queries.effect import effect_of
from ansinh.jobs.running import RunningJob, in_steps
from ansinh.kernel.periods import parse_month
from ansinh.lawbook.models import Resolution
from ansinh.lawbook.operations import record_effect
from ansinh.lawbook.queries import before_and_after
from ansinh.localities.models import Unit
from ansinh.localities.queries import province_keys

COMMUNES_A_STEP = 26


def count_effect(job: RunningJob) -> dict:
    """Count what a resolution of the province would change in a month; only communes of its territory are asked."""
    assert job.post is not None
    resolution = Resolution.objects.select_related("territory").get(pk=job.arguments["resolution"])
    month, today = parse_month(job.arguments["month"]), job.now().date()
    communes = list(communes_of(job.post, on=today))
    keys = province_keys(unit.id for unit in communes)
    before, after = before_and_after(resolution)
    effect = effect_of(
        before=before, after=after, month=month, on=today, progress=job.progress,
        communes=[unit for unit in communes if resolution.territory.key in keys[unit.id]],
    )  # fmt: skip
    record_effect(resolution=resolution, month=month, figures=effect.figures(), by=job.post, now=job.now())
    return {"url": reverse("lawbook:resolution", args=[resolution.code]), "people": effect.people}


@in_steps
def draft_transition_lists(job: RunningJob) -> dict:
    """The transition list of a change of law, some communes at a time. Broken off it leaves whole communes; run anew it gives the same."""
    with as_post(job.post, on=job.now().date()):
        units = list(Unit.objects.filter(id__in=job.arguments["units"]).order_by("name_folded", "id"))
    left, lines = [unit for unit in units if unit.id not in job.finished], 0
    for start in range(0, len(left), COMMUNES_A_STEP):
        part = left[start : start + COMMUNES_A_STEP]
        job.progress(len(job.finished), len(units), f"Lập danh sách chuyển mức: {', '.join(unit.name for unit in part)}")
        with job.step(*(unit.id for unit in part)):
            lines += draft_transitions(units=part, change=job.arguments["change"], by=job.post, now=job.now())
    job.progress(len(units), len(units), "")
    return {"url": f"{reverse('entitlements:transitions')}?thay_doi={job.arguments['change']}", "lines": lines}
