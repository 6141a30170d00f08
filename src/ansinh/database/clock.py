"""The clock. Only doors read it (views, commands, jobs, api); everything below takes `on` or `now`.

A demonstration runs on a fixed day (ANSINH_TODAY), so that its month is always the same.
"""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """This moment; on a fixed day, its date with the present time of day."""
    real = timezone.localtime()
    fixed = settings.ANSINH_TODAY
    return real.replace(year=fixed.year, month=fixed.month, day=fixed.day) if fixed else real


def today() -> date:
    """Today in Asia/Ho_Chi_Minh."""
    return now().date()
