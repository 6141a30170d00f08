"""Commit a list of ends: deaths are written down, entries end by one imported decision."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.models import Post
from ansinh.assistance.operations.commit_grants import DEATH, as_result, decide, month_named, source_of
from ansinh.assistance.operations.death import day_of, is_death
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.imports.models import Batch, Row
from ansinh.people import operations as people
from ansinh.people.models import Person


def commit_ends(*, batch: Batch, rows: list[Row], by: Post, now: datetime) -> dict:
    """Every row stops its entries from the month it names."""
    persons = Person.objects.in_bulk([row.person_key for row in rows])
    entries = Entitlement.objects.in_bulk([key for row in rows for key in row.result["entitlements"]])
    items = []
    for row in rows:
        person, month = persons[row.person_key], month_named(row, "end_month", batch)
        reason = row.values.get("reason") or ""
        on = day_of(row)
        if on and is_death(reason) and person.died_on is None:
            people.record_death(person=person, died_on=on, source=source_of(batch), by=by, now=now)
            row.result = {**row.result, DEATH: True}
        items += [_stop(entries[key], month, reason) for key in row.result["entitlements"]]
    return as_result(decide(batch, "stop", items, by=by, now=now), len(items))


def _stop(entry: Entitlement, month: date, reason: str) -> ItemDraft:
    return ItemDraft(
        person_id=entry.person_id,
        act="stop",
        benefit=entry.benefit,
        category=entry.category,
        law_code=entry.law_code,
        coefficient=entry.coefficient,
        count=entry.count,
        standard_vnd=entry.standard_vnd,
        amount_vnd=entry.amount_vnd,
        from_month=month,
        reason=reason,
        entitlement=entry,
    )
