"""Petitions for tests, brought to a state by the operations officers use."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.acting import as_post
from ansinh.access.models import Post, Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.petitions import operations
from ansinh.petitions.models import Petition
from ansinh.petitions.operations import Answer, Sender

_WAY = {
    "registered": (), "admitted": ("admit",), "not_admitted": ("refuse",), "transferred": ("transfer",),
    "answered": ("admit", "answer"), "withdrawn": ("withdraw",),
}  # fmt: skip
SENDER = Sender("Trần Văn Ba", "Thôn 2", "0900000000")


def petition(
    state: str = "registered", *, kind: str = "complaint", received_on: date = DAY, by: str = Role.ONE_STOP, sender: Sender = SENDER,
    now: datetime = NOW, **known,
) -> Petition:  # fmt: skip
    """A petition of Quỳnh Phụ in a state."""
    taker = post(by)
    with as_post(taker, on=DAY):
        made = operations.register_petition(
            kind=kind, content="Mức trợ cấp bị cắt không đúng", received_on=received_on, sender=sender, by=taker, now=now, **known
        )
    for act in _WAY[state]:
        made = step(made, act, now=now)
    return made


def step(made: Petition, act: str, *, by: Post | None = None, now: datetime = NOW, note: str = "Lý do thử", **known) -> Petition:
    """One act of the table, by the chairman unless said otherwise."""
    by = by or post(Role.COMMUNE_CHAIRMAN)
    with as_post(by, on=DAY):
        if act == "answer":
            answer = Answer("right", "Khôi phục mức hưởng", "15/QĐ-UBND", now.date(), "Phạm Văn Ký")
            return operations.answer_petition(petition=made, answer=answer, by=by, now=now, **known)
        return operations.decide_petition(petition=made, act=act, note=note, by=by, now=now, **known)


def assign(made: Petition, to: Post, *, by: Post | None = None) -> Petition:
    """Give it to somebody."""
    by = by or post(Role.COMMUNE_CHAIRMAN)
    with as_post(by, on=DAY):
        return operations.assign_petition(petition=made, to=to, note="", by=by, now=NOW)


def fresh(made: Petition) -> Petition:
    """The petition as the database has it, whoever may see it."""
    with as_maintenance():
        return Petition.objects.select_related("holder__user", "sender").get(pk=made.pk)
