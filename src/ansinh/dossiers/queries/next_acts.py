"""What a post may do with a dossier now: the buttons of its page, from the table of moves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Post
from ansinh.dossiers.models import Dossier, Proposal
from ansinh.dossiers.operations.answering import worked_on
from ansinh.dossiers.operations.working import ASSIGNS
from ansinh.dossiers.workflow import DOSSIER, OFFICERS, RECEIVERS


@dataclass(frozen=True)
class NextAct:
    """One act: its word in the address, the words on the button, and when it is open beside what the table of moves says.

    `at_once`: nothing is asked, so the button of the dossier's page does it.
    """

    key: str
    move: str
    label: Any
    fits: Callable[[Dossier, Post], bool] = lambda dossier, post: True
    is_quiet: bool = False
    at_once: bool = False

    def is_open(self, dossier: Dossier, post: Post) -> bool:
        """Whether the post may do it now."""
        if self.move and self.move not in {move.act for move in DOSSIER.open_moves(dossier.state, post.role)}:
            return False
        return self.fits(dossier, post)


def _undeclared(dossier: Dossier, post: Post) -> bool:
    working = dossier.state in ("verifying", "returned") and post.role in OFFICERS
    return working and dossier.changes_register and dossier.accepted_at is None


def _refusing(dossier: Dossier, post: Post) -> bool:
    return dossier.proposal == Proposal.REFUSAL and not worked_on(dossier, post)


NEXT_ACTS = (
    NextAct("tiep-nhan", "receive", _("Tiếp nhận")),
    NextAct("xac-minh", "verify", _("Nhận xác minh"), at_once=True),
    NextAct("du-giay", "complete", _("Đã bổ sung đủ")),
    NextAct("ghi-so", "", _("Ghi điều đã khai vào sổ"), _undeclared, at_once=True),
    NextAct("ghi-tu-choi", "refuse", _("Ghi nhận văn bản từ chối đã ký"), _refusing),
    NextAct("tra-ket-qua", "deliver", _("Trả kết quả")),
    NextAct("bo-sung", "ask", _("Yêu cầu bổ sung")),
    NextAct("tu-choi", "submit", _("Đề nghị từ chối")),
    NextAct("tra-lai", "return", _("Trả lại"), lambda dossier, post: dossier.proposal == Proposal.REFUSAL),
    NextAct("giay-to", "", _("Ghi giấy tờ đã nộp"), lambda d, post: d.is_open and post.role in RECEIVERS, is_quiet=True),
    NextAct("giao", "", _("Giao người khác xử lý"), lambda d, post: d.is_open and post.role in ASSIGNS, is_quiet=True),
    NextAct("rut", "withdraw", _("Rút hồ sơ"), is_quiet=True),
)  # fmt: skip


def next_acts(dossier: Dossier, post: Post) -> list[NextAct]:
    """The acts open to a post now, in the order of the work."""
    return [act for act in NEXT_ACTS if act.is_open(dossier, post)]


def may_propose(dossier: Dossier, post: Post) -> bool:
    """Whether the post may draft the decision of the dossier now: declared facts stand in the register by then."""
    moves = {move.act for move in DOSSIER.open_moves(dossier.state, post.role)}
    return "submit" in moves and not _undeclared(dossier, post)


def may_declare(dossier: Dossier, post: Post) -> bool:
    """Whether the post may still write down what the person declares."""
    return post.role in RECEIVERS and dossier.accepted_at is None and (dossier.state == "writing" or dossier.is_open)


def may_open(post: Post) -> bool:
    """Whether the post receives dossiers at all."""
    return post.role in RECEIVERS
