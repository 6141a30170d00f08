"""An office's own templates: taken after they were read, ended, never edited."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from difflib import get_close_matches

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Office, Post
from ansinh.documents.kinds import PaperKind, kind_of
from ansinh.documents.models import PaperTemplate
from ansinh.documents.queries import keeps_papers
from ansinh.files import operations as files
from ansinh.journal import operations as journal
from ansinh.kernel.errors import InvalidInput, NotAllowed
from ansinh.kernel.folding import fold
from ansinh.rendering.papers import DOCX
from ansinh.rendering.templates import Reading, read_template

LIMIT = 5 * 1024 * 1024


class TemplateFaults(InvalidInput):
    """What is wrong with a template, each fault in a sentence."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__(" ".join(faults), field="file")
        self.faults = faults


@transaction.atomic
def take_template(*, office: Office, kind: str, name: str, data: bytes, since: date, by: Post, now: datetime) -> PaperTemplate:
    """Use an office's own Word file for a kind of paper from a day on; the one before ends that day.

    Raises TemplateFaults naming each unknown field with the closest known ones, each missing field, and whatever else it may not do.
    """
    _check_hand(by, office)
    if len(data) > LIMIT:
        raise TemplateFaults([_("Tệp mẫu nặng quá 5 MB.")])
    found = kind_of(kind)
    if faults := list(faults_of(read_template(data, found.slots), found)):
        raise TemplateFaults(faults)
    _end_running(office, kind, since)
    stored = files.store(name=name, data=data, media_type=DOCX, purpose="paper_template", unit=office.unit, by=by, now=now)
    made = PaperTemplate.objects.create(
        office=office, unit=office.unit, kind=kind, file=stored, period=DateRange(since, None), taken_by=by, taken_at=now
    )
    journal.record(by=by.actor, act="take_template", noun="paper_template", key=made.code, detail={"kind": kind}, at=now)
    return made


@transaction.atomic
def end_template(*, office: Office, kind: str, since: date, by: Post, now: datetime) -> None:
    """Go back to the template of the programme from a day on. What was printed stays as it was."""
    _check_hand(by, office)
    if ended := _end_running(office, kind, since):
        journal.record(by=by.actor, act="end_template", noun="paper_template", key=ended.code, detail={"kind": kind}, at=now)


def _check_hand(by: Post, office: Office) -> None:
    if not keeps_papers(by, office):
        raise NotAllowed(_("Chỉ văn thư, trưởng phòng của chính cơ quan mới đổi mẫu văn bản của cơ quan đó."))


def _end_running(office: Office, kind: str, since: date) -> PaperTemplate | None:
    """End the running one on a day; one that had not begun, or began that day, is left without a day."""
    running = PaperTemplate.objects.select_for_update(of=("self",)).filter(office=office, kind=kind, period__endswith=None)
    found = running.exclude(period__isempty=True).first()
    if found:
        found.period = DateRange(found.period.lower, max(since, found.period.lower))
        found.save(update_fields=["period"])
    return found


def faults_of(reading: Reading, kind: PaperKind) -> Iterator[str]:
    """What is wrong with a template, in words."""
    if reading.broken:
        yield _("Không đọc được tệp mẫu Word (%(why)s). Hãy lưu lại dạng .docx, kiểm tra các dấu {{ }} và {%% %%} đóng đủ.") % {
            "why": reading.broken
        }
        return
    for name, possible in reading.unknown.items():
        yield _unknown(name, possible)
    if reading.forbidden:
        yield _("Mẫu dùng lệnh không được phép (%(words)s). Chỉ dùng tên trường, {%% for %%}, {%% if %%}.") % {
            "words": ", ".join(dict.fromkeys(reading.forbidden))
        }
    for one in kind.mandatory:
        if one.name not in reading.used:
            yield _("Mẫu thiếu trường bắt buộc “%(name)s” (%(label)s).") % {"name": one.name, "label": one.label}


def _unknown(name: str, possible: tuple[str, ...]) -> str:
    last = name.rsplit(".", 1)[-1]
    by_folded = {fold(one).replace("_", ""): one for one in possible}
    near = get_close_matches(fold(last).replace("_", "").replace(" ", ""), by_folded, n=3, cutoff=0.5)
    words = {"name": name, "near": ", ".join(by_folded[one] for one in near)}
    if near:
        return _("Trường “%(name)s” không có; gần nhất: %(near)s.") % words
    return _("Trường “%(name)s” không có; xem bảng các trường.") % words
