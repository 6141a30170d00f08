"""Acts on files: store, purge."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Office, Post
from ansinh.files import storage
from ansinh.files.kinds import SCANS, kind_of
from ansinh.files.models import StoredFile
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.localities.models import Unit

SCAN_LIMIT = 20 * 1024 * 1024


@transaction.atomic
def store(
    *,
    name: str,
    data: bytes,
    media_type: str,
    purpose: str,
    unit: Unit | None,
    by: Post | None,
    now: datetime,
    keep_until: date | None = None,
    given_to: Office | None = None,
) -> StoredFile:
    """Keep a file: bytes under their hash, a row that says whose they are, and which office outside may take it."""
    sha256 = hashlib.sha256(data).hexdigest()
    storage.write(sha256, data)
    return StoredFile.objects.create(
        token=uuid.uuid4(),
        name=name[:200],
        media_type=media_type,
        size=len(data),
        sha256=sha256,
        purpose=purpose,
        unit=unit,
        stored_by=by,
        stored_at=now,
        keep_until=keep_until,
        given_to=given_to,
    )


def store_scan(*, name: str, data: bytes, purpose: str, unit: Unit | None, by: Post, now: datetime) -> StoredFile:
    """Keep the scan of a signed paper. Raises InvalidInput unless it is a PDF or a picture of at most 20 MB."""
    if len(data) > SCAN_LIMIT:
        raise InvalidInput(
            _("Tệp “%(name)s” nặng %(size)d MB, tối đa 20 MB. Hãy quét ở độ phân giải thấp hơn.")
            % {"name": name, "size": len(data) // 1024 // 1024},
            field="scan",
        )
    kind = kind_of(data)
    if kind not in SCANS:
        raise InvalidInput(
            _("Tệp “%(name)s” không phải là bản quét. Hãy chọn tệp PDF, JPG, PNG hoặc TIFF.") % {"name": name},
            field="scan",
        )
    return store(name=name, data=data, media_type=kind, purpose=purpose, unit=unit, by=by, now=now)


@transaction.atomic
def purge(*, stored: StoredFile, by: Post, now: datetime) -> None:
    """Remove the bytes of a file whose keeping ended; the row stays. Bytes another row still needs are kept."""
    if stored.purged_at:
        raise AlreadyDone(_("Tệp này đã được xóa nội dung trước đó."))
    stored.purged_at = now
    stored.save(update_fields=["purged_at"])
    if not StoredFile.objects.filter(sha256=stored.sha256, purged_at__isnull=True).exists():
        transaction.on_commit(lambda: storage.remove(stored.sha256))
    journal.record(by=by.actor, act="purge", noun="stored_file", key=str(stored.token), at=now)
