"""Where a paper stands on somebody's desk: to be printed, numbered, recorded as signed. What the pages of papers show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ansinh.access.models import Office, Post
from ansinh.documents.forms import NumberForm
from ansinh.documents.kinds import PaperKind, kind_of
from ansinh.documents.models import OutgoingEntry, Paper, PaperPrint
from ansinh.documents.queries import entry_of, keeps_papers, may_open, numbers_itself, paper_of, template_on


@dataclass(frozen=True)
class Desk:
    """One kind of paper of something. `form`: what printing asks, None where this post prints none."""

    kind: PaperKind
    paper: Paper | None
    entry: OutgoingEntry | None
    prints: Sequence[PaperPrint]
    form: Any = None
    opens: bool = True
    takes_number: bool = False
    has_own_template: bool = False
    number_form: Any = field(default=None)

    @property
    def is_signed(self) -> bool:
        return self.paper is not None and self.paper.signed_at is not None


def desk_of(
    kind: PaperKind, *, noun: str, about: str, office: Office, post: Post, on: date, is_open: bool, form: Any = None
) -> Desk:
    """The desk of one kind of paper. `is_open`: it may still be printed and numbered."""
    paper = paper_of(kind.key, noun=noun, about=about, is_open=is_open)
    entry = entry_of(paper)
    prints = list(paper.prints.select_related("printed_by__user", "word").order_by("-number")) if paper else []
    waits = bool(is_open and prints and entry is None and kind.symbol)
    takes = waits and keeps_papers(post, office) and numbers_itself(office, on)
    return Desk(
        kind, paper, entry, prints, form if is_open else None, paper is None or may_open(paper, post, on=on), takes,
        template_on(office, kind.key, on) is not None, NumberForm(initial={"dated_on": on}) if takes else None,
    )  # fmt: skip


def signing_steps(paper: Paper, post: Post) -> dict[str, bool]:
    """What the page of a paper offers: its number from the register, its signature, where these change nothing elsewhere."""
    kind = kind_of(paper.kind)
    may = kind.is_signed_here and paper.signed_at is None and keeps_papers(post, paper.office)
    return {"records_here": may}
