"""Named errors. Every refusal of an operation is one of these, with a message an officer can read."""

from __future__ import annotations


class AnsinhError(Exception):
    """A refusal an officer can act on. The text is Vietnamese and names what was found and what was expected."""


class InvalidInput(AnsinhError):
    """A value does not fit. `field` names the form field or column, if there is one."""

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field


class NotAllowed(AnsinhError):
    """The actor has no duty, place or competence for this act."""


class MoveNotAllowed(AnsinhError):
    """A workflow table has no such move from the present state."""


class AlreadyDone(AnsinhError):
    """Someone else acted first, or the act was done before."""
