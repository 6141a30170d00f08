"""Dossiers for tests, brought to a state by the operations officers use."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers import operations
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.operations.answering import Refusal
from ansinh.people.models import Person
from ansinh.people.tests.factories import person

# Acts that lead to a state, in order, with what each needs.
_WAY = {
    "writing": (),
    "received": ("receive",),
    "incomplete": ("receive", "ask"),
    "verifying": ("receive", "verify"),
    "awaiting_signature": ("receive", "verify", "submit"),
    "returned": ("receive", "verify", "submit", "return"),
    "decided": ("receive", "verify", "submit", "decide"),
    "refused": ("receive", "verify", "submit_refusal", "refuse"),
    "delivered": ("receive", "verify", "submit", "decide", "deliver"),
    "withdrawn": ("withdraw",),
}


def dossier(
    state: str = "received",
    *,
    whose: Person | None = None,
    procedure: str = "allowance_grant",
    case: str = "disabled",
    received_on: date | None = None,
    now: datetime = NOW,
    **known,
) -> Dossier:
    """A dossier of Quỳnh Phụ in a state; the law's grant of a disabled person unless said otherwise."""
    whose = whose or person()
    officer = post(office=f"UBND-{whose.unit.code}")
    with as_maintenance():
        made = operations.open_dossier(procedure=procedure, case=case, person=whose, by=officer, now=now, **known)
        for step in _WAY[state]:
            made = act(step, made, now=now, received_on=received_on)
    made.person = whose  # loaded already: tests ask for it outside any role
    return made


def act(step: str, made: Dossier, *, by=None, now: datetime = NOW, received_on: date | None = None) -> Dossier:
    """Do one act of the table with everything it needs, as `by` (the officer unless said otherwise)."""
    by = by or post(Role.CLERK if step in ("decide", "refuse", "reopen") else Role.COMMUNE_OFFICER, office=made.office.code)
    who = {"dossier": made, "by": by, "now": now}
    if step == "receive":
        return operations.receive_dossier(received_on=received_on or now.date(), given=["declaration"], **who)
    if step == "ask":
        return operations.ask_for_completion(papers=["disability_certificate"], note="Thiếu giấy", **who)
    if step == "submit_refusal":
        return operations.propose_refusal(reason="Không thuộc diện", article="Khoản 6 Điều 5 NĐ 335/2026/NĐ-CP", **who)
    if step == "refuse":
        return operations.record_refusal(paper=Refusal("9/TB-UBND", now.date(), "Phạm Văn Ký", "Chủ tịch"), **who)
    if step == "decide":
        paper = {"number": "9/QĐ-UBND", "signed_on": now.date(), "signer_name": "Phạm Văn Ký", "signer_title": "Chủ tịch"}
        return operations.mark_decided(**paper, **who)
    plain = {
        "verify": operations.take_up_dossier,
        "submit": operations.submit_dossier,
    }
    noted = {
        "return": operations.return_dossier,
        "reopen": operations.reopen_dossier,
        "deliver": operations.deliver_dossier,
        "withdraw": operations.withdraw_dossier,
    }
    if step == "complete":
        return operations.complete_dossier(papers=["disability_certificate"], **who)
    return plain[step](**who) if step in plain else noted[step](note="Lý do thử", **who)


def fresh(made: Dossier) -> Dossier:
    """The dossier as the database has it, whoever may see it."""
    with as_maintenance():
        return Dossier.objects.select_related("unit", "office", "person").get(pk=made.pk)
