"""Signatures within a PDF (PAdES): who signed, when, whether anything was changed since, whom the chain leads to.

A file of a stranger is read in a process of its own with bounded time and memory (`read_apart`): what hangs or blows up there
harms nobody. Nothing is fetched from a network, so revocation is never known here; whoever shows the answer says so.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

SECONDS, MEMORY = 60, 1536 * 1024 * 1024
MOST_SIGNATURES, MOST_PAGES, MOST_TEXT = 30, 400, 4_000_000

# Why a file could not be read to the end.
ENCRYPTED, UNREADABLE, HEAVY = "encrypted", "unreadable", "heavy"


@dataclass(frozen=True)
class Seen:
    """One signature as the file tells it. Moments are ISO 8601; `told_by`: "stamp" of a third party, or the "signer" alone.

    `covers`: the whole "file", a "revision" of it, or a "part". `changes` since: "none", "kept" (time stamps and proofs for keeping),
    "signed" (further signatures, form fields), "changed". `trust`: "root" (the chain leads to one of ours), "unknown", "expired" or "early" at the signing, "revoked".
    """

    field: str
    name: str
    subject: str
    issuer: str
    serial: str
    valid_from: str
    valid_to: str
    signed_at: str
    told_by: str
    is_stamp: bool
    intact: bool
    covers: str
    changes: str
    trust: str
    root: str = ""


@dataclass(frozen=True)
class Reading:
    """What a file holds. `trouble`: why it could not be read, else empty. `starts_as`: the hash of the known file it is made of,
    with nothing but signatures added; empty for any other."""

    signatures: tuple[Seen, ...] = ()
    trouble: str = ""
    starts_as: str = ""
    text: str = ""


def may_be_signed(data: bytes) -> bool:
    """Whether looking is worth the time: a signature names the bytes it covers, and this name cannot be packed."""
    return data.startswith(b"%PDF-") and b"/ByteRange" in data


_REMAINS = re.compile(rb"/FT\s*/Sig\b|/Type\s*/Sig\b|/ByteRange\s*\[")


def had_signatures(data: bytes) -> bool:
    """Whether a PDF without signatures has what is left of one: an empty field to sign in, or a signature that nothing names.

    A file whose signed part was cut off whole is byte for byte what it was before the signing, and fields packed away tell nothing:
    neither can be told from an ordinary scan.
    """
    return data.startswith(b"%PDF-") and _REMAINS.search(data) is not None


def read_apart(data: bytes, *, roots: Sequence[str], now: datetime, known: Iterable[tuple[int, str]] = ()) -> Reading:
    """Read a PDF in a process of its own. `roots` are certificates (PEM) that are trusted; `known` sizes and hashes of our own PDFs."""
    limits = {"memory": MEMORY, "seconds": max(1, int(SECONDS))}
    told = json.dumps({"roots": list(roots), "now": now.isoformat(), "known": list(known), **limits}).encode()
    call = [sys.executable, "-m", __name__]
    try:
        done = subprocess.run(call, input=told + b"\n" + data, capture_output=True, timeout=SECONDS, check=False)
        said = done.stdout
    except subprocess.TimeoutExpired as error:
        said = error.stdout or b""
    lines = [json.loads(line) for line in said.decode().split("\n")[:-1]]
    if not lines:
        return Reading(trouble=HEAVY)
    found = lines[0] | {"signatures": tuple(Seen(**one) for one in lines[0]["signatures"])}
    return Reading(**found, text=lines[1] if len(lines) > 1 else "")


def _main() -> None:
    """The process of its own: a line of questions and the file come in; a line of signatures and a line of text go out."""
    import resource

    told, _line, data = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(told)
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"],) * 2)
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"],) * 2)
    known = [(size, digest) for size, digest in asked["known"]]
    reading = read_signatures(data, roots=asked["roots"], now=datetime.fromisoformat(asked["now"]), known=known)
    answer = asdict(reading)
    del answer["text"]
    print(json.dumps(answer), flush=True)
    if reading.signatures:
        print(json.dumps(text_of(data)), flush=True)


def read_signatures(data: bytes, *, roots: Sequence[str], now: datetime, known: Iterable[tuple[int, str]] = ()) -> Reading:
    """The signatures of a PDF, in the order they were made; none in one that holds none. Never raises for what the file holds."""
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        reader = PdfFileReader(BytesIO(data))
        if reader.encrypted:
            return Reading(trouble=ENCRYPTED)
        found = list(reader.embedded_signatures)
        if len(found) > MOST_SIGNATURES:
            return Reading(trouble=HEAVY)
        seen = tuple(_seen(one, roots, now) for one in found)
        return Reading(seen, starts_as=_starts_as(reader, data, known) if seen else "")
    except (MemoryError, RecursionError):
        return Reading(trouble=HEAVY)
    except Exception:  # noqa: BLE001 - whatever a broken file does to the reader, it is a broken file
        return Reading(trouble=UNREADABLE)


def text_of(data: bytes) -> str:
    """What the pages say; nothing where they cannot be read, or are too many."""
    from pypdf import PdfReader

    try:
        pages = PdfReader(BytesIO(data)).pages
        if len(pages) > MOST_PAGES:
            return ""
        return "\n".join(page.extract_text() for page in pages)[:MOST_TEXT]
    except Exception:  # noqa: BLE001 - no text is an answer: somebody compares by eye
        return ""


def _seen(found: Any, roots: Sequence[str], now: datetime) -> Seen:
    """Check one signature: its bytes, what came after it, its chain at the moment it was made."""
    is_stamp = found.sig_object_type == "/DocTimeStamp"
    at = now if is_stamp else found.self_reported_timestamp
    status = _status(found, is_stamp, roots, at or now)
    told_by = "signer" if at else ""
    stamp = status if is_stamp else status.timestamp_validity
    if stamp and stamp.intact and stamp.valid and (is_stamp or stamp.trusted):
        at, told_by = stamp.timestamp, "stamp"
        status = _status(found, is_stamp, roots, at)
    trust, root = _trust(status, found.signer_cert, at or now)
    certificate = found.signer_cert
    return Seen(
        field=found.field_name, name=_name(certificate.subject), subject=told_name(certificate.subject),
        issuer=told_name(certificate.issuer), serial=f"{certificate.serial_number:X}",
        valid_from=certificate.not_valid_before.isoformat(), valid_to=certificate.not_valid_after.isoformat(),
        signed_at=at.isoformat() if at else "", told_by=told_by, is_stamp=is_stamp,
        intact=bool(status.intact and status.valid and (stamp is None or stamp.intact)),
        covers=_COVERS.get(status.coverage.name, "part"), changes=_changes(status), trust=trust, root=root,
    )  # fmt: skip


def _trust(status: Any, certificate: Any, at: datetime) -> tuple[str, str]:
    """Whether the certificate held at the moment, and the root of ours that its chain leads to."""
    if status.revocation_details is not None:
        return "revoked", ""
    if at > certificate.not_valid_after:
        return "expired", ""
    if at < certificate.not_valid_before:
        return "early", ""
    return ("root", _name(status.validation_path.first.subject)) if status.trusted else ("unknown", "")


_COVERS = {"ENTIRE_FILE": "file", "ENTIRE_REVISION": "revision"}


def _status(found: Any, is_stamp: bool, roots: Sequence[str], at: datetime) -> Any:
    from pyhanko.sign.validation import KeyUsageConstraints, validate_pdf_signature, validate_pdf_timestamp
    from pyhanko_certvalidator import ValidationContext

    trusted = [certificate_of(one) for one in roots]
    context = ValidationContext(trust_roots=trusted, allow_fetching=False, revocation_mode="soft-fail", moment=at)
    if is_stamp:
        return validate_pdf_timestamp(found, validation_context=context)
    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    return validate_pdf_signature(found, signer_validation_context=context, key_usage_settings=usage)


def _changes(status: Any) -> str:
    """What came after the signature: nothing, further signatures and their marks, or a change."""
    from pyhanko.sign.diff_analysis import ModificationLevel

    level = status.modification_level
    if level is None or level > ModificationLevel.FORM_FILLING:
        return "changed"
    return {ModificationLevel.NONE: "none", ModificationLevel.LTA_UPDATES: "kept"}.get(level, "signed")


def _starts_as(reader: Any, data: bytes, known: Iterable[tuple[int, str]]) -> str:
    """The known file that this one begins with, byte for byte, where nothing but signatures came to it since."""
    for size, digest in known:
        if size > len(data) or hashlib.sha256(data[:size]).hexdigest() != digest:
            continue
        try:
            return digest if _only_signed(reader, data[:size]) else ""
        except Exception:  # noqa: BLE001 - what cannot be compared is not known to be the same
            return ""
    return ""


# What a signature writes into the first objects of a file: its field into the catalogue, its mark onto a page.
_SIGNING_WRITES = {
    "/Catalog": {"/AcroForm", "/Extensions", "/Version", "/DSS", "/Perms", "/Metadata"},
    "/Page": {"/Annots"},
}  # fmt: skip


def _only_signed(reader: Any, before: bytes) -> bool:
    """Whether every object of the file before its signatures stands as it was, but for what signing itself writes."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.diff_analysis.commons import compare_dicts

    xrefs, first = reader.xrefs, PdfFileReader(BytesIO(before))
    made_in = first.xrefs.total_revisions
    if (reader.root_ref.idnum, reader.root_ref.generation) != (first.root_ref.idnum, first.root_ref.generation):
        return False
    old = {ref for revision in range(made_in) for ref in xrefs.explicit_refs_in_revision(revision)}
    told = reader.get_historical_resolver(made_in - 1)
    info = reader.trailer_view.raw_get("/Info").reference if "/Info" in reader.trailer_view else None
    for revision in range(made_in, xrefs.total_revisions):
        if old & set(xrefs.refs_freed_in_revision(revision)):
            return False
        for ref in old & set(xrefs.explicit_refs_in_revision(revision)):
            was, now = told(ref), reader.get_object(ref)
            kind = was.get("/Type") if hasattr(was, "get") else None
            if ref == info or kind in ("/XRef", "/ObjStm"):
                continue
            if kind not in _SIGNING_WRITES or not compare_dicts(was, now, _SIGNING_WRITES[kind], raise_exc=False):
                return False
            if kind == "/Page" and not _adds_marks_alone(was, now):
                return False
    return True


