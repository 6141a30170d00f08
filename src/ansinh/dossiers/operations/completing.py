"""Papers that are missing: ask for them, take them, go on."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.dossiers.models import FURTHER, Dossier, DossierPaper
from ansinh.dossiers.operations.move import lock, move
from ansinh.dossiers.workflow import DOSSIER, RECEIVERS
from ansinh.files.models import StoredFile
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput, NotAllowed
from ansinh.kernel.folding import slug

LONGEST = 200


@transaction.atomic
def ask_for_completion(
    *,
    dossier: Dossier,
    papers: Collection[str],
    note: str,
    by: Post,
    now: datetime,
    others: Collection[str] = (),
    seen: int | None = None,
) -> Dossier:
    """Send a dossier back for completion with every missing paper listed; the clock stands still until they came.

    `papers` are keys of the dossier's papers, `others` papers in words that its procedure does not name.
    """
    held = lock(dossier, seen)
    DOSSIER.find("ask", held.state, by.role)
    asked = list(held.papers.filter(key__in=papers))
    for words in dict.fromkeys(text.strip()[:LONGEST] for text in others if text.strip()):
        paper, _made = DossierPaper.objects.get_or_create(dossier=held, key=f"other-{slug(words)}", defaults={"label": words})
        asked.append(paper)
    if not asked:
        raise InvalidInput(_("Hãy ghi giấy tờ còn thiếu."), field="papers")
    for paper in asked:
        paper.asked_on, paper.given_on = now.date(), None
        paper.save(update_fields=["asked_on", "given_on"])
    return move(held, "ask", by=by, now=now, note=note)


@transaction.atomic
def give_papers(
    *, dossier: Dossier, papers: Collection[str], by: Post, now: datetime, scans: Sequence[StoredFile] = ()
) -> Dossier:  # fmt: skip
    """Note papers that came, with their scans or pictures, one a page as a telephone takes them. Not a step: the dossier stays where it is.

    A picture never takes the place of another. Raises InvalidInput where no paper is named: a scan of nothing would be lost.
    """
    held = lock(dossier)
    if by.role not in RECEIVERS or not held.is_open:
        raise NotAllowed(_("Chỉ người tiếp nhận ghi giấy tờ, khi hồ sơ chưa xong."))
    named = list(held.papers.filter(key__in=papers).order_by("id"))
    if not named:
        raise InvalidInput(_("Hãy đánh dấu giấy tờ đã nộp."), field="papers")
    for paper in named:
        paper.given_on = paper.given_on or now.date()
        rest = list(scans)
        if rest and paper.scan_id is None:
            paper.scan = rest.pop(0)
        paper.save(update_fields=["given_on", "scan"])
        _further_pages(paper, rest)
    detail = {"papers": sorted(papers), "scans": len(scans)}
    journal.record(by=by.actor, act="give_papers", noun="dossier", key=held.code, detail=detail, at=now)
    return held


def _further_pages(paper: DossierPaper, scans: Sequence[StoredFile]) -> None:
    """Each further picture of a paper is a row of its own beside it."""
    kept = DossierPaper.objects.filter(dossier=paper.dossier_id, key__startswith=f"{paper.key}{FURTHER}").count()
    for number, scan in enumerate(scans, kept + 2):
        label = _("%(paper)s (tệp %(number)d)") % {"paper": paper.label, "number": number}
        DossierPaper.objects.create(
            dossier_id=paper.dossier_id, key=f"{paper.key}{FURTHER}{number}", label=label, given_on=paper.given_on, scan=scan
        )  # fmt: skip


@transaction.atomic
def complete_dossier(*, dossier: Dossier, papers: Collection[str], by: Post, now: datetime, seen: int | None = None) -> Dossier:
    """The missing papers came: the clock goes on. Raises InvalidInput, naming them, while some are still missing."""
    held = lock(dossier, seen)
    DOSSIER.find("complete", held.state, by.role)
    held.papers.filter(key__in=papers, given_on=None).update(given_on=now.date())
    if missing := list(held.papers.filter(asked_on__isnull=False, given_on=None).order_by("id")):
        raise InvalidInput(_("Còn thiếu: %(papers)s.") % {"papers": "; ".join(paper.label for paper in missing)}, field="papers")
    return move(held, "complete", by=by, now=now)
