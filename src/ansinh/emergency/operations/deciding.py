"""Review by the village, sending for signature, the signed decision, and the account at the end."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.access.queries import competent, may_sign
from ansinh.documents import operations as documents
from ansinh.emergency.models import AidList, OccasionKind, Resources
from ansinh.emergency.models.aid import HOUSES
from ansinh.emergency.operations.marking import allot, recall
from ansinh.emergency.operations.move import lock, move
from ansinh.emergency.papers import AID_DECISION
from ansinh.emergency.papers.standing import competence_of, current_paper
from ansinh.emergency.queries.balance import balances
from ansinh.files.models import StoredFile
from ansinh.kernel.errors import InvalidInput, NotAllowed
from ansinh.kernel.money import money_text


@dataclass(frozen=True)
class Signature:
    """The signed paper: number, day, who signed, its scan where there is one, and which print of ours it was.

    `compared`: the recorder says that a PDF signed with a key is this paper, where that cannot be told.
    """

    number: str
    signed_on: date
    signer: Post
    title: str = ""
    scan: StoredFile | None = None
    print_number: int | None = None
    compared: bool = False


@transaction.atomic
def review(*, aid_list: AidList, on: date, note: str, by: Post, now: datetime, seen: str | None = None) -> AidList:
    """Record the meeting of the village that reviewed the list: its day, who came, what it found."""
    held = lock(aid_list, seen)
    _has_lines(held)
    if not held.occasion.first_day <= on <= now.date():
        raise InvalidInput(_("Ngày họp phải từ ngày xảy ra đến hôm nay."), field="on")
    held.reviewed_on, held.skipped_review = on, False
    return move(held, "review", by=by, now=now, note=note)


@transaction.atomic
def skip_review(*, aid_list: AidList, note: str, by: Post, now: datetime, seen: str | None = None) -> AidList:
    """An urgent, grave case: the meeting is skipped, with the reason. Never for houses: the law names goods, injury and burial alone.

    Basis: khoản 2 Điều 17 NĐ 20/2021/NĐ-CP (Điều 12, 13, 14); from 2026-10-05 to be confirmed.
    """
    held = lock(aid_list, seen)
    _has_lines(held)
    if held.lines.counted().filter(kind__in=HOUSES).exists():
        raise InvalidInput(_("Hỗ trợ nhà ở không được bỏ qua bình xét; hãy tách thành danh sách khác."))
    held.reviewed_on, held.skipped_review = None, True
    return move(held, "skip_review", by=by, now=now, note=note)


@transaction.atomic
def submit(
    *, aid_list: AidList, by: Post, now: datetime, note: str = "", accept_open: bool = False, seen: str | None = None
) -> AidList:
    """Send a list for signature. Amounts that rest on unconfirmed points of law go only when an officer says so."""
    held = lock(aid_list, seen)
    _has_lines(held)
    waiting = sorted({point for points in held.lines.counted().values_list("open_points", flat=True) for point in points})
    if waiting and not accept_open:
        raise InvalidInput(
            _(
                "Có mức dựa trên điểm luật chưa xác nhận. Hãy xác nhận ở “Điểm cần xác nhận”, hoặc đánh dấu vẫn trình theo mức đã ghi."
            ),
            field="accept_open",
        )
    if waiting:
        note = " ".join(part for part in (note.strip(), f"Trình theo mức chưa xác nhận: {', '.join(waiting)}.") if part)
    held.submitted_by, held.submitted_at = by, now
    return move(held, "submit", by=by, now=now, note=note)


def _has_lines(held: AidList) -> None:
    if not held.lines.counted().exists():
        raise InvalidInput(_("Danh sách chưa có dòng nào."))


@transaction.atomic
def send_back(*, aid_list: AidList, note: str, by: Post, now: datetime, seen: str | None = None) -> AidList:
    """Send a list back to whoever made it, with the reason. A number its paper had goes back to the register."""
    held = lock(aid_list, seen)
    paper = current_paper(AID_DECISION, held)
    moved = move(held, "send_back", by=by, now=now, note=note)
    if paper:
        documents.give_number_back(paper=paper, reason=f"Trả lại danh sách: {note.strip()}", by=by, now=now)
    return moved


@transaction.atomic
def decide(
    *, aid_list: AidList, signature: Signature, resources: Mapping[str, str], by: Post, now: datetime, seen: str | None = None
) -> AidList:
    """Record the signed decision: from then on people may receive. `resources`: kind of support → whose resources pay it.

    Raises NotAllowed for whoever proposed it and for a signer without competence on that day, InvalidInput for number and day and
    for a signature with a key that does not hold.
    """
    held = lock(aid_list, seen)
    held.workflow.find("decide", held.state, by.role)
    if held.submitted_by and _same_person(held.submitted_by, by):
        raise NotAllowed(_("Người trình không tự ghi nhận quyết định. Hãy nhờ người khác ghi nhận bản đã ký."))
    check_signature(signature, competence_of(held), by=held.submitted_by, unit_id=held.unit_id)
    proposed = timezone.localdate(held.submitted_at) if held.submitted_at else signature.signed_on
    if not min(proposed, now.date()) <= signature.signed_on <= now.date():
        raise InvalidInput(_("Ngày ký phải từ ngày trình đến hôm nay."), field="signed_on")
    paper = current_paper(AID_DECISION, held)
    known = {"paper": paper, "number": signature.number.strip(), "signed_on": signature.signed_on}
    documents.check_number(office=held.office, noun="aid_list", about=held.code, **known)
    for kind, level in resources.items():
        if level not in Resources:
            raise InvalidInput(_("Hãy chọn nguồn chi cho từng khoản."))
        held.lines.filter(kind=kind, state="listed").update(resources=level)
    held.decision_number, held.decided_on = signature.number.strip(), signature.signed_on
    held.signer, held.signer_name = signature.signer, signature.signer.actor.name
    held.signer_title, held.scan = signature.title or signature.signer.title, signature.scan
    documents.freeze_signed(
        signer_name=held.signer_name, by=by, now=now, print_number=signature.print_number,
        scan=held.scan, compared=signature.compared, **known,
    )  # fmt: skip
    move(held, "decide", by=by, now=now)
    allot(held, by=by, on=signature.signed_on, now=now)
    return held


@transaction.atomic
def reopen(*, aid_list: AidList, note: str, by: Post, now: datetime, seen: str | None = None) -> AidList:
    """Take a decision back that was recorded wrongly, before anything was handed out: the list is made anew, its steps tell of both."""
    held = lock(aid_list, seen)
    held.workflow.find("reopen", held.state, by.role)
    recall(held, by=by, on=now.date(), now=now)
    note = f"{note.strip()} (Quyết định số {held.decision_number})" if note.strip() else ""
    held.decision_number, held.decided_on, held.signer, held.signer_name = "", None, None, ""
    held.signer_title, held.scan = "", None
    return move(held, "reopen", by=by, now=now, note=note)


def check_signature(signature: Signature, act: str, *, by: Post | None, unit_id: int) -> None:
    """A paper has a number and a competent signer of this commune, never the one who proposed (`by`)."""
    if not signature.number.strip():
        raise InvalidInput(_("Hãy ghi số quyết định."), field="number")
    signer = signature.signer
    rules = competent(act, on=signature.signed_on)
    if not may_sign(signer, act, on=signature.signed_on) or signer.office.unit_id != unit_id:
        basis = rules[0].basis if rules else ""
        raise NotAllowed(_("Người ký không có thẩm quyền vào ngày ký. %(basis)s") % {"basis": basis})
    if by and _same_person(by, signer):
        raise NotAllowed(_("Người trình không tự quyết định đề nghị của mình."))


def _same_person(one: Post, other: Post) -> bool:
    return one.pk == other.pk or bool(one.user_id and one.user_id == other.user_id)


@transaction.atomic
def account(*, aid_list: AidList, by: Post, now: datetime, note: str = "", seen: str | None = None) -> AidList:
    """Close a list: everything was received or handed back, and what was received less what was given was returned.

    Raises InvalidInput saying what is still open or what does not balance.
    """
    held = lock(aid_list, seen)
    held.workflow.find("account", held.state, by.role)
    if waiting := held.lines.filter(state__in=("to_give", "absent")).count():
        raise InvalidInput(_("Còn %(n)d dòng chưa nhận và chưa nộp lại.") % {"n": waiting})
    rows = balances(held)
    if held.occasion.kind == OccasionKind.GIFTS and not any(row.received_vnd or row.received_kg for row in rows):
        raise InvalidInput(_("Chưa ghi kinh phí quà được cấp; hãy ghi ở trang nguồn của danh sách."))
    for row in rows:
        if row.is_tracked and (row.left_vnd or row.left_kg):
            raise InvalidInput(
                _("%(source)s: đã nhận trừ đã phát còn %(vnd)s và %(kg)d kg gạo; hãy ghi nộp trả hoặc sửa nguồn.")
                % {"source": row.label, "vnd": money_text(row.left_vnd), "kg": row.left_kg}
            )
    return move(held, "account", by=by, now=now, note=note)
