"""What officers confirmed, and what waits to be."""

from __future__ import annotations

from ansinh import law
from ansinh.law.engine.parameters import OpenQuestion
from ansinh.lawbook.models import Confirmation


def confirmations() -> dict[str, str]:
    """The newest confirmed answer of each open question: the overlay handed to the law."""
    rows = Confirmation.objects.order_by("parameter", "-confirmed_at", "-id").distinct("parameter")
    return dict(rows.values_list("parameter", "value"))


def waiting() -> tuple[OpenQuestion, ...]:
    """Open questions nobody has confirmed."""
    return law.unconfirmed(confirmations())


def newest() -> dict[str, Confirmation]:
    """The newest confirmation of each point, with who gave it."""
    rows = Confirmation.objects.order_by("parameter", "-confirmed_at", "-id").distinct("parameter")
    return {row.parameter: row for row in rows.select_related("confirmed_by__user")}
