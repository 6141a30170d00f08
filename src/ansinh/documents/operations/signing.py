"""PDFs signed with a key: what came back is checked, compared with the paper it should be, and kept with what was found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.documents.models import Paper, PaperPrint, Sameness, SignedFile
from ansinh.documents.queries.signatures import DOUBTS, day_of, fault_of, look_at
from ansinh.files.kinds import PDF
from ansinh.files.models import StoredFile
from ansinh.files.queries import read
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.folding import fold
from ansinh.rendering.same_text import says, says_the_same
from ansinh.rendering.signed_pdf import Reading, Seen, had_signatures, may_be_signed


class NeedsComparing(InvalidInput):
    """The signatures hold, but whether this is the right paper has to be said by whoever records it."""

    def __init__(self, doubts: Sequence[str], found: Sequence[Seen]) -> None:
        told = " ".join(str(DOUBTS[one]) for one in doubts)
        names = ", ".join(dict.fromkeys(one.name for one in found)) or _("không có")
        words = _("%(doubts)s Chữ ký trong tệp: %(names)s. Hãy mở tệp, đối chiếu với văn bản này rồi đánh dấu ô dưới đây.")
        super().__init__(words % {"doubts": told, "names": names}, field="compared")
        self.doubts = tuple(doubts)


@dataclass(frozen=True)
class Expected:
    """What the signed file should be: the paper printed here where there is one, its number and day, and who signed."""

    paper: Paper | None
    symbol: str
    dated_on: date
    signer_name: str


def take_signed_file(
    *, file: StoredFile | None, expected: Expected, compared: bool, by: Post, now: datetime
) -> SignedFile | None:  # fmt: skip
    """Check the signatures of an uploaded PDF and keep what was found; None for an ordinary scan. Inside the operation that records.

    Raises InvalidInput for a broken, changed, expired or unreadable signature and for our own print with no signature at all;
    NeedsComparing while it cannot be told that the file is this paper, or its signature was taken out of it, and nobody has said
    that they compared (`compared`).
    """
    if file is None or file.media_type != PDF:
        return None
    if expected.paper and expected.paper.prints.filter(pdf__sha256=file.sha256).exists():
        raise InvalidInput(_("Tệp này là đúng bản PDF đã in ở đây, chưa có chữ ký nào. Hãy gửi bản đã ký."), field="scan")
    data = read(file)
    kept = _taken(file, data, expected, compared, by, now) if may_be_signed(data) else None
    if kept is None and had_signatures(data):
        _stripped(file, compared, by, now)
    return kept


def _stripped(file: StoredFile, compared: bool, by: Post, now: datetime) -> None:
    """Something is left of a signature and no signature: whoever records it says that they compared the paper."""
    if not compared:
        raise NeedsComparing(["stripped"], [])
    detail = {"doubts": ["stripped"], "sha256": file.sha256}
    journal.record(by=by.actor, act="compare_signed_file", noun="stored_file", key=str(file.token), detail=detail, at=now)


@transaction.atomic
def _taken(
    file: StoredFile, data: bytes, expected: Expected, compared: bool, by: Post, now: datetime
) -> SignedFile | None:  # fmt: skip
    prints = list(expected.paper.prints.select_related("pdf", "word").order_by("-number")) if expected.paper else []
    found = look_at(data, on=now, prints=prints)
    persons = [one for one in found.signatures if not one.is_stamp]
    if not persons:
        return None
    if trouble := fault_of(found):
        raise InvalidInput(trouble, field="scan")
    same_as, made = _same_as(found, prints, expected.symbol)
    doubts = list(_doubts(found, persons, same_as, expected))
    if doubts and not compared:
        raise NeedsComparing(doubts, persons)
    kept = SignedFile.objects.create(
        file=file, paper=expected.paper, made=made, signatures=[asdict(one) for one in found.signatures],
        same_as=Sameness.EYE if "text" in doubts else same_as, doubts=doubts, checked_by=by, checked_at=now,
    )  # fmt: skip
    act = "compare_signed_file" if doubts else "check_signed_file"
    journal.record(
        by=by.actor, act=act, noun="signed_file", key=kept.code, detail={"doubts": doubts, "sha256": file.sha256}, at=now
    )
    return kept


def _same_as(found: Reading, prints: Sequence[PaperPrint], symbol: str) -> tuple[str, PaperPrint | None]:
    """How it is known to be this paper, and which print of it; an empty word when it is not known."""
    for one in prints:
        if one.pdf and one.pdf.sha256 == found.starts_as:
            return Sameness.FILE, one
    for one in prints:
        if says_the_same(read(one.word), found.text):
            return Sameness.TEXT, one
    return (Sameness.NUMBER, None) if not prints and says(found.text, symbol) else ("", None)


def _doubts(found: Reading, persons: Sequence[Seen], same_as: str, expected: Expected):
    if not same_as:
        yield "text"
    if same_as == Sameness.TEXT and not says(found.text, expected.symbol):
        yield "number"
    signer = fold(expected.signer_name)
    if not any(signer in fold(one.name) or fold(one.name) in signer for one in persons):
        yield "name"
    days = [day_of(one.signed_at) for one in persons if one.signed_at]
    if days and min(days) > expected.dated_on:
        yield "day"
