"""Papers of lists, stays and funds: printed for whoever signs, numbered from the register, frozen when the signature is recorded."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.documents import operations as documents
from ansinh.documents.kinds import PaperKind
from ansinh.documents.models import OutgoingEntry, PaperPrint
from ansinh.documents.operations import Content
from ansinh.documents.queries import entry_of
from ansinh.emergency import queries
from ansinh.emergency.models import AidLine, AidList, Protection, ReliefFund
from ansinh.emergency.papers import AID_DECISION, AID_PROPOSAL, AID_REPORT, PROTECTION_DECISION
from ansinh.emergency.papers.content import (
    decision_content,
    fund_content,
    proposal_content,
    protection_content,
    report_content,
)
from ansinh.emergency.papers.forms_of_law import form_content
from ansinh.emergency.papers.standing import (
    Subject,
    competence_of,
    current_paper,
    is_open,
    office_of,
    prints,
    signers,
)
from ansinh.kernel.errors import MoveNotAllowed, NotAllowed

BY_VILLAGE = ("village_name", "sort_key", "id")


@transaction.atomic
def print_aid_paper(
    *, subject: Subject, kind: PaperKind, by: Post, on: date, now: datetime, signer: Post | None = None, source: str = ""
) -> PaperPrint:
    """Print one paper, with its number once it has one. The same again is the same print. `source`: whose resources pay, in words.

    Raises NotAllowed for a post that prints none and a signer without competence, MoveNotAllowed once it was signed or is not due.
    """
    held = _held(subject)
    if not is_open(kind, held):
        raise MoveNotAllowed(_("Quyết định chỉ in khi đã trình ký và chưa ghi nhận bản đã ký."))
    if not prints(kind, held, by):
        raise NotAllowed(_("Giấy tờ này không thuộc chức vụ của ông, bà."))
    paper = current_paper(kind, held)
    entry = entry_of(paper)
    day = entry.dated_on if entry else on
    if signer and signer not in signers(held, on=day):
        raise NotAllowed(_("%(title)s không có thẩm quyền ký văn bản này vào ngày in.") % {"title": signer.title})
    content = _content(held, kind, signer=signer, entry=entry, on=on, source=source)
    return documents.print_paper(paper=paper, content=content, by=by, on=day, now=now)


@transaction.atomic
def number_aid_paper(*, subject: Subject, kind: PaperKind, dated_on: date, by: Post, now: datetime) -> OutgoingEntry:
    """Take the number of a printed decision from the register, once it was signed on paper.

    Raises MoveNotAllowed for one that does not await its signature, and what `documents.number_printed` raises.
    """
    held = _held(subject)
    if kind not in (AID_DECISION, PROTECTION_DECISION) or not is_open(kind, held):
        raise MoveNotAllowed(_("Chỉ lấy số cho quyết định đang chờ ký."))
    return documents.number_printed(paper=current_paper(kind, held), on=dated_on, by=by, now=now, recipients="Như Điều 3")


def _held(subject: Subject) -> Subject:
    """As it is now, held until the act is done."""
    around = {
        AidList: ("occasion", "unit", "office__unit", "office__parent", "submitted_by"),
        Protection: ("unit", "taken_in_by__office__unit", "taken_in_by__office__parent", "taken_in_by__user"),
        ReliefFund: ("unit", "opened_by__office__unit", "opened_by__office__parent"),
    }[type(subject)]
    found = type(subject).objects.select_for_update(of=("self",)).select_related(*around)
    return found.get(pk=subject.pk)


def _content(
    held: Subject, kind: PaperKind, *, signer: Post | None, entry: OutgoingEntry | None, on: date, source: str
) -> Content:  # fmt: skip
    given = {"signer": signer, "entry": entry, "on": on, "act": competence_of(held)}
    if isinstance(held, Protection):
        stay = queries.stay_of(held, on=on)
        return protection_content(held, stay, office=office_of(held), **given)
    if isinstance(held, ReliefFund):
        entries = held.entries.select_related("list__occasion", "corrected_by").order_by("on", "id")
        return fund_content(held, entries, queries.fund_sums(held), office=office_of(held), **given)
    if kind == AID_REPORT:
        absent = held.lines.filter(state__in=("to_give", "absent", "handed_back")).count()
        note = held.steps.filter(act="account").values_list("note", flat=True).first() or ""
        totals = queries.by_kind(held), queries.by_village(held), queries.balances(held)
        return report_content(held, *totals, absent=absent, note=note, **given)
    lines = _lines(held)
    if kind == AID_DECISION:
        return decision_content(held, lines, source=source, **given)
    if kind == AID_PROPOSAL:
        return proposal_content(held, lines, act=given["act"], signer=signer, on=on)
    return form_content(kind.key, held, lines, signer=signer)


def _lines(aid_list: AidList) -> list[AidLine]:
    """Every line that is not left out: a paper is whole, however long."""
    return list(aid_list.lines.counted().select_related("person").order_by(*BY_VILLAGE))
