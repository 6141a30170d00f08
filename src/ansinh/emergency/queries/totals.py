"""Totals of a list: by kind, by village, by what became of the lines; and where each commune stands in an occasion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from ansinh.emergency.models import AidKind, AidLine, AidList, Occasion
from ansinh.localities.models import Unit

_GIVEN = Q(state="given")


@dataclass(frozen=True)
class KindTotal:
    """One kind of support: how many lines, kg and đồng; and of them what was received."""

    kind: str
    lines: int
    amount_vnd: int
    rice_kg: int
    given: int
    given_vnd: int
    given_kg: int

    @property
    def label(self) -> str:
        return str(AidKind(self.kind).label)


@dataclass(frozen=True)
class VillageTotal:
    """One village of a list."""

    name: str
    lines: int
    amount_vnd: int
    rice_kg: int
    given: int


_SUMS = {
    "lines": Count("pk"), "amount": Sum("amount_vnd", default=0), "kg": Sum("rice_kg", default=0), "got": Count("pk", filter=_GIVEN),
}  # fmt: skip


def by_kind(aid_list: AidList) -> list[KindTotal]:
    """Each kind on a list, in the order of the kinds. One query."""
    rows = AidLine.objects.counted().filter(list=aid_list).values("kind").order_by()
    found = {
        row["kind"]: KindTotal(
            row["kind"], row["lines"], row["amount"], row["kg"], row["got"], row["got_vnd"], row["got_kg"]
        )
        for row in rows.annotate(
            **_SUMS, got_vnd=Sum("amount_vnd", filter=_GIVEN, default=0), got_kg=Sum("rice_kg", filter=_GIVEN, default=0)
        )
    }  # fmt: skip
    return [found[kind.value] for kind in AidKind if kind.value in found]


def by_village(aid_list: AidList) -> list[VillageTotal]:
    """Each village on a list. One query."""
    rows = AidLine.objects.counted().filter(list=aid_list).values("village_name").order_by("village_name").annotate(**_SUMS)
    return [VillageTotal(row["village_name"], row["lines"], row["amount"], row["kg"], row["got"]) for row in rows]


def list_totals(aid_list: AidList) -> dict[str, int]:
    """Lines, đồng and kg of a list, and how many lines are in each state. One query."""
    states = {
        f"n_{state}": Count("pk", filter=Q(state=state)) for state in ("to_give", "given", "absent", "handed_back", "left_out")
    }
    counted = ~Q(state="left_out")
    return aid_list.lines.aggregate(
        lines=Count("pk", filter=counted), vnd=Sum("amount_vnd", filter=counted, default=0),
        kg=Sum("rice_kg", filter=counted, default=0), **states,
    )  # fmt: skip


@dataclass(frozen=True)
class PlaceRow:
    """One list of an occasion, or a commune that has made none yet."""

    unit: Unit
    found: AidList | None
    lines: int = 0
    amount_vnd: int = 0
    rice_kg: int = 0
    given: int = 0
    waiting: int = 0

    @property
    def state(self) -> str:
        return self.found.state if self.found else "none"


def places(occasion: Occasion, units: Sequence[Unit]) -> list[PlaceRow]:
    """Where each commune stands: its lists with their sums, communes without one last. One query.

    Commune by commune: what each has not settled yet is seen at a glance.
    """
    lists = AidList.objects.filter(occasion=occasion).select_related("unit").order_by("unit__name_folded", "number")
    counted = ~Q(lines__state="left_out")
    rows = lists.annotate(
        n=Count("lines", filter=counted), vnd=Sum("lines__amount_vnd", filter=counted, default=0),
        kg=Sum("lines__rice_kg", filter=counted, default=0), got=Count("lines", filter=Q(lines__state="given")),
        wait=Count("lines", filter=Q(lines__state__in=("to_give", "absent"))),
    )  # fmt: skip
    made = [PlaceRow(one.unit, one, one.n, one.vnd, one.kg, one.got, one.wait) for one in rows]
    with_list = {row.unit.pk for row in made}
    if occasion.unit_id:
        return made
    return [*made, *(PlaceRow(unit, None) for unit in units if unit.pk not in with_list)]
