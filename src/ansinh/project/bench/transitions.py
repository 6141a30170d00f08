"""The transition list of the whole province: everybody in the ledger from 500.000 to 540.000, reckoned, listed and drafted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection

from ansinh.access.acting import as_post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.background import COMMUNES_A_STEP
from ansinh.entitlements.models import DecisionItem, Entitlement, TransitionLine
from ansinh.entitlements.operations.draft import values_of
from ansinh.entitlements.queries import change_of_law, transition_months
from ansinh.entitlements.queries.transitions import one_by_one
from ansinh.jobs import WORKERS
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.project.bench.beside import beside, slowest, together
from ansinh.project.bench.figures import Clock, Figure, taken_back
from ansinh.project.bench.province import DAY, Province

_CHANGE, _ASKED, _YARDSTICK = "2026", 60, 4  # people asked alone, in so many communes
# The ledger as it stood before anybody decided the new level: what began in July goes on from June at the old standard.
_AS_BEFORE = (
    "UPDATE entitlements_entitlement e SET months = daterange(lower(months), '2026-06-01') FROM people_person p "
    "WHERE p.id = e.person_id AND p.unit_id = ANY (%s) AND upper(months) = '2026-07-01' AND lower(months) < '2026-06-01'",
    "UPDATE entitlements_entitlement e SET months = daterange('2026-06-01', upper(e.months)), standard_vnd = 500000, "
    "amount_vnd = e.coefficient * 5000 * e.count FROM people_person p WHERE p.id = e.person_id AND p.unit_id = ANY (%s) "
    "AND lower(e.months) = '2026-07-01' AND e.standard_vnd = 540000 "
    "AND NOT EXISTS (SELECT 1 FROM entitlements_entitlement o WHERE o.person_id = e.person_id AND o.id <> e.id "
    "AND o.benefit = e.benefit AND o.category = e.category AND o.months && daterange('2026-06-01', '2026-07-01'))",
)


def measure(province: Province) -> list[Figure]:
    """Reckon and draft the list of every commune, as the jobs do; the yardstick asks and writes person by person."""
    whole = Province(province.size, province.now)
    parts = beside(_list, [(whole, number) for number in range(WORKERS)])
    lines, held, items = (sum(part[place] for part, _ in parts) for place in range(3))
    listed = slowest([clock for _, clock in parts])
    people, alone = _one_after_the_other(province)
    return [
        Figure("transition", f"Chuyển mức cả tỉnh: {lines} dòng ({held} giữ lại), dự thảo {items} dòng", "giây", listed.seconds,
               "hỏi luật và ghi từng người (ORM)", alone / max(1, people) * lines, f"{people} người", *listed.memory),
    ]  # fmt: skip


def _list(asked: tuple[Province, int]) -> tuple[tuple[int, int, int], Clock]:
    """One of the jobs, each step undone: lines, those held, lines of drafts."""
    province, number = asked
    division, units = province.posts["tỉnh"], province.units[number::WORKERS]
    counted = [0, 0, 0]
    with taken_back():
        _set_back(units)
        with as_post(division, on=DAY), together() as clock:
            for start in range(0, len(units), COMMUNES_A_STEP):
                with taken_back():  # as a step commits: the other job does not wait for the whole of this one
                    lines = ledger.draft_transitions(
                        units=units[start : start + COMMUNES_A_STEP], change=_CHANGE, by=division, now=province.now
                    )
                    held = TransitionLine.objects.filter(change=_CHANGE, held=True).count()
                    items = DecisionItem.objects.filter(decision__transition=_CHANGE).count()
                counted = [one + more for one, more in zip(counted, (lines, held, items), strict=True)]
    return (counted[0], counted[1], counted[2]), clock


def _set_back(units: Sequence[Unit]) -> None:
    places = [key for unit in units for key in scope_ids(unit, on=DAY)]
    with as_maintenance(), connection.cursor() as cursor:
        for statement in _AS_BEFORE:
            cursor.execute(statement, [places])


def _one_after_the_other(province: Province) -> tuple[int, float]:
    """The yardstick: some people, and the seconds they took."""
    division, units = province.posts["tỉnh"], province.units[:_YARDSTICK]
    with taken_back():
        _set_back(units)
        with as_post(division, on=DAY):
            lines = ledger.draft_transitions(units=units, change=_CHANGE, by=division, now=province.now)
            mine = TransitionLine.objects.filter(change=_CHANGE).order_by("id")
            people = list(mine.values_list("person", flat=True)[:: max(1, lines // _ASKED)])
            with taken_back() as alone:
                for person in people:
                    _alone(person)
    return len(people), alone.seconds


def _alone(person: int) -> None:
    """One person's crossing asked and written by itself."""
    change, on = change_of_law(_CHANGE), date(DAY.year, DAY.month, DAY.day)
    entry = Entitlement.objects.select_related("person__unit").filter(person=person).latest("id")
    here = scope_ids(entry.person.unit, on=on)
    line = TransitionLine.objects.filter(person=person).latest("id")
    for crossing in one_by_one([person], change=change, months=transition_months(change, on=on), unit_ids=here):
        for item in crossing.items if line.decision else ():
            DecisionItem.objects.create(**values_of(item, line.decision, 0))
        line.pk = None
        line.save(force_insert=True)
