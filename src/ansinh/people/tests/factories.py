"""People for tests, written down by the operations officers use. All are invented."""

from __future__ import annotations

from datetime import date

from ansinh.access.models import Post
from ansinh.access.tests.factories import NOW, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.localities.models import Unit
from ansinh.people import operations
from ansinh.people.models import Household, Person


def person(
    name: str = "Nguyễn Thị Tư",
    born: str = "1950-03-08",
    *,
    unit: Unit | None = None,
    by: Post | None = None,
    household: Household | None = None,
    facts: dict | None = None,
    **known,
) -> Person:
    """A person living in Quỳnh Phụ (or `unit`) since ever. `born` is a date, a month or a year; `facts` hold since ever."""
    by = by or post()
    parts = [int(part) for part in born.split("-")]
    precision = ("year", "month", "day")[len(parts) - 1]
    newcomer = operations.Newcomer(
        full_name=name, born_on=date(*(parts + [1, 1])[:3]), birth_precision=precision, **{"sex": "female", **known}
    )
    with as_maintenance():
        made = operations.register_person(
            newcomer=newcomer, unit=unit or commune(), village=None, since=None, source="thử", by=by, now=NOW
        )
        if household:
            operations.join_household(
                person=made, household=household, relation="thành viên", since=None, source="thử", by=by, now=NOW
            )
        for kind, value in (facts or {}).items():
            operations.set_circumstance(person=made, kind=kind, value=value, since=None, source="thử", by=by, now=NOW)
    return made


def household(*, unit: Unit | None = None, by: Post | None = None, **facts) -> Household:
    """A household of Quỳnh Phụ; `facts` (poverty="poor") hold since ever."""
    by = by or post()
    with as_maintenance():
        made = operations.open_household(unit=unit or commune(), village=None, source="thử", by=by, now=NOW)
        for kind, value in facts.items():
            operations.set_household_circumstance(
                household=made, kind=kind, value=value, since=None, source="thử", by=by, now=NOW
            )
    return made
