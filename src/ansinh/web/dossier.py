"""Everything the page of a dossier shows: papers, clock, steps, what was declared, the law, its decision, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ansinh.access.models import Post
from ansinh.documents.kinds import PaperKind
from ansinh.documents.models import PaperPrint, SignedFile
from ansinh.documents.queries import signed_file_of
from ansinh.dossiers import queries
from ansinh.dossiers.models import Dossier, DossierPaper, DossierStep, Posting
from ansinh.dossiers.queries import NextAct
from ansinh.dossiers.queries.told import ToldClock, ToldFact
from ansinh.entitlements.models import Decision
from ansinh.people.models import Person
from ansinh.petitions.models import Petition
from ansinh.petitions.queries import petitions_about


@dataclass(frozen=True)
class DossierPage:
    """What the template needs; it asks the database nothing."""

    dossier: Dossier
    person: Person | None
    clock: ToldClock | None
    papers: Sequence[DossierPaper]
    steps: Sequence[DossierStep]
    facts: Sequence[ToldFact]
    decisions: Sequence[Decision]
    acts: Sequence[NextAct]
    printable: Sequence[PaperKind]
    printed: Sequence[PaperPrint]
    may_propose: bool
    may_declare: bool
    petitions: Sequence[Petition] = ()
    postings: Sequence[Posting] = ()
    signers: Sequence[Post] = ()
    signed: SignedFile | None = None
    takes_number: bool = False

    @property
    def standing(self) -> Decision | None:
        """The draft or signed decision that answers the dossier."""
        return next((one for one in self.decisions if one.state in ("draft", "signed")), None)

    @property
    def loud(self) -> list[NextAct]:
        """The acts of the day's work; the rarer ones stand in a fold."""
        return [act for act in self.acts if not act.is_quiet]

    @property
    def quiet(self) -> list[NextAct]:
        """The rarer acts."""
        return [act for act in self.acts if act.is_quiet]

    @property
    def last(self) -> int:
        """The last step, for the buttons to send back."""
        return self.steps[0].pk if self.steps else 0


def visible_dossier(code: str) -> Dossier | None:
    """The dossier of this code, if row security lets the viewer see it."""
    around = ("unit", "office", "holder__user", "holder__office", "scan")
    return Dossier.objects.select_related(*around).filter(code=code).first()


def dossier_page(dossier: Dossier, *, post: Post, on: date) -> DossierPage:
    """Gather the page in a fixed number of queries."""
    return DossierPage(
        dossier,
        dossier.seen_person(),
        queries.told_clock(dossier, on=on),
        list(dossier.papers.select_related("scan").order_by("id")),
        list(dossier.steps.order_by("-id")),
        queries.told_facts(dossier, on=on),
        list(Decision.objects.filter(dossier=dossier).order_by("-id")),
        queries.next_acts(dossier, post),
        queries.printable(dossier, post),
        queries.printed(dossier),
        queries.may_propose(dossier, post),
        queries.may_declare(dossier, post),
        petitions_about(dossier),
        list(Posting.objects.filter(lines__dossier=dossier).order_by("-id")),
        queries.signers_of_refusal(dossier, post, on=on),
        signed_file_of(dossier.scan),
        queries.takes_number(dossier, post, on=on),
    )
