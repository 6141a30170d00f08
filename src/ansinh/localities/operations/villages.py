"""Villages are local rows: made when a list or a form first names them, renamed and ended by the commune."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.journal import operations as journal
from ansinh.kernel.actor import Actor
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.kernel.folding import fold, tidy
from ansinh.localities.models import Unit, Village


@transaction.atomic
def add_village(*, unit: Unit, name: str, since: date | None = None) -> Village:
    """Write down a thôn or tổ dân phố that a list names. Naming one that is there gives that one."""
    return Village.objects.get_or_create(unit=unit, name=_named(name), defaults={"period": DateRange(since, None)})[0]


@transaction.atomic
def open_village(*, unit: Unit, name: str, since: date, by: Actor, now: datetime) -> Village:
    """Add a village to a commune from a day on. Raises InvalidInput when the commune has one of that name."""
    _refuse_twin(unit, name)
    village = Village.objects.create(unit=unit, name=_named(name), period=DateRange(since, None))
    journal.record(by=by, act="open_village", noun="village", key=str(village.id), detail={"name": village.name}, at=now)
    return village


@transaction.atomic
def rename_village(*, village: Village, name: str, by: Actor, now: datetime) -> Village:
    """Correct or change the name of a village; everybody who lives there goes on living there."""
    was = village.name
    _refuse_twin(village.unit, name, but=village)
    village.name = _named(name)
    village.save(update_fields=["name"])
    detail = {"from": was, "to": village.name}
    journal.record(by=by, act="rename_village", noun="village", key=str(village.id), detail=detail, at=now)
    return village


@transaction.atomic
def end_village(*, village: Village, on: date, by: Actor, now: datetime) -> Village:
    """A village is no more from a day on. Rows that name it keep it; nobody new is written there."""
    if village.period.upper is not None:
        raise AlreadyDone(_("Thôn “%(name)s” đã thôi dùng từ trước.") % {"name": village.name})
    if village.period.lower is not None and on <= village.period.lower:
        raise InvalidInput(
            _("Ngày thôi dùng phải sau ngày bắt đầu %(day)s.") % {"day": f"{village.period.lower:%d/%m/%Y}"}, field="on"
        )
    village.period = DateRange(village.period.lower, on)
    village.save(update_fields=["period"])
    detail = {"name": village.name, "on": on.isoformat()}
    journal.record(by=by, act="end_village", noun="village", key=str(village.id), detail=detail, at=now)
    return village


def _named(name: str) -> str:
    if not tidy(name):
        raise InvalidInput(_("Tên thôn, tổ dân phố bỏ trống."), field="name")
    return tidy(name)


def _refuse_twin(unit: Unit, name: str, *, but: Village | None = None) -> None:
    others = Village.objects.filter(unit=unit, name=_named(name)).exclude(pk=but.pk if but else None)
    if others.exists():
        raise InvalidInput(_("Xã này đã có “%(name)s”.") % {"name": tidy(name)}, field="name")


def village_named(*, unit: Unit, text: str, known: list[Village]) -> Village | None:
    """The village of `known` that an officer means: 'Thôn Đông', 'đông' and 'T. Đông' are one."""
    wanted = _bare(text)
    return next((village for village in known if village.unit_id == unit.id and _bare(village.name) == wanted), None)


def _bare(text: str) -> str:
    folded = fold(text).replace(".", " ").strip()
    for word in ("to dan pho so ", "to dan pho ", "khu dan cu ", "thon ", "tdp so ", "tdp ", "khu ", "xom ", "t "):
        if folded.startswith(word):
            return folded.removeprefix(word).strip()
    return folded
