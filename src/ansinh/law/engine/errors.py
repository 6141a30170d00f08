"""Errors of the law files and of questions the law cannot answer."""

from __future__ import annotations

from ansinh.kernel.errors import AnsinhError


class LawFileError(AnsinhError):
    """A law file breaks its schema, contradicts itself or leaves a gap."""


class CaseFileError(AnsinhError):
    """A file of worked cases does not fit the format and is refused whole."""


class NotAnswerable(AnsinhError):
    """The facts given do not let the question be answered (for example: no decision to count from)."""
