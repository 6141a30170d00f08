"""Draft a decision, or throw a draft away. A draft changes nothing in the ledger."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Office, Post
from ansinh.database.bulk import insert_values
from ansinh.documents import operations as documents
from ansinh.dossiers import operations as dossiers
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.models import Benefit, Decision, DecisionItem
from ansinh.entitlements.workflow import DECISION
from ansinh.journal import operations as journal
from ansinh.kernel.actor import SYSTEM
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.periods import add_months
from ansinh.localities.models import Unit

_OF_PAST_MONTHS = ("arrears", "recovery", "write_off")


@transaction.atomic
def draft_decision(
    *,
    office: Office,
    unit: Unit,
    kind: str,
    origin: str,
    items: Iterable[ItemDraft],
    by: Post | None,
    now: datetime,
    title: str = "",
    basis: str = "",
    month: date | None = None,
    batch_key: int | None = None,
    dossier: Dossier | None = None,
    transition: str = "",
) -> Decision:
    """Write a decision nobody has signed. Raises InvalidInput when it has no line, or a line that is no money."""
    items = list(items)
    if not items:
        raise InvalidInput(_("Quyết định phải có ít nhất một dòng."))
    for number, item in enumerate(items, start=1):
        check_item(item, number)
    decision = Decision.objects.create(
        office=office,
        unit=unit,
        kind=kind,
        origin=origin,
        title=title,
        basis=basis,
        month=month,
        batch_key=batch_key,
        dossier=dossier,
        transition=transition,
        drafted_by=by,
        drafted_at=now,
    )
    insert_values(DecisionItem, (values_of(item, decision, number) for number, item in enumerate(items, start=1)))
    actor = by.actor if by else SYSTEM
    journal.record(by=actor, act="draft", noun="decision", key=decision.code, detail={"items": len(items), "kind": kind}, at=now)
    return decision


def columns_of(item: ItemDraft) -> dict:
    """The columns of a line, by name."""
    return {name: getattr(item, name) for name in ItemDraft.__dataclass_fields__}


def values_of(item: ItemDraft, decision: Decision, number: int) -> dict:
    """The same as plain values with keys in place of rows."""
    values = columns_of(item)
    keys = {f"{name}_id": row.pk if (row := values.pop(name)) else None for name in ("entitlement", "about")}
    return {**values, **keys, "decision_id": decision.pk, "number": number}


def check_item(item: ItemDraft, number: int) -> None:
    """Raises InvalidInput for a line that is no money, or that names no entry or no months where it must."""
    if item.act in ("grant", "adjust", *_OF_PAST_MONTHS) and item.amount_vnd <= 0:
        raise InvalidInput(_("Dòng %(number)d: số tiền phải lớn hơn 0.") % {"number": number}, field="amount_vnd")
    if item.act in ("grant", "adjust") and item.amount_vnd * 100 != item.coefficient * item.standard_vnd * item.count:
        raise InvalidInput(
            _("Dòng %(number)d: hệ số × mức chuẩn × số lượng không bằng số tiền.") % {"number": number}, field="amount_vnd"
        )
    if item.act in ("adjust", "stop", "suspend", "resume") and item.entitlement is None:
        raise InvalidInput(_("Dòng %(number)d: phải chọn dòng sổ hưởng được thay đổi.") % {"number": number})
    _check_benefit(item, number)
    if item.act in _OF_PAST_MONTHS and not item.months:
        raise InvalidInput(_("Dòng %(number)d: phải ghi các tháng truy lĩnh hoặc thu hồi.") % {"number": number})
    if item.act == "write_off" and (item.about is None or item.about.act != "recovery"):
        raise InvalidInput(_("Dòng %(number)d: phải chọn khoản thu hồi được xóa nợ.") % {"number": number})


def _check_benefit(item: ItemDraft, number: int) -> None:
    """What a grant of money for care, or for a funeral, cannot do without."""
    if item.act != "grant":
        return
    if item.benefit == Benefit.FUNERAL and (not item.payee or not item.payee.get("name")):
        raise InvalidInput(_("Dòng %(number)d: phải ghi người nhận hỗ trợ mai táng.") % {"number": number}, field="payee_name")
    if item.benefit == Benefit.FUNERAL and item.to_month != add_months(item.from_month, 1):
        raise InvalidInput(_("Dòng %(number)d: hỗ trợ mai táng chi một lần, trong một tháng.") % {"number": number})
    if item.benefit == Benefit.CARER_MONEY and (item.cared_for_id is None or item.cared_for_id == item.person_id):
        raise InvalidInput(_("Dòng %(number)d: phải ghi người được chăm sóc.") % {"number": number}, field="carer")


@transaction.atomic
def discard_draft(*, decision: Decision, reason: str, by: Post | None, now: datetime) -> None:
    """Throw a draft away, with the reason; it stays readable, and so does the number its paper had.

    The dossier it answers goes back to whoever works on it.
    """
    decision = Decision.objects.select_for_update(of=("self",)).get(pk=decision.pk)
    if not reason.strip():
        raise InvalidInput(_("Hãy ghi lý do bỏ dự thảo."), field="reason")
    decision.state = DECISION.find("discard", decision.state, by.role if by else "system").target
    decision.note = reason.strip()
    decision.save(update_fields=["state", "note"])
    if decision.paper and by:
        documents.give_number_back(paper=decision.paper, reason=f"Bỏ dự thảo: {decision.note}", by=by, now=now)
    if decision.dossier and by:
        dossiers.return_dossier(dossier=decision.dossier, note=reason, by=by, now=now)
    journal.record(by=by.actor if by else SYSTEM, act="discard", noun="decision", key=decision.code, at=now)
