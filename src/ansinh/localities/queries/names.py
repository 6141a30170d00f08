"""Which commune an officer means by a name typed in a list: new or old, with or without its type word and marks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.kernel.folding import fold
from ansinh.localities.models import Level, Unit
from ansinh.localities.queries.successors import where_today

_TYPE_WORDS = ("thi tran ", "phuong ", "dac khu ", "xa ", "tt ", "p. ", "x. ", "tt. ")


@dataclass(frozen=True)
class Candidate:
    """A unit that had the name, and the unit of the day that has its area now."""

    named: Unit
    today: Unit
    is_old: bool


def bare_name(text: str) -> str:
    """'Xã  Bắc Đông Quan' as 'bac dong quan'."""
    folded = fold(text).replace(",", " ").strip()
    for word in _TYPE_WORDS:
        if folded.startswith(word):
            return folded.removeprefix(word).strip()
    return folded


def find_by_name(text: str, *, on: date, province_codes: tuple[str, ...] = (), district: str = "") -> list[Candidate]:
    """Communes called so, those of today first. The same old name in several districts needs the district to part them."""
    wanted = bare_name(text)
    if not wanted:
        return []
    units = Unit.objects.filter(level=Level.COMMUNE, name_folded__endswith=wanted).select_related("parent")
    if province_codes:
        units = units.filter(province_code__in=province_codes)
    named = [unit for unit in units if bare_name(unit.name) == wanted and _in_district(unit, district)]
    found: dict[tuple[int, bool], Candidate] = {}
    for unit in named:
        is_old = unit.period.upper is not None and unit.period.upper <= on
        for successor in where_today(unit, on=on) if is_old else ():
            if successor.is_default:
                found.setdefault((successor.unit.id, True), Candidate(unit, successor.unit, True))
        if not is_old:
            found[unit.id, False] = Candidate(unit, unit, False)
    current = [c for c in found.values() if not c.is_old]
    known = {c.today.id for c in current}
    return current + [c for c in found.values() if c.is_old and c.today.id not in known]


def search_units(text: str, *, on: date, limit: int = 40) -> list[Candidate]:
    """Places whose name holds what was typed, of today and of old, each with where its area is on the day."""
    wanted = bare_name(text)
    if not wanted:
        return []
    units = Unit.objects.filter(name_folded__contains=wanted).select_related("parent").order_by("name_folded", "period")
    found = []
    for unit in units[:limit]:
        is_old = unit.period.upper is not None and unit.period.upper <= on
        heirs = [s.unit for s in where_today(unit, on=on) if s.is_default] if is_old else []
        found.append(Candidate(unit, heirs[0] if heirs else unit, is_old))
    return sorted(found, key=lambda c: (c.is_old, bare_name(c.named.name) != wanted))


def _in_district(unit: Unit, district: str) -> bool:
    if not district or unit.parent is None or unit.parent.level != Level.DISTRICT:
        return True
    bare = fold(district)
    for word in ("huyen ", "thanh pho ", "thi xa ", "tp ", "tx ", "h. "):
        bare = bare.removeprefix(word)
    return fold(unit.parent.name).endswith(bare)
