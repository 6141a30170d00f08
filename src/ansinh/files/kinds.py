"""What a file really is, told by its first bytes and never by its name."""

from __future__ import annotations

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PDF = "application/pdf"

_SIGNATURES = (
    (b"%PDF-", PDF),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
SCANS = (PDF, "image/png", "image/jpeg", "image/tiff")


def kind_of(data: bytes) -> str | None:
    """The media type of a scan by its signature; None when it is none we take."""
    return next((kind for start, kind in _SIGNATURES if data.startswith(start)), None)
