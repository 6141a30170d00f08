"""Commit a village's sheet: newcomers are written down, deaths recorded, who is away or back noted. No money moves by itself."""

from __future__ import annotations

from datetime import datetime

from ansinh.access.models import Post
from ansinh.assistance.operations.commit_grants import DEATH, FACTS, register_unknown
from ansinh.assistance.operations.death import day_of
from ansinh.assistance.operations.examine_changes import AWAY, BACK, DIED, NEW, WORDS
from ansinh.imports.models import Batch, Row
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.queries.resting import facts_as_they_stand


def commit_changes(*, batch: Batch, rows: list[Row], by: Post, now: datetime) -> dict:
    """Write each change where it belongs. What it means for the ledger shows with the month's list, and is decided apart."""
    counts = dict.fromkeys((NEW, DIED, AWAY, BACK), 0)
    changed = [row for row in rows if row.result.get("change")]
    persons = register_unknown(batch, [row for row in changed if row.result["change"] == NEW], by=by, now=now)
    known = Person.objects.in_bulk([row.person_key for row in changed if row.person_key is not None])
    source = f"Phiếu biến động {batch.title}"
    for row in changed:
        change = row.result["change"]
        counts[change] += 1
        person = persons.get(row.number) or known[row.person_key]
        on = day_of(row)
        if change == DIED and on and person.died_on is None:
            people.record_death(person=person, died_on=on, source=source, by=by, now=now)
            row.result = {**row.result, DEATH: True}
        elif change in (AWAY, BACK):
            before = facts_as_they_stand(person, "away")
            people.set_circumstance(
                person=person, kind="away", value=change == AWAY, since=on, source=source,
                detail=row.values.get("note") or "", by=by, now=now,
            )  # fmt: skip
            row.result = {**row.result, FACTS: {"before": before, "after": facts_as_they_stand(person, "away")}}
    return {"changes": counts, "said": {WORDS[change].capitalize(): n for change, n in counts.items() if n}}
