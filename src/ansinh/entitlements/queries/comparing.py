"""The ledger beside the law in bulk: who draws exactly what the law gives for a month, and who has to be looked at."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np

from ansinh import law
from ansinh.database.bulk import read_binary
from ansinh.entitlements.columns import MonthFacts, month_facts
from ansinh.entitlements.models import FOR_CARE, PERSONAL, Benefit, Entitlement
from ansinh.law import bulk
from ansinh.law.resolutions import Provincial, reaching
from ansinh.lawbook.queries import confirmations, provincial
from ansinh.localities.queries import province_keys

_HELD = """
SELECT p.id, count(*)::smallint, sum(1::bigint << coalesce(array_position(%(names)s::text[], e.category), 0))::bigint,
  sum(e.amount_vnd)::bigint, (array_agg(e.amount_vnd ORDER BY array_position(%(names)s::text[], e.category)))[1],
  bool_or(s.scope IS DISTINCT FROM o.scope)::int::smallint, min(s.scope)::bigint, sum(e.coefficient * e.count)::bigint
FROM unnest(%(units)s::bigint[], %(scopes)s::int[]) AS s(unit_id, scope) JOIN people_person p ON p.unit_id = s.unit_id
  JOIN entitlements_entitlement e ON e.person_id = p.id AND e.months @> %(month)s::date AND e.benefit = ANY (%(benefits)s)
  LEFT JOIN unnest(%(units)s::bigint[], %(scopes)s::int[]) AS o(unit_id, scope) ON o.unit_id = e.unit_id
GROUP BY p.id ORDER BY p.id
"""
_ROW = np.dtype([
    (key, form) for name, kind in (("id", "i8"), ("n", "i2"), ("kinds", "i8"), ("sum", "i8"), ("lowest", "i8"), ("moved", "i2"),
      ("scope", "i8"), ("level", "i8"))
    for key, form in ((f"{name}_size", ">i4"), (name, f">{kind}"))
])  # fmt: skip
_SHAPE = np.dtype([("fields", ">i2"), *((name, _ROW.fields[name][0]) for name in _ROW.names)])


@dataclass
class Suspects:
    """Whose running entries may not be what the law gives. `new_level`: of these the law gives the same category and coefficient by
    another standard, each with the number of the commune among those asked about."""

    people: set[int] = field(default_factory=set)
    new_level: dict[int, int] = field(default_factory=dict)


def suspects(*, scopes: Sequence[Sequence[int]], month: date) -> set[int]:
    """People of these places whose running entries may not be what the law gives: those to ask the law about one by one.

    Each of `scopes` is what one commune covers. Whoever is not named draws the category and amount the law gives, by an entry of
    the commune they live in. Two statements for the facts and the ledger, whatever the number of people.
    """
    return suspects_by_month(scopes=scopes, months=[month])[month].people


def suspects_by_month(*, scopes: Sequence[Sequence[int]], months: Sequence[date]) -> dict[date, Suspects]:
    """The same for months in a row, by month: the facts are read once, and again by month where something turns within them."""
    names = sorted(law.categories())
    held = {month: _held(scopes, month, names) for month in months}
    everybody = np.unique(np.concatenate([rows["id"] for rows in held.values()])).tolist()
    found = {month: Suspects(care_suspects(scopes=scopes, month=month)) for month in months}
    for month, keys, given in given_by_month(everybody, months) if everybody else ():
        _compare(held[month], keys, given, names, found[month])
    return found


def _compare(rows: np.ndarray, keys: np.ndarray, given: Given, names: list[str], found: Suspects) -> None:
    seen = np.isin(rows["id"], keys)
    found.people.update(rows["id"][~seen].tolist())
    rows = rows[seen]
    mine = np.searchsorted(keys, rows["id"])
    kinds, amounts, second, count, level, recheck = (
        column[mine]
        for column in (given.kinds(names), given.own_vnd, given.second_vnd, given.count, given.coefficient, given.recheck)
    )
    alike = (kinds == rows["kinds"]) & (count == rows["n"]) & ~recheck & (rows["moved"] == 0)
    # Of two entries each has its own amount: that of the first in the order of names tells both.
    one_by_one = (count == 1) | (rows["lowest"] == np.where(given.second_is_lower(names)[mine], second, amounts - second))
    fine = alike & (amounts == rows["sum"]) & one_by_one
    moved_up = rows[alike & ~fine & (count == 1) & (level == rows["level"])]
    found.people.update(rows["id"][~fine].tolist())
    found.new_level.update(zip(moved_up["id"].tolist(), moved_up["scope"].tolist(), strict=True))


def _held(scopes: Sequence[Sequence[int]], month: date, names: list[str]) -> np.ndarray:
    pairs = [(unit, number) for number, scope in enumerate(scopes) for unit in scope]
    arguments = {
        "units": [unit for unit, _ in pairs], "scopes": [number for _, number in pairs], "month": month, "names": names,
        "benefits": [str(benefit) for benefit in PERSONAL],
    }  # fmt: skip
    return np.frombuffer(read_binary(_HELD, arguments), _SHAPE)


class Given:
    """What the law gives each of those asked for: at most two categories, their sum, and who needs more than columns."""

    def __init__(
        self, first: np.ndarray, second: np.ndarray, own_vnd: np.ndarray, second_vnd: np.ndarray, coefficient: np.ndarray,
        recheck: np.ndarray,
    ) -> None:  # fmt: skip
        self.first, self.second, self.own_vnd, self.second_vnd = first, second, own_vnd, second_vnd
        self.coefficient, self.recheck = coefficient, recheck

    @property
    def count(self) -> np.ndarray:
        """How many categories each is given."""
        return (self.first != "").astype(np.int64) + (self.second != "")

    def put(self, rows: np.ndarray, other: Given) -> None:
        """What `other` says of the people in these rows, instead."""
        for name in ("first", "second", "own_vnd", "second_vnd", "coefficient", "recheck"):
            getattr(self, name)[rows] = getattr(other, name)

    def kinds(self, names: list[str]) -> np.ndarray:
        """The categories as bits, as the ledger's are added up."""
        found = np.zeros(len(self.first), np.int64)
        for number, name in enumerate(names, start=1):
            found += ((self.first == name).astype(np.int64) + (self.second == name)) << number
        return found

    def second_is_lower(self, names: list[str]) -> np.ndarray:
        """Whether the second category comes before the first in the order of names."""
        order = np.array(names)
        return np.searchsorted(order, self.second) < np.searchsorted(order, self.first)


