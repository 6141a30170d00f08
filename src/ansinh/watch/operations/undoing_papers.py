"""A wrong decision or a wrong list set right: taken back whole where nothing rests on it, else line by line with drafts."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.entitlements.models import Decision, DecisionItem, Entitlement, Suspension
from ansinh.entitlements.operations import ItemDraft, draft_decision, revoke_decision
from ansinh.imports.models import Batch
from ansinh.imports.operations import undo_batch
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.people.models import Person
from ansinh.watch.models import Correction, CorrectionKind
from ansinh.watch.operations.resuming import draft_resumption
from ansinh.watch.operations.undoing import note
from ansinh.watch.queries import office_of
from ansinh.watch.queries.overpaid import lines_to_set_right
from ansinh.watch.queries.resuming import stopped_entries
from ansinh.watch.workflow import CORRECTORS


def _allowed(reason: str, by: Post) -> None:
    if by.role not in CORRECTORS:
        raise NotAllowed(_("Chức vụ này không sửa điều ghi sai."))
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do, căn cứ biết là ghi sai."), field="reason")


@transaction.atomic
def correct_decision(*, decision: Decision, reason: str, by: Post, now: datetime) -> Correction:
    """Take a wrong decision back as a whole: its entries go, what it ended runs again, its dossier is open again.

    Raises InvalidInput when money or a later decision rests on it; then its lines are set right one by one (`correct_line`).
    """
    _allowed(reason, by)
    lines = decision.items.count()
    was = {"number": decision.number, "signed_on": f"{decision.signed_on}", "lines": lines}
    done = revoke_decision(decision=decision, reason=reason, by=by, now=now)
    words = _("Thu hồi %(paper)s, %(count)d dòng; sổ hưởng trở lại như trước") % {"paper": done, "count": lines}
    return _kept(CorrectionKind.DECISION, was, reason, by, now, unit=done.unit, decision=done, undone=[words])


@transaction.atomic
def correct_line(*, item: DecisionItem, reason: str, by: Post, now: datetime) -> Correction:
    """One line of a signed decision was wrong: draft what sets ledger and money right, by the law and the facts as they stand.

    Raises InvalidInput where facts and law agree with the line: then the fact is corrected first. AlreadyDone when it was set right.
    """
    _allowed(reason, by)
    Person.objects.select_for_update(of=("self",)).get(pk=item.person_id)
    if not Decision.objects.filter(pk=item.decision_id, state="signed").exists():
        raise AlreadyDone(_("Quyết định này không còn hiệu lực; hãy tải lại trang."))
    drafts = _DRAFTERS.get(item.act, _refuse)(item, by, now)
    if not drafts:
        raise InvalidInput(
            _("Theo sổ và luật hiện nay dòng này đúng. Hãy sửa sự kiện sai trong sổ của người này trước, rồi sửa quyết định.")
        )
    was = {
        "act": item.act, "category": item.category, "amount_vnd": item.amount_vnd, "from_month": f"{item.from_month:%Y-%m}",
        "number": item.decision.number,
    }  # fmt: skip
    return _kept(
        CorrectionKind.DECISION,
        was,
        reason,
        by,
        now,
        unit=item.person.unit,
        person=item.person,
        decision=item.decision,
        drafts=drafts,
    )


def _after_stop(item: DecisionItem, by: Post, now: datetime) -> list[Decision]:
    entries = stopped_entries(item.person, by=item)
    made = draft_resumption(person=item.person, entries=entries, why="quyết định thôi hưởng là nhầm", by=by, now=now)
    return [made] if made else []


def _after_suspension(item: DecisionItem, by: Post, now: datetime) -> list[Decision]:
    """The suspension never was: resumed from its own first month, so that its months are owed."""
    # On the entry that runs: an adjustment carries a suspension on.
    standing = Suspension.objects.filter(item=item, resumed_by=None, entitlement__ended_by=None).order_by("-id").first()
    if standing is None:
        raise AlreadyDone(_("Chế độ này không còn tạm dừng theo quyết định ấy."))
    line = _line(standing.entitlement, "resume", item.from_month, "Hưởng lại: quyết định tạm dừng là không đúng.")
    return [_draft(item, "resume", [line], by, now, _("Hưởng lại"))]


def _after_grant(item: DecisionItem, by: Post, now: datetime) -> list[Decision]:
    """The ledger by one draft, the money by another: who signs may take the one without the other."""
    entry = Entitlement.objects.filter(granted_by=item).select_related("person__unit").first()
    lines = lines_to_set_right(entry, now.date()) if entry else []
    back = [line for line in lines if line.act == "recovery"]
    change = [line for line in lines if line.act != "recovery"]
    drafts = [_draft(item, "mixed", change, by, now, _("Điều chỉnh, thôi hưởng"))] if change else []
    return drafts + ([_draft(item, "recovery", back, by, now, _("Thu hồi tiền đã chi sai"))] if back else [])


def _refuse(item: DecisionItem, by: Post, now: datetime) -> list[Decision]:
    raise InvalidInput(_("Dòng “%(act)s” được sửa bằng một quyết định mới.") % {"act": item.get_act_display()})


_DRAFTERS = {"stop": _after_stop, "suspend": _after_suspension, "grant": _after_grant, "adjust": _after_grant}


def _line(entry: Entitlement, act: str, month, reason: str) -> ItemDraft:
    kept = ("person_id", "benefit", "category", "law_code", "coefficient", "count", "standard_vnd", "amount_vnd")
    return ItemDraft(act=act, from_month=month, entitlement=entry, reason=reason, **{name: getattr(entry, name) for name in kept})


def _draft(item: DecisionItem, kind: str, lines: list[ItemDraft], by: Post, now: datetime, what: str) -> Decision:
    unit = item.person.unit
    return draft_decision(
        office=office_of(unit, by.office), unit=unit, kind=kind, origin="proposed", items=lines, by=by, now=now,
        title=f"{what}: {item.person.full_name}",
    )  # fmt: skip


@transaction.atomic
def correct_import(*, batch: Batch, reason: str, by: Post, now: datetime) -> Correction:
    """Take a wrong list back whole. Raises InvalidInput while something rests on it, naming what."""
    _allowed(reason, by)
    was = {"title": batch.title, "layout": batch.layout, "committed_at": f"{batch.committed_at}"}
    said = undo_batch(batch=batch, reason=reason, by=by, now=now)
    undone = [f"{words}: {count}" for words, count in said.items()]
    return _kept(CorrectionKind.IMPORT, was, reason, by, now, unit=batch.unit, batch=batch, undone=undone)


def _kept(kind, was: dict, reason: str, by: Post, now: datetime, *, drafts=(), undone=(), **about) -> Correction:
    made = Correction.objects.create(
        kind=kind,
        was=was,
        reason=reason.strip(),
        drafts=[one.code for one in drafts],
        undone=list(undone),
        made_by=by,
        made_at=now,
        **about,
    )
    note(made, by, now)
    return made
