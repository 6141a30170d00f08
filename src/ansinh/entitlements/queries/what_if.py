"""What other levels would cost: the people of the ledger collapsed once to the cases the law tells apart, then asked in milliseconds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ansinh.entitlements.columns import month_facts
from ansinh.entitlements.models import PERSONAL, Entitlement
from ansinh.law.cells import Cells, cells
from ansinh.law.resolutions import Provincial
from ansinh.lawbook.queries import confirmations


@dataclass(frozen=True)
class WhatIf:
    """The cells of a month, and the people only the law person by person can tell about."""

    cells: Cells
    one_by_one: tuple[int, ...]

    def totals(self, levels: Iterable[Provincial] = ()) -> dict[str, tuple[int, int]]:
        """People and đồng a month by category under these levels, without those of `one_by_one`.

        Raises ValueError for a resolution with amounts or groups of its own: no cell tells about those.
        """
        levels = tuple(levels)
        if any(one.amounts or one.groups for one in levels):
            raise ValueError("amounts and groups of a resolution are asked person by person")
        return self.cells.totals(levels)


def what_if(*, unit_ids: Iterable[int], month: date) -> WhatIf:
    """Everybody who lives here and draws something in a month. Two statements; asking for totals costs none."""
    held = Entitlement.objects.in_force(month).filter(person__unit__in=unit_ids, benefit__in=PERSONAL)
    keys = sorted(set(held.values_list("person", flat=True)))
    answers = confirmations()
    facts = month_facts(keys, month, answers)
    asked = facts.asked
    leave_out = facts.recheck.copy()
    leave_out[asked:] = True  # children count with their parents; what they draw themselves is theirs when they are in the ledger
    found = cells(facts.columns, month, answers, leave_out=leave_out)
    return WhatIf(found, tuple(facts.ids[:asked][found.of_row[:asked] < 0].tolist()))
