"""What a wrong grant gave beyond the law, month by month, and the lines that would set ledger and money right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from ansinh import law
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.facts import situation_of
from ansinh.entitlements.models import FOR_CARE, PERSONAL, DecisionItem, Entitlement, pot_of
from ansinh.entitlements.queries import differences, lines_of
from ansinh.kernel.periods import add_months, month_of, months_text, parse_month
from ansinh.localities.queries import scope_ids
from ansinh.payments.models import LineKind, PaymentLine


def lines_to_set_right(entry: Entitlement, on: date) -> list[ItemDraft]:
    """Every line that sets a wrong entry right: the ledger from next month, the money of the months before."""
    month = add_months(month_of(on), 1)
    change = lines_to_change(entry, max(month, entry.months.lower)) if entry.ended_by_id is None else []
    return [*change, *lines_to_recover(entry, month)]


def lines_to_change(entry: Entitlement, month: date) -> list[ItemDraft]:
    """The lines that bring an entry to what the law gives in a month, by the facts as they stand; none where it agrees."""
    found = differences(unit_ids=scope_ids(entry.person.unit, on=month), month=month, among={entry.person_id})
    return [item for one in found if one.entry.pk == entry.pk and one.kind != "move" and not one.held for item in one.items]


def lines_to_recover(entry: Entitlement, until: date) -> Iterator[ItemDraft]:
    """For each sum, the months for which signed lists gave more than the law gives, less what is being taken back already.

    Nothing of what is given once: whether a funeral was rightly supported the law does not tell from a month.
    """
    if entry.benefit not in (*PERSONAL, *FOR_CARE):
        return
    given: dict[date, int] = defaultdict(int)
    out = PaymentLine.objects.filter(person=entry.person, entitlement=entry, state__in=("due", "paid"), benefit_month__lte=until)
    out = out.exclude(list__state__in=("proposed", "checking")).exclude(kind=LineKind.CARRIED)
    for month, amount in out.values_list("benefit_month", "amount_vnd"):
        given[month] += amount
    back = DecisionItem.objects.filter(person=entry.person, act="recovery", decision__state__in=("draft", "signed"))
    for benefit, months, amount in back.values_list("benefit", "months", "amount_vnd"):
        for text in months if pot_of(benefit) == pot_of(entry.benefit) else ():
            given[parse_month(text)] -= amount
    subject, sums = entry.cared_for or entry.person, defaultdict(list)
    ask = law.asked_by_month(situation_of(subject), only=str(subject.pk))
    for month, amount in sorted(given.items()):
        due = sum(line.amount_vnd for line in lines_of(ask, entry, month) if line.kind == entry.benefit)
        if amount > due:
            sums[amount - due].append(month)
    kept = ("person_id", "benefit", "category", "law_code", "coefficient", "count", "standard_vnd")
    for amount, months in sums.items():
        yield ItemDraft(
            act="recovery", amount_vnd=amount, from_month=add_months(max(months), 1), months=[f"{one:%Y-%m}" for one in months],
            entitlement=entry, reason=f"Đã chi vượt mức luật cho các tháng {months_text(months)} do quyết định sai.",
            **{name: getattr(entry, name) for name in kept},
        )  # fmt: skip
