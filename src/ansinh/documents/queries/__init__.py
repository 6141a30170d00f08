"""Questions about templates, numbers and the register."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string

from ansinh.access.models import Office, Post, Role
from ansinh.access.queries import sees_sensitive
from ansinh.database.columns import on_day
from ansinh.documents.models import Numbering, NumberSeries, OutgoingEntry, Paper, PaperTemplate, SignedFile, Source
from ansinh.files.models import StoredFile

# Who keeps an office's register and templates: the clerk, and the heads and officers of the unit that drafts.
KEEPERS = (Role.CLERK, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER, Role.DIVISION_HEAD)


def keeps_papers(post: Post, office: Office) -> bool:
    """Whether a post keeps the register and the templates of this very office, or of the body it is a unit of."""
    return post.role in KEEPERS and office.id in (post.office_id, post.office.parent_id)


def template_on(office: Office, kind: str, on: date) -> PaperTemplate | None:
    """The office's own template of a day; None: that of the programme."""
    return PaperTemplate.objects.filter(on_day(on), office=office, kind=kind).select_related("file").first()


def numbering_on(office: Office, on: date) -> Numbering | None:
    """How the office numbers its papers on a day; None: numbers are typed."""
    return Numbering.objects.filter(on_day(on), office=office).first()


def numbers_itself(office: Office, on: date) -> bool:
    """Whether numbers come from the office's own register here."""
    rule = numbering_on(office, on)
    return rule is not None and rule.source == Source.OWN


def series_of(office: Office) -> list[NumberSeries]:
    """The series of an office, newest year first."""
    return list(NumberSeries.objects.filter(office=office).order_by("-year", "series"))


def entry_of(paper: Paper | None) -> OutgoingEntry | None:
    """The number of a paper; None while it has none, or it was given back."""
    return paper.entries.filter(voided_at__isnull=True).first() if paper else None


def signed_file_of(file: StoredFile | None) -> SignedFile | None:
    """What was found of an uploaded file that is signed with a key; None for an ordinary scan."""
    return SignedFile.objects.filter(file=file).first() if file else None


def paper_of(kind: str, *, noun: str, about: str, is_open: bool) -> Paper | None:
    """The newest paper of a kind that something has. `is_open`: of what is drafted anew, an earlier one that was signed is not its paper."""
    found = Paper.objects.filter(noun=noun, about=about, kind=kind)
    return (found.filter(signed_at=None) if is_open else found).order_by("-id").first()


def may_open(paper: Paper, post: Post, *, on: date) -> bool:
    """Whether a post may open what was printed: the room whose paper it is may wall it in beyond places (`ANSINH_PAPER_WALLS`)."""
    if paper.is_sensitive and not sees_sensitive(post):
        return False
    wall = settings.ANSINH_PAPER_WALLS.get(paper.noun)
    return wall is None or import_string(wall)(paper.about, post, on=on)
