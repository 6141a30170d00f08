"""Which papers a list, a stay, a fund has now, and who may print them."""

from __future__ import annotations

from datetime import date

from ansinh.access.models import Office, Post
from ansinh.access.queries import signing_posts
from ansinh.documents.kinds import PaperKind
from ansinh.documents.models import Paper
from ansinh.documents.queries import paper_of
from ansinh.emergency.models import AidList, Protection, ReliefFund
from ansinh.emergency.papers import AID_DECISION, AID_PROPOSAL, AID_REPORT, FUND_NOTICE, PROTECTION_DECISION
from ansinh.emergency.papers.forms_of_law import form_kinds
from ansinh.emergency.workflow import GIVERS, OFFICERS

Subject = AidList | Protection | ReliefFund
PROTECTION = "emergency_protection"
NOUNS = {AidList: "aid_list", Protection: "protection", ReliefFund: "relief_fund"}


def noun_of(subject: Subject) -> str:
    """How journal and papers call it."""
    return NOUNS[type(subject)]


def office_of(subject: Subject) -> Office:
    """The body whose paper it is."""
    if isinstance(subject, AidList):
        return subject.office
    return subject.taken_in_by.office if isinstance(subject, Protection) else subject.opened_by.office


def kinds_of(subject: Subject) -> list[PaperKind]:
    """The papers it has, in the order of the work."""
    if isinstance(subject, Protection):
        return [PROTECTION_DECISION]
    if isinstance(subject, ReliefFund):
        return [FUND_NOTICE]
    found: list[PaperKind] = []
    if subject.occasion.is_relief:
        kinds = list(subject.lines.counted().order_by("kind").values_list("kind", flat=True).distinct())
        found = [*form_kinds(kinds), AID_PROPOSAL]
    return [*found, AID_DECISION, *([AID_REPORT] if subject.decided_on else [])]


def is_open(kind: PaperKind, subject: Subject) -> bool:
    """Whether it may be printed and numbered now: a decision while it awaits its signature."""
    if kind == AID_DECISION:
        return subject.state == "submitted"
    if kind == PROTECTION_DECISION:
        return subject.state == "taken_in"
    return True


def prints(kind: PaperKind, subject: Subject, post: Post) -> bool:
    """Whether this post prints it now."""
    roles = GIVERS if kind in (AID_REPORT, FUND_NOTICE) else OFFICERS
    return post.role in roles and post.office.unit_id == subject.unit_id and is_open(kind, subject)


def current_paper(kind: PaperKind, subject: Subject) -> Paper | None:
    """The paper that is worked on: what was signed before is another one."""
    return paper_of(kind.key, noun=noun_of(subject), about=subject.code, is_open=is_open(kind, subject))


def competence_of(subject: Subject) -> str:
    """The act in the table of competence that decides it. What is published of a fund follows that of lists."""
    if isinstance(subject, Protection):
        return PROTECTION
    return "gifts" if isinstance(subject, AidList) and not subject.occasion.is_relief else "emergency_assistance"


def signers(subject: Subject, *, on: date) -> list[Post]:
    """Posts that may sign its papers on a day: heads, deputies, then who signs TUQ. Never who proposed it."""
    found = list(signing_posts(competence_of(subject), unit_ids=[subject.unit_id], on=on))
    by = proposer_of(subject)
    return [post for post in found if by is None or not (post.pk == by.pk or post.user_id == by.user_id)]


def proposer_of(subject: Subject) -> Post | None:
    """Who put it before the signer, or took the person in."""
    if isinstance(subject, AidList):
        return subject.submitted_by
    return subject.taken_in_by if isinstance(subject, Protection) else None
