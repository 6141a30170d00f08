"""Pairs that may be one human being: found in the register, judged by an officer, never asked about again; and taken apart."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.database.bulk import among, insert_values
from ansinh.journal import operations as journal
from ansinh.kernel.actor import SYSTEM
from ansinh.kernel.errors import InvalidInput
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.people.models import DuplicatePair, Person
from ansinh.people.operations.relatives import mark_as_same, undo_same
from ansinh.people.queries.duplicates import candidates
from ansinh.people.workflow import DUPLICATE


@transaction.atomic
def find_duplicates(*, units: Sequence[Unit], by: Post | None, now: datetime) -> int:
    """Look over the register of these communes and keep the pairs nobody has judged; returns how many are new.

    An open pair that no longer looks like one goes. What was judged stays as it is.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('people_duplicates'))")
    ids = sorted({key for unit in units for key in scope_ids(unit, on=now.date())})
    found = {(pair.first_id, pair.second_id): pair for pair in candidates(unit_ids=ids)}
    known = _known(ids)
    gone = [pair.pk for key, pair in known.items() if pair.state == "open" and key not in found]
    DuplicatePair.objects.filter(pk__in=among(gone)).delete()
    fresh = [pair for key, pair in found.items() if key not in known]
    insert_values(
        DuplicatePair,
        (
            {
                "unit_id": pair.unit_id, "first_id": pair.first_id, "second_id": pair.second_id, "per_mille": pair.per_mille,
                "agreements": list(pair.agreements), "found_at": now,
            }
            for pair in fresh
        ),
    )  # fmt: skip
    detail = {"communes": len(units), "new": len(fresh), "gone": len(gone)}
    journal.record(by=by.actor if by else SYSTEM, act="find_duplicates", noun="duplicate_pair", key="", detail=detail, at=now)
    return len(fresh)


def _known(unit_ids: Sequence[int]) -> dict[tuple[int, int], DuplicatePair]:
    """Pairs of which both live in these places: of the others this look knows nothing."""
    mine = Person.objects.filter(unit__in=unit_ids)
    pairs = DuplicatePair.objects.filter(first__in=mine, second__in=mine)
    return {(pair.first_id, pair.second_id): pair for pair in pairs}


def _judge(pair: DuplicatePair, act: str, note: str, by: Post, now: datetime) -> DuplicatePair:
    """The only writer of a pair's state, on the held row. Raises MoveNotAllowed, NotAllowed, InvalidInput without a reason."""
    move = DUPLICATE.find(act, pair.state, by.role)
    if not note.strip():
        raise InvalidInput(_("Hãy ghi vì sao."), field="note")
    pair.state, pair.note, pair.judged_by, pair.judged_at = move.target, note.strip(), by, now
    pair.save(update_fields=["state", "note", "judged_by", "judged_at"])
    journal.record(by=by.actor, act=act, noun="duplicate_pair", key=pair.code, detail={"reason": note.strip()}, at=now)
    return pair


def _held(pair: DuplicatePair) -> DuplicatePair:
    return DuplicatePair.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=pair.pk)


@transaction.atomic
def judge_same(*, pair: DuplicatePair, keep: Person, note: str, by: Post, now: datetime) -> DuplicatePair:
    """They are one: lists show `keep` from now on, the histories of both stay. Raises what `mark_as_same` raises."""
    held = _held(pair)
    DUPLICATE.find("judge_same", held.state, by.role)
    if keep.pk not in (held.first_id, held.second_id):
        raise InvalidInput(_("Hãy chọn giữ một trong hai hồ sơ này."), field="keep")
    double = held.second if keep.pk == held.first_id else held.first
    mark_as_same(person=double, other=keep, reason=note, by=by, now=now)
    return _judge(held, "judge_same", note, by, now)


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


def _pair(one: Person, other: Person | None, state: str) -> DuplicatePair | None:
    if other is None:
        return None
    first, second = sorted((one.pk, other.pk))
    return DuplicatePair.objects.filter(first=first, second=second, state=state).first()


@transaction.atomic
def put_together(*, person: Person, other: Person, reason: str, by: Post, now: datetime) -> None:
    """An officer found it without being asked: `other` is kept. A pair that waits about the two is answered with it."""
    if pair := _pair(person, other, "open"):
        judge_same(pair=pair, keep=other, note=reason, by=by, now=now)
    else:
        mark_as_same(person=person, other=other, reason=reason, by=by, now=now)


@transaction.atomic
def take_apart(*, person: Person, reason: str, by: Post, now: datetime) -> None:
    """They are two people after all; a pair that put them together is known to be two from now on."""
    if pair := _pair(person, person.same_as, "same"):
        part(pair=pair, note=reason, by=by, now=now)
    else:
        undo_same(person=person, reason=reason, by=by, now=now)
