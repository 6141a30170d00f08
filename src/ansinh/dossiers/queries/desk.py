"""What lies on the desk: mine, my office's, due today, overdue, waiting for somebody."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.dossiers.models import Dossier, DossierQuerySet
from ansinh.dossiers.workflow import AT_WORK, OPEN

# The parts of a desk, by the word in the address.
TRAYS = {
    "": _("Đang xử lý"),
    "cua-toi": _("Của tôi"),
    "chua-giao": _("Chưa ai nhận"),
    "hom-nay": _("Đến hạn hôm nay"),
    "qua-han": _("Quá hạn"),
    "cho-bo-sung": _("Chờ bổ sung"),
    "cho-ky": _("Chờ ký"),
    "cho-tra": _("Chờ trả kết quả"),
    "tat-ca": _("Tất cả"),
}
_ALERTS = {"hom-nay": "due", "qua-han": "late"}


def _condition(tray: str, post: Post, on: date, instead: Collection[int]) -> Q:
    return {
        "": Q(state__in=("writing", *OPEN)),
        "cua-toi": Q(state__in=OPEN, holder__in=[post.pk, *instead]) | Q(state="writing", opened_by=post),
        "chua-giao": Q(state__in=OPEN, holder=None),
        "hom-nay": Q(state__in=OPEN, due_on=on),
        "qua-han": Q(state__in=OPEN, due_on__lt=on),
        "cho-bo-sung": Q(state="incomplete"),
        "cho-ky": Q(state="awaiting_signature"),
        "cho-tra": Q(state__in=("decided", "refused")),
        "tat-ca": Q(),
    }[tray]


def desk(tray: str, *, post: Post, on: date, instead: Collection[int] = ()) -> DossierQuerySet:
    """Dossiers of one part of the desk of a post; row security says which communes. `instead`: posts away whose work it does."""
    found = Dossier.objects.select_related("unit", "holder__user")
    return found.filter(_condition(tray if tray in TRAYS else "", post, on, instead))


@dataclass(frozen=True)
class Tray:
    """One part of the desk with how much lies there."""

    key: str
    label: Any
    count: int
    kind: str


def trays(*, post: Post, on: date, instead: Collection[int] = ()) -> list[Tray]:
    """Every part of the desk that is not empty, counted in one query; the whole archive is not counted."""
    keys = [key for key in TRAYS if key != "tat-ca"]
    counts = Dossier.objects.filter(state__in=AT_WORK).aggregate(
        **{f"n{number}": Count("pk", filter=_condition(key, post, on, instead)) for number, key in enumerate(keys)}
    )
    found = [Tray(key, TRAYS[key], counts[f"n{number}"], _ALERTS.get(key, "plain")) for number, key in enumerate(keys)]
    return [tray for tray in found if tray.count or tray.key in ("", "cua-toi")]
