"""Propose the money of a carer: as the law gives it for the person cared for, to the carer named in the form."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import override

from ansinh import law
from ansinh.access.models import Post
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.models import Act, Decision
from ansinh.entitlements.operations.propose import propose_decision
from ansinh.entitlements.queries.caring import care_of
from ansinh.kernel.errors import InvalidInput
from ansinh.people.models import Person


@transaction.atomic
def propose_care(*, dossier: Dossier, month: date, by: Post, on: date, now: datetime, seen: int | None = None) -> Decision:
    """Draft the decision of a carer's dossier from a month on. Raises InvalidInput, naming each point, while something is in the way."""
    dossier = Dossier.objects.get(pk=dossier.pk)  # as it was declared last
    person = Person.objects.get(pk=dossier.person_id)
    with override("vi"):  # what stands in a decision is Vietnamese, whoever writes it
        found = care_of(dossier, person, month=month, on=on)
    if found.obstacles or found.line is None or found.carer is None:
        raise InvalidInput(" ".join(found.obstacles))
    line = found.line
    item = ItemDraft(
        person_id=found.carer.pk, cared_for_id=person.pk, act=Act.GRANT, benefit=line.kind, category=line.category,
        law_code=line.code, coefficient=line.coefficient, count=line.count, standard_vnd=line.standard_vnd,
        amount_vnd=line.amount_vnd, from_month=month,
        article="; ".join(line.basis), law_amount_vnd=line.amount_vnd, law={"hash": law.law_hash()},
    )  # fmt: skip
    title = f"Hỗ trợ kinh phí chăm sóc: {found.carer.full_name}"
    return propose_decision(dossier=dossier, kind=Act.GRANT, items=[item], by=by, now=now, title=title, seen=seen)
