"""The transition list of the whole province: everybody in the ledger from 500.000 to 540.000, reckoned, listed and drafted."""

from __future__ import annotations

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
from ansinh.localities.queries import scope_ids
from ansinh.project.bench.figures import Figure, clocked, taken_back
from ansinh.project.bench.province import DAY, Province

_CHANGE, _ASKED = "2026", 60
# The ledger as it stood before anybody decided the new level: what began in July goes on from June at the old standard.
_AS_BEFORE = (
    "UPDATE entitlements_entitlement SET months = daterange(lower(months), '2026-06-01') "
    "WHERE upper(months) = '2026-07-01' AND lower(months) < '2026-06-01'",
    "UPDATE entitlements_entitlement e SET months = daterange('2026-06-01', upper(e.months)), standard_vnd = 500000, "
    "amount_vnd = e.coefficient * 5000 * e.count WHERE lower(e.months) = '2026-07-01' AND e.standard_vnd = 540000 "
    "AND NOT EXISTS (SELECT 1 FROM entitlements_entitlement o WHERE o.person_id = e.person_id AND o.id <> e.id "
    "AND o.benefit = e.benefit AND o.category = e.category AND o.months && daterange('2026-06-01', '2026-07-01'))",
)


def measure(province: Province) -> list[Figure]:
    """Reckon and draft the list of every commune, as the job does; the yardstick asks and writes person by person."""
    division = province.posts["tỉnh"]
    with taken_back():
        with as_maintenance(), connection.cursor() as cursor:
            for statement in _AS_BEFORE:
                cursor.execute(statement)
            cursor.execute("ANALYZE entitlements_entitlement")
        with as_post(division, on=DAY), clocked() as listed:
            lines = 0
            for start in range(0, len(province.units), COMMUNES_A_STEP):
                part = province.units[start : start + COMMUNES_A_STEP]
                lines += ledger.draft_transitions(units=part, change=_CHANGE, by=division, now=province.now)
        with as_post(division, on=DAY):
            items = DecisionItem.objects.filter(decision__transition=_CHANGE).count()
            held = TransitionLine.objects.filter(change=_CHANGE, held=True).count()
            people = list(TransitionLine.objects.order_by("id").values_list("person", flat=True)[:: max(1, lines // _ASKED)])
            with taken_back() as alone:
                for person in people:
                    _alone(person)
    each = alone.seconds / max(1, len(people))
    return [
        Figure("transition", f"Chuyển mức cả tỉnh: {lines} dòng ({held} giữ lại), dự thảo {items} dòng", "giây", listed.seconds,
               "hỏi luật và ghi từng người (ORM)", each * lines, f"{len(people)} người", *listed.memory),
    ]  # fmt: skip


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
