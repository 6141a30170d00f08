"""Open a dossier, keep its draft, receive it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Office, OfficeKind, Post
from ansinh.dossiers.details import checked
from ansinh.dossiers.models import Channel, Dossier, DossierPaper
from ansinh.dossiers.operations.move import lock, move, write_step
from ansinh.dossiers.workflow import DOSSIER, OFFICERS, OPEN, RECEIVERS
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.law.procedures import ProcedureSheet, load_sheets
from ansinh.people.facts_catalogue import BY_KEY, checked_value
from ansinh.people.models import Person


@dataclass(frozen=True)
class Applicant:
    """Who hands the dossier in: empty where the person does it."""

    name: str = ""
    relation: str = ""
    telephone: str = ""


@transaction.atomic
def open_dossier(
    *,
    procedure: str,
    person: Person,
    by: Post,
    now: datetime,
    case: str = "",
    channel: str = Channel.COUNTER,
    applicant: Applicant | None = None,
    request: str = "",
) -> Dossier:
    """Begin a dossier for a person of the register; it is a draft until it is received.

    Raises AlreadyDone when a dossier of this procedure is open for the person, NotAllowed for a post that receives none.
    """
    if by.role not in RECEIVERS:
        raise NotAllowed(_("Chức vụ này không tiếp nhận hồ sơ."))
    made = _known(procedure, case)
    _refuse_double(made, person)
    given = applicant or Applicant()
    office = Office.objects.filter(unit=person.unit, kind=OfficeKind.COMMUNE).order_by("-id").first() or by.office
    try:
        with transaction.atomic():
            dossier = Dossier.objects.create(
                procedure=procedure, case=case, unit=person.unit, office=office, person=person, channel=channel,
                person_name=person.full_name, sort_key=person.sort_key,
                applicant_name=given.name.strip(), applicant_relation=given.relation.strip(),
                applicant_telephone=given.telephone.strip(), request=request.strip(), opened_by=by, opened_at=now,
            )  # fmt: skip
    except IntegrityError as error:
        raise _words(error, made, person.full_name) from None
    write_step(dossier, "open", source="", by=by, now=now)
    return dossier


def _known(procedure: str, case: str) -> ProcedureSheet:
    made = load_sheets().get(procedure)
    if made is None:
        raise InvalidInput(_("Không có thủ tục này."), field="procedure")
    if case and made.case(case) is None:
        raise InvalidInput(_("Thủ tục này không có trường hợp đã chọn."), field="case")
    return made


def _refuse_double(made: ProcedureSheet, person: Person) -> None:
    if person.same_as_id:
        raise InvalidInput(_("Hồ sơ của người này đã ghi là trùng; hãy chọn hồ sơ được giữ lại."), field="person")
    earlier = Dossier.objects.filter(person=person, procedure=made.key, state__in=("writing", *OPEN)).first()
    if earlier:
        raise AlreadyDone(
            _("%(name)s đang có hồ sơ %(code)s về “%(what)s” (%(state)s).")
            % {
                "name": person.full_name, "code": earlier.shown_code, "what": made.label,
                "state": earlier.get_state_display().lower(),
            }
        )  # fmt: skip


def _words(error: IntegrityError, made: ProcedureSheet, name: str) -> Exception:
    """What the database refused because somebody was quicker, in words."""
    if "one_open_dossier_of_a_kind" in str(error):
        return AlreadyDone(_("Vừa có người khác lập hồ sơ về “%(what)s” cho %(name)s.") % {"what": made.label, "name": name})
    if "one_stop_code_once" in str(error):
        return InvalidInput(_("Mã hồ sơ một cửa này đã ghi cho một hồ sơ khác."), field="one_stop_code")
    return error


@transaction.atomic
def declare(
    *,
    dossier: Dossier,
    facts: dict[str, dict[str, Any]],
    by: Post,
    now: datetime,
    seen: int | None = None,
    case: str | None = None,
    details: dict[str, Any] | None = None,
) -> Dossier:
    """Keep what the person declares and differs from the register: kind → {"value", "since"}. Nothing is written there yet.

    `details`: whom the form names beside the person, and the day of a death the register does not know.

    Raises InvalidInput for a fact no form may ask, or once the declared facts stand in the register.
    """
    held = lock(dossier, seen)
    if by.role not in RECEIVERS:
        raise NotAllowed(_("Chức vụ này không tiếp nhận hồ sơ."))
    if held.accepted_at or held.state not in ("writing", *OPEN):
        raise InvalidInput(_("Điều đã khai đã ghi vào sổ hoặc hồ sơ đã xong; hãy ghi thay đổi ở trang của người này."))
    for kind, told in facts.items():
        if kind not in BY_KEY or BY_KEY[kind].is_sensitive:
            raise InvalidInput(_("Tờ khai không ghi “%(kind)s”; hãy ghi ở trang của người này.") % {"kind": kind}, field=kind)
        checked_value(kind, told["value"])
        if told.get("since"):
            date.fromisoformat(told["since"])
    held.declared = facts
    if details is not None:
        held.details = checked(held.sheet.tells, details)
    if case is not None:
        _known(held.procedure, case)
        held.case = case
    held.save(update_fields=["declared", "details", "case"])
    journal.record(by=by.actor, act="declare_dossier", noun="dossier", key=held.code, detail={"kinds": sorted(facts)}, at=now)
    return held


@transaction.atomic
def receive_dossier(
    *,
    dossier: Dossier,
    received_on: date,
    given: Collection[str],
    by: Post,
    now: datetime,
    one_stop_code: str = "",
    take_up: bool = False,
    seen: int | None = None,
) -> Dossier:
    """Receive a dossier on a day with the papers given: the clock starts, by the law of that day. `take_up`: and verify it oneself.

    Raises InvalidInput for a day that has not come or on which the law had no such procedure, and for a code of the one-stop
    desk that another dossier has; MoveNotAllowed when it was received before.
    """
    held = lock(dossier, seen)
    DOSSIER.find("receive", held.state, by.role)
    if received_on > now.date():
        raise InvalidInput(_("Ngày tiếp nhận chưa tới."), field="received_on")
    held.received_on, held.one_stop_code = received_on, one_stop_code.strip()
    version = held.version
    if version is None:
        raise InvalidInput(_("Vào ngày tiếp nhận, pháp luật chưa có thủ tục này."), field="received_on")
    if by.role in OFFICERS:
        held.holder = by
    try:
        with transaction.atomic():
            held.save(update_fields=["received_on", "one_stop_code", "holder"])
    except IntegrityError as error:
        raise _words(error, held.sheet, held.person_name) from None
    DossierPaper.objects.bulk_create(
        DossierPaper(dossier=held, key=paper.key, label=paper.label, given_on=received_on if paper.key in given else None)
        for paper in version.papers_for(held.case)
    )
    held = move(held, "receive", by=by, now=now)
    return move(held, "verify", by=by, now=now) if take_up else held
