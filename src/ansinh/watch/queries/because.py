"""Why the law sees an entry otherwise from a month: the birthday, the fact or the death behind it, in words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Q

from ansinh.database.bulk import among
from ansinh.kernel.periods import add_months
from ansinh.people.facts_catalogue import BY_KEY
from ansinh.people.models import Circumstance, HouseholdCircumstance, Membership, Person, Relative

# Ages at which a rule of some regime begins or ends.
AGES = (3, 4, 16, 22, 60, 70, 75, 80)
# A class of poverty that ran out says nothing while the new year's decision may still come.
POVERTY_GRACE = timedelta(days=90)
# Papers that end on a day written on them and can be renewed before it.
CERTIFICATES = ("disability", "study", "study_continuous")


@dataclass(frozen=True)
class Turn:
    """A fact of the register that ended or began on a day. `replaced`: another value of the same kind begins where this one ends."""

    kind: str
    day: date
    ended: bool
    replaced: bool

    @property
    def words(self) -> str:
        label = BY_KEY[self.kind].label
        if self.ended and not self.replaced:
            return f"“{label}” ghi trong sổ hết hiệu lực ngày {self.day - timedelta(days=1):%d/%m/%Y}"
        return f"“{label}” trong sổ thay đổi từ ngày {self.day:%d/%m/%Y}"


@dataclass
class Turns:
    """What turned in the lives of some people, by person. `children`: birth days of their children; `stays`: spans in a facility."""

    facts: dict[int, list[Turn]] = field(default_factory=lambda: defaultdict(list))
    children: dict[int, list[date]] = field(default_factory=lambda: defaultdict(list))
    stays: dict[int, list] = field(default_factory=lambda: defaultdict(list))

    def add(self, other: Turns) -> None:
        """The turns of other people beside these."""
        self.facts.update(other.facts)
        self.children.update(other.children)
        self.stays.update(other.stays)


@dataclass(frozen=True)
class Because:
    """Why something is otherwise from a month, in words that name no sensitive fact; empty when nothing turned near it.

    `poverty_ran_out`: that a class of poverty ran out is all there is. `certificate_until`: the same of a paper that can be renewed,
    with the first day it no longer holds. `first_on`: the day of the first turn.
    """

    words: str
    poverty_ran_out: bool
    certificate_until: date | None
    first_on: date | None


def turns(person_ids: Iterable[int]) -> Turns:
    """Every fact of these people and their households that began or ended on a known day. Four queries."""
    ids, found = among(person_ids), Turns()
    own: dict[tuple[int, str], list] = defaultdict(list)
    for row in Circumstance.objects.filter(person__in=ids):
        own[row.person_id, row.kind].append(row)
        if (row.kind, row.value) == ("lives_in", "facility"):
            found.stays[row.person_id].append(row.period)
    homes: dict[int, list] = defaultdict(list)
    for membership in Membership.objects.filter(person__in=ids):
        homes[membership.household_id].append(membership.person_id)
    shared: dict[tuple[int, str], list] = defaultdict(list)
    for row in HouseholdCircumstance.objects.filter(household__in=among(homes)):
        shared[row.household_id, row.kind].append(row)
    for (person, kind), rows in own.items():
        found.facts[person] += _turns(kind, rows)
    for (house, kind), rows in shared.items():
        for person in homes[house]:
            found.facts[person] += _turns(kind, rows)
    children = Relative.objects.filter(person__in=ids, kind="child", known__isnull=False)
    for relative in children.filter(~Q(known__born_on=None), known__birth_precision="day").select_related("known"):
        found.children[relative.person_id].append(relative.known.born_on)
    return found


def _turns(kind: str, rows: list) -> list[Turn]:
    """A renewal with the same value turns nothing."""
    starts = {row.period.lower: row.value for row in rows}
    ends = {row.period.upper: row.value for row in rows if row.period.upper}
    found = [Turn(kind, day, True, day in starts) for day, value in ends.items() if starts.get(day) != value]
    return found + [Turn(kind, day, False, False) for day in starts if day and day not in ends]


def reason_of(person: Person, since: date, known: Turns) -> Because:
    """What turned shortly before or in the month `since`."""
    first, end = add_months(since, -1), add_months(since, 1)
    birthdays = [(day, words) for day, words in _birthdays(person, known) if first <= day < end]
    near = [turn for turn in known.facts[person.id] if first <= turn.day < end]
    told = sorted((t for t in near if not BY_KEY[t.kind].is_sensitive), key=lambda t: (t.day, t.kind))
    ran_out = not birthdays and all(turn.ended and not turn.replaced for turn in near)
    days = [day for day, _words in birthdays] + [turn.day for turn in near]
    return Because(
        words="; ".join([*(words for _day, words in birthdays), *dict.fromkeys(turn.words for turn in told)]),
        poverty_ran_out=bool(near) and ran_out and all(turn.kind == "poverty" for turn in near),
        certificate_until=near[0].day if near and ran_out and all(turn.kind in CERTIFICATES for turn in near) else None,
        first_on=min(days, default=None),
    )


def stay_since(person: Person, month: date, known: Turns) -> tuple[bool, date | None]:
    """Whether somebody lives in a facility in a month, and since which day."""
    for period in known.stays[person.id]:
        if (period.lower is None or period.lower < add_months(month, 1)) and (period.upper is None or month < period.upper):
            return True, period.lower
    return False, None


def _birthdays(person: Person, known: Turns) -> list[tuple[date, str]]:
    own = _ages(person.born_on) if person.birth_precision == "day" else []
    words = [(day, f"Tròn {age} tuổi ngày {day:%d/%m/%Y}") for age, day in own]
    days = [(age, day) for born in known.children[person.id] for age, day in _ages(born) if age in (3, 16, 22)]
    return words + [(day, f"Con tròn {age} tuổi ngày {day:%d/%m/%Y}") for age, day in days]


def _ages(born: date | None) -> list[tuple[int, date]]:
    return [(age, birthday(born, age)) for age in AGES] if born else []


def birthday(born: date, age: int) -> date:
    """The day somebody reaches an age; who was born on 29 February does on 1 March of a common year."""
    try:
        return born.replace(year=born.year + age)
    except ValueError:
        return date(born.year + age, 3, 1)
