"""Draft what the lists show: money paid beyond what is decided by now, and people who did not collect three months in a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from django.db import transaction

from ansinh.access.models import Office, OfficeKind, Post
from ansinh.entitlements.models import Decision, Entitlement, pot_of
from ansinh.entitlements.operations import ItemDraft, draft_decision, drop_proposals
from ansinh.entitlements.queries import decided_money
from ansinh.kernel.periods import month_text, months_text
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.payments.models import PaymentList
from ansinh.payments.operations.history import History, Ledger, ledger_entries, left_by_death, read_history
from ansinh.payments.queries import unpaid_three_months
from ansinh.people.models import Person


@transaction.atomic
def draft_from_lists(
    *, unit: Unit, month: date, by: Post | None, now: datetime, over: Collection[int] | None = None
) -> list[Decision]:
    """Replace the commune's unsigned drafts of recovery and suspension for a month. Signed apart, like every other draft.

    `over`: the only people who may have received too much, where that is known already (`propose_lists`).
    """
    printed = drop_proposals(unit=unit, month=month, kinds=("recovery", "suspend"))
    words = {
        "recovery": "Thu hồi tiền đã chi vượt quyết định, rà soát tháng %(month)s",
        "suspend": "Tạm dừng do ba tháng liền chưa nhận, rà soát tháng %(month)s",
    }
    found = {
        "recovery": list(_recoveries(unit, month, now, over)),
        "suspend": list(_suspensions(unit, month)),
    }
    found = {kind: [item for item in items if (kind, item.person_id) not in printed] for kind, items in found.items()}
    office = Office.objects.filter(unit=unit, kind=OfficeKind.COMMUNE).order_by("-id").first()
    return [
        draft_decision(
            office=office, unit=unit, kind=kind, origin="proposed", items=items, by=by, now=now, month=month,
            title=words[kind] % {"month": month_text(month)},
        )
        for kind, items in found.items()
        if items
    ]  # fmt: skip


def _suspensions(unit: Unit, month: date) -> Iterator[ItemDraft]:
    payment_list = PaymentList.objects.filter(unit=unit, run__benefit_month=month).select_related("run", "unit").first()
    if payment_list is None:
        return
    for line in unpaid_three_months(payment_list).select_related("entitlement"):
        if line.entitlement and line.entitlement.ended_by_id is None:
            yield _item(line.entitlement, "suspend", month, reason="Ba tháng liền chưa nhận trợ cấp.")


def _recoveries(unit: Unit, month: date, now: datetime, over: Collection[int] | None) -> Iterator[ItemDraft]:
    """Per person and sum: months for which more was received than the ledger gives by now, less what is being recovered."""
    if over is not None and not over:
        return
    here = scope_ids(unit, on=now.date())
    entries: dict[int, list[Entitlement]] = defaultdict(list)
    for entry in ledger_entries(unit_ids=here, month=month, known_at=now, people=over):
        entries[entry.person_id].append(entry)
    people = Person.objects.filter(id__in=entries, unit__in=here).in_bulk()
    history = read_history(people, until=month, but=None)
    decided = _decided_by_items(here)
    for key, person in people.items():
        ledger = Ledger(person, entries[key], now, 1, history.first_months, here, month)
        sums: dict[tuple[str, int], list[date]] = defaultdict(list)
        for paid_month, pot, over in _over(ledger, history, decided[key]):
            sums[pot, over].append(paid_month)
        for (pot, over), months in sums.items():
            mine = [entry for entry in entries[key] if pot_of(entry.benefit) == pot] or entries[key]
            last = next(entry for entry in reversed(mine) if entry.months.lower <= months[0] or entry is mine[0])
            reason = f"Đã nhận vượt mức được quyết định các tháng {months_text(months)}."
            yield _item(last, "recovery", month, amount=over, months=months, reason=reason)


Months = dict[tuple[date, str], int]  # money by month and pot


def _decided_by_items(unit_ids: Iterable[int]) -> dict[int, Months]:
    """Signed arrears and recoveries by person and month: arrears allow more, a recovery has taken back already."""
    rows: dict[int, Months] = defaultdict(lambda: defaultdict(int))
    for item in decided_money(unit_ids):
        for month in item.months:
            rows[item.person_id][month, pot_of(item.benefit)] += item.amount_vnd
    return rows


def _over(ledger: Ledger, history: History, decided: Months) -> Iterator[tuple[date, str, int]]:
    received: Months = defaultdict(int)
    for line in history.lines[ledger.person.id]:
        if line.amount_vnd > 0 and line.state == "paid":
            received[line.benefit_month, pot_of(line.benefit)] += line.amount_vnd
    for (month, pot), amount in sorted(received.items()):
        due = sum(
            entry.amount_vnd
            for entry in ledger.in_force(month)
            if pot_of(entry.benefit) == pot and not left_by_death(entry, ledger.person, month)
        )
        over = amount - due - decided.get((month, pot), 0)
        if over > 0:
            yield month, pot, over


def _item(entry: Entitlement, act: str, month: date, *, reason: str, amount: int = 0, months: Iterable[date] = ()) -> ItemDraft:
    return ItemDraft(
        person_id=entry.person_id, act=act, benefit=entry.benefit, category=entry.category, from_month=month,
        law_code=entry.law_code, coefficient=entry.coefficient, count=entry.count, standard_vnd=entry.standard_vnd,
        amount_vnd=amount or entry.amount_vnd, reason=reason, entitlement=entry, cared_for_id=entry.cared_for_id, months=[f"{m:%Y-%m}" for m in months],
    )  # fmt: skip
