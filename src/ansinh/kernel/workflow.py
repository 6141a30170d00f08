"""A state machine as one table: act, from, to, who. Buttons, drawings and test lists come from the table."""

from __future__ import annotations

from dataclasses import dataclass, field

from ansinh.kernel.errors import MoveNotAllowed, NotAllowed
from ansinh.kernel.words import gettext as _


@dataclass(frozen=True)
class Move:
    """One row of the table. `roles` are the posts that may do it; `label` is the words on the button."""

    act: str
    sources: tuple[str, ...]
    target: str
    roles: tuple[str, ...]
    label: str
    needs_note: bool = False


@dataclass(frozen=True)
class Workflow:
    """All states (code → words on the screen) and moves of one noun."""

    noun: str
    states: dict[str, str]
    start: str
    moves: tuple[Move, ...] = field(default_factory=tuple)

    def __post_init__(self) -> None:
        named = {s for move in self.moves for s in (*move.sources, move.target)} | {self.start}
        if unknown := named - self.states.keys():
            raise ValueError(f"{self.noun}: unknown states {sorted(unknown)}")

    def find(self, act: str, state: str, role: str | None = None) -> Move:
        """The move `act` from `state`. Raises MoveNotAllowed, or NotAllowed when the role may not do it."""
        for move in self.moves:
            if move.act == act and state in move.sources:
                if role is not None and role not in move.roles:
                    raise NotAllowed(_("Chức vụ này không được thực hiện việc “%(act)s”.") % {"act": move.label})
                return move
        raise MoveNotAllowed(
            _("Không thể thực hiện “%(act)s” khi đang ở trạng thái “%(state)s”.")
            % {"act": next((move.label for move in self.moves if move.act == act), act), "state": self.states.get(state, state)}
        )

    def open_moves(self, state: str, role: str) -> list[Move]:
        """What this role may do now, in table order."""
        return [m for m in self.moves if state in m.sources and role in m.roles]

    @property
    def choices(self) -> list[tuple[str, str]]:
        return list(self.states.items())
