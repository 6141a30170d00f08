"""The paper of a decision: printed for the signer, numbered by the clerk, frozen when it is recorded as signed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.access.queries import sees_sensitive
from ansinh.documents import operations as documents
from ansinh.documents.models import OutgoingEntry, PaperPrint
from ansinh.documents.queries import entry_of
from ansinh.entitlements.models import Decision
from ansinh.entitlements.papers.decision import decision_content, signers
from ansinh.kernel.errors import MoveNotAllowed, NotAllowed


@transaction.atomic
def print_decision(*, decision: Decision, signer: Post | None, by: Post, on: date, now: datetime) -> PaperPrint:
    """Print a draft for its signer, with its number once it has one; the file is kept with its hash.

    Raises NotAllowed for a post that may not name every ground and for a signer without competence, MoveNotAllowed for a
    decision that is no draft any more.
    """
    decision = _held(decision)
    if not sees_sensitive(by):
        raise NotAllowed(_("Người in quyết định phải là người được xem loại đối tượng (chuyên viên, trưởng phòng, chủ tịch)."))
    entry = entry_of(decision.paper)
    day = entry.dated_on if entry else on
    if signer and signer not in signers(decision, on=day):
        raise NotAllowed(_("%(title)s không có thẩm quyền ký quyết định này vào ngày in.") % {"title": signer.title})
    content = decision_content(decision, signer=signer, entry=entry, by=by, on=on)
    made = documents.print_paper(paper=decision.paper, content=content, by=by, on=day, now=now)
    if decision.paper_id is None:
        decision.paper = made.paper
        decision.save(update_fields=["paper"])
    return made


@transaction.atomic
def number_decision(*, decision: Decision, dated_on: date, by: Post, now: datetime) -> OutgoingEntry:
    """Take the number of a printed decision from the register of its office, once it was signed on paper.

    Raises what `documents.number_printed` raises.
    """
    decision = _held(decision)
    return documents.number_printed(paper=decision.paper, on=dated_on, by=by, now=now, recipients="Như Điều 3")


def _held(decision: Decision) -> Decision:
    """The draft, held until the act is done."""
    found = Decision.objects.select_for_update(of=("self",)).select_related(
        "office__unit", "office__parent", "paper", "drafted_by"
    )
    decision = found.get(pk=decision.pk)
    if decision.state != "draft":
        raise MoveNotAllowed(
            _("Quyết định đang ở trạng thái “%(state)s”, không in hay lấy số nữa.") % {"state": decision.get_state_display()}
        )
    return decision
