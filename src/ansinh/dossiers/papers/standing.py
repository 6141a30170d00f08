"""Which papers a dossier has to print now, and what was printed."""

from __future__ import annotations

from datetime import date

from ansinh.access.models import Post
from ansinh.access.queries import sees_sensitive
from ansinh.documents.kinds import PaperKind
from ansinh.documents.letterhead import signing, title_in_one_line
from ansinh.documents.models import Paper, PaperPrint
from ansinh.documents.notice import NOTICE
from ansinh.documents.queries import entry_of, keeps_papers, numbers_itself
from ansinh.dossiers.models import Dossier, Proposal
from ansinh.dossiers.papers import COMPLETION, RECEIPT
from ansinh.dossiers.papers.slips import refusal_signers
from ansinh.dossiers.workflow import OFFICERS, RECEIVERS


def printable(dossier: Dossier, post: Post) -> list[PaperKind]:
    """The papers a post may print of a dossier as it stands. A dossier of the one-stop desk has its receipt from there."""
    kinds = []
    if post.role in RECEIVERS and dossier.is_open and not dossier.one_stop_code:
        kinds.append(RECEIPT)
    if post.role in RECEIVERS and dossier.state == "incomplete":
        kinds.append(COMPLETION)
    if awaits_refusal(dossier) and post.role in OFFICERS and sees_sensitive(post):
        kinds.append(NOTICE)
    return kinds


def awaits_refusal(dossier: Dossier) -> bool:
    """Whether a refusal lies before the person who signs."""
    return dossier.proposal == Proposal.REFUSAL and dossier.state == "awaiting_signature"


def unsigned_refusal(dossier: Dossier) -> Paper | None:
    """The refusal that is worked on, where it was printed here."""
    found = Paper.objects.filter(noun="dossier", about=dossier.code, kind=NOTICE.key, signed_at=None)
    return found.order_by("-id").first()


def takes_number(dossier: Dossier, post: Post, *, on: date) -> bool:
    """Whether this post takes the number of the printed refusal from the register now."""
    if not awaits_refusal(dossier) or not keeps_papers(post, dossier.office) or not numbers_itself(dossier.office, on):
        return False
    paper = unsigned_refusal(dossier)
    return paper is not None and entry_of(paper) is None


def paper_of(dossier: Dossier, kind: str) -> Paper | None:
    """The newest paper of a kind that belongs to a dossier."""
    return Paper.objects.filter(noun="dossier", about=dossier.code, kind=kind).order_by("-id").first()


def signers_of_refusal(dossier: Dossier, post: Post, *, on: date) -> list[Post]:
    """Who may be chosen to sign the refusal, for a post that may print it now."""
    return refusal_signers(dossier, on=on) if NOTICE in printable(dossier, post) else []


def printed_signer(dossier: Dossier, name: str) -> Post | None:
    """The post that a print of the refusal named, where its name is the one that signed."""
    found = PaperPrint.objects.filter(paper__noun="dossier", paper__about=dossier.code, paper__kind=NOTICE.key)
    made = found.filter(signer_name=name.strip()).exclude(signer=None).select_related("signer__office").order_by("-id").first()
    return made.signer if made else None


def printed(dossier: Dossier) -> list[PaperPrint]:
    """Everything printed of a dossier, newest first. One query."""
    found = PaperPrint.objects.filter(paper__noun="dossier", paper__about=dossier.code).select_related("paper", "word")
    return list(found.order_by("-id"))


def signed_refusal(dossier: Dossier, *, on: date) -> dict[str, object]:
    """What the signed refusal says as far as it is known: signer and number of the print; unprinted, whoever is competent."""
    paper = paper_of(dossier, NOTICE.key)
    if paper and (last := paper.prints.order_by("-number").first()):
        entry = entry_of(paper)
        known = {"number": entry.symbol, "signed_on": entry.dated_on} if entry else {}
        return {**known, "signer_name": last.signer_name, "signer_title": last.signer_title}
    head = next(iter(refusal_signers(dossier, on=on)), None)
    return {"signer_name": head.user.full_name, "signer_title": title_in_one_line(signing(head))} if head else {}
