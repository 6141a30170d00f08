"""Questions about lists."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from ansinh.imports.kinds import Resting, kind_of
from ansinh.imports.models import Batch, Row
from ansinh.imports.workflow import ROW
from ansinh.kernel.errors import InvalidInput


def counts(batch: Batch) -> dict[str, int]:
    """How many rows are in each state; every state is there."""
    found = dict(batch.rows.values_list("state").annotate(n=Count("id")).order_by())
    return {state: found.get(state, 0) for state in ROW.states}


def law_differs(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Rows where the law of their month says otherwise than the list."""
    return rows.filter(problems__contains=[{"kind": "law"}])


def waiting_rows() -> QuerySet[Row]:
    """Every row that waits to be completed, oldest list first: open until empty."""
    left_over = Q(batch__state="committed", state__in=["ready", "problem", "unsure"])
    return (
        Row.objects.filter(Q(state="set_aside") | left_over)
        .exclude(batch__state="discarded")
        .select_related("batch__unit")
        .order_by("batch_id", "number")
    )


def paper_known(batch: Batch) -> dict:
    """What is known of the decision behind a list: as typed, else as read above the table."""
    if paper := batch.settings.get("paper"):
        return {**paper, "signed_on": date.fromisoformat(paper["signed_on"])}
    above = batch.found_above
    signed_on = above.get("decision_on")
    return {"number": above.get("decision_number", ""), "signed_on": date.fromisoformat(signed_on) if signed_on else None}


def resting_on_list(batch: Batch) -> list[Resting]:
    """What keeps a committed list from being taken back. Raises InvalidInput for a kind that never is."""
    kind = kind_of(batch.layout)
    if kind.resting_on is None or kind.undo is None:
        raise InvalidInput(
            _("“%(kind)s” ghi tiền đã chi, nên không hoàn tác; chỗ sai được sửa bằng dòng truy lĩnh hoặc thu hồi.")
            % {"kind": kind.title}
        )
    return kind.resting_on(batch=batch, rows=list(batch.rows.filter(state="committed")))
