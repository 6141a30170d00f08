"""Number and signature of what was printed: the register, the paper and whoever records them say the same."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Office, Post
from ansinh.documents.kinds import kind_of
from ansinh.documents.models import OutgoingEntry, Paper, PaperPrint
from ansinh.documents.operations.numbering import register_typed, take_number
from ansinh.documents.operations.printing import sign_paper
from ansinh.documents.operations.signing import Expected, take_signed_file
from ansinh.documents.queries import entry_of, keeps_papers, numbers_itself
from ansinh.files.models import StoredFile
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput, NotAllowed


@transaction.atomic
def number_printed(*, paper: Paper | None, on: date, by: Post, now: datetime, recipients: str = "") -> OutgoingEntry:
    """Take the number of a printed paper from the register of its office, once it was signed on paper.

    Raises InvalidInput for what was not printed, and what `take_number` raises.
    """
    last = paper.prints.order_by("-number").first() if paper else None
    if paper is None or last is None:
        raise InvalidInput(_("Hãy in văn bản trước khi lấy số."))
    kind = kind_of(paper.kind)
    return take_number(
        office=paper.office, symbol=kind.symbol, kind=kind.word, summary=paper.summary, on=on, by=by, now=now, paper=paper,
        signer=last.signer_name, recipients=recipients, kept_by="VT",
    )  # fmt: skip


def check_number(*, paper: Paper | None, office: Office, number: str, signed_on: date, noun: str = "", about: str = "") -> None:
    """The number and day recorded are those of the register.

    Where the office numbers itself, every paper has its number there: one printed here its own, one printed elsewhere a number
    taken for another paper, which is from now on that of `noun`, `about`. For use inside the operation that records the signature.
    Raises InvalidInput where they differ, or the number is another paper's.
    """
    entry = entry_of(paper)
    if entry is None:
        # Held, so that of two who record it at the same moment the second is refused.
        found = OutgoingEntry.objects.select_for_update(of=("self",))
        other = found.filter(office=office, symbol=number, year=signed_on.year).first()
        if numbers_itself(office, signed_on) and (paper or other is None):
            words = _("Hãy lấy số ở sổ văn bản đi rồi ghi nhận.")
            more = "" if paper else _("Văn bản không in ở đây: “Lấy số cho văn bản khác” trong sổ.")
            raise InvalidInput(f"{words} {more}".strip(), field="number")
        entry = None if other is None else _free(other, paper, noun, about)
    if entry is None:
        return
    if entry.symbol != number:
        raise InvalidInput(_("Số trong sổ văn bản đi là %(symbol)s.") % {"symbol": entry.symbol}, field="number")
    if entry.dated_on != signed_on:
        raise InvalidInput(_("Ngày trong sổ văn bản đi là %(day)s.") % {"day": f"{entry.dated_on:%d/%m/%Y}"}, field="signed_on")
    if entry.paper_id is None and not entry.about:
        entry.noun, entry.about = noun, about
        entry.save(update_fields=["noun", "about"])


def _free(entry: OutgoingEntry, paper: Paper | None, noun: str, about: str) -> OutgoingEntry:
    """A number of the register that may be recorded for this. Raises InvalidInput where it was given back or is another paper's."""
    if entry.voided_at:
        words = _("Số %(number)s đã bỏ trong sổ văn bản đi: %(reason)s.")
        raise InvalidInput(words % {"number": entry.symbol, "reason": entry.void_reason}, field="number")
    if paper or entry.paper_id or not about or (entry.about and (entry.noun, entry.about) != (noun, about)):
        words = _("Số %(number)s trong sổ văn bản đi là của văn bản khác: %(summary)s.")
        raise InvalidInput(words % {"number": entry.symbol, "summary": entry.summary}, field="number")
    return entry


def freeze_signed(
    *, paper: Paper | None, number: str, signed_on: date, signer_name: str, by: Post, now: datetime, print_number: int | None = None,
    scan: StoredFile | None = None, compared: bool = False, told: str = "",
) -> PaperPrint | None:  # fmt: skip
    """Keep the print that was signed as it is; a number typed from elsewhere comes into the register with it.

    A `scan` signed with a key is checked first, and names the print it is made of. `told`: what its text names where nothing was
    printed here; its number where it is not said. For use inside the operation that records the signature. Raises what
    `take_signed_file` raises.
    """
    expected = Expected(paper, told or number, signed_on, signer_name)
    signed = take_signed_file(file=scan, expected=expected, compared=compared, by=by, now=now)
    if paper is None:
        return None
    if entry_of(paper) is None:
        register_typed(
            office=paper.office, symbol=number, kind=kind_of(paper.kind).word, summary=paper.summary, on=signed_on, by=by, now=now,
            paper=paper, signer=signer_name,
        )  # fmt: skip
    return sign_paper(paper=paper, now=now, number=signed.made.number if signed and signed.made else print_number)


@transaction.atomic
def record_signed_paper(
    *, paper: Paper, number: str, signed_on: date, signer_name: str, by: Post, now: datetime, print_number: int | None = None,
    scan: StoredFile | None = None, compared: bool = False,
) -> Paper:  # fmt: skip
    """Record that a paper was signed whose signature changes nothing elsewhere: a notice, a report. By another than who printed it.

    Raises NotAllowed, InvalidInput for a day ahead, a number that is not the register's and a signature with a key that does not hold,
    AlreadyDone.
    """
    held = Paper.objects.select_for_update(of=("self",)).select_related("office", "unit").get(pk=paper.pk)
    if not kind_of(held.kind).is_signed_here or not keeps_papers(by, held.office):
        raise NotAllowed(_("Chữ ký của văn bản này không ghi ở đây, hoặc không thuộc chức vụ của ông, bà."))
    last = held.prints.order_by("-number").select_related("printed_by").first()
    if last is None:
        raise InvalidInput(_("Văn bản chưa in bản nào."))
    if last.printed_by_id == by.pk or (by.user_id and last.printed_by.user_id == by.user_id):
        raise NotAllowed(_("Người in không tự ghi nhận bản đã ký. Hãy nhờ người khác ghi nhận."))
    if signed_on > now.date():
        raise InvalidInput(_("Ngày ký chưa tới."), field="signed_on")
    if not number.strip() or not signer_name.strip():
        raise InvalidInput(_("Hãy ghi số văn bản và người ký."), field="number")
    check_number(paper=held, office=held.office, number=number.strip(), signed_on=signed_on)
    freeze_signed(
        paper=held, number=number.strip(), signed_on=signed_on, signer_name=signer_name, by=by, now=now, print_number=print_number,
        scan=scan, compared=compared,
    )  # fmt: skip
    keep_scan(paper=held, scan=scan)
    journal.record(by=by.actor, act="sign_paper", noun="paper", key=held.code, detail={"number": number.strip()}, at=now)
    held.refresh_from_db()
    return held


def keep_scan(*, paper: Paper, scan: StoredFile | None) -> None:
    """What came back signed stays with the paper, behind its own door. Inside the operation that records the signature."""
    if scan:
        Paper.objects.filter(pk=paper.pk).update(scan=scan)
