"""Whether the burial of a person is supported as that of a victim of an emergency."""

from __future__ import annotations

from ansinh.emergency.models import AidKind, AidLine
from ansinh.people.models import Person

_GONE = ("left_out", "handed_back")


def burial_of(person: Person) -> tuple[str, int] | None:
    """The list it stands on and its sum, đồng; None where there is none."""
    lines = AidLine.objects.filter(person=person, kind=AidKind.BURIAL).exclude(state__in=_GONE).select_related("list")
    line = lines.order_by("id").first()
    return (line.list.code, line.amount_vnd) if line else None
