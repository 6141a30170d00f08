"""Background work over the register."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Exists, OuterRef
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.database.columns import on_day
from ansinh.jobs import operations as jobs
from ansinh.jobs.running import RunningJob
from ansinh.localities.models import Level, Unit
from ansinh.people.models import Person
from ansinh.people.operations import find_duplicates


def look_for_duplicates(job: RunningJob) -> dict:
    """Look for people who stand in the register twice, in all these communes at once: also between two of them."""
    units = list(Unit.objects.filter(id__in=job.arguments["units"]).order_by("id"))
    job.progress(0, 1, "So các hồ sơ với nhau")
    new = find_duplicates(units=units, by=job.post, now=job.now())
    job.progress(1, 1, "")
    return {"url": reverse("people:duplicates"), "new": new}


def ask_by_night(*, now: datetime) -> None:
    """Ask for the night's comparison, over every commune of the provinces that have people here."""
    with as_post(None, on=now.date()):
        known = Unit.objects.filter(Exists(Person.objects.filter(unit=OuterRef("pk")))).values("province_code")
        communes = Unit.objects.filter(on_day(now.date()), level=Level.COMMUNE, province_code__in=known)
        if units := list(communes.values_list("id", flat=True)):
            jobs.start(kind="find_duplicates", title="Tìm hồ sơ trùng hằng đêm", arguments={"units": units}, by=None, now=now)
