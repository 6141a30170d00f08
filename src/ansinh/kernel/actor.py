"""Who acts, as the journal and the facts write it down: text, never a key."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Actor:
    """`name` of the user, `post` held and `place` of the office at that moment."""

    name: str
    post: str = ""
    place: str = ""

    @property
    def text(self) -> str:
        """'Đỗ Thị Hạnh, Chuyên viên VH-XH, Xã Quỳnh Phụ'."""
        return ", ".join(part for part in (self.name, self.post, self.place) if part)


SYSTEM = Actor("Hệ thống")
