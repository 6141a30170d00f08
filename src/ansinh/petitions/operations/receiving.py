"""Take a petition in, say of what kind it is, admit it or not, give it to somebody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.law.petitions import limit_on
from ansinh.lawbook.queries import calendar
from ansinh.petitions.models import Channel, Kind, Petition, PetitionSender
from ansinh.petitions.operations.move import lock, move, write_step
from ansinh.petitions.queries.about import About
from ansinh.petitions.queries.acts import possible_handlers
from ansinh.petitions.queries.register import leads
from ansinh.petitions.workflow import HEADS, LEADING, OPEN, PETITION, RECEIVES, TOPS
from ansinh.work.operations import notify


@dataclass(frozen=True)
class Sender:
    """Who sends a petition: empty when nobody signed it."""

    name: str = ""
    address: str = ""
    telephone: str = ""


@transaction.atomic
def register_petition(
    *,
    kind: str,
    content: str,
    received_on: date,
    sender: Sender,
    by: Post,
    now: datetime,
    about: About | None = None,
    channel: str = Channel.COUNTER,
    earlier: Petition | None = None,
) -> Petition:
    """Enter a petition into the register; the days to admit it run from the day after receipt. Its heads are told.

    Raises NotAllowed for a post that takes none, InvalidInput for a day ahead, without words, and for a complaint nobody signed.
    """
    if by.role not in RECEIVES or by.office.unit is None:
        raise NotAllowed(_("Chức vụ này không tiếp nhận đơn."))
    if received_on > now.date():
        raise InvalidInput(_("Ngày nhận chưa tới."), field="received_on")
    if not content.strip():
        raise InvalidInput(_("Hãy ghi nội dung đơn."), field="content")
    if kind == Kind.COMPLAINT and not sender.name.strip():
        raise InvalidInput(_("Đơn khiếu nại phải có họ tên người khiếu nại."), field="name")
    told = about or About()
    petition = Petition.objects.create(
        kind=kind, unit=by.office.unit, office=by.office, channel=channel, received_on=received_on, content=content.strip(),
        dossier=told.dossier, decision=told.decision, posting=told.posting, line_code=told.line_code, earlier=earlier,
        received_by=by, received_at=now, admit_due_on=_admit_due(kind, received_on),
    )  # fmt: skip
    PetitionSender.objects.create(
        petition=petition, name=sender.name.strip(), address=sender.address.strip(), telephone=sender.telephone.strip()
    )
    heads = Post.objects.on(now.date()).filter(office=by.office_id, role__in=TOPS if petition.is_guarded else HEADS)
    _tell(petition, list(heads.values_list("pk", flat=True)), "Đơn {code} mới tiếp nhận, chờ xử lý.", by, now)
    write_step(petition, "register", source="", by=by, now=now)
    return petition


def _admit_due(kind: str, received_on: date) -> date | None:
    limit = limit_on(kind, "admit", received_on)
    return limit.due(received_on, calendar()) if limit else None


def _tell(petition: Petition, to: list[int | None], words: str, by: Post, now: datetime) -> None:
    """Neither sender nor content stands in such words."""
    text = words.format(code=petition.code)
    notify(to=to, text=text, noun="petition", about=petition.code, unit=petition.unit, by=by, now=now)


@transaction.atomic
def classify_petition(*, petition: Petition, kind: str, note: str, by: Post, now: datetime, seen: int | None = None) -> Petition:
    """Say that it is of another kind; its days are those of the new kind. Raises NotAllowed, InvalidInput, AlreadyDone."""
    held = lock(petition, by, now, seen)
    if not leads(by, held) or held.state != "registered":
        raise NotAllowed(_("Chỉ thủ trưởng phân loại đơn, khi chưa thụ lý."))
    if held.kind == kind:
        raise AlreadyDone(_("Đơn đã thuộc loại này."))
    before = held.get_kind_display()
    held.kind, held.admit_due_on = kind, _admit_due(kind, held.received_on)
    held.save(update_fields=["kind", "admit_due_on"])
    words = f"{before} → {held.get_kind_display()}. {note.strip()}"
    write_step(held, "classify", source=held.state, by=by, now=now, note=words)
    return held


@transaction.atomic
def assign_petition(*, petition: Petition, to: Post, note: str, by: Post, now: datetime, seen: int | None = None) -> Petition:
    """Give it to somebody of the office to handle. Raises NotAllowed, InvalidInput for who may not handle it, AlreadyDone."""
    held = lock(petition, by, now, seen)
    if not leads(by, held) or held.state not in OPEN:
        raise NotAllowed(_("Chỉ thủ trưởng giao đơn đang giải quyết."))
    if held.holder_id == to.pk:
        raise AlreadyDone(_("Đơn đang do %(who)s giải quyết.") % {"who": to.holder_name})
    if not possible_handlers(held, on=now.date()).filter(pk=to.pk).exists():
        raise InvalidInput(
            _("%(who)s không giải quyết đơn này được: phải là người của cơ quan, không xử lý hồ sơ bị tố cáo.")
            % {"who": to.holder_name},
            field="to",
        )
    held.holder = to
    held.save(update_fields=["holder"])
    _tell(held, [to.pk], "Đơn {code} được giao cho ông, bà giải quyết.", by, now)
    write_step(held, "assign", source=held.state, by=by, now=now, note=f"Giao cho {to.actor.text}. {note}")
    return held


@transaction.atomic
def decide_petition(*, petition: Petition, act: str, note: str, by: Post, now: datetime, seen: int | None = None) -> Petition:
    """Admit, refuse or transfer a registered petition, or note that its sender took it back.

    Admission starts the days to answer. Raises NotAllowed, MoveNotAllowed, InvalidInput without reason or addressee, AlreadyDone.
    """
    held = lock(petition, by, now, seen)
    PETITION.find(act, held.state, by.role)
    if act in LEADING and not leads(by, held):
        raise NotAllowed(_("Chỉ người đứng đầu thụ lý, chuyển hoặc không thụ lý tố cáo."))
    if act == "answer":
        raise NotAllowed(_("Kết quả giải quyết ghi bằng văn bản trả lời."))
    if act == "admit":
        held.admitted_on = now.date()
        limit = limit_on(held.kind, "answer", held.admitted_on)
        held.answer_due_on = limit.due(held.admitted_on, calendar()) if limit else None
        held.save(update_fields=["admitted_on", "answer_due_on"])
    moved = move(held, act, by=by, now=now, note=note)
    _tell(moved, [moved.holder_id, moved.received_by_id], f"Đơn {{code}}: {str(PETITION.states[moved.state]).lower()}.", by, now)
    return moved
