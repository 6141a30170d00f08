"""Every night the whole register is looked over."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from ansinh.database.clock import now
from ansinh.watch.background import ask_by_night


@app.periodic(cron="30 18 * * *")  # of the queue's clock, which is UTC: 01:30 in Hà Nội
@app.task(name="look_over_by_night", queueing_lock="look_over_by_night", pass_context=False)
def look_over_by_night(timestamp: int) -> None:
    close_old_connections()
    try:
        ask_by_night(now=now())
    finally:
        close_old_connections()
