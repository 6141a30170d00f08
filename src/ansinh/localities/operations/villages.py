"""Villages are local rows: made when a list or a form first names them."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.folding import fold, tidy
from ansinh.localities.models import Unit, Village


@transaction.atomic
def add_village(*, unit: Unit, name: str, since: date | None = None) -> Village:
    """Write down a thôn or tổ dân phố of a commune. Naming one that is there gives that one."""
    if not tidy(name):
        raise InvalidInput("Tên thôn, tổ dân phố bỏ trống.")
    return Village.objects.get_or_create(unit=unit, name=tidy(name), defaults={"period": DateRange(since, None)})[0]


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
