"""The paper of a decision: printed for the signer, numbered by the clerk, frozen when it is recorded as signed."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.access.queries import sees_sensitive
from ansinh.documents import operations as documents
from ansinh.documents.models import OutgoingEntry, PaperPrint
from ansinh.documents.queries import entry_of, entry_with, numbers_itself
from ansinh.entitlements.models import Decision
from ansinh.entitlements.papers import DECISION
from ansinh.entitlements.papers.decision import decision_content, signers
from ansinh.kernel.errors import InvalidInput, MoveNotAllowed, NotAllowed

# The register is written in Vietnamese, whatever the officer reads.
_KIND = "Quyết định"


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

    Raises InvalidInput for one that was not printed, and what `documents.take_number` raises.
    """
    decision = _held(decision)
    if decision.paper is None:
        raise InvalidInput(_("Hãy in quyết định trước khi lấy số."))
    last = decision.paper.prints.order_by("-number").first()
    return documents.take_number(
        office=decision.office, symbol=DECISION.symbol, kind=_KIND, summary=decision.paper.summary, on=dated_on, by=by,
        now=now, paper=decision.paper, signer=last.signer_name, recipients="Như Điều 3", kept_by="VT",
    )  # fmt: skip


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


def check_number(decision: Decision, number: str, signed_on: date) -> None:
    """The number and day recorded are those of the register. Raises InvalidInput where they differ, or the number is another paper's."""
    entry = entry_of(decision.paper)
    if entry is None:
        if decision.paper and numbers_itself(decision.office, signed_on):
            raise InvalidInput(_("Hãy lấy số ở sổ văn bản đi rồi ghi nhận."), field="number")
        if other := entry_with(decision.office, number, signed_on.year):
            raise InvalidInput(
                _("Số %(number)s trong sổ văn bản đi là của văn bản khác: %(summary)s.")
                % {"number": number, "summary": other.summary},
                field="number",
            )
    elif entry.symbol != number:
        raise InvalidInput(_("Số trong sổ văn bản đi là %(symbol)s.") % {"symbol": entry.symbol}, field="number")
    elif entry.dated_on != signed_on:
        raise InvalidInput(_("Ngày trong sổ văn bản đi là %(day)s.") % {"day": f"{entry.dated_on:%d/%m/%Y}"}, field="signed_on")


def sign_the_print(decision: Decision, *, number: int | None, by: Post, now: datetime) -> None:
    """Freeze what was printed; a number typed from elsewhere comes into the register with it."""
    if decision.paper is None:
        return
    if entry_of(decision.paper) is None:
        documents.register_typed(
            office=decision.office, symbol=decision.number, kind=_KIND, summary=decision.paper.summary,
            on=decision.signed_on, by=by, now=now, paper=decision.paper, signer=decision.signer_name,
        )  # fmt: skip
    documents.sign_paper(paper=decision.paper, now=now, number=number)
