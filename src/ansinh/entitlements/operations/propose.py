"""Draft the answer to a dossier, and what the law sees differently: one bulk decision a commune, replaced each time it is asked for, signed apart.

Who has HIV stands in no bulk paper: each such person gets a paper of their own.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Office, OfficeKind, Post
from ansinh.dossiers import operations as dossiers
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.models import PERSONAL, Decision, Entitlement
from ansinh.entitlements.operations.draft import draft_decision
from ansinh.entitlements.queries.asking_the_law import law_for
from ansinh.entitlements.queries.differences import differences
from ansinh.entitlements.queries.naming import on_papers_of_their_own
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.money import money_text
from ansinh.kernel.periods import month_text
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.people.models import Person


def drop_proposals(*, unit: Unit, month: date, kinds: Collection[str]) -> set[tuple[str, int]]:
    """Remove drafts the system wrote for a month and nobody signed, before they are written anew. For use inside an operation.

    A printed one lies on the signer's desk and stays. Returns (kind, person) of its lines, which are not to be written twice.
    Two people asking for the proposals of one commune get them one after the other.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('entitlements_proposals'), %s::int)", [unit.id])
    old = Decision.objects.select_for_update(of=("self",)).filter(unit=unit, month=month, origin="proposed", state="draft")
    old = old.filter(kind__in=kinds, transition="")
    for decision in old.filter(paper=None):
        decision.items.all().delete()
        decision.delete()
    return set(old.exclude(paper=None).values_list("kind", "items__person"))


@transaction.atomic
def draft_differences(
    *, unit: Unit, month: date, by: Post | None, now: datetime, among: Collection[int] | None = None
) -> list[Decision]:
    """Replace the commune's unsigned drafts of the month by what the law says now; none when nothing differs.

    A line that rests on an unconfirmed point is left out: it waits for the point to be confirmed. `among`: the people to look at,
    where they are known already (`queries.suspects`).
    """
    left_out = {person for _kind, person in drop_proposals(unit=unit, month=month, kinds=("mixed",))}
    left_out |= _in_transition(unit)
    found = differences(unit_ids=scope_ids(unit, on=now.date()), month=month, among=among)
    items = [item for difference in found if not difference.held for item in difference.items if item.person_id not in left_out]
    office = Office.objects.filter(unit=unit, kind=OfficeKind.COMMUNE).order_by("-id").first()
    return [
        draft_decision(
            office=office, unit=unit, kind="mixed", origin="proposed", items=paper, by=by, now=now, month=month,
            title=f"Điều chỉnh, thôi hưởng theo rà soát tháng {month_text(month)}",
        )
        for paper in on_papers_of_their_own(items)
    ]  # fmt: skip


def _in_transition(unit: Unit) -> set[int]:
    """People of an unsigned transition list: what it decides is not proposed a second time."""
    waiting = Decision.objects.filter(unit=unit, state="draft").exclude(transition="")
    return set(waiting.values_list("items__person", flat=True))


@transaction.atomic
def propose_decision(
    *, dossier: Dossier, kind: str, items: Sequence[ItemDraft], by: Post, now: datetime, title: str = "", seen: int | None = None
) -> Decision:
    """Draft the decision that answers a dossier and put both before the person who signs.

    Raises InvalidInput for a line about somebody else, for a grant beside an entry the law does not give together with it, or
    while declared facts do not stand in the register; AlreadyDone, MoveNotAllowed when somebody acted on the dossier meanwhile.
    """
    held = dossiers.submit_dossier(dossier=dossier, by=by, now=now, seen=seen)
    if any(held.person_id not in (item.person_id, item.cared_for_id) for item in items):
        raise InvalidInput(_("Quyết định của hồ sơ chỉ về người có hồ sơ."))
    _refuse_beside(items)
    version = held.version
    return draft_decision(
        office=held.office, unit=held.unit, kind=kind, origin="dossier", items=items, by=by, now=now, title=title,
        basis=version.basis if version else "", dossier=held,
    )  # fmt: skip


def _refuse_beside(items: Sequence[ItemDraft]) -> None:
    """Several allowances at once are the highest alone, unless the law itself gives both (Điều 6.2): one more beside is paid twice.

    Raises InvalidInput for a new level beside a running entry that no item changes, unless the law of that month gives both.
    """
    changed = [item.entitlement.pk for item in items if item.entitlement]
    for item in items:
        if item.act not in ("grant", "adjust") or item.benefit not in PERSONAL:
            continue
        beside = Entitlement.objects.running(item.from_month).filter(person=item.person_id, benefit__in=PERSONAL)
        beside = beside.exclude(pk__in=changed)
        lawful = {line.category for line in law_for(Person.objects.get(pk=item.person_id), item.from_month)} if beside else set()
        for entry in beside:
            if not {entry.category, item.category} <= lawful:
                raise InvalidInput(
                    _(
                        "Người này đang hưởng %(amount)s (dòng sổ hưởng %(code)s). Luật không cho hưởng đồng thời: hãy chọn Điều chỉnh dòng đó."
                    )
                    % {"amount": money_text(entry.amount_vnd), "code": entry.code},
                    field="act",
                )
