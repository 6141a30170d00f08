"""Register the unknown people of a list: one act of the office, the same checks as for one person, a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.database.bulk import among, insert_keyed, insert_values
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput
from ansinh.localities.models import Unit, Village
from ansinh.people.facts_catalogue import checked_value
from ansinh.people.facts_catalogue import kind as kind_of
from ansinh.people.models import Circumstance, OtherNumber, Person, Residence
from ansinh.people.operations.register import Newcomer, checked, taken

_CHUNK = 5000


@dataclass(frozen=True)
class Arrival:
    """A newcomer as a row of a list brings them: `line` is the row, `facts` are (kind, value, since) that hold from then on."""

    newcomer: Newcomer
    line: int
    village: Village | None = None
    facts: tuple[tuple[str, object, date | None], ...] = ()


@transaction.atomic
def register_people(*, arrivals: Sequence[Arrival], unit: Unit, source: str, by: Post, now: datetime) -> list[Person]:
    """Write the newcomers of a list down in a commune, all or none, in their order. One entry of the journal names them all.

    Raises InvalidInput naming the line, for whatever `register_person` refuses.
    """
    if not arrivals:
        return []
    recorded = {"source": source, "recorded_by": by.actor.text, "recorded_at": now}
    persons = [_person(arrival, unit, recorded, now) for arrival in arrivals]
    for start in range(0, len(persons), _CHUNK):
        _insert(persons[start : start + _CHUNK], [arrival.line for arrival in arrivals[start : start + _CHUNK]])
    always = DateRange(None, None)
    insert_values(
        Residence,
        ({"person_id": p.pk, "unit_id": unit.pk, "village_id": p.village_id, "period": always, **recorded} for p in persons),
    )
    pairs = list(zip(persons, arrivals, strict=True))
    old = [(person, arrival.newcomer.old_number) for person, arrival in pairs if arrival.newcomer.old_number]
    insert_values(OtherNumber, ({"person_id": p.pk, "kind": "cmnd", "number": n, **recorded} for p, n in old))
    facts = [_fact(person, *fact) for person, arrival in pairs for fact in arrival.facts]
    insert_values(Circumstance, ({**fact, **recorded} for fact in facts))
    codes = _codes(persons)
    detail = {"source": source, "people": list(codes.values()), "facts": _told(facts, codes)}
    journal.record(by=by.actor, act="register_many", noun="person", key="", detail=detail, at=now)
    return persons


def _person(arrival: Arrival, unit: Unit, recorded: dict, now: datetime) -> Person:
    try:
        columns = checked(arrival.newcomer, now.date())
    except InvalidInput as error:
        raise _on_line(arrival.line, error) from None
    village = arrival.village
    return Person(unit_id=unit.pk, village_id=village.pk if village else None, **columns, **recorded)


def _codes(persons: list[Person]) -> dict[int, str]:
    """The public codes, which the database made, by key and in order; also set on the persons."""
    found = dict(Person.objects.filter(pk__in=among(person.pk for person in persons)).values_list("pk", "code"))
    for person in persons:
        person.code = found[person.pk]
    return {person.pk: person.code for person in persons}


def _on_line(line: int, error: Exception) -> InvalidInput:
    return InvalidInput(_("Dòng %(row)d: %(message)s") % {"row": line, "message": error}, field=getattr(error, "field", None))


def _insert(persons: list[Person], lines: list[int]) -> None:
    """Insert together; when the database refuses, halve until the line it refuses is found."""
    try:
        with transaction.atomic():
            insert_keyed(persons)
    except IntegrityError as error:
        if len(persons) == 1:
            known = taken(error, persons[0].personal_number)
            raise (_on_line(lines[0], known) if isinstance(known, InvalidInput) else known) from None
        half = len(persons) // 2
        for part in (slice(None, half), slice(half, None)):
            _insert(persons[part], lines[part])


def _fact(person: Person, kind: str, value: object, since: date | None) -> dict:
    found = kind_of(kind)
    if found.of != "person":
        raise InvalidInput(_("“%(label)s” ghi cho hộ, không ghi cho từng người.") % {"label": found.label}, field="kind")
    return {
        "person_id": person.pk,
        "kind": kind,
        "value": checked_value(kind, value),
        "period": DateRange(since, None),
        "is_sensitive": found.is_sensitive,
    }


def _told(facts: list[dict], codes: dict[int, str]) -> dict[str, list[str]]:
    """Who got which kind of fact; of sensitive kinds nothing is named."""
    told: dict[str, list[str]] = {}
    for fact in facts:
        if not fact["is_sensitive"]:
            told.setdefault(fact["kind"], []).append(codes[fact["person_id"]])
    return told
