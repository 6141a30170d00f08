"""The only writer of a list's state. Each step leaves who, when, from, to and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import ProtectedError, Q, RestrictedError
from django.utils import timezone
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.documents import operations as documents
from ansinh.files.models import StoredFile
from ansinh.journal import operations as journal
from ansinh.kernel.actor import SYSTEM
from ansinh.kernel.errors import InvalidInput, NotAllowed
from ansinh.kernel.money import money_text
from ansinh.kernel.periods import month_text
from ansinh.payments.models import ListStep, PaymentLine, PaymentList
from ansinh.payments.queries.sums import sums_on_paper
from ansinh.payments.workflow import LIST
from ansinh.work.operations import notify


@dataclass(frozen=True)
class Approval:
    """The signed paper of a list: number, date, signer, the sum (đồng) and the number of people that stand on it, and its scan.

    `compared`: the recorder says that a PDF signed with a key is this list, where that cannot be told.
    """

    number: str
    signed_on: date
    signer_name: str
    scan: StoredFile | None
    total_vnd: int
    people: int
    compared: bool = False


def lock(payment_list: PaymentList) -> PaymentList:
    """The list as it is now, held until the transaction ends: two people acting at once wait for each other."""
    return PaymentList.objects.select_for_update(of=("self",)).select_related("unit", "run").get(pk=payment_list.pk)


def move(
    payment_list: PaymentList, act: str, *, by: Post | None, now: datetime, note: str = "", told: dict | None = None
) -> PaymentList:  # fmt: skip
    """Take one step of the table on a locked list; the journal keeps what is `told` beside.

    Raises MoveNotAllowed or NotAllowed; a step that needs words asks for them.
    """
    actor = by.actor if by else SYSTEM
    step = LIST.find(act, payment_list.state, by.role if by else "system")
    if step.needs_note and not note.strip():
        raise InvalidInput(_("Hãy ghi lý do."), field="note")
    source, payment_list.state = payment_list.state, step.target
    payment_list.save(update_fields=["state"])
    ListStep.objects.create(
        list=payment_list, act=act, source=source, target=step.target, post=by, actor=actor.text, note=note.strip(), at=now
    )
    detail = {"from": source, "to": step.target, **(told or {})}
    journal.record(by=actor, act=act, noun="payment_list", key=payment_list.code, detail=detail, at=now)
    return payment_list


@transaction.atomic
def check_list(*, payment_list: PaymentList, by: Post, now: datetime) -> PaymentList:
    """Send a proposed list for signature. A list without a line to pay is refused."""
    payment_list = lock(payment_list)
    if not payment_list.lines.filter(state="due").exists():
        raise InvalidInput(_("Danh sách không có dòng nào phải chi."))
    return move(payment_list, "check", by=by, now=now)


@transaction.atomic
def return_list(*, payment_list: PaymentList, note: str, by: Post, now: datetime) -> PaymentList:
    """Send a list back to its proposer, with the reason; whoever proposed it or sent it for signature is told."""
    payment_list = lock(payment_list)
    act = "return" if payment_list.state == "checking" else "reopen"
    month = month_text(payment_list.run.benefit_month)
    notify(
        to=payment_list.steps.filter(act__in=["propose", "check"]).values_list("post", flat=True),
        text=f"Danh sách chi trả tháng {month}, {payment_list.unit.name}, bị trả lại: {note.strip()}",
        noun="payment_list", about=payment_list.code, unit=payment_list.unit, by=by, now=now,
    )  # fmt: skip
    return move(payment_list, act, by=by, now=now, note=note)


@transaction.atomic
def recall_list(*, payment_list: PaymentList, note: str, by: Post, now: datetime) -> PaymentList:
    """Take a list back from signature, with the reason, before anybody signed it. Raises NotAllowed for who did not send it."""
    payment_list = lock(payment_list)
    LIST.find("recall", payment_list.state, by.role)
    if not worked_on(payment_list, by):
        raise NotAllowed(_("Người lập hoặc trình danh sách mới lấy lại được; người khác thì trả lại, ghi rõ lý do."))
    return move(payment_list, "recall", by=by, now=now, note=note)


@transaction.atomic
def withdraw_list(*, payment_list: PaymentList, note: str, by: Post, now: datetime) -> PaymentList:
    """Withdraw a list nobody sent for signature: its lines go, what they held is owed as before; it may be proposed anew.

    Raises InvalidInput without a reason, and when a later list that was signed completes its lines.
    """
    payment_list = lock(payment_list)
    move(payment_list, "withdraw", by=by, now=now, note=note)
    of_drafts = PaymentLine.objects.filter(corrects__list=payment_list, list__state__in=("proposed", "checking"))
    of_drafts.update(corrects=None)
    try:
        payment_list.lines.all().delete()
    except (ProtectedError, RestrictedError):
        raise InvalidInput(_("Không rút được: danh sách tháng sau đã ký truy lĩnh theo dòng của danh sách này.")) from None
    return payment_list


def worked_on(payment_list: PaymentList, by: Post) -> bool:
    """Whether this person proposed the list or sent it for signature, in whichever post."""
    mine = Q(post=by) if by.user_id is None else Q(post=by) | Q(post__user=by.user_id)
    return payment_list.steps.filter(mine, act__in=["propose", "check"]).exists()


@transaction.atomic
def approve_list(*, payment_list: PaymentList, approval: Approval, by: Post, now: datetime) -> PaymentList:
    """Record that the list was signed. Never by its proposer; the scan of the signed paper goes with it.

    Raises InvalidInput where sum or people of the signed paper are not those of the list, telling both, and what
    `documents.take_signed_file` raises.
    """
    payment_list = lock(payment_list)
    LIST.find("approve", payment_list.state, by.role)
    if worked_on(payment_list, by):
        raise NotAllowed(_("Người lập hoặc trình danh sách không tự duyệt. Hãy nhờ người khác ghi nhận bản đã ký."))
    if not approval.number.strip() or not approval.signer_name.strip():
        raise InvalidInput(_("Hãy ghi số văn bản và người ký."), field="number")
    if approval.scan is None:
        raise InvalidInput(_("Hãy đính kèm bản quét danh sách đã ký."), field="scan")
    if approval.signed_on > now.date():
        raise InvalidInput(_("Ngày ký chưa tới."), field="signed_on")
    proposed = min(timezone.localdate(payment_list.proposed_at), now.date())  # a clock set back must not lock the list
    if approval.signed_on < proposed:
        raise InvalidInput(_("Ngày ký trước ngày lập danh sách (%(day)s).") % {"day": f"{proposed:%d/%m/%Y}"}, field="signed_on")
    _check_sums(payment_list, approval)
    documents.take_signed_file(
        file=approval.scan, compared=approval.compared, by=by, now=now,
        expected=documents.Expected(None, payment_list.code, approval.signed_on, approval.signer_name.strip()),
    )  # fmt: skip
    payment_list.approved_number, payment_list.approved_on = approval.number.strip(), approval.signed_on
    payment_list.approved_by_name, payment_list.scan = approval.signer_name.strip(), approval.scan
    payment_list.save(update_fields=["approved_number", "approved_on", "approved_by_name", "scan"])
    return move(payment_list, "approve", by=by, now=now, told={"total_vnd": approval.total_vnd, "people": approval.people})


def _check_sums(payment_list: PaymentList, approval: Approval) -> None:
    """The signed paper and the list say the same: whoever signed another list signed nothing of this one."""
    due = sums_on_paper(payment_list)
    if approval.total_vnd != due.total_vnd:
        words = _("Bản đã ký ghi %(paper)s, danh sách là %(list)s. Nếu danh sách đã đổi sau khi in: in lại, ký lại.")
        raise InvalidInput(
            words % {"paper": money_text(approval.total_vnd), "list": money_text(due.total_vnd)}, field="total_vnd"
        )
    if approval.people != due.people:
        words = _("Bản đã ký ghi %(paper)d người, danh sách có %(list)d người. Nếu danh sách đã đổi sau khi in: in lại, ký lại.")
        raise InvalidInput(words % {"paper": approval.people, "list": due.people}, field="people")


@transaction.atomic
def reconcile_list(*, payment_list: PaymentList, by: Post, now: datetime) -> PaymentList:
    """Say that the payer's answers are complete. Lines without an answer stop it, and the message says how many."""
    payment_list = lock(payment_list)
    open_lines = PaymentLine.objects.filter(list=payment_list, state="due").count()
    if open_lines:
        raise InvalidInput(_("Còn %(n)d dòng chưa có kết quả chi trả.") % {"n": open_lines})
    return move(payment_list, "reconcile", by=by, now=now)


@transaction.atomic
def settle_list(*, payment_list: PaymentList, by: Post, now: datetime) -> PaymentList:
    """The accountant's last word on a month's list."""
    return move(lock(payment_list), "settle", by=by, now=now)
