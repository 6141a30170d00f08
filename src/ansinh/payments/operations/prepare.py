"""Propose the month's lists from the ledger. Proposing again gives the same; what was signed is never touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from django.db import transaction
from django.utils import timezone

from ansinh import law
from ansinh.access.models import Post
from ansinh.journal import operations as journal
from ansinh.kernel.actor import SYSTEM
from ansinh.kernel.periods import add_months
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.payments.models import CutOff, ListStep, PaymentLine, PaymentList, PaymentRun
from ansinh.payments.operations.lines import HELD_BY_DEATH, Proposal, propose_lines
from ansinh.payments.operations.move import lock

DEFAULT_CUTOFF = 18


@transaction.atomic
def prepare_run(
    *,
    benefit_month: date,
    units: Sequence[Unit],
    by: Post | None,
    now: datetime,
    progress: Callable[[int, int, str], None] | None = None,
) -> PaymentRun:
    """Propose the lists of `units` for a month. Lists already sent for signature or further are left as they are."""
    run, _ = PaymentRun.objects.get_or_create(
        benefit_month=benefit_month,
        defaults={"payment_month": benefit_month, "law_hash": law.law_hash(), "made_by": by, "made_at": now},
    )
    for number, unit in enumerate(units):
        if progress:
            progress(number, len(units), unit.name)
        propose_list(run=run, unit=unit, by=by, now=now)
    if progress:
        progress(len(units), len(units), "")
    return run


@transaction.atomic
def propose_list(*, run: PaymentRun, unit: Unit, by: Post | None, now: datetime) -> PaymentList:
    """Propose one commune's list: lines of the month, what earlier months still owe, unpaid lines under their own month."""
    cutoff = cutoff_on(unit, run.benefit_month)
    payment_list, made = PaymentList.objects.get_or_create(
        run=run, unit=unit, defaults={"cutoff_on": cutoff, "proposed_by": by, "proposed_at": now}
    )
    payment_list = lock(payment_list)
    if payment_list.state != "proposed":
        return payment_list
    held_by_hand = _held_by_hand(payment_list)
    payment_list.lines.all().delete()
    payment_list.previous = _previous(unit, run.benefit_month)
    payment_list.cutoff_on, payment_list.law_hash = cutoff, law.law_hash()
    payment_list.save(update_fields=["previous", "cutoff_on", "law_hash"])
    proposal = Proposal(
        payment_list=payment_list,
        month=run.benefit_month,
        unit_ids=scope_ids(unit, on=now.date()),
        known_at=timezone.make_aware(datetime.combine(cutoff, time.max)),
        on=now.date(),
    )
    lines = propose_lines(proposal)
    for line in lines:
        if reason := held_by_hand.get(_identity(line)):
            line.state, line.hold_reason = "held", reason
    PaymentLine.objects.bulk_create(lines, batch_size=2000)
    _note(payment_list, made, len(lines), by, now)
    return payment_list


def cutoff_on(unit: Unit, benefit_month: date) -> date:
    """The last day whose changes enter this month's list: the commune's own day, else the default, of the month before."""
    rows = {row.unit_id: row.day for row in CutOff.objects.filter(unit__in=[unit]) | CutOff.objects.filter(unit=None)}
    day = rows.get(unit.id) or rows.get(None) or DEFAULT_CUTOFF
    return add_months(benefit_month, -1).replace(day=day)


def _previous(unit: Unit, benefit_month: date) -> PaymentList | None:
    closed = PaymentList.objects.filter(unit=unit, run__benefit_month__lt=benefit_month, closed_at__isnull=False)
    return closed.order_by("-run__benefit_month").first()


def _identity(line: PaymentLine) -> tuple:
    return (line.person_id, line.entitlement_id, line.item_id, line.kind, line.benefit_month, line.carried_from_id)


def _held_by_hand(payment_list: PaymentList) -> dict[tuple, str]:
    """Lines an officer held stay held when the list is proposed again."""
    held = payment_list.lines.filter(state="held").exclude(hold_reason__startswith=HELD_BY_DEATH)
    return {_identity(line): line.hold_reason for line in held}


def _note(payment_list: PaymentList, made: bool, count: int, by: Post | None, now: datetime) -> None:
    actor = by.actor if by else SYSTEM
    if made:
        ListStep.objects.create(list=payment_list, act="propose", source="", target="proposed", post=by, actor=actor.text, at=now)
    journal.record(
        by=actor, act="propose", noun="payment_list", key=payment_list.code, detail={"lines": count, "again": not made}, at=now
    )
