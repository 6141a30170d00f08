"""Background work over the register."""

from __future__ import annotations

from django.urls import reverse

from ansinh.jobs.running import RunningJob
from ansinh.localities.models import Unit
from ansinh.people.operations import find_duplicates


def look_for_duplicates(job: RunningJob) -> dict:
    """Look for people who stand in the register twice, in all these communes at once: also between two of them."""
    units = list(Unit.objects.filter(id__in=job.arguments["units"]).order_by("id"))
    job.progress(0, 1, "So các hồ sơ với nhau")
    new = find_duplicates(units=units, by=job.post, now=job.now())
    job.progress(1, 1, "")
    return {"url": reverse("people:duplicates"), "new": new}
