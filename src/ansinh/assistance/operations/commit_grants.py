"""Commit enrolments and adjustments: unknown people are registered, one imported decision feeds the ledger."""

from __future__ import annotations

from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh.access.models import Office, OfficeKind, Post
from ansinh.assistance.operations.examine_lists import reading_of
from ansinh.assistance.operations.who import birth_of, sex_of, village_text
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.operations import ItemDraft, Signature
from ansinh.imports.models import Batch, Row
from ansinh.kernel.errors import InvalidInput
from ansinh.localities.models import Village
from ansinh.localities.operations import add_village, village_named
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.operations import Arrival, Newcomer

# What being granted as disabled says of a person: the degree on the certificate behind the decision.
_DEGREES = {"DISABLED_SEVERE": "severe", "DISABLED_EXTREME": "extremely_severe"}

# What a row of a committed list brought about, so that it can be taken back.
REGISTERED, VILLAGE, DEATH, FACTS = "registered", "village_made", "death_recorded", "facts"


def commit_enrolments(*, batch: Batch, rows: list[Row], by: Post, now: datetime) -> dict:
    """Every row becomes a grant of one decision."""
    persons = register_unknown(batch, rows, by=by, now=now)
    items = [_grant(row, persons[row.number], batch) for row in rows]
    return as_result(decide(batch, "grant", items, by=by, now=now), len(items))


def commit_adjustments(*, batch: Batch, rows: list[Row], by: Post, now: datetime) -> dict:
    """Every row adjusts its entry; people without one are taken in with the amount after."""
    persons = register_unknown(batch, rows, by=by, now=now)
    entries = Entitlement.objects.in_bulk([row.result["entitlement"] for row in rows if row.result.get("entitlement")])
    items = []
    for row in rows:
        entry = entries.get(row.result.get("entitlement"))
        draft = _grant(row, persons[row.number], batch)
        items.append(_adjusting(draft, entry) if entry else draft)
    return as_result(decide(batch, "adjust", items, by=by, now=now), len(items))


def _grant(row: Row, person: Person, batch: Batch) -> ItemDraft:
    reading = reading_of(row)
    return ItemDraft(
        person_id=person.id,
        act="grant",
        benefit=reading.benefit,
        category=reading.category,
        law_code=reading.law_code,
        coefficient=reading.coefficient,
        count=reading.count,
        standard_vnd=reading.standard_vnd,
        amount_vnd=reading.amount_vnd,
        from_month=month_named(row, "from_month", batch),
        reason=row.values.get("note") or "",
        law_amount_vnd=reading.law_amount_vnd,
        law={"problems": [p["message"] for p in row.problems if p.get("by")]},
    )


def _adjusting(draft: ItemDraft, entry: Entitlement) -> ItemDraft:
    columns = {name: getattr(draft, name) for name in ItemDraft.__dataclass_fields__}
    return ItemDraft(**{**columns, "act": "adjust", "entitlement": entry})


def month_named(row: Row, column: str, batch: Batch) -> date:
    """The month of a row that was examined: its own, else the one of the list."""
    text = row.values.get(column)
    month = date.fromisoformat(text).replace(day=1) if text else batch.month
    if month is None:
        raise InvalidInput(_("Dòng %(row)d: không rõ từ tháng nào.") % {"row": row.number})
    return month


def register_unknown(batch: Batch, rows: list[Row], *, by: Post, now: datetime) -> dict[int, Person]:
    """The person of each row by its number; those nobody knows are written down, with what the list says of them."""
    known = Person.objects.in_bulk([row.person_key for row in rows if row.person_key is not None])
    villages = list(Village.objects.filter(unit=batch.unit))
    unknown = [row for row in rows if row.person_key not in known]
    named: dict[str, Village | None] = {}
    arrivals = [_arrival(row, batch, village_of(row, batch, villages, named)) for row in unknown]
    made = people.register_people(arrivals=arrivals, unit=batch.unit, source=source_of(batch), by=by, now=now)
    for row, person in zip(unknown, made, strict=True):
        row.person_key, row.is_new = person.id, False
        row.result = {**row.result, REGISTERED: True}
        known[person.id] = person
    return {row.number: known[row.person_key] for row in rows}


def village_of(row: Row, batch: Batch, villages: list[Village], named: dict[str, Village | None]) -> Village | None:
    """The village a row names; a new name becomes a new village. `named` keeps what the list called so before."""
    text = village_text(row)
    if text not in named:
        named[text] = village_named(unit=batch.unit, text=text, known=villages) if text else None
        if text and named[text] is None:
            made = named[text] = add_village(unit=batch.unit, name=text)
            villages.append(made)
            row.result = {**row.result, VILLAGE: made.id}
    return named[text]


def _arrival(row: Row, batch: Batch, village: Village | None) -> Arrival:
    born, precision = birth_of(row.values)
    newcomer = Newcomer(
        full_name=row.values["name"],
        sex=sex_of(row.values),
        born_on=born,
        birth_precision=precision,
        personal_number=row.values.get("personal_number"),
        ethnicity=row.values.get("ethnicity") or "",
        address=row.values.get("address") or "",
        old_number=row.values.get("old_number") or "",
    )
    degree = _DEGREES.get((row.result.get("reading") or {}).get("category"))
    facts = (("disability", degree, month_named(row, "from_month", batch)),) if degree else ()
    return Arrival(newcomer=newcomer, line=row.number, village=village, facts=facts)


def source_of(batch: Batch) -> str:
    """How facts name the list they come from."""
    paper = batch.settings.get("paper") or {}
    return f"Danh sách kèm Quyết định {paper['number']}" if paper.get("number") else f"Danh sách {batch.code}"


def decide(batch: Batch, kind: str, items: list[ItemDraft], *, by: Post, now: datetime) -> Decision:
    """Draft and record the decision the list came with; rows that were set aside join it when they come later."""
    if earlier := Decision.objects.filter(batch_key=batch.id, state="signed").first():
        return ledger.supplement_decision(decision=earlier, items=items, by=by, now=now)
    paper = batch.settings.get("paper")
    if not paper:
        raise InvalidInput(_("Hãy ghi số, ngày và người ký của quyết định kèm danh sách."))
    office = Office.objects.filter(unit=batch.unit, kind=OfficeKind.COMMUNE).order_by("-id").first()
    if office is None:
        raise InvalidInput(_("Chưa có cơ quan quyết định của %(unit)s trong danh mục.") % {"unit": batch.unit.name})
    decision = ledger.draft_decision(
        office=office, unit=batch.unit, kind=kind, origin="imported", items=items, by=by, now=now, title=batch.title,
        basis=str(batch.found_above.get("decision_by") or ""), month=batch.month, batch_key=batch.id,
    )  # fmt: skip
    signature = Signature(
        number=paper["number"],
        signed_on=date.fromisoformat(paper["signed_on"]),
        signer_name=paper["signer_name"],
        signer_title=paper["signer_title"],
        scan=None,
    )
    return ledger.record_decision(decision=decision, signature=signature, by=by, now=now)


def as_result(decision: Decision, count: int) -> dict:
    """What a committed list shows of its decision."""
    return {"decision": decision.code, "items": count, "decision_url": reverse("entitlements:decision", args=[decision.code])}
