"""A wrong death or a wrong merge set right with everything that followed; what needs a signature is drafted."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.dossiers import operations as dossiers
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.models import Decision
from ansinh.entitlements.operations import discard_draft
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, AnsinhError, InvalidInput, NotAllowed
from ansinh.payments import operations as payments
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.watch.models import Correction, CorrectionKind
from ansinh.watch.operations.look_over import close_item
from ansinh.watch.operations.resuming import draft_funeral_back, draft_resumption
from ansinh.watch.queries.followed import Followed, at_once, followed_death, followed_merge, releasable
from ansinh.watch.workflow import CORRECTORS


@transaction.atomic
def correct_death(*, person: Person, reason: str, by: Post, now: datetime) -> Correction:
    """Take a wrong death back with what followed: items closed, dossiers withdrawn, drafts thrown away, lines no longer held.

    Where a signed decision stopped an entry, the decision that resumes it with the months missed is drafted. Raises InvalidInput
    without a reason, AlreadyDone when nobody is said to be dead, NotAllowed for a post that sets nothing right.
    """
    held = _held(person, reason, by)
    if held.died_on is None:
        raise AlreadyDone(_("Người này không bị ghi là đã mất."))
    found, was = followed_death(held, held.died_on), {"died_on": held.died_on.isoformat(), "source": held.death_source}
    said = [one.words for one in at_once(found)]
    held = people.undo_death(person=held, reason=reason, by=by, now=now)
    undone = _undo(found, reason, by, now)
    drafts = [
        draft_resumption(person=held, entries=found.stopped, why="ghi nhận đã mất là nhầm", by=by, now=now),
        draft_funeral_back(person=held, funerals=found.funerals, by=by, now=now),
    ]
    return _kept(
        CorrectionKind.DEATH, held, was, reason, [words for words, done in zip(said, undone, strict=True) if done], drafts, by, now
    )  # fmt: skip


@transaction.atomic
def correct_merge(*, person: Person, reason: str, by: Post, now: datetime) -> Correction:
    """Two people were taken for one: the row stands by itself again, and what was stopped of it is drafted to be resumed.

    Raises InvalidInput without a reason, AlreadyDone when the row is taken for nobody, NotAllowed.
    """
    held = _held(person, reason, by)
    if held.same_as_id is None:
        raise AlreadyDone(_("Hồ sơ này không ghi là trùng với ai."))
    found, was = followed_merge(held), {"same_as": held.same_as.code, "name": held.same_as.full_name}
    said = [one.words for one in at_once(found)]
    people.take_apart(person=held, reason=reason, by=by, now=now)
    held.refresh_from_db()
    undone = _undo(found, reason, by, now)
    draft = draft_resumption(person=held, entries=found.stopped, why="ghi nhận trùng là nhầm", by=by, now=now)
    return _kept(
        CorrectionKind.MERGE, held, was, reason, [words for words, done in zip(said, undone, strict=True) if done], [draft], by, now
    )  # fmt: skip


def _held(person: Person, reason: str, by: Post) -> Person:
    if by.role not in CORRECTORS:
        raise NotAllowed(_("Chức vụ này không sửa điều ghi sai."))
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do, căn cứ biết là ghi sai."), field="reason")
    return Person.objects.select_for_update(of=("self",)).select_related("unit", "same_as").get(pk=person.pk)


def _undo(found: Followed, reason: str, by: Post, now: datetime) -> list[bool]:
    """Undo what stands in `at_once`, in its order; whether each was done. What this post may not do stays to be decided."""
    done = [_closed(item, now) for item in found.items]
    done += [_tried(lambda one=one: _withdraw(one, reason, by, now)) for one in found.dossiers]
    done += [_tried(lambda one=one: discard_draft(decision=one, reason=reason, by=by, now=now)) for one in found.drafts]
    lines = [line for line in found.held if releasable(line)]
    return done + [
        _tried(lambda one=one: payments.release_line(line=one, reason=reason, by=by, now=now)) for one in lines
    ]  # fmt: skip


def _closed(item, now: datetime) -> bool:
    close_item(item, now)
    return True


def _tried(act) -> bool:
    try:
        with transaction.atomic():
            act()
    except AnsinhError:
        return False
    return True


def _withdraw(dossier: Dossier, reason: str, by: Post, now: datetime) -> None:
    """A dossier before the signer comes back first, and its draft is thrown away."""
    if dossier.state == "awaiting_signature":
        draft = Decision.objects.filter(dossier=dossier, state="draft").first()
        if draft:
            discard_draft(decision=draft, reason=reason, by=by, now=now)
        else:
            dossiers.return_dossier(dossier=dossier, note=reason, by=by, now=now)
    dossiers.withdraw_dossier(dossier=dossier, note=reason, by=by, now=now)


def _kept(
    kind: str,
    person: Person,
    was: dict,
    reason: str,
    undone: Iterable[str],
    drafts: Iterable[Decision | None],
    by: Post,
    now: datetime,
) -> Correction:
    made = Correction.objects.create(
        kind=kind, unit=person.unit, person=person, was=was, reason=reason.strip(), undone=list(undone),
        drafts=[draft.code for draft in drafts if draft], made_by=by, made_at=now,
    )  # fmt: skip
    note(made, by, now)
    return made


def note(made: Correction, by: Post, now: datetime) -> None:
    """The journal keeps what was wrong, what was undone with it and which drafts were made."""
    about = made.person or made.decision or made.batch
    detail = {"kind": made.kind, "about": about.code, "was": made.was, "undone": len(made.undone), "drafts": made.drafts}
    journal.record(by=by.actor, act="correct_wrong", noun="correction", key=made.code, detail=detail, at=now)
