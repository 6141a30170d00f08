"""What a post may do with a petition now, and who may be given one."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.petitions.models import Petition
from ansinh.petitions.queries.register import handles, leads
from ansinh.petitions.workflow import HANDLES, LEADING, PETITION


@dataclass(frozen=True)
class NextAct:
    """One act: its word in the address, its move in the table (empty: the state stays), the words on the button."""

    key: str
    move: str
    label: Any

    def is_open(self, petition: Petition, post: Post, *, instead: Collection[int] = ()) -> bool:
        """Whether the post may do it now, for itself or for who is away."""
        if not handles(post, petition, instead=instead) or (self.move in LEADING and not leads(post, petition)):
            return False
        if self.move:
            return self.move in {move.act for move in PETITION.open_moves(petition.state, post.role)}
        states = {"phan-loai": ("registered",), "giao": ("registered", "admitted"), "gia-han": ("admitted",)}[self.key]
        return (
            leads(post, petition) and petition.state in states and (self.key != "gia-han" or petition.answer_due_on is not None)
        )


NEXT_ACTS = (
    NextAct("thu-ly", "admit", _("Thụ lý")),
    NextAct("ket-qua", "answer", _("Ghi kết quả giải quyết")),
    NextAct("giao", "", _("Giao người giải quyết")),
    NextAct("chuyen", "transfer", _("Chuyển cơ quan có thẩm quyền")),
    NextAct("khong-thu-ly", "refuse", _("Không thụ lý")),
    NextAct("gia-han", "", _("Gia hạn giải quyết")),
    NextAct("phan-loai", "", _("Phân loại lại")),
    NextAct("rut", "withdraw", _("Người gửi rút đơn")),
)


def next_acts(petition: Petition, post: Post, *, instead: Collection[int] = ()) -> list[NextAct]:
    """The acts open to a post now, in the order of the work."""
    return [act for act in NEXT_ACTS if act.is_open(petition, post, instead=instead)]


def possible_handlers(petition: Petition, *, on: date) -> QuerySet[Post]:
    """Who of the office may handle it; of a denunciation about a dossier nobody who worked on that dossier."""
    found = Post.objects.on(on).filter(office=petition.office_id, role__in=HANDLES, user__isnull=False)
    if petition.is_guarded and petition.dossier_id:
        worked = petition.dossier.steps.exclude(post__user=None).values("post__user")
        found = found.exclude(user__in=worked)
    return found.select_related("user", "office").order_by("id")
