"""A dossier told in words: its clock with what is not settled about it, and what was declared beside what the register knows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.dossiers.models import Dossier
from ansinh.dossiers.operations.move import clock_of
from ansinh.dossiers.queries.known import known_facts
from ansinh.law.procedures import Step, step_days
from ansinh.lawbook.queries import calendar
from ansinh.people.facts_catalogue import fact_label, value_label


@dataclass(frozen=True)
class ToldClock:
    """Days left of so many, each step with its day where it has one, and what makes the last day unsure."""

    days: int
    unit: str
    left: int
    mark: str
    steps: tuple[tuple[Step, date | None], ...]
    doubts: tuple[date, ...]
    unlisted: tuple[int, ...]

    @property
    def late_by(self) -> int:
        """Days over the time; 0 while it is not over."""
        return max(0, -self.left)


def told_clock(dossier: Dossier, *, on: date) -> ToldClock | None:
    """The clock of a received dossier on a day, of an answered one on the day of the answer; None before receipt."""
    version = dossier.version
    if version is None or dossier.received_on is None:
        return None
    days = calendar()
    day = on if dossier.is_open else dossier.answered_on or on
    until = dossier.due_on or day
    return ToldClock(
        version.days, version.unit, clock_of(dossier).left(day, days), version.mark,
        tuple(step_days(version, dossier.received_on, days)), tuple(days.doubts(dossier.received_on, until)),
        tuple(days.unlisted(dossier.received_on, until)),
    )  # fmt: skip


@dataclass(frozen=True)
class ToldFact:
    """One declared fact beside what the register knows on the day."""

    label: str
    declared: str
    since: date | None
    known: str


def told_facts(dossier: Dossier, *, on: date) -> list[ToldFact]:
    """What was declared, in words."""
    person = dossier.seen_person() if dossier.declared else None
    known = known_facts(person, dossier.declared, on=on) if person else {}
    return [_told(kind, told, known.get(kind)) for kind, told in dossier.declared.items()]


def _told(kind: str, told: dict[str, Any], known: tuple[Any, date | None] | None) -> ToldFact:
    since = date.fromisoformat(told["since"]) if told.get("since") else None
    return ToldFact(fact_label(kind), value_label(kind, told["value"]), since, value_label(kind, known[0]) if known else "")
