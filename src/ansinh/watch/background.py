"""Background work of the watch list."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.database.columns import on_day
from ansinh.jobs import operations as jobs
from ansinh.jobs.running import RunningJob, in_steps
from ansinh.localities.models import Level, Unit
from ansinh.people.models import Person
from ansinh.watch.operations import look_over

COMMUNES_A_STEP = 26  # together: each statement of the look costs the same for one commune as for many


@in_steps
def look_over_places(job: RunningJob) -> dict:
    """Look over communes, a few committed at a time. Broken off it leaves whole communes; run anew it gives the same."""
    with as_post(job.post, on=job.now().date()):
        units = list(Unit.objects.filter(id__in=job.arguments["units"]).order_by("name_folded", "id"))
    left = [unit for unit in units if unit.id not in job.finished]
    for start in range(0, len(left), COMMUNES_A_STEP):
        part = left[start : start + COMMUNES_A_STEP]
        job.progress(len(job.finished), len(units), f"Rà soát: {', '.join(unit.name for unit in part)}")
        with job.step(*(unit.id for unit in part)):
            look_over(units=part, by=job.post, now=job.now())
    job.progress(len(units), len(units), "")
    return {"url": reverse("watch:items"), "communes": len(units)}


def ask_by_night(*, now: datetime) -> None:
    """Ask for the night's look at every commune of the provinces that have people here."""
    with as_post(None, on=now.date()):
        known = Unit.objects.filter(Exists(Person.objects.filter(unit=OuterRef("pk")))).values("province_code")
        communes = Unit.objects.filter(on_day(now.date()), level=Level.COMMUNE, province_code__in=known)
        units = list(communes.order_by("id").values_list("id", flat=True))
        if units:
            jobs.start_beside(kind="look_over", title="Rà soát hằng đêm", units=units, a_step=COMMUNES_A_STEP, by=None, now=now)
