"""Questions about files."""

from __future__ import annotations

from ansinh.files import storage
from ansinh.files.models import StoredFile

# Papers may tell an illness, or who denounces: their own door asks who may know.
OWN_DOOR = ("paper",)


def read(stored: StoredFile) -> bytes:
    """The bytes of a stored file. Raises InvalidInput when they were purged."""
    return storage.read(stored.sha256)