def given_by_month(person_ids: Sequence[int], months: Sequence[date]) -> Iterator[tuple[date, np.ndarray, Given]]:
    """(month, keys in order, what the law gives each of them) for months in a row. What the viewer may not see has no key.

    One statement reads the facts of all months; whoever's facts turn within them is read again for each month.
    """
    answers = confirmations()
    facts = month_facts(person_ids, months[-1], answers, since=months[0])
    keys = facts.ids[: facts.asked]
    turning = np.flatnonzero(facts.recheck[: facts.asked]) if len(months) > 1 else np.array([], np.int64)
    for month in months:
        given = given_by_law(facts, month, answers)
        if len(turning):
            given.put(turning, given_by_law(month_facts(keys[turning].tolist(), month, answers), month, answers))
        yield month, keys, given


def given_by_law(facts: MonthFacts, month: date, answers: dict[str, str]) -> Given:
    """The law of a month in bulk for those asked, each under the resolutions that reach where they live."""
    count = facts.asked
    first, second = np.full(count, "", object), np.full(count, "", object)
    own, second_vnd, coefficient = (np.zeros(count, np.int64) for _ in range(3))
    recheck = facts.recheck[:count].copy()
    for resolutions, mine in by_resolution(facts, month):
        found = bulk.month(facts.columns, month, answers, provincial=resolutions)
        first[mine], second[mine] = found.category("first")[:count][mine], found.category("second")[:count][mine]
        own[mine], second_vnd[mine] = found.own_vnd[:count][mine], found.second_vnd[:count][mine]
        coefficient[mine] = found.coefficient[:count][mine]
        # Amounts and groups of a resolution are no matter of columns.
        recheck[mine] |= found.recheck[:count][mine] | any(one.amounts or one.groups for one in resolutions)
    wide = f"U{max(map(len, law.categories()))}"
    return Given(first.astype(wide), second.astype(wide), own, second_vnd, coefficient, recheck)


def by_resolution(facts: MonthFacts, month: date) -> list[tuple[tuple[Provincial, ...], np.ndarray]]:
    """The people asked, apart by the resolutions in force where they live when the month begins."""
    place = facts.place[: facts.asked]
    confirmed = tuple(one for one in provincial() if one.in_force(month))
    if not confirmed:
        return [((), np.ones(len(place), np.bool_))]
    keys = province_keys(set(np.unique(place).tolist()))
    reached: dict[tuple[Provincial, ...], list[int]] = {}
    for unit in np.unique(place).tolist():
        reached.setdefault(tuple(reaching(confirmed, keys.get(unit, frozenset()), None)), []).append(unit)
    return [(resolutions, np.isin(place, units)) for resolutions, units in reached.items()]


# Money for care: of few people, and on the facts of the person cared for ---------------------------------------------


def care_suspects(*, scopes: Sequence[Sequence[int]], month: date) -> set[int]:
    """People of these places whose running money for care may not be what the law gives for whom they care."""
    place = {unit: number for number, scope in enumerate(scopes) for unit in scope}
    running = Entitlement.objects.running(month).filter(benefit__in=FOR_CARE, person__unit__in=list(place))
    entries = list(running.select_related("person").order_by("id"))
    if not entries:
        return set()
    given = _care_by_law(sorted({entry.cared_for_id or entry.person_id for entry in entries}), month)
    return {entry.person_id for entry in entries if _may_differ(entry, given, place)}


def _may_differ(entry: Entitlement, given: dict[tuple[int, str], tuple[str, int]], place: dict[int, int]) -> bool:
    same = given.get((entry.cared_for_id or entry.person_id, entry.benefit)) == (entry.category, entry.amount_vnd)
    here = place.get(entry.unit_id) == place[entry.person.unit_id]
    return not same or not here or entry.person.died_on is not None


def _care_by_law(keys: Sequence[int], month: date) -> dict[tuple[int, str], tuple[str, int]]:
    """(person cared for, benefit) → (category, amount) as the law gives it; nobody of whom columns do not tell enough."""
    answers = confirmations()
    facts = month_facts(keys, month, answers)
    found: dict[tuple[int, str], tuple[str, int]] = {}
    for resolutions, mine in by_resolution(facts, month):
        if any(one.amounts or one.groups for one in resolutions):
            continue
        law_in_bulk = bulk.month(facts.columns, month, answers, provincial=resolutions)
        sure = mine & ~(facts.recheck | law_in_bulk.recheck)[: facts.asked]
        for benefit, which, vnd in (
            (Benefit.CARER_MONEY, "care", law_in_bulk.care_vnd), (Benefit.DISABLED_PARENT, "parent", law_in_bulk.parent_vnd),
        ):  # fmt: skip
            names = law_in_bulk.category(which)
            for row in np.flatnonzero(sure):
                found[int(facts.ids[row]), benefit] = (str(names[row]), int(vnd[row]))
    return found
