"""What the law is asked about: people, household, events. Built from a worked case or from the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.money import amount_of
from ansinh.kernel.periods import next_month, parse_month
from ansinh.law.resolutions import Provincial as Provincial
from ansinh.law.resolutions import provincial_from

DEFAULTS: dict[str, Any] = {
    "parents": ("alive_present", "alive_present"),
    "abandoned": False,
    "study": "none",
    "study_continuous": True,
    "orphan_allowance_at_16": None,
    "hiv": False,
    "wage": False,
    "marital": "married",
    "spouse": None,
    "children": (),
    "supporter": "has",
    "disability": "none",
    "pregnant": False,
    "pension_vnd": 0,
    "insurance_allowance_vnd": 0,
    "survivor_benefit": False,
    "other_monthly_allowance": False,
    "cared_by": "none",
    "cannot_live_alone": False,
    "lives_in": "community",
}
HOUSEHOLD_DEFAULTS: dict[str, Any] = {"poverty": "not_poor", "hard_area": False}
KINDS = ("monthly_allowance", "social_pension", "carer_money", "disabled_parent_support", "residential_upbringing")


@dataclass(frozen=True)
class Timeline:
    """A fact over time: (value, from, to), half-open; outside all periods the default holds."""

    periods: tuple[tuple[Any, date | None, date | None], ...]
    default: Any = None

    def at(self, day: date) -> Any:
        """The value on a day. Later rows win where rows overlap."""
        for value, start, end in reversed(self.periods):
            if (start is None or start <= day) and (end is None or day < end):
                return value
        return self.default

    def changes(self) -> set[date]:
        """Days on which the value may change."""
        return {day for _, start, end in self.periods for day in (start, end) if day is not None}


@dataclass(frozen=True)
class Birth:
    """A birth as it is known: a day, a month or a year."""

    first: date
    last: date

    @property
    def exact(self) -> bool:
        """Whether the day is known."""
        return self.first == self.last

    @property
    def question(self) -> str:
        """The open question that decides the day, if it is not known."""
        return "birth_month_only" if self.first.month == self.last.month else "birth_year_only"

    @classmethod
    def parse(cls, text: str) -> Birth:
        """'1961-02-10', '1961-02' or '1961'."""
        parts = [int(part) for part in text.split("-")]
        try:
            if len(parts) == 1:
                return cls(date(parts[0], 1, 1), date(parts[0], 12, 31))
            if len(parts) == 2:
                first = date(parts[0], parts[1], 1)
                return cls(first, next_month(first) - timedelta(days=1))
            day = date(parts[0], parts[1], parts[2])
        except ValueError:
            raise InvalidInput(f"Ngày sinh “{text}” không có thật.") from None
        return cls(day, day)


@dataclass(frozen=True)
class PersonFacts:
    """Facts of one person: constants or timelines, absent = default (`DEFAULTS`)."""

    birth: Birth | None = None
    values: Mapping[str, Any] = field(default_factory=dict)

    def at(self, name: str, day: date) -> Any:
        """The value of a fact on a day."""
        value = self.values.get(name, DEFAULTS[name])
        return value.at(day) if isinstance(value, Timeline) else value

    def changes(self) -> set[date]:
        """Days on which a fact may change."""
        return {day for value in self.values.values() if isinstance(value, Timeline) for day in value.changes()}


@dataclass(frozen=True)
class HouseholdFacts:
    """Facts of the household: poverty class and difficult area in time, members for rice, housing difficulty.

    `territories` (a set, or a timeline of sets) names the territories whose resolutions reach the household, old
    provinces too: keys that the caller also gives to the resolutions (`Provincial.territories`).
    """

    poverty: Any = "not_poor"
    hard_area: Any = False
    in_difficulty: bool = False
    members: int | None = None
    province: str | None = None
    commune: str | None = None
    territories: Any = frozenset()

    def at(self, name: str, day: date) -> Any:
        """The poverty class, the difficult area or the territories on a day."""
        value = getattr(self, name)
        return value.at(day) if isinstance(value, Timeline) else value

    def changes(self) -> set[date]:
        """Days on which the poverty class or the area may change."""
        return {day for v in (self.poverty, self.hard_area) if isinstance(v, Timeline) for day in v.changes()}


@dataclass(frozen=True)
class Event:
    """Something that happened; `day` or `month` as its kind has it, the rest in `more`."""

    kind: str
    person: str | None = None
    benefit: str | None = None
    day: date | None = None
    month: date | None = None
    months: tuple[date, ...] = ()
    more: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Situation:
    """One household before the law. `parameters` answers open questions (officer's confirmations)."""

    persons: Mapping[str, PersonFacts]
    household: HouseholdFacts = HouseholdFacts()
    events: tuple[Event, ...] = ()
    procedure: str = "settled"
    provincial: tuple[Provincial, ...] = ()
    parameters: Mapping[str, str] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()

    @classmethod
    def from_case(cls, case: Mapping[str, Any]) -> Situation:
        """The situation of a worked case (already checked by the schema of the case format)."""
        law = case.get("law", {})
        return cls(
            persons={key: person_from(facts) for key, facts in case.get("persons", {}).items()},
            household=household_from(case.get("household", {})),
            events=tuple(event_from(row) for row in case.get("events", ())),
            procedure=case.get("procedure", "settled"),
            provincial=tuple(provincial_from(row) for row in law.get("provincial", ())),
            parameters=dict(law.get("parameters", {})),
            holidays=frozenset(date.fromisoformat(day) for day in case.get("holidays", ())),
        )


def timeline(rows: Iterable[tuple[Any, date | None, date | None]], *, default: Any) -> Timeline:
    """A timeline from (value, from, to) rows, as the register keeps them."""
    return Timeline(tuple(rows), default)


def _value(raw: Any, default: Any, *, pair: bool = False) -> Any:
    if not isinstance(raw, list) or (pair and raw and isinstance(raw[0], str)):
        return tuple(raw) if isinstance(raw, list) else raw
    rows = [(tuple(row["value"]) if pair else row["value"], _day(row.get("from")), _day(row.get("to"))) for row in raw]
    return Timeline(tuple(rows), default)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def person_from(facts: Mapping[str, Any]) -> PersonFacts:
    """A person's facts from a worked case."""
    values: dict[str, Any] = {}
    for name, raw in facts.items():
        if name == "birth":
            continue
        if name == "children":
            values[name] = tuple(raw)
        else:
            values[name] = _value(raw, DEFAULTS[name], pair=name == "parents")
    return PersonFacts(Birth.parse(facts["birth"]) if "birth" in facts else None, values)


def household_from(row: Mapping[str, Any]) -> HouseholdFacts:
    """Household facts from a worked case."""
    place = row.get("place", {})
    return HouseholdFacts(
        poverty=_value(row.get("poverty", "not_poor"), "not_poor"),
        hard_area=_value(place.get("hard_area", False), False),
        in_difficulty=row.get("in_difficulty", False),
        members=row.get("members"),
        province=place.get("province"),
        commune=place.get("commune"),
    )


def event_from(row: Mapping[str, Any]) -> Event:
    """An event from a worked case."""
    known = {"kind", "person", "benefit", "date", "month", "months"}
    months = row.get("months", ())
    named = tuple(parse_month(month) for month in months) if isinstance(months, list) else ()
    more = {key: value for key, value in row.items() if key not in known}
    if isinstance(months, int):
        more["months"] = months
    return Event(
        kind=row["kind"],
        person=row.get("person"),
        benefit=row.get("benefit"),
        day=_day(row.get("date")),
        month=parse_month(row["month"]) if "month" in row else None,
        months=named,
        more=more,
    )


@dataclass(frozen=True)
class Line:
    """One amount the law gives for one month. `held`: waits for an officer, because of `unconfirmed` points."""

    person: str
    kind: str
    category: str
    code: str
    payee: str
    coefficient: int
    standard_vnd: int
    count: int
    deduction_vnd: int = 0
    basis: tuple[str, ...] = ()
    held: bool = False
    unconfirmed: tuple[str, ...] = ()
    rule: str = ""
    reason: str = ""

    @property
    def amount_vnd(self) -> int:
        """coefficient x standard x count less the deduction."""
        return max(amount_of(self.coefficient, self.standard_vnd, self.count) - self.deduction_vnd, 0)

    @property
    def identity(self) -> tuple[Any, ...]:
        """What two results must share to be the same line."""
        return (
            self.person, self.kind, self.category, self.code, self.payee, self.coefficient, self.standard_vnd,
            self.count, self.deduction_vnd,
        )  # fmt: skip


@dataclass(frozen=True)
class MonthResult:
    """What the law gives for a benefit month: lines, entitlements that lost with the reason, points that hold."""

    month: date
    lines: tuple[Line, ...]
    lost: tuple[Line, ...]
    held_reasons: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    @property
    def total_vnd(self) -> int:
        """Sum of all lines, held ones too."""
        return sum(line.amount_vnd for line in self.lines)

    @property
    def payable_vnd(self) -> int:
        """Sum of the lines no officer has to look at."""
        return sum(line.amount_vnd for line in self.lines if not line.held)