def _adds_marks_alone(was: Any, now: Any) -> bool:
    """Whether a page got nothing but the marks of signatures: a note over the text would say something else."""
    before = len(was.get("/Annots", ()))
    return all(one.get_object().get("/FT") == "/Sig" for one in list(now.get("/Annots", ()))[before:])


def _name(name: Any) -> str:
    """The common name, else the whole."""
    return next(iter(_parts(name)), "") or name.human_friendly


def told_name(name: Any) -> str:
    """'Phạm Văn Ký, UBND xã Quỳnh Phụ, Thái Bình': the parts of a name that say who it is, from the nearest."""
    return ", ".join(dict.fromkeys(_parts(name))) or name.human_friendly


def _parts(name: Any) -> list[str]:
    told = name.native
    found = [told.get(key) for key in ("common_name", "organizational_unit_name", "organization_name", "locality_name")]
    return [str(part) for one in found if one for part in (one if isinstance(one, list) else [one])]


def certificate_of(data: str | bytes) -> Any:
    """A certificate in PEM or DER. Raises ValueError for anything else."""
    from asn1crypto import pem, x509

    raw = data.encode() if isinstance(data, str) else data
    if pem.detect(raw):
        _kind, _headers, raw = pem.unarmor(raw)
    return x509.Certificate.load(raw, strict=True)


class NotACertificate(ValueError):
    """A file that is no certificate, or none that may issue others."""


@dataclass(frozen=True)
class Issuer:
    """A certificate that may issue others. The fingerprint is its SHA-256."""

    subject: str
    issuer: str
    fingerprint: str
    valid_from: date
    valid_to: date
    pem: str


def issuer_of(data: bytes) -> Issuer:
    """Read the certificate of an issuer. Raises NotACertificate."""
    from asn1crypto import pem

    try:
        found = certificate_of(data)
        if not found.ca:
            raise NotACertificate
        return Issuer(
            told_name(found.subject), told_name(found.issuer), found.sha256.hex(), found.not_valid_before.date(),
            found.not_valid_after.date(), pem.armor("CERTIFICATE", found.dump()).decode(),
        )  # fmt: skip
    except (ValueError, TypeError, KeyError) as error:
        raise NotACertificate from error


if __name__ == "__main__":
    _main()
