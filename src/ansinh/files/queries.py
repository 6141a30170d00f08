"""Questions about files."""

from __future__ import annotations

from ansinh.files import storage
from ansinh.files.models import StoredFile


def read(stored: StoredFile) -> bytes:
    """The bytes of a stored file. Raises InvalidInput when they were purged."""
    return storage.read(stored.sha256)
