"""Paying back: instalments by consent, cash with its receipt, and the write-off that a decision lets go."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.entitlements.models import Decision, DecisionItem
from ansinh.entitlements.operations import ItemDraft, draft_decision
from ansinh.files.models import StoredFile
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.kernel.money import money_text
from ansinh.payments.models import RecoveryPlan, Repayment
from ansinh.payments.queries.claims import claims, left_by_month
from ansinh.people.models import Person


class NoSuchPayer(InvalidInput):
    """Nobody seen here has this code."""

    def __init__(self, code: str) -> None:
        super().__init__(_("Không thấy người có mã “%(code)s” ở xã, phường này.") % {"code": code}, field="payer")


def _held(item: DecisionItem) -> DecisionItem:
    """The claim, held until the act is done: of two payments of the rest the second is told. Raises AlreadyDone when nothing is left."""
    DecisionItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    found = claims().select_related("decision__unit", "decision__office", "person__unit").get(pk=item.pk)
    if found.left == 0:
        raise AlreadyDone(_("Khoản thu hồi này đã xong, không còn phải thu."))
    return found


@transaction.atomic
def plan_recovery(
    *, item: DecisionItem, person: Person, per_month_vnd: int, from_month: date, consent_on: date, consent_paper: str, by: Post,
    now: datetime, scan: StoredFile | None = None,
) -> RecoveryPlan:  # fmt: skip
    """Agree how a recovery is paid back; takes the place of the plan before. `person`: whose payments it is taken from.

    Raises InvalidInput without a consent in writing, for a sum beyond what is left, and for a payer who lives elsewhere.
    """
    claim = _held(item)
    if not consent_paper.strip():
        raise InvalidInput(_("Hãy ghi giấy đồng ý: tên giấy, ai ký."), field="consent_paper")
    if consent_on > now.date():
        raise InvalidInput(_("Ngày đồng ý chưa tới."), field="consent_on")
    if not 0 <= per_month_vnd <= claim.left:
        words = _("Số tiền mỗi tháng phải từ 0 đến số còn phải thu (%(left)s).")
        raise InvalidInput(words % {"left": money_text(claim.left)}, field="per_month_vnd")
    if person.pk != claim.person_id and person.unit_id != claim.person.unit_id:
        raise InvalidInput(_("Người trả thay phải ở cùng xã, phường với người có khoản thu hồi."), field="payer")
    plan = RecoveryPlan.objects.create(
        item=claim, unit=claim.decision.unit, person=person, per_month_vnd=per_month_vnd, from_month=from_month,
        consent_on=consent_on, consent_paper=consent_paper.strip(), scan=scan, made_by=by, made_at=now,
    )  # fmt: skip
    detail = {"claim": claim.pk, "per_month": per_month_vnd, "from": f"{from_month:%Y-%m}"}
    journal.record(by=by.actor, act="plan_recovery", noun="decision", key=claim.decision.code, detail=detail, at=now)
    return plan


@transaction.atomic
def record_repayment(
    *, item: DecisionItem, amount_vnd: int, paid_on: date, receipt: str, payer_name: str, by: Post, now: datetime, note: str = ""
) -> Repayment:
    """Write down money paid back in cash, with its receipt. Raises InvalidInput beyond what is left, or for a receipt used already."""
    claim = _held(item)
    if not 0 < amount_vnd <= claim.left:
        words = _("Số tiền nộp phải lớn hơn 0 và không quá số còn phải thu (%(left)s).")
        raise InvalidInput(words % {"left": money_text(claim.left)}, field="amount_vnd")
    if paid_on > now.date():
        raise InvalidInput(_("Ngày nộp chưa tới."), field="paid_on")
    if not receipt.strip() or not payer_name.strip():
        raise InvalidInput(_("Hãy ghi số biên lai và người nộp."), field="receipt")
    unit = claim.decision.unit
    if Repayment.objects.filter(unit=unit, receipt=receipt.strip(), corrects=None, correction=None).exists():
        raise InvalidInput(_("Biên lai số %(receipt)s đã được ghi.") % {"receipt": receipt.strip()}, field="receipt")
    made = Repayment.objects.create(
        item=claim, unit=unit, amount_vnd=amount_vnd, paid_on=paid_on, receipt=receipt.strip(), payer_name=payer_name.strip(),
        note=note.strip(), recorded_by=by, recorded_at=now,
    )  # fmt: skip
    detail = {"claim": claim.pk, "amount": amount_vnd, "receipt": made.receipt}
    journal.record(by=by.actor, act="record_repayment", noun="decision", key=claim.decision.code, detail=detail, at=now)
    return made


@transaction.atomic
def correct_repayment(*, repayment: Repayment, reason: str, by: Post, now: datetime) -> Repayment:
    """Take a wrongly recorded receipt back by a row that names it. Raises AlreadyDone for one taken back before."""
    found = Repayment.objects.select_for_update(of=("self",)).select_related("item__decision").get(pk=repayment.pk)
    if found.corrects_id or Repayment.objects.filter(corrects=found).exists():
        raise AlreadyDone(_("Biên lai này đã được hủy ghi nhận."))
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do."), field="note")
    made = Repayment.objects.create(
        item=found.item, unit_id=found.unit_id, amount_vnd=-found.amount_vnd, paid_on=found.paid_on, receipt=found.receipt,
        payer_name=found.payer_name, note=reason.strip(), recorded_by=by, recorded_at=now, corrects=found,
    )  # fmt: skip
    detail = {"claim": found.item_id, "receipt": found.receipt, "reason": reason.strip()}
    journal.record(by=by.actor, act="correct_repayment", noun="decision", key=found.item.decision.code, detail=detail, at=now)
    return made


@transaction.atomic
def draft_write_off(*, item: DecisionItem, reason: str, by: Post, now: datetime) -> Decision:
    """Draft the decision that lets the rest of a claim go. It stands until the signed paper is recorded, by somebody else.

    Raises InvalidInput without a reason, AlreadyDone when nothing is left or a draft waits already.
    """
    claim = _held(item)
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do đề nghị xóa nợ."), field="note")
    if waiting := claim.write_offs.filter(decision__state="draft").select_related("decision").first():
        raise AlreadyDone(_("Đã có dự thảo xóa nợ %(code)s chờ ký.") % {"code": waiting.decision.code})
    by_amount: dict[int, list[date]] = defaultdict(list)
    for month, left in left_by_month(claim).items():
        by_amount[left].append(month)
    items = [
        ItemDraft(
            person_id=claim.person_id, act="write_off", benefit=claim.benefit, category=claim.category, law_code=claim.law_code,
            coefficient=claim.coefficient, count=claim.count, standard_vnd=claim.standard_vnd, amount_vnd=left,
            from_month=months[0], months=[f"{month:%Y-%m}" for month in months], reason=reason.strip(), about=claim,
        )
        for left, months in by_amount.items()
    ]  # fmt: skip
    return draft_decision(
        office=claim.decision.office, unit=claim.decision.unit, kind="write_off", origin="recorded", items=items, by=by, now=now,
        title=f"Xóa nợ phải thu hồi theo Quyết định số {claim.decision.number}",
    )  # fmt: skip
