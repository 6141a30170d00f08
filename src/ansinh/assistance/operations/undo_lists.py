"""Take back a committed list: its decision, the people it brought, deaths and absences it recorded. Until something rests on them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.assistance.operations.commit_grants import DEATH, FACTS, REGISTERED, VILLAGE
from ansinh.assistance.operations.death import day_of
from ansinh.database.bulk import among
from ansinh.database.dependents import resting_on as rows_resting_on
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Decision, DecisionItem, Entitlement
from ansinh.entitlements.queries.resting import resting_on_decision
from ansinh.imports.kinds import Resting
from ansinh.imports.models import Batch, Row
from ansinh.localities.models import Village
from ansinh.pages.nouns import noun_url
from ansinh.people import operations as people
from ansinh.people.models import Household, Person
from ansinh.people.queries.resting import facts_as_they_stand, resting_on_people

_MOST = 20


def resting_on(*, batch: Batch, rows: list[Row]) -> list[Resting]:
    """Signed payment lines, later decisions, and whatever was written since of people the list brought."""
    decision = _decision(batch)
    of_mine = models.Q(decision=decision)
    mine = {DecisionItem: of_mine, Entitlement: models.Q(granted_by__decision=decision)} if decision else {}
    found = resting_on_decision(decision) if decision else []
    found += resting_on_people(_registered(rows), mine=mine)
    said = {resting.words: resting for resting in map(_in_words, dict.fromkeys(found))}
    return [*list(said.values())[:_MOST], *_changed_since(rows)]


def undo_list(*, batch: Batch, rows: list[Row], reason: str, by: Post, now: datetime) -> dict[str, int]:
    """Take back everything the rows wrote. Raises InvalidInput while something rests on it."""
    known = Person.objects.in_bulk([row.person_key for row in rows if row.result.keys() & {DEATH, FACTS}])
    for row in rows:
        if row.result.get(DEATH) and known[row.person_key].died_on:
            people.undo_death(person=known[row.person_key], reason=reason, by=by, now=now)
        if facts := row.result.get(FACTS):
            people.restore_facts(person=known[row.person_key], kind="away", reason=reason, by=by, now=now, **facts)
    said = {}
    if decision := _decision(batch):
        said[_("Dòng quyết định đã bỏ")] = decision.items.count()
        ledger.take_back_decision(decision=decision, reason=reason, by=by, now=now)
    persons = _registered(rows)
    if persons:
        said[_("Người đã bỏ khỏi sổ")] = people.unregister_people(persons=persons, reason=reason, by=by, now=now)
    _drop_villages(rows)
    return said


def _decision(batch: Batch) -> Decision | None:
    return Decision.objects.filter(batch_key=batch.id, state="signed").first()


def _registered(rows: Iterable[Row]) -> list[Person]:
    keys = [row.person_key for row in rows if row.result.get(REGISTERED)]
    return list(Person.objects.filter(pk__in=among(keys)).order_by("pk"))


def _drop_villages(rows: Iterable[Row]) -> None:
    """Villages that came with the list and in which nobody else lives by now."""
    made = [row.result[VILLAGE] for row in rows if VILLAGE in row.result]
    used = {row.village_id for key in made for row in rows_resting_on(Village, [key], mine={}, most=1)}
    Village.objects.filter(pk__in=set(made) - used)._raw_delete("default")


def _changed_since(rows: Iterable[Row]) -> list[Resting]:
    """People whose death or absence was written anew after the list: taking the list back would wipe that out."""
    marked = [row for row in rows if row.result.keys() & {DEATH, FACTS}]
    known = Person.objects.prefetch_related("circumstances").in_bulk([row.person_key for row in marked])
    found = []
    for row in marked:
        person = known[row.person_key]
        if row.result.get(DEATH) and person.died_on and person.died_on != day_of(row):
            found.append(Resting(_("%(name)s: ngày mất đã được sửa sau khi nạp") % {"name": person.full_name}, _page(person)))
        if (facts := row.result.get(FACTS)) and facts_as_they_stand(person, "away") != facts["after"]:
            found.append(
                Resting(_("%(name)s: việc vắng mặt đã được ghi lại sau khi nạp") % {"name": person.full_name}, _page(person))
            )
    return found[:_MOST]


def _page(person: Person) -> str:
    return noun_url("person", person.code)


def _in_words(row: models.Model) -> Resting:
    """A row of any room: the page it is on, else the page of its person."""
    person = row if isinstance(row, Person) else getattr(row, "person", None)
    name = f" · {person.full_name}" if person is not None else ""
    if isinstance(row, Person):
        return Resting(_("%(name)s đã được ghi là mất") % {"name": row.full_name}, _page(row))
    if isinstance(row, DecisionItem):
        return Resting(_("Quyết định %(number)s%(name)s") % {"number": row.decision.number or row.decision.code, "name": name},
                       noun_url("decision", row.decision.code))  # fmt: skip
    if (payment_list := getattr(row, "list", None)) is not None:
        month = f"{row.benefit_month:%m/%Y}"
        words = _("Dòng chi trả %(code)s tháng %(month)s%(name)s, danh sách %(list)s: %(state)s") % {
            "code": row.code, "month": month, "name": name, "list": payment_list.code, "state": payment_list.get_state_display(),
        }  # fmt: skip
        return Resting(words, noun_url("payment_list", payment_list.code))
    household = getattr(row, "household", None)
    if isinstance(household, Household):
        return Resting(_("Hộ %(code)s%(name)s") % {"code": household.code, "name": name}, noun_url("household", household.code))
    return Resting(_("Điều đã ghi thêm%(name)s") % {"name": name}, _page(person) if person is not None else "")
