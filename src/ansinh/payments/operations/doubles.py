"""Put two rows of one human being together; the second entry and the months paid twice become a draft, signed apart."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Office, OfficeKind, Post
from ansinh.entitlements.models import PERSONAL, Decision, Entitlement
from ansinh.entitlements.operations import ItemDraft, draft_decision
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.periods import add_months, month_of, months_text
from ansinh.payments.queries.doubles import PaidMonth, paid_beside, who_draws
from ansinh.people import operations as people
from ansinh.people.models import DuplicatePair, Person


@transaction.atomic
def merge_duplicate(
    *, pair: DuplicatePair, keep: Person, note: str, numbers_checked: bool = False, by: Post, now: datetime
) -> Decision | None:
    """Judge a pair to be one human being. What both drew side by side is drafted as a stop and a recovery; nothing of it acts yet.

    Gives the draft, None where nothing was drawn twice. Raises what `people.judge_same` raises, and InvalidInput where only the other
    row draws: its facts and its ledger are what the months to come are paid by.
    """
    _refuse_to_hide_who_draws(pair, keep, now.date())
    judged = people.judge_same(pair=pair, keep=keep, note=note, numbers_checked=numbers_checked, by=by, now=now)
    double = judged.second if keep.pk == judged.first_id else judged.first
    paid = paid_beside(judged, on=now.date())
    months = [one for one in paid if one.twice_vnd > 0]
    received = {one.month for one in paid if (one.second_vnd if double.pk == judged.second_id else one.first_vnd)}
    items = [*_stops(keep, double, now.date(), received), *_recoveries(keep, double, sorted(months, key=lambda one: one.month))]
    if not items:
        return None
    office = Office.objects.filter(unit=keep.unit, kind=OfficeKind.COMMUNE).order_by("-id").first()
    return draft_decision(
        office=office, unit=keep.unit, kind="mixed", origin="recorded", items=items, by=by, now=now,
        title=f"Thôi hưởng, thu hồi do một người có hai hồ sơ ({keep.code}, {double.code})",
    )  # fmt: skip


def _refuse_to_hide_who_draws(pair: DuplicatePair, keep: Person, on: date) -> None:
    drawing = who_draws(pair, on=on)
    if drawing and keep.pk not in drawing:
        raise InvalidInput(_("Chỉ hồ sơ kia đang hưởng: hãy giữ hồ sơ đang hưởng, số định danh sẽ chuyển sang."), field="keep")


def _stops(keep: Person, double: Person, on: date, received: set[date]) -> list[ItemDraft]:
    """The double's allowance and pension end where the kept row draws one too: with this month unless the double received it.

    What a payer still hands out of a month that is stopped is found as money beyond the ledger. Money for care is another's.
    """
    this = month_of(on)
    for month in (this, add_months(this, 1)):
        drawn = Entitlement.objects.running(month).filter(person=keep, benefit__in=PERSONAL).exists()
        running = Entitlement.objects.running(month).filter(
            person=double, benefit__in=PERSONAL, ended_by=None, months__startswith__lt=month
        )
        if month not in received and drawn and running.exists():
            return [_stop(entry, month, keep) for entry in running.order_by("id")]
    return []


def _stop(entry: Entitlement, month: date, keep: Person) -> ItemDraft:
    return ItemDraft(
        **_columns(entry), act="stop", from_month=month, amount_vnd=entry.amount_vnd, entitlement=entry,
        reason=f"Một người có hai hồ sơ: đã hưởng theo hồ sơ {keep.code}.",
    )  # fmt: skip


def _recoveries(keep: Person, double: Person, months: list[PaidMonth]) -> list[ItemDraft]:
    """For each month paid to both the lesser sum, to be paid back by the row that is kept."""
    entry = Entitlement.objects.filter(person=double, benefit__in=PERSONAL).order_by("-id").first()
    by_amount: dict[int, list[date]] = defaultdict(list)
    for one in months:
        by_amount[one.twice_vnd].append(one.month)
    return [
        ItemDraft(
            **{**_columns(entry), "person_id": keep.pk}, act="recovery", from_month=some[-1], amount_vnd=amount,
            months=[f"{month:%Y-%m}" for month in some],
            reason=f"Một người có hai hồ sơ ({keep.code}, {double.code}), nhận hai lần các tháng {months_text(some)}.",
        )
        for amount, some in by_amount.items()
        if entry
    ]  # fmt: skip


def _columns(entry: Entitlement) -> dict:
    return {
        "person_id": entry.person_id, "benefit": entry.benefit, "category": entry.category, "law_code": entry.law_code,
        "coefficient": entry.coefficient, "count": entry.count, "standard_vnd": entry.standard_vnd,
    }  # fmt: skip
