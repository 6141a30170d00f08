"""Propose the month's lists from the ledger. Proposing again gives the same; what was signed is never touched."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time

from django.db import connection, transaction
from django.utils import timezone

from ansinh import law
from ansinh.access.models import Post
from ansinh.database.bulk import insert_rows, update_rows
from ansinh.journal import operations as journal
from ansinh.kernel.actor import SYSTEM
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.payments.models import ListStep, PaymentLine, PaymentList, PaymentRun
from ansinh.payments.operations.history import HELD_BY_DEATH
from ansinh.payments.operations.lines import Proposal, propose_lines
from ansinh.payments.operations.move import lock, move
from ansinh.payments.operations.plain import write_plain
from ansinh.payments.operations.sources import set_default_sources
from ansinh.payments.queries import cutoff_on

TOGETHER = 26  # communes whose plain people are found by one statement: each reads the tables once


@transaction.atomic
def prepare_run(
    *,
    benefit_month: date,
    units: Sequence[Unit],
    by: Post | None,
    now: datetime,
    payment_month: date | None = None,
    progress: Callable[[int, int, str], None] | None = None,
) -> PaymentRun:
    """Propose the lists of `units` for a month. Lists already sent for signature or further are left as they are.

    `payment_month` is when the money is handed out, where that is not the month itself: two months in one payout before Tết.
    """
    run = open_run(benefit_month=benefit_month, by=by, now=now, payment_month=payment_month)
    for start in range(0, len(units), TOGETHER):
        part = units[start : start + TOGETHER]
        if progress:
            progress(start, len(units), part[0].name)
        propose_lists(run=run, units=part, by=by, now=now)
    if progress:
        progress(len(units), len(units), "")
    return run


def open_run(*, benefit_month: date, by: Post | None, now: datetime, payment_month: date | None = None) -> PaymentRun:
    """The run of a month, opened by whoever asks first."""
    run, _ = PaymentRun.objects.get_or_create(
        benefit_month=benefit_month,
        defaults={"payment_month": payment_month or benefit_month, "law_hash": law.law_hash(), "made_by": by, "made_at": now},
    )
    return run


@transaction.atomic
def propose_lists(*, run: PaymentRun, units: Sequence[Unit], by: Post | None, now: datetime) -> dict[int, set[int] | None]:
    """Propose the lists of some communes: lines of the month, what earlier months still owe, unpaid lines under their own month.

    Gives by commune the people who may have received more than is decided by now; None where nobody asked.
    """
    opened = [found for unit in units if (found := _open(run, unit, by, now))]
    written = write_plain([proposal for proposal, _made in opened])
    counts = []
    for proposal, _made in opened:
        plain = written[proposal.payment_list.pk]
        lines = propose_lines(proposal, people=plain.careful)
        counts.append(plain.lines + _bring_to(proposal, lines))
        set_default_sources(proposal.payment_list)
    for (proposal, made), count in zip(opened, counts, strict=True):
        _note(proposal.payment_list, made, count, by, now)
    return {proposal.payment_list.unit_id: written[proposal.payment_list.pk].over for proposal, _made in opened}


def _open(run: PaymentRun, unit: Unit, by: Post | None, now: datetime) -> tuple[Proposal, bool] | None:
    """The commune's list, locked and brought up to date, and whether it was made now; None once it was sent for signature."""
    _one_at_a_time(unit)
    cutoff = cutoff_on(unit, run.payment_month)
    payment_list, made = PaymentList.objects.get_or_create(
        run=run, unit=unit, defaults={"cutoff_on": cutoff, "proposed_by": by, "proposed_at": now}
    )
    payment_list = lock(payment_list)
    if payment_list.state == "withdrawn":
        move(payment_list, "renew", by=by, now=now)
    if payment_list.state != "proposed":
        return None
    payment_list.previous = _previous(unit, run.benefit_month)
    payment_list.cutoff_on, payment_list.law_hash = cutoff, law.law_hash()
    payment_list.proposed_by, payment_list.proposed_at = by, now
    payment_list.save(update_fields=["previous", "cutoff_on", "law_hash", "proposed_by", "proposed_at"])
    proposal = Proposal(
        payment_list=payment_list,
        month=run.benefit_month,
        unit_ids=scope_ids(unit, on=now.date()),
        known_at=timezone.make_aware(datetime.combine(cutoff, time.max)),
        on=now.date(),
        has_lines=not made and payment_list.lines.exists(),
    )
    return proposal, made


def _one_at_a_time(unit: Unit) -> None:
    """Lists of one commune are proposed one after the other: two months proposed at once would both pay the same arrears."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('payments_propose'), %s::int)", [unit.id])


def _bring_to(proposal: Proposal, lines: Iterable[PaymentLine]) -> int:
    """Make the list hold exactly these lines. A line that was there keeps its key and code, and what an officer did with it."""
    if not proposal.has_lines:
        return insert_rows(lines)
    payment_list = proposal.payment_list
    old = {_identity(line): line for line in payment_list.lines.all()}
    count = 0
    fresh, kept = [], []
    for line in lines:
        count += 1
        before = old.pop(_identity(line), None)
        if before is None:
            fresh.append(line)
            continue
        line.pk = before.pk
        _keep_officers_word(line, before)
        if any(getattr(line, name) != getattr(before, name) for name in _COPIED):
            kept.append(line)
    payment_list.lines.filter(pk__in=[line.pk for line in old.values()]).delete()
    update_rows(kept, [name.removesuffix("_id") for name in _COPIED])
    insert_rows(fresh)
    return count


def _keep_officers_word(line: PaymentLine, before: PaymentLine) -> None:
    """What an officer held stays held, what an officer released stays released; a death holds whatever was said before."""
    if line.hold_reason.startswith(HELD_BY_DEATH) or before.hold_reason.startswith(HELD_BY_DEATH):
        return
    line.state, line.hold_reason = before.state, before.hold_reason


def _previous(unit: Unit, benefit_month: date) -> PaymentList | None:
    closed = PaymentList.objects.filter(unit=unit, run__benefit_month__lt=benefit_month, closed_at__isnull=False)
    return closed.order_by("-run__benefit_month").first()


_FIXED = {"id", "code", "list", "handover", "paid_on", "return_note", "received_by"}
_COPIED = [column.attname for column in PaymentLine._meta.concrete_fields if column.name not in _FIXED]


def _identity(line: PaymentLine) -> tuple:
    return (line.person_id, line.entitlement_id, line.item_id, line.kind, line.benefit_month, line.carried_from_id)


def _note(payment_list: PaymentList, made: bool, count: int, by: Post | None, now: datetime) -> None:
    actor = by.actor if by else SYSTEM
    source = "" if made else "proposed"
    ListStep.objects.create(list=payment_list, act="propose", source=source, target="proposed", post=by, actor=actor.text, at=now)
    journal.record(
        by=actor, act="propose", noun="payment_list", key=payment_list.code, detail={"lines": count, "again": not made}, at=now
    )
