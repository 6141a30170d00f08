"""Draft what the lists show: money paid beyond what is decided by now, and people who did not collect three months in a row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from ansinh.access.models import Office, OfficeKind, Post
from ansinh.entitlements.models import Decision, Entitlement, pot_of
from ansinh.entitlements.operations import ItemDraft, draft_decision, drop_proposals
from ansinh.entitlements.queries import decided_money, given_by_law, on_papers_of_their_own
from ansinh.kernel.money import number_text
from ansinh.kernel.periods import month_text, months_text
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.payments.models import PaymentList
from ansinh.payments.operations.history import History, Ledger, ledger_entries, left_by_death, read_history
from ansinh.payments.queries import unpaid_three_months
from ansinh.people.models import Person

_TOLD = 6  # months whose sums stand in the reason; the item keeps them all


@transaction.atomic
def draft_from_lists(
    *, unit: Unit, month: date, by: Post | None, now: datetime, over: Collection[int] | None = None
) -> list[Decision]:
    """Replace the commune's unsigned drafts of recovery and suspension for a month. Signed apart, like every other draft.
    Whoever has a sensitive ground gets a paper of their own.

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
            office=office, unit=unit, kind=kind, origin="proposed", items=paper, by=by, now=now, month=month,
            title=words[kind] % {"month": month_text(month)},
        )
        for kind, items in found.items()
        for paper in on_papers_of_their_own(items)
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
        months = list(_over(ledger, history, decided[key]))
        given = given_by_law(person, {one.month for one in months}) if months else {}
        for (pot, over), some in _same_sums(months):
            mine = [entry for entry in entries[key] if pot_of(entry.benefit) == pot] or entries[key]
            last = next(entry for entry in reversed(mine) if entry.months.lower <= some[0].month or entry is mine[0])
            yield _item(
                last, "recovery", month, amount=over, months=[one.month for one in some], reason=_because(some, given),
                law={f"{one.month:%Y-%m}": one.told | {"law": given.get(one.month, 0)} for one in some},
            )  # fmt: skip


@dataclass(frozen=True)
class _Over:
    """A month for which more was received from a pot than is decided by now."""

    month: date
    pot: str
    received_vnd: int
    decided_vnd: int

    @property
    def over_vnd(self) -> int:
        return self.received_vnd - self.decided_vnd

    @property
    def told(self) -> dict[str, int]:
        return {"received": self.received_vnd, "decided": self.decided_vnd}


def _same_sums(months: Iterable[_Over]) -> list[tuple[tuple[str, int], list[_Over]]]:
    """Months of the same excess of a pot together, in the order of time."""
    sums: dict[tuple[str, int], list[_Over]] = defaultdict(list)
    for one in months:
        sums[one.pot, one.over_vnd].append(one)
    return list(sums.items())


def _because(some: Sequence[_Over], given: dict[date, int]) -> str:
    """Month by month: received, decided by now, given by the law as it is known now; and a warning where the law gives more."""
    reason = f"Đã nhận vượt mức được quyết định các tháng {months_text([one.month for one in some])}."
    for one in some[:_TOLD]:
        lawful = given.get(one.month, 0)
        reason += (
            f" Tháng {month_text(one.month)}: đã nhận {number_text(one.received_vnd)}, quyết định "
            f"{number_text(one.decided_vnd)}, luật {number_text(lawful)}."
        )
    if any(given.get(one.month, 0) > one.decided_vnd for one in some):
        reason += " Luật cho cao hơn quyết định: xem lại quyết định trước khi thu hồi."
    return reason


Months = dict[tuple[date, str], int]  # money by month and pot


def _decided_by_items(unit_ids: Iterable[int]) -> dict[int, Months]:
    """Signed arrears and recoveries by person and month: arrears allow more, a recovery has taken back already."""
    rows: dict[int, Months] = defaultdict(lambda: defaultdict(int))
    for item in decided_money(unit_ids):
        for month in item.months:
            rows[item.person_id][month, pot_of(item.benefit)] += item.amount_vnd
    return rows


def _over(ledger: Ledger, history: History, decided: Months) -> Iterator[_Over]:
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
        found = _Over(month, pot, amount, due + decided.get((month, pot), 0))
        if found.over_vnd > 0:
            yield found


def _item(
    entry: Entitlement, act: str, month: date, *, reason: str, amount: int = 0, months: Iterable[date] = (), law: dict | None = None
) -> ItemDraft:  # fmt: skip
    return ItemDraft(
        person_id=entry.person_id, act=act, benefit=entry.benefit, category=entry.category, from_month=month,
        law_code=entry.law_code, coefficient=entry.coefficient, count=entry.count, standard_vnd=entry.standard_vnd,
        amount_vnd=amount or entry.amount_vnd, reason=reason, entitlement=entry, cared_for_id=entry.cared_for_id,
        months=[f"{m:%Y-%m}" for m in months], law={"months": law} if law else {},
    )  # fmt: skip
