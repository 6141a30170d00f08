"""From what was found out to the answer: facts into the register, proposal, return, refusal in writing, handing over the result.

A granting answer is a decision of the ledger above: it calls `submit_dossier`, `mark_decided`, `return_dossier`, `reopen_dossier`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.access.queries import competent, may_sign
from ansinh.dossiers.details import missing
from ansinh.dossiers.models import Dossier, Proposal
from ansinh.dossiers.operations.move import living_here, lock, move, write_step
from ansinh.dossiers.operations.printing import freeze_refusal
from ansinh.dossiers.workflow import DOSSIER, OFFICERS
from ansinh.files.models import StoredFile
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.people import operations as people
from ansinh.people.facts_catalogue import BY_KEY
from ansinh.people.models import Household, Person


@dataclass(frozen=True)
class Refusal:
    """What stands on the signed refusal."""

    number: str
    signed_on: date
    signer_name: str
    signer_title: str
    post: Post | None = None
    scan: StoredFile | None = None
    compared: bool = False


@transaction.atomic
def accept_declaration(*, dossier: Dossier, by: Post, now: datetime, seen: int | None = None) -> Dossier:
    """What was declared and found true goes into the register, with the dossier as its source. Once.

    Raises InvalidInput when a fact of the household is declared and the person belongs to none.
    """
    held = lock(dossier, seen)
    if by.role not in OFFICERS or held.state not in ("verifying", "returned"):
        raise NotAllowed(_("Chỉ người xác minh ghi điều đã khai vào sổ, khi hồ sơ đang xác minh."))
    if held.accepted_at:
        raise AlreadyDone(_("Điều đã khai đã ghi vào sổ."))
    person = living_here(held)
    source = f"Hồ sơ {held.shown_code}"
    for kind, told in held.declared.items():
        since = date.fromisoformat(told["since"]) if told.get("since") else None
        known = {"kind": kind, "value": told["value"], "since": since, "source": source, "by": by, "now": now}
        if BY_KEY[kind].of == "person":
            people.set_circumstance(person=person, **known)
        else:
            people.set_household_circumstance(household=_household(person), **known)
    _write_death(held, person, source, by, now)
    held.accepted_at = now
    held.save(update_fields=["accepted_at"])
    write_step(held, "accept", source=held.state, by=by, now=now)
    return held


def _write_death(held: Dossier, person: Person, source: str, by: Post, now: datetime) -> None:
    """A death declared with the dossier, unless the register has it by now. Raises InvalidInput where it has another day."""
    if not held.details.get("died_on"):
        return
    day = date.fromisoformat(held.details["died_on"])
    if person.died_on is None:
        people.record_death(person=person, died_on=day, source=source, by=by, now=now)
    elif person.died_on != day:
        raise InvalidInput(
            _("Tờ khai ghi mất ngày %(told)s, sổ ghi mất ngày %(known)s. Hãy sửa chỗ sai rồi ghi.")
            % {"told": f"{day:%d/%m/%Y}", "known": f"{person.died_on:%d/%m/%Y}"}
        )


def _household(person: Person) -> Household:
    found = person.memberships.filter(period__endswith=None).select_related("household").first()
    if found is None:
        raise InvalidInput(_("Người này chưa thuộc hộ nào; hãy ghi hộ trước."))
    return found.household


@transaction.atomic
def submit_dossier(*, dossier: Dossier, by: Post, now: datetime, seen: int | None = None, note: str = "") -> Dossier:
    """Put a dossier before the person who signs, with the drafted decision beside it. For the room that drafts decisions.

    Raises InvalidInput while declared facts do not stand in the register: the law would not see them.
    """
    held = lock(dossier, seen)
    DOSSIER.find("submit", held.state, by.role)
    living_here(held)
    if lacks := missing(held.sheet.tells, _with_the_register(held)):
        raise InvalidInput(_("Tờ khai còn thiếu: %(what)s.") % {"what": "; ".join(lacks)})
    if held.changes_register and not held.accepted_at:
        raise InvalidInput(_("Điều đã khai chưa ghi vào sổ: hãy xác minh và ghi vào sổ, rồi trình ký."))
    _propose(held, Proposal.DECISION, "", "")
    return move(held, "submit", by=by, now=now, note=note)


@transaction.atomic
def propose_refusal(*, dossier: Dossier, reason: str, article: str, by: Post, now: datetime, seen: int | None = None) -> Dossier:
    """Put a refusal before the person who signs. Raises InvalidInput without its reason or its article."""
    held = lock(dossier, seen)
    DOSSIER.find("submit", held.state, by.role)
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do từ chối."), field="reason")
    if not article.strip():
        raise InvalidInput(_("Hãy ghi điều, khoản của văn bản làm căn cứ từ chối."), field="article")
    _propose(held, Proposal.REFUSAL, reason.strip(), article.strip())
    return move(held, "submit", by=by, now=now)


def _with_the_register(held: Dossier) -> dict:
    """The details of the form; a day of death that the register knows need not be told."""
    died_on = held.person.died_on
    return {**held.details, **({"died_on": died_on.isoformat()} if died_on else {})}


def _propose(held: Dossier, proposal: str, reason: str, article: str) -> None:
    held.proposal, held.reason, held.article = proposal, reason, article
    held.save(update_fields=["proposal", "reason", "article"])


@transaction.atomic
def return_dossier(*, dossier: Dossier, note: str, by: Post, now: datetime, seen: int | None = None) -> Dossier:
    """Back to whoever works on it, with the reason. A drafted decision is thrown away by its own room, which calls this."""
    held = lock(dossier, seen)
    DOSSIER.find("return", held.state, by.role)
    _propose(held, "", held.reason, held.article)
    return move(held, "return", by=by, now=now, note=note)


def worked_on(dossier: Dossier, by: Post) -> bool:
    """Whether this person put the dossier before the signer, in whichever post."""
    mine = Q(post=by) if by.user_id is None else Q(post=by) | Q(post__user=by.user_id)
    last = dossier.steps.filter(act="submit").order_by("-id").first()
    return bool(last and dossier.steps.filter(mine, pk=last.pk).exists())


@transaction.atomic
def record_refusal(*, dossier: Dossier, paper: Refusal, by: Post, now: datetime, seen: int | None = None) -> Dossier:
    """Record the signed refusal. Never by whoever proposed it; the signer is the competent one of the day.

    Raises NotAllowed for the proposer and for a signer without competence, InvalidInput for a paper that lacks something.
    """
    held = lock(dossier, seen)
    DOSSIER.find("refuse", held.state, by.role)
    if held.proposal != Proposal.REFUSAL:
        raise InvalidInput(_("Hồ sơ đang trình quyết định, không trình văn bản từ chối."))
    if worked_on(held, by):
        raise NotAllowed(_("Người trình không tự ghi nhận văn bản của mình. Hãy nhờ người khác ghi nhận bản đã ký."))
    if not paper.number.strip() or not paper.signer_name.strip():
        raise InvalidInput(_("Hãy ghi số văn bản và người ký."), field="number")
    if paper.signed_on > now.date():
        raise InvalidInput(_("Ngày ký chưa tới."), field="signed_on")
    if held.received_on and paper.signed_on < held.received_on:
        raise InvalidInput(_("Ngày ký trước ngày tiếp nhận hồ sơ."), field="signed_on")
    _check_signer(held, paper)
    held.answer_number, held.answered_on = paper.number.strip(), paper.signed_on
    held.signer_name, held.signer_title, held.scan = paper.signer_name.strip(), paper.signer_title.strip(), paper.scan
    held.save(update_fields=["answer_number", "answered_on", "signer_name", "signer_title", "scan"])
    freeze_refusal(held, compared=paper.compared, by=by, now=now)
    return move(held, "refuse", by=by, now=now)


def _check_signer(dossier: Dossier, paper: Refusal) -> None:
    rules = competent(dossier.sheet.benefit, on=paper.signed_on)
    if not rules:
        raise NotAllowed(_("Không có quy định ai quyết định chế độ này vào ngày ký."))
    if paper.post and not may_sign(paper.post, dossier.sheet.benefit, on=paper.signed_on):
        raise NotAllowed(_("Người ký không có thẩm quyền: %(basis)s.") % {"basis": rules[0].basis})


@transaction.atomic
def mark_decided(
    *, dossier: Dossier, number: str, signed_on: date, signer_name: str, signer_title: str, by: Post, now: datetime
) -> Dossier:
    """The decision of the dossier was signed and recorded. For the room of decisions, which has checked who may."""
    held = lock(dossier)
    DOSSIER.find("decide", held.state, by.role)
    held.answer_number, held.answered_on = number, signed_on
    held.signer_name, held.signer_title = signer_name, signer_title
    held.save(update_fields=["answer_number", "answered_on", "signer_name", "signer_title"])
    return move(held, "decide", by=by, now=now)


@transaction.atomic
def reopen_dossier(*, dossier: Dossier, note: str, by: Post, now: datetime) -> Dossier:
    """The decision was taken back: the dossier is open again, its old answer is none. For the room of decisions."""
    held = lock(dossier)
    DOSSIER.find("reopen", held.state, by.role)
    held.proposal, held.answer_number, held.answered_on, held.signer_name, held.signer_title = "", "", None, "", ""
    held.save(update_fields=["proposal", "answer_number", "answered_on", "signer_name", "signer_title"])
    return move(held, "reopen", by=by, now=now, note=note)


@transaction.atomic
def deliver_dossier(*, dossier: Dossier, note: str, by: Post, now: datetime, seen: int | None = None) -> Dossier:
    """The result was handed over; `note` says to whom."""
    return move(lock(dossier, seen), "deliver", by=by, now=now, note=note)
