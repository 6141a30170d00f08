"""Take somebody in danger in at once, record the decision, end the care with what it cost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ansinh.access.models import OfficeKind, Post
from ansinh.documents import operations as documents
from ansinh.emergency.models import CareKind, Ground, Protection, Transport
from ansinh.emergency.operations.deciding import Signature, check_signature
from ansinh.emergency.papers import PROTECTION_DECISION
from ansinh.emergency.papers.standing import PROTECTION as PROTECTION_COMPETENCE
from ansinh.emergency.papers.standing import current_paper
from ansinh.emergency.workflow import OFFICERS, PROTECTION
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.law.benefits.one_off.relief import protection_ends
from ansinh.people.models import Person


@dataclass(frozen=True)
class Arrival:
    """Who is taken in, on which ground, by whom they are cared for."""

    name: str
    ground: str
    taken_in_on: date
    care_kind: str
    carer: str
    care_place: str = ""
    born_text: str = ""
    person: Person | None = None


@dataclass(frozen=True)
class Costs:
    """What the stay cost beside food: bringing home, treatment."""

    transport: str = ""
    fare_vnd: int = 0
    km: int = 0
    fuel_vnd: int = 0
    treatment_vnd: int = 0
    is_insured: bool = False


@transaction.atomic
def take_in(*, arrival: Arrival, by: Post, now: datetime) -> Protection:
    """Take somebody in on the spot; the decision follows. Raises AlreadyDone for somebody who is cared for already."""
    if by.role not in OFFICERS or by.office.kind != OfficeKind.COMMUNE:
        raise NotAllowed(_("Chức vụ này không tiếp nhận đối tượng bảo vệ khẩn cấp."))
    name = arrival.person.full_name if arrival.person else " ".join(arrival.name.split())
    if not name:
        raise InvalidInput(_("Hãy ghi họ tên, hoặc đặc điểm nếu chưa biết tên."), field="name")
    if arrival.taken_in_on > now.date():
        raise InvalidInput(_("Ngày tiếp nhận chưa tới."), field="taken_in_on")
    if arrival.ground not in Ground or arrival.care_kind not in CareKind or not arrival.carer.strip():
        raise InvalidInput(_("Hãy ghi nhóm đối tượng và nơi, người chăm sóc."), field="carer")
    protection_ends(arrival.taken_in_on)
    try:
        with transaction.atomic():
            made = Protection.objects.create(
                unit=by.office.unit, person=arrival.person, name=name, born_text=arrival.born_text.strip(), ground=arrival.ground,
                taken_in_on=arrival.taken_in_on, care_kind=arrival.care_kind, carer=arrival.carer.strip(),
                care_place=arrival.care_place.strip(), taken_in_by=by, taken_in_at=now,
            )  # fmt: skip
    except IntegrityError:
        raise AlreadyDone(_("%(name)s đang được bảo vệ khẩn cấp.") % {"name": name}) from None
    journal.record(by=by.actor, act="take_in", noun="protection", key=made.code, at=now)
    return made


def _lock(protection: Protection) -> Protection:
    found = Protection.objects.select_for_update(of=("self",)).select_related("unit", "taken_in_by__user", "taken_in_by__office")
    return found.get(pk=protection.pk)


def _move(held: Protection, act: str, *, by: Post, now: datetime, note: str = "") -> Protection:
    """Take one step of the table and write it down: the only writer of the state."""
    step = PROTECTION.find(act, held.state, by.role)
    if step.needs_note and not note.strip():
        raise InvalidInput(_("Hãy ghi nội dung."), field="outcome")
    source, held.state = held.state, step.target
    held.save()
    detail = {"from": source, "to": step.target}
    journal.record(by=by.actor, act=f"{act}_protection", noun="protection", key=held.code, detail=detail, at=now)
    return held


@transaction.atomic
def decide_protection(*, protection: Protection, signature: Signature, by: Post, now: datetime) -> Protection:
    """Record the signed decision on the care. Never by whoever took the person in; by the post competent on that day."""
    held = _lock(protection)
    PROTECTION.find("decide", held.state, by.role)
    if held.taken_in_by_id == by.pk or (by.user_id and held.taken_in_by.user_id == by.user_id):
        raise NotAllowed(_("Người tiếp nhận không tự ghi nhận quyết định."))
    check_signature(signature, PROTECTION_COMPETENCE, by=held.taken_in_by, unit_id=held.unit_id)
    if not held.taken_in_on <= signature.signed_on <= now.date():
        raise InvalidInput(_("Ngày ký phải từ ngày tiếp nhận đến hôm nay."), field="signed_on")
    paper = current_paper(PROTECTION_DECISION, held)
    office = held.taken_in_by.office
    known = {"paper": paper, "number": signature.number.strip(), "signed_on": signature.signed_on}
    documents.check_number(office=office, noun="protection", about=held.code, **known)
    held.decision_number, held.decided_on = signature.number.strip(), signature.signed_on
    held.signer, held.signer_name, held.scan = signature.signer, signature.signer.actor.name, signature.scan
    documents.freeze_signed(
        signer_name=held.signer_name, by=by, now=now, print_number=signature.print_number,
        scan=held.scan, compared=signature.compared, **known,
    )  # fmt: skip
    return _move(held, "decide", by=by, now=now)


@transaction.atomic
def end_protection(
    *, protection: Protection, ended_on: date, outcome: str, costs: Costs, by: Post, now: datetime
) -> Protection:  # fmt: skip
    """End the care on its last day, with where the person went and what it cost. Three months at most by the law."""
    held = _lock(protection)
    PROTECTION.find("end", held.state, by.role)
    latest = protection_ends(held.taken_in_on)
    if not held.taken_in_on <= ended_on <= now.date():
        raise InvalidInput(_("Ngày kết thúc phải từ ngày tiếp nhận đến hôm nay."), field="ended_on")
    if ended_on > latest:
        words = _("Chăm sóc khẩn cấp không quá 03 tháng: đến %(day)s. Sau đó chuyển gia đình khác hoặc cơ sở.")
        raise InvalidInput(words % {"day": f"{latest:%d/%m/%Y}"}, field="ended_on")
    if costs.transport not in Transport or min(costs.fare_vnd, costs.km, costs.fuel_vnd, costs.treatment_vnd) < 0:
        raise InvalidInput(_("Chi phí không đọc được."), field="fare_vnd")
    held.ended_on, held.outcome = ended_on, outcome.strip()
    held.transport, held.fare_vnd, held.km, held.fuel_vnd = costs.transport, costs.fare_vnd, costs.km, costs.fuel_vnd
    held.treatment_vnd, held.is_insured = costs.treatment_vnd, costs.is_insured
    return _move(held, "end", by=by, now=now, note=outcome)
