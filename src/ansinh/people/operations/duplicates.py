"""Pairs that may be one human being: found in the register, judged by an officer, never asked about again; and taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post, Role
from ansinh.database.bulk import among, insert_values, update_rows
from ansinh.journal import operations as journal
from ansinh.kernel.actor import SYSTEM, Actor
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.kernel.workflow import Move
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.people.models import DuplicatePair, Person
from ansinh.people.operations.relatives import mark_as_same, undo_same
from ansinh.people.queries.duplicates import Pair, candidates, compare_two, facts_of
from ansinh.people.workflow import DUPLICATE

_FOLLOW = """
UPDATE people_duplicatepair d SET unit_id = CASE WHEN a.unit_id = b.unit_id THEN a.unit_id END
FROM people_person a, people_person b WHERE d.id = ANY (%s::bigint[]) AND a.id = d.first_id AND b.id = d.second_id
  AND d.unit_id IS DISTINCT FROM CASE WHEN a.unit_id = b.unit_id THEN a.unit_id END
"""


@transaction.atomic
def find_duplicates(*, units: Sequence[Unit], by: Post | None, now: datetime) -> int:
    """Look over the register of these communes and keep the pairs nobody has judged; returns how many wait anew.

    An open pair that no longer looks like one goes, unless an officer wrote something about it. What was judged stays as it is, unless
    somebody corrected who one of the two is and they look more like one than before: then it is asked anew.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('people_duplicates'))")
    ids = sorted({key for unit in units for key in scope_ids(unit, on=now.date())})
    found = {(pair.first_id, pair.second_id): pair for pair in candidates(unit_ids=ids)}
    known = _known(ids)
    _follow(known.values())
    gone = [pair.pk for key, pair in known.items() if pair.state == "open" and not pair.note and key not in found]
    DuplicatePair.objects.filter(pk__in=among(gone), state="open").delete()
    fresh = [pair for key, pair in found.items() if key not in known]
    insert_values(
        DuplicatePair,
        (
            {
                "unit_id": pair.unit_id, "first_id": pair.first_id, "second_id": pair.second_id, "per_mille": pair.per_mille,
                "agreements": pair.weights, "found_at": now,
            }
            for pair in fresh
        ),
    )  # fmt: skip
    again = _ask_anew({pair.pk: found[key] for key, pair in known.items() if pair.state == "apart" and key in found}, now)
    _renew([(pair, found[key]) for key, pair in known.items() if pair.state == "open" and key in found])
    detail = {"communes": len(units), "new": len(fresh), "again": again, "gone": len(gone)}
    journal.record(by=by.actor if by else SYSTEM, act="find_duplicates", noun="duplicate_pair", key="", detail=detail, at=now)
    return len(fresh) + again


def _known(unit_ids: Sequence[int]) -> dict[tuple[int, int], DuplicatePair]:
    """Pairs of which both live in these places, held until the look is over: of the others it knows nothing."""
    mine = Person.objects.filter(unit__in=unit_ids)
    pairs = DuplicatePair.objects.filter(first__in=mine, second__in=mine).select_for_update(of=("self",)).order_by("id")
    return {(pair.first_id, pair.second_id): pair for pair in pairs}


def _follow(pairs: Iterable[DuplicatePair]) -> None:
    """A pair belongs to the commune where both live now; between two communes to the province."""
    with connection.cursor() as cursor:
        cursor.execute(_FOLLOW, [[pair.pk for pair in pairs]])


def _renew(seen: Sequence[tuple[DuplicatePair, Pair]]) -> None:
    """Open pairs as they look today: somebody may have corrected a row."""
    changed = []
    for pair, now_seen in seen:
        if (pair.per_mille, pair.agreements) != (now_seen.per_mille, now_seen.weights):
            pair.per_mille, pair.agreements = now_seen.per_mille, now_seen.weights
            changed.append(pair)
    update_rows(changed, ("per_mille", "agreements"))


def _ask_anew(seen: Mapping[int, Pair], now: datetime) -> int:
    """Pairs judged to be two of which somebody corrected who they are since, and that look more like one than then."""
    anew = 0
    for pair in DuplicatePair.objects.filter(pk__in=among(seen)).select_related("first", "second"):
        today, facts = seen[pair.pk], facts_of(pair.first, pair.second)
        if not pair.facts:  # judged by an earlier version: what identified the two then was not kept
            DuplicatePair.objects.filter(pk=pair.pk).update(facts=facts)
        elif pair.facts != facts and sum(today.weights.values()) > sum(pair.agreements.values()):
            pair.per_mille, pair.agreements = today.per_mille, today.weights
            _move(pair, DUPLICATE.find("ask_anew", pair.state, Role.SYSTEM), SYSTEM, {}, now)
            anew += 1
    return anew


def _move(pair: DuplicatePair, move: Move, actor: Actor, detail: dict, now: datetime) -> None:
    """The only writer of a pair's state."""
    pair.state = move.target
    pair.save()
    journal.record(by=actor, act=move.act, noun="duplicate_pair", key=pair.code, detail=detail, at=now)


