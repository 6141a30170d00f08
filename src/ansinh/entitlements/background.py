"""Background work over the ledger."""

from __future__ import annotations

from django.urls import reverse

from ansinh.access.queries import communes_of
from ansinh.entitlements.queries.effect import effect_of
from ansinh.jobs.running import RunningJob
from ansinh.kernel.periods import parse_month
from ansinh.lawbook.models import Resolution
from ansinh.lawbook.operations import record_effect
from ansinh.lawbook.queries import before_and_after
from ansinh.localities.queries import province_keys


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
