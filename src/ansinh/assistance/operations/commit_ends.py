"""Commit a list of ends: deaths are written down, entries end by one imported decision."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.models import Post
from ansinh.assistance.operations.commit_grants import as_result, decide, source_of
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.imports.models import Batch, Row
from ansinh.kernel.folding import fold
from ansinh.people import operations as people
from ansinh.people.models import Person

_DEATH_WORDS = ("chet", "mat", "tu tran", "qua doi", "tu vong")


def is_death(text: str) -> bool:
    """Whether a reason typed by an officer says that the person died."""
    words = fold(text)
    return any(words == word or f" {word}" in f" {words}" for word in _DEATH_WORDS)


def commit_ends(*, batch: Batch, rows: list[Row], by: Post, now: datetime) -> dict:
    """Every row stops its entries from the month it names."""
    persons = Person.objects.in_bulk([row.person_key for row in rows])
    entries = Entitlement.objects.in_bulk([key for row in rows for key in row.result["entitlements"]])
    items = []
    for row in rows:
        person, month = persons[row.person_key], date.fromisoformat(row.values["end_month"]).replace(day=1)
        reason = row.values.get("reason") or ""
        happened = row.values.get("happened_on")
        if happened and is_death(reason) and person.died_on is None:
            on = date.fromisoformat(happened["on"] if isinstance(happened, dict) else happened)
            people.record_death(person=person, died_on=on, source=source_of(batch), by=by, now=now)
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