def _judge(pair: DuplicatePair, act: str, note: str, by: Post, now: datetime, **detail: object) -> DuplicatePair:
    """An officer's word about a held pair. Raises MoveNotAllowed, NotAllowed, InvalidInput without a reason."""
    move = DUPLICATE.find(act, pair.state, by.role)
    if not note.strip():
        raise InvalidInput(_("Hãy ghi vì sao."), field="note")
    pair.note, pair.judged_by, pair.judged_at, pair.facts = note.strip(), by, now, facts_of(pair.first, pair.second)
    _move(pair, move, by.actor, {"reason": pair.note, **detail}, now)
    return pair


def _held(pair: DuplicatePair) -> DuplicatePair:
    """The row, held. Raises AlreadyDone for a pair that the night took away meanwhile: its people look like one no longer."""
    held = DuplicatePair.objects.select_for_update(of=("self",)).select_related("first", "second").filter(pk=pair.pk).first()
    if held is None:
        raise AlreadyDone(_("Cặp này không còn: hai hồ sơ đã được sửa và không còn giống nhau."))
    return held


@transaction.atomic
def judge_same(
    *, pair: DuplicatePair, keep: Person, note: str, numbers_checked: bool = False, by: Post, now: datetime
) -> DuplicatePair:
    """They are one: lists show `keep` from now on, the histories of both stay. Raises what `mark_as_same` raises."""
    held = _held(pair)
    DUPLICATE.find("judge_same", held.state, by.role)
    if keep.pk not in (held.first_id, held.second_id):
        raise InvalidInput(_("Hãy chọn giữ một trong hai hồ sơ này."), field="keep")
    double = held.second if keep.pk == held.first_id else held.first
    mark_as_same(person=double, other=keep, reason=note, numbers_checked=numbers_checked, by=by, now=now)
    return _judge(held, "judge_same", note, by, now, kept=keep.code)


@transaction.atomic
def judge_apart(*, pair: DuplicatePair, note: str, by: Post, now: datetime) -> DuplicatePair:
    """They are two; with the reason, so that nobody asks again."""
    return _judge(_held(pair), "judge_apart", note, by, now)


@transaction.atomic
def part(*, pair: DuplicatePair, note: str, by: Post, now: datetime) -> DuplicatePair:
    """They were put together wrongly: both stand in lists again, and the pair is known to be two people."""
    held = _held(pair)
    DUPLICATE.find("part", held.state, by.role)
    double = held.first if held.first.same_as_id else held.second
    if double.same_as_id:
        undo_same(person=double, reason=note, by=by, now=now)
    return _judge(held, "part", note, by, now)


@transaction.atomic
def look_again(*, pair: DuplicatePair, note: str, by: Post, now: datetime) -> DuplicatePair:
    """A pair judged to be two waits for a second look."""
    return _judge(_held(pair), "look_again", note, by, now)


@transaction.atomic
def name_pair(*, person: Person, other: Person, reason: str, by: Post, now: datetime) -> DuplicatePair:
    """An officer thinks that the two may be one, without being asked: the pair is kept for judgement, with its evidence.

    Gives the pair that waits already, and asks anew about one judged to be two. Raises InvalidInput for one row or without a reason,
    AlreadyDone where one of the two is part of another already.
    """
    if person.pk == other.pk:
        raise InvalidInput(_("Đây chính là hồ sơ đang mở."), field="other")
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi vì sao biết là cùng một người."), field="reason")
    first, second = Person.objects.filter(pk__in=[person.pk, other.pk]).order_by("pk")
    if first.same_as_id or second.same_as_id:
        raise AlreadyDone(_("Một trong hai hồ sơ đã ghi là trùng với một hồ sơ khác."))
    if known := DuplicatePair.objects.select_for_update().filter(first=first, second=second).first():
        return known if known.state == "open" else look_again(pair=known, note=reason, by=by, now=now)
    seen = compare_two(first, second)
    pair = DuplicatePair.objects.create(
        unit_id=seen.unit_id, first=first, second=second, per_mille=seen.per_mille, agreements=seen.weights, found_at=now,
        note=reason.strip(), judged_by=by, judged_at=now,
    )  # fmt: skip
    detail = {"people": [first.code, second.code], "reason": pair.note}
    journal.record(by=by.actor, act="name_pair", noun="duplicate_pair", key=pair.code, detail=detail, at=now)
    return pair


@transaction.atomic
def take_apart(*, person: Person, reason: str, by: Post, now: datetime) -> None:
    """They are two people after all; a pair that put them together is known to be two from now on."""
    first, second = sorted((person.pk, person.same_as_id or person.pk))
    if pair := DuplicatePair.objects.filter(first=first, second=second, state="same").first():
        part(pair=pair, note=reason, by=by, now=now)
    else:
        undo_same(person=person, reason=reason, by=by, now=now)
