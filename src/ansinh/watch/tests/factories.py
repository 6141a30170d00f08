"""The watch list for tests: a look as it is taken at night, and an item with a cause."""

from __future__ import annotations

from datetime import date

from ansinh.access.tests.factories import DAY, NOW, commune
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.tests.factories import grant
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.people.tests.factories import person
from ansinh.watch import operations, queries
from ansinh.watch.models import WatchItem
from ansinh.watch.operations.look_over import Counted

LEVEL = {"standard_vnd": 540_000}


def look(*units: Unit, on: date = DAY) -> Counted:
    """A look at the whole of these communes (Quỳnh Phụ), behind row security."""
    with as_maintenance():
        now = NOW.replace(year=on.year, month=on.month, day=on.day)
        return operations.look_over(units=units or [commune()], by=None, now=now)


def found(on: date = DAY, unit: Unit | None = None) -> list[tuple[str, str, date]]:
    """(kind, name, month) of everything to look at on a day."""
    with as_maintenance():
        scope = scope_ids(unit or commune(), on=on)
        rows = queries.findings(scopes=[scope], on=on).values()
        return sorted((str(one.kind), one.person.full_name, one.month) for one in rows)


def reason(on: date = DAY) -> str:
    """The reason of the only thing to look at on a day."""
    with as_maintenance():
        (one,) = queries.findings(scopes=[scope_ids(commune(), on=on)], on=on).values()
        return one.reason.replace("\xa0", " ")


def child_of_16(name: str = "Bùi Văn Lớn", born: str = "2010-12-10", unit: Unit | None = None) -> Entitlement:
    """An orphan on the allowance who does not go to school and turns 16 in December."""
    who = person(name, born, unit=unit, facts={"parents": ["dead", "dead"]})
    return grant(who, "CHILD_NO_SUPPORT", coefficient=150, law_code="ND335.5.1", months_from=date(2026, 11, 1), **LEVEL)


def item() -> WatchItem:
    """An item that waits: the child who turns 16."""
    child_of_16()
    look()
    with as_maintenance():
        return WatchItem.objects.select_related("person", "unit").get()
