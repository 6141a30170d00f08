"""Take a dossier up, give it to somebody else, take it back on the person's wish."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post, Role
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.operations.move import lock, move, write_step
from ansinh.dossiers.workflow import DOSSIER, OFFICERS
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed

ASSIGNS = (Role.COMMUNE_HEAD, Role.COMMUNE_OFFICER)


@transaction.atomic
def take_up_dossier(*, dossier: Dossier, by: Post, now: datetime, seen: int | None = None) -> Dossier:
    """An officer takes a received dossier up; from then on it is theirs."""
    held = lock(dossier, seen)
    DOSSIER.find("verify", held.state, by.role)
    held.holder = by
    held.save(update_fields=["holder"])
    return move(held, "verify", by=by, now=now)


@transaction.atomic
def reassign_dossier(*, dossier: Dossier, to: Post, note: str, by: Post, now: datetime, seen: int | None = None) -> Dossier:
    """Give an open dossier to another officer of the same office, or back from somebody who is away. The state stays.

    Raises NotAllowed for a post that assigns nothing, InvalidInput for somebody of another office, AlreadyDone when they hold it.
    """
    held = lock(dossier, seen)
    if by.role not in ASSIGNS:
        raise NotAllowed(_("Chức vụ này không giao hồ sơ."))
    if not held.is_open:
        raise InvalidInput(_("Hồ sơ không còn đang xử lý."))
    if to.office_id != held.office_id or to.role not in OFFICERS:
        raise InvalidInput(_("Chỉ giao cho người xử lý hồ sơ của cùng cơ quan."), field="to")
    if held.holder_id == to.pk:
        raise AlreadyDone(_("Hồ sơ đang do %(who)s xử lý.") % {"who": to.actor.text})
    held.holder = to
    held.save(update_fields=["holder"])
    write_step(held, "reassign", source=held.state, by=by, now=now, note=f"Giao cho {to.actor.text}. {note}")
    return held


@transaction.atomic
def withdraw_dossier(*, dossier: Dossier, note: str, by: Post, now: datetime, seen: int | None = None) -> Dossier:
    """The person takes the request back, or a draft is thrown away; with the reason, and still readable."""
    return move(lock(dossier, seen), "withdraw", by=by, now=now, note=note)
