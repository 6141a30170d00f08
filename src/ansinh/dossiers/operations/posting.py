"""Post a list where everybody reads it, take it down, write down what people say about it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.documents import operations as documents
from ansinh.documents.models import PaperPrint
from ansinh.documents.queries import entry_of
from ansinh.dossiers.models import Dossier, Posting, PostingLine, PostingOpinion
from ansinh.dossiers.papers.posting import posting_content, posting_signers
from ansinh.dossiers.queries.posting import postable, posting_step
from ansinh.dossiers.workflow import OFFICERS, POSTING, RECEIVERS
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.law.petitions import limit_on
from ansinh.law.procedures import Version, due_day
from ansinh.lawbook.queries import calendar


@transaction.atomic
def post_list(*, dossiers: Collection[Dossier], place: str, posted_on: date, by: Post, now: datetime) -> Posting:
    """Post what these dossiers ask for, from a day on, for the working days the law of their receipt says.

    Only name, year of birth, village and what is asked are copied. Raises NotAllowed for a post that verifies no dossiers,
    InvalidInput for a day ahead, for no place, and for a dossier that is not to be posted: the law asks for none, it is not
    being verified, it is posted already, or nothing about the person may stand on a board.
    """
    if by.role not in OFFICERS:
        raise NotAllowed(_("Chức vụ này không niêm yết danh sách."))
    if not place.strip():
        raise InvalidInput(_("Hãy ghi nơi niêm yết."), field="place")
    if posted_on > now.date():
        raise InvalidInput(_("Ngày niêm yết chưa tới."), field="posted_on")
    asked = [dossier.pk for dossier in dossiers]
    held = list(
        Dossier.objects.select_for_update(of=("self",)).filter(pk__in=asked).select_related("unit", "office").order_by("id")
    )
    if not held or len({dossier.unit_id for dossier in held}) > 1:
        raise InvalidInput(_("Hãy chọn hồ sơ của một xã, phường."), field="dossiers")
    allowed = {dossier.pk: dossier for dossier in postable(pk__in=asked)}
    for dossier in held:
        if dossier.pk not in allowed:
            raise InvalidInput(_("Hồ sơ %(code)s không niêm yết.") % {"code": dossier.shown_code}, field="dossiers")
        if dossier.received_on and posted_on < dossier.received_on:
            raise InvalidInput(
                _("Ngày niêm yết trước ngày tiếp nhận hồ sơ %(code)s.") % {"code": dossier.shown_code}, field="posted_on"
            )
    posting = _written(list(allowed.values()), held[0], place.strip(), posted_on, by, now)
    detail = {"dossiers": [dossier.code for dossier in held], "until": f"{posting.until}"}
    journal.record(by=by.actor, act="post_list", noun="posting", key=posting.code, detail=detail, at=now)
    return posting


def _written(dossiers: list[Dossier], first: Dossier, place: str, posted_on: date, by: Post, now: datetime) -> Posting:
    versions: list[Version] = [dossier.version for dossier in dossiers if dossier.version]
    steps = [step for version in versions if (step := posting_step(version))]
    days = max(step.days or 0 for step in steps)
    posting = Posting.objects.create(
        unit=first.unit, office=first.office, place=place, posted_on=posted_on, days=days,
        until=due_day(posted_on, days, "working", calendar()), basis="; ".join(dict.fromkeys(v.basis for v in versions)),
        mark="?" if any(step.mark == "?" for step in steps) else steps[0].mark, posted_by=by, posted_at=now,
    )  # fmt: skip
    ordered = sorted(dossiers, key=lambda one: (one.sort_key, one.pk))
    PostingLine.objects.bulk_create(
        PostingLine(
            posting=posting, dossier=one, number=number, name=one.person.full_name,
            birth_year=one.person.born_on.year if one.person.born_on else None,
            village=one.person.village.name if one.person.village else "", asked=one.sheet.label,
        )
        for number, one in enumerate(ordered, 1)
    )  # fmt: skip
    return posting


def _lock(posting: Posting) -> Posting:
    return Posting.objects.select_for_update(of=("self",)).select_related("office__unit", "unit", "paper").get(pk=posting.pk)


@transaction.atomic
def take_down(*, posting: Posting, on: date, note: str, by: Post, now: datetime) -> Posting:
    """The list was taken down on a day; before its days are over only with a reason. Raises MoveNotAllowed, NotAllowed, InvalidInput."""
    held = _lock(posting)
    step = POSTING.find("take_down", held.state, by.role)
    if on > now.date() or on < held.posted_on:
        raise InvalidInput(_("Ngày gỡ phải từ ngày niêm yết đến hôm nay."), field="on")
    if on < held.until and not note.strip():
        raise InvalidInput(
            _("Chưa hết thời hạn niêm yết (đến %(day)s). Gỡ sớm phải ghi lý do.") % {"day": f"{held.until:%d/%m/%Y}"},
            field="note",
        )
    held.state, held.removed_on, held.removed_by_id, held.removal_note = step.target, on, by.pk, note.strip()
    held.save(update_fields=["state", "removed_on", "removed_by", "removal_note"])
    journal.record(by=by.actor, act="take_down_posting", noun="posting", key=held.code, detail={"on": f"{on}"}, at=now)
    return held


@transaction.atomic
def record_opinion(
    *, posting: Posting, received_on: date, content: str, by: Post, now: datetime, giver_name: str = "", dossier: Dossier | None = None
) -> PostingOpinion:  # fmt: skip
    """Somebody said something about a posted list, or about one line of it. The office concludes within the days of the law.

    Raises NotAllowed, InvalidInput without words, for a day outside the posting, or for a dossier that is not on the list.
    """
    held = _lock(posting)
    if by.role not in RECEIVERS:
        raise NotAllowed(_("Chức vụ này không tiếp nhận ý kiến."))
    if not content.strip():
        raise InvalidInput(_("Hãy ghi nội dung ý kiến."), field="content")
    if not held.posted_on <= received_on <= min(now.date(), held.removed_on or now.date()):
        raise InvalidInput(_("Ngày nhận ý kiến phải trong thời gian niêm yết."), field="received_on")
    if dossier is not None and not held.lines.filter(dossier=dossier).exists():
        raise InvalidInput(_("Hồ sơ này không có trong danh sách niêm yết."), field="dossier")
    limit = limit_on("posting_opinion", "answer", received_on)
    made = PostingOpinion.objects.create(
        posting=held, dossier=dossier, received_on=received_on, giver_name=giver_name.strip(), content=content.strip(),
        due_on=limit.due(received_on, calendar()) if limit else None, recorded_by=by, recorded_at=now,
    )  # fmt: skip
    journal.record(by=by.actor, act="record_opinion", noun="posting", key=held.code, at=now)
    return made


@transaction.atomic
def conclude_opinion(*, opinion: PostingOpinion, conclusion: str, by: Post, now: datetime) -> PostingOpinion:
    """What the office found about an opinion. Once. Raises NotAllowed, InvalidInput without words, AlreadyDone."""
    held = PostingOpinion.objects.select_for_update(of=("self",)).select_related("posting").get(pk=opinion.pk)
    if by.role not in OFFICERS:
        raise NotAllowed(_("Chức vụ này không kết luận ý kiến."))
    if held.concluded_on:
        raise AlreadyDone(_("Ý kiến này đã có kết luận."))
    if not conclusion.strip():
        raise InvalidInput(_("Hãy ghi kết luận."), field="conclusion")
    held.conclusion, held.concluded_on, held.concluded_by_id = conclusion.strip(), now.date(), by.pk
    held.save(update_fields=["conclusion", "concluded_on", "concluded_by"])
    journal.record(by=by.actor, act="conclude_opinion", noun="posting", key=held.posting.code, at=now)
    return held


@transaction.atomic
def print_posting(*, posting: Posting, signer: Post, by: Post, on: date, now: datetime) -> PaperPrint:
    """Print the list for the board. Raises NotAllowed for a signer who is none, and for a post that verifies no dossiers."""
    held = _lock(posting)
    if by.role not in OFFICERS or not posting_signers(held, on=on).filter(pk=signer.pk).exists():
        raise NotAllowed(_("Chức vụ này không in hoặc không ký danh sách niêm yết."))
    content = posting_content(held, signer=signer, entry=entry_of(held.paper), on=on)
    made = documents.print_paper(paper=held.paper, content=content, by=by, on=on, now=now)
    if held.paper_id is None:
        held.paper = made.paper
        held.save(update_fields=["paper"])
    return made
