"""What was written down before, as lines of a page: from when, what, until when, and on which paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from ansinh.people.facts_catalogue import fact_label, value_label
from ansinh.people.models import Household, Person


@dataclass(frozen=True)
class PastLine:
    """One line of "Đã ghi"."""

    since: date | None
    until: date | None
    text: str
    source: str
    recorded_by: str
    label: str = ""


def past_facts(facts: QuerySet) -> list[PastLine]:
    """Circumstances, newest first."""
    return [_line(fact, value_label(fact.kind, fact.value)) for fact in facts.order_by("-period")]


def household_lines(household: Household) -> list[PastLine]:
    """What is and was true of a household, kind by kind."""
    found = household.circumstances.order_by("kind", "-period")
    return [replace(_line(fact, value_label(fact.kind, fact.value)), label=fact_label(fact.kind)) for fact in found]


def past_rows(person: Person, name: str) -> list[PastLine]:
    """Rows of one kind around a person (`residences`, `payees`, …), newest first; none for an act without a past."""
    if not name:
        return []
    related, words = _ROWS[name]
    rows = getattr(person, name).order_by("-id")
    rows = rows.select_related(*related) if related else rows
    return [_line(row, words(row)) for row in rows]


def _line(row, text: str) -> PastLine:
    period = getattr(row, "period", None)
    since = period.lower if period else getattr(row, "born_on", None)
    return PastLine(since, period.upper if period else None, text, row.source, row.recorded_by)


def _masked(number: str) -> str:
    return "•" * max(0, len(number) - 3) + number[-3:]


_ROWS: dict[str, tuple[tuple[str, ...], Callable]] = {
    "birth_rulings": ((), lambda r: _("Tính theo %(d)s") % {"d": f"{r.born_on:%d/%m/%Y}"}),
    "residences": (("unit", "village"), lambda r: f"{r.village.name}, {r.unit.name}" if r.village else r.unit.name),
    "memberships": (
        ("household",),
        lambda m: _("Hộ %(code)s: %(relation)s") % {"code": m.household.code, "relation": m.relation or _("thành viên")},
    ),
    "relatives": (("known",), lambda r: f"{r.get_kind_display()}: {r.name}"),
    "guardians": ((), lambda g: f"{g.name} ({g.relation})"),
    "payees": ((), lambda p: f"{p.name} ({p.relation})"),
    "accounts": ((), lambda a: f"{a.bank}, {_masked(a.number)}"),
    "other_names": ((), lambda n: n.name),
    "other_numbers": ((), lambda n: f"{n.get_kind_display()}: {_masked(n.number)}"),
}
