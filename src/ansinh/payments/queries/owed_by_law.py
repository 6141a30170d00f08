"""What people should have been given by the law as it is known now, month by month, beside what lists hold."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np

from ansinh.database.bulk import read_binary
from ansinh.entitlements.columns import month_facts
from ansinh.law.bulk_arrears import Owed, owed
from ansinh.lawbook.queries import confirmations, provincial

_GIVEN = """
SELECT l.person_id, l.benefit_month, sum(l.amount_vnd)::bigint FROM payments_paymentline l
WHERE l.person_id = ANY (%(ids)s::bigint[]) AND l.benefit_month BETWEEN %(first)s AND %(last)s
  AND l.state <> 'held' AND l.kind <> 'carried'
GROUP BY l.person_id, l.benefit_month
"""
_SHAPE = np.dtype([
    ("n", ">i2"), ("s1", ">i4"), ("person", ">i8"), ("s2", ">i4"), ("month", ">i4"), ("s3", ">i4"), ("vnd", ">i8"),
])  # fmt: skip


def owed_by_law(person_ids: Sequence[int], months: Sequence[date]) -> tuple[np.ndarray, Owed]:
    """(keys, what is owed) for consecutive months. Two statements. Recoveries count against what was given.

    Whoever's facts changed within these months, or whom a resolution of the province may reach, is marked in `recheck`.
    """
    answers = confirmations()
    facts = month_facts(person_ids, months[-1], answers, since=months[0])
    keys = facts.ids[: facts.asked]
    found = owed(facts.columns, months, _given(keys, months), answers)
    reached = any(one.in_force(month) for one in provincial() for month in months)
    found.recheck[:] |= facts.recheck[: facts.asked] | reached
    return keys, found


def _given(keys: np.ndarray, months: Sequence[date]) -> np.ndarray:
    """What lists hold for each person and month: not held, and no money a second time."""
    arguments = {"ids": keys.tolist(), "first": months[0], "last": months[-1]}
    rows = np.frombuffer(read_binary(_GIVEN, arguments), _SHAPE)
    days = np.array([(month - date(2000, 1, 1)).days for month in months])  # as the database counts days
    given = np.zeros((len(keys), len(months)), np.int64)
    given[np.searchsorted(keys, rows["person"]), np.searchsorted(days, rows["month"])] = rows["vnd"]
    return given
