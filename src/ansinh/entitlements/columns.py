"""The facts of one month as columns, for the law in bulk: the register read by one statement for any number of people.

The same facts as `facts.py` gathers person by person; a test shows that both give the same. Rows whose facts change inside the
month, or that rest on what was true long before, are marked in `recheck`: they belong to `facts.situations`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from ansinh.database.bulk import read_binary
from ansinh.kernel.periods import last_day
from ansinh.law import bulk_facts as words

_Array = np.ndarray
_EPOCH = date(2000, 1, 1)  # of dates in binary rows
_UNKNOWN = 1 << 40  # a value no column has a number for
_FLAGS: dict[str, tuple[str, object]] = {
    "abandoned": ("abandoned", True), "hiv": ("hiv", True), "wage": ("wage", True), "pregnant": ("pregnant", True),
    "survivor_benefit": ("survivor_benefit", True), "other_monthly_allowance": ("other_monthly_allowance", True),
    "cannot_live_alone": ("cannot_live_alone", True), "in_facility": ("lives_in", "facility"),
    "study_broken": ("study_continuous", False), "hard_area": ("hard_area", True),
}  # fmt: skip
# name, values in the order of their numbers, first bit, number of bits; 0 is the default of the fact
_LISTS: tuple[tuple[str, tuple, int, int], ...] = (
    ("study", words.STUDIES, 12, 3),
    ("marital", ("", *words.MARITAL), 15, 3),
    ("supporter", words.SUPPORTER, 18, 2),
    ("disability", words.DISABILITY, 20, 2),
    ("cared_by", words.CARED_BY, 22, 2),
    ("poverty", words.POVERTY, 24, 2),
    ("parents", tuple([a, b] for a in words.PARENT_STATES for b in words.PARENT_STATES), 26, 6),
)
_SUMS = ("pension_vnd", "insurance_allowance_vnd")
_HOUSE = ("poverty", "hard_area")
_FIELDS = (
    ("id", "i8"), ("asked", "i2"), ("place", "i8"), ("born", "i4"), ("precision", "i2"), ("died", "i4"), ("code", "i8"),
    ("pension_vnd", "i8"), ("insurance_allowance_vnd", "i8"), ("raiser", "i8"), ("raiser_two", "i8"), ("recheck", "i2"),
    ("orphan_ever", "i2"), ("marital_ever", "i2"), ("widowed_on", "i4"),
)  # fmt: skip
_NEVER = 2**31 - 1  # what the database sends for 'infinity'

# Each person is looked up by key (OFFSET 0, LIMIT 1): a plan that reads whole tables grows with the register, not with who is asked.
_SQL = """
WITH word AS MATERIALIZED (
  SELECT * FROM unnest(%(kinds)s::text[], %(values)s::jsonb[], %(codes)s::bigint[]) AS w(kind, value, code)),
asked AS MATERIALIZED (SELECT p.id FROM people_person p WHERE p.id = ANY (%(ids)s::bigint[])),
kin AS MATERIALIZED (
  SELECT r.person_id, r.known_id, r.kind, upper(r.period) IS NOT NULL AS ends, k.died_on
  FROM asked a JOIN people_relative r ON r.person_id = a.id JOIN people_person k ON k.id = r.known_id
  WHERE r.kind IN ('child', 'spouse')),
child AS MATERIALIZED (SELECT DISTINCT r.person_id AS parent, r.known_id AS id, r.ends FROM kin r WHERE r.kind = 'child'),
raised AS (SELECT c.id, min(c.parent) AS first, max(c.parent) AS last, count(DISTINCT c.parent) > 2 AS many FROM child c GROUP BY c.id),
spouse AS (
  SELECT r.person_id, min(coalesce(r.died_on, 'infinity')) AS died_on FROM kin r WHERE r.kind = 'spouse' AND NOT r.ends GROUP BY r.person_id),
everyone AS MATERIALIZED (SELECT id, 1 AS asked FROM asked UNION ALL SELECT r.id, 0 FROM raised r WHERE r.id NOT IN (SELECT id FROM asked)),
held AS MATERIALIZED (
  SELECT e.id, c.kind, c.value, c.period FROM everyone e
    CROSS JOIN LATERAL (SELECT * FROM people_circumstance c WHERE c.person_id = e.id OFFSET 0) c
  WHERE c.kind = ANY (%(asked_kinds)s)),
