"""Every night the whole register is looked over."""

from django.db import close_old_connections
from django.db.models import Exists, OuterRef
from procrastinate.contrib.django import app

from ansinh.access.acting import as_post
from ansinh.database.clock import now
from ansinh.database.columns import on_day
from ansinh.jobs import operations as jobs
from ansinh.localities.models import Level, Unit
from ansinh.people.models import Person


@app.periodic(cron="30 18 * * *")  # 01:30 in Hà Nội
@app.task(name="look_over_by_night", queueing_lock="look_over_by_night", pass_context=False)
def look_over_by_night(timestamp: int) -> None:
    close_old_connections()
    try:
        moment = now()
        with as_post(None, on=moment.date()):
            known = Unit.objects.filter(Exists(Person.objects.filter(unit=OuterRef("pk")))).values("province_code")
            communes = Unit.objects.filter(on_day(moment.date()), level=Level.COMMUNE, province_code__in=known)
            units = list(communes.values_list("id", flat=True))
            if units:
                jobs.start(kind="look_over", title="Rà soát hằng đêm", arguments={"units": units}, by=None, now=moment)
    finally:
        close_old_connections()
