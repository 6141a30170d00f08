"""Where the bytes lie: one file per content, named by its hash, in the files folder outside the database."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from ansinh.kernel.errors import InvalidInput


def path_of(sha256: str) -> Path:
    """The file of this content; two levels of folders keep each folder small."""
    return Path(settings.ANSINH_FILES) / sha256[:2] / sha256[2:4] / sha256


def write(sha256: str, data: bytes) -> None:
    """Write once and whole: a half-written file never carries the name of its hash."""
    target = path_of(sha256)
    if target.exists():
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=target.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        Path(temporary).replace(target)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)  # on a full disk nothing half-written takes the last of the room
        raise
    _keep_name(target.parent)


def _keep_name(folder: Path) -> None:
    """The name of a new file outlives a power cut only when its folder is written too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read(sha256: str) -> bytes:
    """The bytes. Raises InvalidInput when they were purged or are missing."""
    try:
        return path_of(sha256).read_bytes()
    except FileNotFoundError:
        raise InvalidInput(_("Không còn nội dung của tệp này trong kho tệp.")) from None


def remove(sha256: str) -> None:
    path_of(sha256).unlink(missing_ok=True)