fact AS (
  SELECT c.id, bit_or(CASE WHEN c.period @> %(first)s::date THEN coalesce(w.code, CASE WHEN c.kind = ANY (%(sums)s) THEN 0 ELSE %(unknown)s END)
      ELSE 0 END) AS code,
    sum((c.value #>> '{}')::bigint) FILTER (WHERE c.kind = 'pension_vnd' AND c.period @> %(first)s::date) AS pension,
    sum((c.value #>> '{}')::bigint) FILTER (WHERE c.kind = 'insurance_allowance_vnd' AND c.period @> %(first)s::date) AS insurance,
    bool_or(c.kind = 'orphan_allowance_at_16' OR lower(c.period) > %(eve)s AND lower(c.period) <= %(last)s
      OR upper(c.period) > %(eve)s AND upper(c.period) <= %(last)s) AS changes,
    bool_or(c.kind IN ('parents', 'abandoned')) AS orphan_ever, bool_or(c.kind = 'marital') AS marital_ever
  FROM held c LEFT JOIN word w ON w.kind = c.kind AND w.value = c.value GROUP BY c.id),
home AS (
  SELECT a.id, bit_or(CASE WHEN m.period @> %(first)s::date AND h.period @> %(first)s::date THEN coalesce(w.code, %(unknown)s) ELSE 0 END) AS code,
    bool_or(coalesce(lower(m.period) > %(eve)s AND lower(m.period) <= %(last)s, false)
      OR coalesce(upper(m.period) > %(eve)s AND upper(m.period) <= %(last)s, false)
      OR coalesce(lower(h.period) > %(eve)s AND lower(h.period) <= %(last)s, false)
      OR coalesce(upper(h.period) > %(eve)s AND upper(h.period) <= %(last)s, false)) AS changes
  FROM asked a CROSS JOIN LATERAL (SELECT * FROM people_membership m WHERE m.person_id = a.id OFFSET 0) m
    LEFT JOIN people_householdcircumstance h ON h.household_id = m.household_id AND h.kind = ANY (%(house)s)
    LEFT JOIN word w ON w.kind = h.kind AND w.value = h.value
  GROUP BY a.id),
ruling AS (
  SELECT DISTINCT ON (b.person_id) b.person_id, b.born_on FROM everyone e JOIN people_birthruling b ON b.person_id = e.id
  ORDER BY b.person_id, b.id DESC),
paused AS (
  SELECT DISTINCT o.person_id FROM asked a JOIN entitlements_entitlement o ON o.person_id = a.id
    JOIN entitlements_suspension u ON u.entitlement_id = o.id),
ending AS (SELECT DISTINCT c.parent FROM child c LEFT JOIN raised r ON r.id = c.id WHERE c.ends OR r.many)
SELECT e.id, e.asked::smallint, coalesce(l.unit_id, p.unit_id), coalesce(b.born_on, p.born_on, 'infinity'),
  (CASE WHEN b.born_on IS NOT NULL THEN 0 WHEN p.birth_precision = 'year' THEN 2 WHEN p.birth_precision = 'month' THEN 1 ELSE 0 END)::smallint,
  coalesce(p.died_on, 'infinity'), coalesce(f.code, 0) | coalesce(h.code, 0), coalesce(f.pension, 0)::bigint,
  coalesce(f.insurance, 0)::bigint, coalesce(r.first, 0), CASE WHEN r.last <> r.first THEN r.last ELSE 0 END::bigint,
  (coalesce(f.changes, false) OR coalesce(h.changes, false) OR u.person_id IS NOT NULL OR d.parent IS NOT NULL
    OR coalesce(lower(l.period) > %(eve)s + 1, false))::int::smallint,
  coalesce(f.orphan_ever, false)::int::smallint, coalesce(f.marital_ever, false)::int::smallint, coalesce(s.died_on, 'infinity')
FROM everyone e JOIN people_person p ON p.id = e.id LEFT JOIN fact f ON f.id = e.id LEFT JOIN home h ON h.id = e.id
  LEFT JOIN raised r ON r.id = e.id LEFT JOIN ruling b ON b.person_id = e.id LEFT JOIN paused u ON u.person_id = e.id
  LEFT JOIN ending d ON d.parent = e.id LEFT JOIN spouse s ON s.person_id = e.id
  LEFT JOIN LATERAL (SELECT l.unit_id, l.period FROM people_residence l WHERE l.person_id = e.id AND l.period @> %(first)s::date LIMIT 1) l ON true
"""


@dataclass(frozen=True)
class MonthFacts:
    """`ids` and what belongs to each of them: columns for `bulk.month`, where the person lives, whether only `facts.py` can tell.

    Children of those asked stand behind them; `asked` is how many come first.
    """

    ids: _Array
    asked: int
    place: _Array
    recheck: _Array
    columns: dict[str, _Array]
    rows: _Array

    def births(self, answers: Mapping[str, str | None]) -> _Array:
        """The births as other answers to the open questions would have them."""
        return _births(self.rows, answers)


def month_facts(
    person_ids: Sequence[int], month: date, answers: Mapping[str, str | None], *, since: date | None = None
) -> MonthFacts:
    """The facts of these people in a month. One statement. What the viewer may not see is not there.

    `answers` to open questions decide which day a birth known by month or year is taken for. `since`: the facts of all months
    from that one on; whoever's facts changed within them is marked in `recheck`.
    """
    since = since or month
    rows = _read(person_ids, month, since)
    rows = rows[np.lexsort((rows["id"], -rows["asked"]))]
    asked = int(rows["asked"].sum())
    columns = dict(_coded(rows["code"]))
    columns["birth"] = _births(rows, answers)
    columns["pension_vnd"], columns["insurance_allowance_vnd"] = (rows[name].astype(np.int64) for name in _SUMS)
    columns["raiser"], columns["raiser_two"] = (_places(rows["id"], asked, rows[name]) for name in ("raiser", "raiser_two"))
    columns["ended"] = _day(month) > rows["died"]
    recheck = (rows["recheck"] > 0) | ((rows["code"] & _UNKNOWN) > 0)
    for name in ("died", "widowed_on"):
        recheck |= (rows[name] >= _day(since)) & (rows[name] <= _day(last_day(month)))
    widowed = (rows["widowed_on"] < _day(month)) & (columns["marital"] == 0)
    recheck |= widowed & (rows["marital_ever"] > 0)
    marital = np.where(widowed, 1 + words.MARITAL.index("widowed"), columns["marital"])
    columns["marital"] = np.where(marital == 0, words.MARITAL.index("married"), marital - 1)
    recheck |= _rests_on_the_past(rows, columns, month, answers)
    for name in ("raiser", "raiser_two"):
        recheck[columns[name][recheck & (columns[name] >= 0)]] = True
    return MonthFacts(rows["id"].astype(np.int64), asked, rows["place"].astype(np.int64), recheck, columns, rows)


def _read(person_ids: Sequence[int], month: date, since: date) -> _Array:
    """The rows, as the database sends them in binary: every column has a value of fixed size."""
    shape = np.dtype(
        [("n", ">i2"), *((key, form) for name, kind in _FIELDS for key, form in ((f"{name}_size", ">i4"), (name, f">{kind}")))]
    )
    kinds, values, codes = zip(*_words(), strict=True)
    arguments = {
        "ids": list(person_ids), "kinds": list(kinds), "values": list(values), "codes": list(codes), "first": month,
        "eve": since - timedelta(days=1), "last": last_day(month), "unknown": _UNKNOWN, "sums": list(_SUMS), "house": list(_HOUSE),
        "asked_kinds": [*{*kinds, *_SUMS, "orphan_allowance_at_16"} - {*_HOUSE}],
    }  # fmt: skip
    return np.frombuffer(read_binary(_SQL, arguments), shape)


def _words() -> Iterator[tuple[str, str, int]]:
    """Every value a fact may have, with the bits that stand for it."""
    for number, (kind, value) in enumerate(_FLAGS.values()):
        other = "community" if kind == "lives_in" else not value
        yield kind, json.dumps(value), 1 << number
        yield kind, json.dumps(other), 0
    for kind, values, shift, _size in _LISTS:
        for number, value in enumerate(values):
            if value:
                yield kind, json.dumps(value), number << shift


def _coded(code: _Array) -> Iterator[tuple[str, _Array]]:
    for number, name in enumerate(_FLAGS):
        flag = (code >> number) & 1 > 0
        yield ("study_continuous", ~flag) if name == "study_broken" else (name, flag)
    for name, _values, shift, size in _LISTS:
        yield name, ((code >> shift) & ((1 << size) - 1)).astype(np.int16)


def _births(rows: _Array, answers: Mapping[str, str | None]) -> _Array:
    """The day that counts as day of birth: the first or the last a month or year allows, as the open question is answered."""
    days = np.datetime64(_EPOCH) + rows["born"].astype("timedelta64[D]")
    for precision, unit, question in ((1, "M", "birth_month_only"), (2, "Y", "birth_year_only")):
        start = days.astype(f"datetime64[{unit}]")
        first = start.astype("datetime64[D]")
        last = (start + 1).astype("datetime64[D]") - 1
        days = np.where(rows["precision"] == precision, last if answers.get(question) == "last_day" else first, days)
    return np.where(rows["born"] == _NEVER, np.datetime64("NaT"), days)


def _places(ids: _Array, asked: int, parents: _Array) -> _Array:
    """The row of each parent, -1 for none: parents are among those asked, in the order of their keys."""
    at = np.searchsorted(ids[:asked], parents)
    return np.where(parents > 0, at, -1).astype(np.int64)


def _rests_on_the_past(rows: _Array, columns: Mapping[str, _Array], month: date, answers: Mapping[str, str | None]) -> _Array:
    """Whoever drew an orphan's allowance at 16, and who raises a student of 16 or more: what was true then counts still."""
    grown = (
        words.ages_on(words.born_numbers(columns["birth"]), last_day(month), answers.get("birth_29_february") or "03-01") >= 16
    )
    found = grown & (rows["orphan_ever"] > 0)
    students = grown & (columns["study"] > 0)
    for name in ("raiser", "raiser_two"):
        found[columns[name][students & (columns[name] >= 0)]] = True
    return np.asarray(found)


def _day(day: date) -> int:
    return (day - _EPOCH).days
