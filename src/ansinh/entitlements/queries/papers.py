"""The papers behind entries and the money decided by itself, whichever commune signed them before somebody moved."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.db.models import Exists, OuterRef

from ansinh.entitlements.models import Act, Benefit, Decision, DecisionItem, Entitlement
from ansinh.kernel.periods import parse_month
from ansinh.law.benefits.monthly_allowance.months import earliest_start


@dataclass(frozen=True)
class Paper:
    """The decision that granted an entry and the one that ended it. `opens`, `end_opens`: the viewer may read that decision."""

    code: str
    number: str
    signed_on: date | None
    unit_name: str
    act: str
    opens: bool
    end_code: str | None
    end_number: str | None
    end_signed_on: date | None
    end_act: str | None
    end_month: date | None
    end_opens: bool

    @property
    def act_label(self) -> str:
        return str(Act(self.act).label)

    @property
    def end_label(self) -> str:
        return str(Act(self.end_act).label) if self.end_act else ""


def with_papers(entries: Sequence[Entitlement]) -> Sequence[Entitlement]:
    """Set `paper` on each entry. Two queries."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM entitlements_papers(%s::bigint[])", [[entry.id for entry in entries]])
        rows = {row[0]: row[1:] for row in cursor.fetchall()}
    wanted = {key for row in rows.values() for key in (row[0], row[6])}
    readable = set(Decision.objects.filter(id__in=wanted - {None}).values_list("id", flat=True))
    for entry in entries:
        granted, ended = rows[entry.id][:6], rows[entry.id][6:]
        entry.paper = Paper(*granted[1:], granted[0] in readable, *ended[1:], ended[0] in readable)
    return entries


@dataclass(frozen=True)
class DecidedMoney:
    """A line of a signed decision about money of past months: arrears, or a recovery."""

    id: int
    person_id: int
    act: str
    benefit: str
    category: str
    law_code: str
    coefficient: int
    count: int
    standard_vnd: int
    amount_vnd: int
    from_month: date
    months: tuple[date, ...]
    number: str
    recorded_at: datetime | None


def decided_money(unit_ids: Iterable[int]) -> list[DecidedMoney]:
    """Signed arrears and recoveries of people who live in these places now, oldest first. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM entitlements_decided(%s::bigint[])", [list(unit_ids)])
        return [DecidedMoney(*row[:11], _months(row[11]), *row[12:]) for row in cursor.fetchall()]


def _months(texts: list[str] | str) -> tuple[date, ...]:
    return tuple(map(parse_month, json.loads(texts) if isinstance(texts, str) else texts))


def begun_too_early(decision: Decision, signed_on: date) -> list[DecisionItem]:
    """New grants of a paper signed on a day that begin before the law lets them: money for months it does not give.

    A grant that goes on where another line of the paper ends changes what somebody draws already: it begins nothing.
    """
    first = earliest_start(signed_on)
    if first is None:
        return []
    new = decision.items.filter(act=Act.GRANT, from_month__lt=first).exclude(benefit=Benefit.FUNERAL)
    goes_on = decision.items.filter(act__in=[Act.ADJUST, Act.GRANT], person=OuterRef("person"), to_month=OuterRef("from_month"))
    new = new.exclude(Exists(goes_on))
    return list(new.select_related("person").order_by("number"))
