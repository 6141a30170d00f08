"""Propose the support for a funeral: what the law gives, once, to whoever organised the burial."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ansinh import law
from ansinh.access.models import Post
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.models import Act, Benefit, Decision
from ansinh.entitlements.operations.propose import propose_decision
from ansinh.entitlements.queries.funeral import Funeral, funeral_for
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.periods import add_months, month_of
from ansinh.people.models import Person

PAYEE = ("name", "relation", "number", "telephone", "account", "bank")
CATEGORY = "FUNERAL"


@transaction.atomic
def propose_funeral(*, dossier: Dossier, by: Post, on: date, now: datetime, seen: int | None = None) -> Decision:
    """Draft the decision of a funeral dossier as the law gives it, paid in the month of `on` to the organiser who was declared.

    Raises InvalidInput, with the reason and the article, when nothing is due, and while it waits for an open point.
    """
    dossier = Dossier.objects.get(pk=dossier.pk)  # as it was declared last
    person = Person.objects.get(pk=dossier.person_id)
    with override("vi"):  # what stands in a decision is Vietnamese, whoever writes it
        found = funeral_for(person, received_on=dossier.received_on)
    if found.granted:
        raise InvalidInput(_("Đã có hỗ trợ mai táng cho người này: %(code)s.") % {"code": found.granted.code})
    if found.found.unconfirmed:
        raise InvalidInput(_("Chờ xác nhận điểm pháp luật: %(what)s") % {"what": " ".join(found.questions)})
    if not found.is_due:
        raise InvalidInput(f"{found.reason} {found.article}".strip())
    title = f"Hỗ trợ chi phí mai táng: {person.full_name}"
    item = _item(person, dossier, found, month_of(on))
    return propose_decision(dossier=dossier, kind=Act.GRANT, items=[item], by=by, now=now, title=title, seen=seen)


def _item(person: Person, dossier: Dossier, found: Funeral, month: date) -> ItemDraft:
    payee = {key: dossier.details[key] for key in PAYEE if dossier.details.get(key)}
    return ItemDraft(
        person_id=person.pk, act=Act.GRANT, benefit=Benefit.FUNERAL, category=CATEGORY, law_code=found.found.code or "",
        coefficient=found.coefficient, standard_vnd=found.standard_vnd, amount_vnd=found.found.amount_vnd or 0, from_month=month,
        to_month=add_months(month, 1), reason=found.reason, article="; ".join((found.article, *found.found.basis)), payee=payee,
        law_amount_vnd=found.found.amount_vnd, law={"hash": law.law_hash()},
    )  # fmt: skip
