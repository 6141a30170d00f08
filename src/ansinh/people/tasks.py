"""Every night the whole register is compared with itself."""

from django.db import close_old_connections
from procrastinate.contrib.django import app

from ansinh.database.clock import now
from ansinh.people.background import ask_by_night


@app.periodic(cron="30 17 * * *")  # of the queue's clock, which is UTC: 00:30 in Hà Nội, an hour before the watch list
@app.task(name="find_duplicates_by_night", queueing_lock="find_duplicates_by_night", pass_context=False)
def find_duplicates_by_night(timestamp: int) -> None:
    close_old_connections()
    try:
        ask_by_night(now=now())
    finally:
        close_old_connections()
