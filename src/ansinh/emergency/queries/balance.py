"""What a list received from each level, what was given from it, what went back, what is left."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum

from ansinh.emergency.models import AidLine, AidList, FundEntry, Resources, SupplyEntry, SupplyKind


@dataclass(frozen=True)
class Balance:
    """One level of resources. `needed` is what the decided lines ask of it, `given` what people received."""

    resources: str
    asked_vnd: int = 0
    asked_kg: int = 0
    received_vnd: int = 0
    received_kg: int = 0
    returned_vnd: int = 0
    returned_kg: int = 0
    needed_vnd: int = 0
    needed_kg: int = 0
    given_vnd: int = 0
    given_kg: int = 0

    @property
    def label(self) -> str:
        return str(Resources(self.resources).label)

    @property
    def is_tracked(self) -> bool:
        """Whether anything was written down as received: only then it must balance (the commune's own budget is the treasury's matter)."""
        return bool(self.received_vnd or self.received_kg or self.returned_vnd or self.returned_kg)

    @property
    def lacking(self) -> tuple[int, int]:
        """Đồng and kilograms needed and not received yet."""
        return max(0, self.needed_vnd - self.received_vnd), max(0, self.needed_kg - self.received_kg)

    @property
    def left_vnd(self) -> int:
        return self.received_vnd - self.given_vnd - self.returned_vnd

    @property
    def left_kg(self) -> int:
        return self.received_kg - self.given_kg - self.returned_kg


def balances(aid_list: AidList) -> list[Balance]:
    """Each level of resources the list has to do with, in the order in which they are turned to. Three queries."""
    found: dict[str, dict[str, int]] = {}

    def put(level: str, **sums: int | None) -> None:
        own = found.setdefault(level, {})
        for key, value in sums.items():
            own[key] = own.get(key, 0) + (value or 0)

    lines = AidLine.objects.counted().filter(list=aid_list).values("resources", "state").order_by()
    for row in lines.annotate(vnd=Sum("amount_vnd"), kg=Sum("rice_kg")):
        put(row["resources"], needed_vnd=row["vnd"], needed_kg=row["kg"])
        if row["state"] == "given":
            put(row["resources"], given_vnd=row["vnd"], given_kg=row["kg"])
    supplies = SupplyEntry.objects.filter(list=aid_list).values("resources", "kind").order_by()
    for row in supplies.annotate(vnd=Sum("amount_vnd"), kg=Sum("rice_kg")):
        name = {SupplyKind.ASKED: "asked", SupplyKind.RECEIVED: "received", SupplyKind.RETURNED: "returned"}[row["kind"]]
        put(row["resources"], **{f"{name}_vnd": row["vnd"], f"{name}_kg": row["kg"]})
    allocated = FundEntry.objects.filter(list=aid_list).aggregate(vnd=Sum("amount_vnd"))["vnd"]
    if allocated:
        put(Resources.FUND, received_vnd=allocated)
    return [Balance(level.value, **found[level.value]) for level in Resources if level.value in found]
