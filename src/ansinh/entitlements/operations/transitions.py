"""The transition list of a change of law: reckoned for whole communes, kept line by line, drafted for the chairman to sign.

Who has HIV stands in no bulk paper: each such person gets a paper of their own. What rests on an unconfirmed point is listed
and held; it stands in no draft.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q

from ansinh.access.models import Office, OfficeKind, Post
from ansinh.database.bulk import among, insert_values
from ansinh.entitlements.models import Decision, DecisionItem, TransitionLine
from ansinh.entitlements.operations.draft import draft_decision
from ansinh.entitlements.queries.naming import is_sensitive
from ansinh.entitlements.queries.steady import steady
from ansinh.entitlements.queries.transitions import Crossing, change_of_law, first_list_after, one_by_one, transition_months
from ansinh.journal import operations as journal
from ansinh.kernel.actor import SYSTEM
from ansinh.law.engine.rules import ChangeOfLaw
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids

# A signed list stands; a printed one lies on the signer's desk.
_STANDS = Q(decision__state="signed") | Q(decision__state="draft", decision__paper__isnull=False)


@transaction.atomic
def draft_transitions(*, units: Sequence[Unit], change: str, by: Post | None, now: datetime) -> int:
    """Reckon what a change of law does to everybody in the ledger of these communes, and draft it; returns how many lines.

    Replaces the lines and drafts of the same change that nobody signed or printed. Raises InvalidInput for a change of law
    nobody knows.
    """
    asked = change_of_law(change)
    for unit in units:
        _one_at_a_time(unit)
    months = transition_months(asked, on=now.date())
    scopes = [scope_ids(unit, on=now.date()) for unit in units]
    found: dict[int, list[Crossing]] = defaultdict(list)
    told = steady(scopes=scopes, change=asked, months=months)
    for place, crossing in told.told:
        found[place].append(crossing)
    place_of = {person: place for place, people in told.others.items() for person in people}
    for crossing in one_by_one(list(place_of), change=asked, months=months, unit_ids={key for scope in scopes for key in scope}):
        found[place_of[crossing.person_id]].append(crossing)
    count = 0
    with journal.appended_last():
        for place, unit in enumerate(units):
            standing = _drop(unit, asked)
            count += _write(unit, asked, [one for one in found[place] if one.person_id not in standing], by, now)
    return count


def _one_at_a_time(unit: Unit) -> None:
    """Two people asking for the list of one commune get it one after the other."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('entitlements_transition'), %s::int)", [unit.id])


def _drop(unit: Unit, change: ChangeOfLaw) -> set[int]:
    """Remove lines and drafts of this change that nobody signed or printed. Gives the people of printed drafts."""
    lines = TransitionLine.objects.filter(unit=unit, change=change.key)
    standing = lines.filter(_STANDS)
    lines.exclude(pk__in=standing.values("pk")).delete()
    drafts = Decision.objects.select_for_update(of=("self",)).filter(
        unit=unit, transition=change.key, state="draft", origin="proposed", paper=None
    )
    for decision in drafts:
        decision.items.all().delete()
        decision.delete()
    return set(standing.filter(decision__state="draft").values_list("person", flat=True))


def _write(unit: Unit, change: ChangeOfLaw, crossings: Sequence[Crossing], by: Post | None, now: datetime) -> int:
    """Drafts of one commune, then its lines, each with the draft it stands in."""
    drafted = [one for one in crossings if one.items and not one.held]
    _leave_out_of_other_drafts(unit, [one.person_id for one in drafted])
    of_person: dict[int, Decision] = {}
    for paper in _papers(drafted):
        decision = _draft(unit, change, paper, by, now)
        of_person |= dict.fromkeys((one.person_id for one in paper), decision)
    insert_values(TransitionLine, _rows(unit, change, crossings, of_person, now))
    detail = {"change": change.key, "lines": len(crossings), "drafted": len(drafted)}
    journal.record(by=by.actor if by else SYSTEM, act="draft_transition", noun="unit", key=unit.code, detail=detail, at=now)
    return len(crossings)


def _leave_out_of_other_drafts(unit: Unit, people: Sequence[int]) -> None:
    """One paper about a person at a time: the list takes them out of the month's own unprinted proposals."""
    others = Decision.objects.filter(unit=unit, origin="proposed", state="draft", kind="mixed", transition="", paper=None)
    DecisionItem.objects.filter(decision__in=others, person__in=among(people)).delete()
    others.filter(items=None).delete()


def _papers(crossings: Sequence[Crossing]) -> list[list[Crossing]]:
    """The bulk paper, then one for each person with a sensitive ground before or after."""
    apart = {one.person_id for one in crossings if is_sensitive(one.category) or is_sensitive(one.old_category)}
    papers = [[one for one in crossings if one.person_id not in apart]]
    papers += [[one for one in crossings if one.person_id == person] for person in sorted(apart)]
    return [paper for paper in papers if paper]


def _draft(unit: Unit, change: ChangeOfLaw, paper: Sequence[Crossing], by: Post | None, now: datetime) -> Decision:
    office = Office.objects.filter(unit=unit, kind=OfficeKind.COMMUNE).order_by("-id").first()
    return draft_decision(
        office=office, unit=unit, kind="mixed", origin="proposed", items=(item for one in paper for item in one.items), by=by,
        now=now, title=f"Chuyển mức hưởng: {change.label}", basis=change.basis, month=first_list_after(now.date()),
        transition=change.key,
    )  # fmt: skip


def _rows(
    unit: Unit, change: ChangeOfLaw, crossings: Sequence[Crossing], drafts: dict[int, Decision], now: datetime
) -> Iterator[dict]:
    """Lines as plain values."""
    for one in crossings:
        decision = drafts.get(one.person_id) if one.items and not one.held else None
        yield {
            "unit_id": unit.id, "change": change.key, "person_id": one.person_id, "entitlement_id": one.entry_id,
            "decision_id": decision.pk if decision else None, "kind": one.kind, "benefit": one.benefit, "category": one.category,
            "law_code": one.law_code, "coefficient": one.coefficient, "before_vnd": one.before_vnd, "amount_vnd": one.amount_vnd,
            "change_vnd": 0 if one.kind == "past" else one.amount_vnd - one.before_vnd, "from_month": one.from_month,
            "owed": dict(one.owed), "owed_vnd": sum(one.owed.values()), "reason": one.reason, "article": one.article,
            "held": one.held, "unconfirmed": list(one.unconfirmed), "reckoned_at": now,
        }  # fmt: skip
