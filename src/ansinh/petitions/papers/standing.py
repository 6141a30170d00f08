"""Which papers a petition has now, and who may sign them."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from ansinh.access.models import Post
from ansinh.documents.kinds import PaperKind
from ansinh.documents.models import Paper
from ansinh.documents.queries import paper_of
from ansinh.petitions.models import Petition
from ansinh.petitions.papers import ADMISSION, ANSWERS, DENUNCIATION_ADMITTED, NOT_ADMITTED, TRANSFER
from ansinh.petitions.workflow import TOPS

_STATES = {"not_admitted": [NOT_ADMITTED], "transferred": [TRANSFER]}


def kinds_of(petition: Petition) -> list[PaperKind]:
    """The papers of the state it is in, in the order of the work."""
    if petition.state not in ("admitted", "answered"):
        return _STATES.get(petition.state, [])
    first = [DENUNCIATION_ADMITTED, ADMISSION] if petition.is_guarded else [ADMISSION]
    return [*first, ANSWERS[petition.kind]]


def is_open(kind: PaperKind, petition: Petition) -> bool:
    """Whether it may be printed: an answer until it is recorded, the others until they are signed."""
    return petition.state == "admitted" if kind in ANSWERS.values() else True


def current_paper(kind: PaperKind, petition: Petition) -> Paper | None:
    """The paper of this kind."""
    return paper_of(kind.key, noun="petition", about=petition.code, is_open=False)


def petition_signers(petition: Petition, *, on: date) -> QuerySet[Post]:
    """The head of the body and deputies."""
    offices = [key for key in (petition.office_id, petition.office.parent_id) if key]
    found = Post.objects.on(on).filter(office__in=offices, role__in=TOPS, user__isnull=False)
    return found.select_related("user", "office").order_by("is_deputy", "id")
