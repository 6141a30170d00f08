"""Write a resolution of the province down, line by line or from a file. What is proposed or confirmed is edited by nobody."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh import law
from ansinh.access.models import Post
from ansinh.files.models import StoredFile
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.law.resolution_file import Resolution as Overlay
from ansinh.law.resolution_file import read_resolution
from ansinh.lawbook import queries
from ansinh.lawbook.models import LineKind, Resolution, ResolutionEffect, ResolutionLine
from ansinh.lawbook.workflow import EDITABLE, WRITERS
from ansinh.localities.models import Level, Unit


@dataclass(frozen=True)
class Paper:
    """What stands at the head of a resolution. Months are first days; it counts up to but without `until`."""

    number: str
    title: str
    issued_on: date
    in_force_from: date
    applies_to_months_from: date
    territory: Unit
    until: date | None = None
    replaces: Resolution | None = None
    note: str = ""


def lock(resolution: Resolution) -> Resolution:
    """The resolution as it is now, held until the transaction ends."""
    found = Resolution.objects.select_for_update(of=("self",)).select_related("territory", "replaces")
    return found.get(pk=resolution.pk)


@transaction.atomic
def write_resolution(*, paper: Paper, by: Post, now: datetime, scan: StoredFile | None = None) -> Resolution:
    """Open a resolution with its number and dates. Raises NotAllowed for a post that writes none, InvalidInput for bad dates."""
    if by.role not in WRITERS:
        raise NotAllowed(_("Chuyên viên, trưởng phòng của Sở nhập nghị quyết của tỉnh."))
    _check(paper)
    made = Resolution.objects.create(**_columns(paper), scan=scan, written_by=by, written_at=now)
    made.refresh_from_db()
    _note("write_resolution", made, by, now)
    return made


@transaction.atomic
def amend_resolution(
    *, resolution: Resolution, paper: Paper, by: Post, now: datetime, scan: StoredFile | None = None
) -> Resolution:
    """Correct the head of a resolution that is still being written. A scan is kept unless a new one comes.

    `resolution` as it was read: AlreadyDone when somebody corrected it meanwhile.
    """
    found = _editable(resolution, by)
    if any(getattr(found, name) != getattr(resolution, name) for name in _columns(paper)):
        raise AlreadyDone(_("Người khác vừa sửa phần đầu nghị quyết này. Hãy mở lại trang rồi sửa."))
    _check(paper, besides=found)
    for name, value in (_columns(paper) | {"scan": scan or found.scan}).items():
        setattr(found, name, value)
    found.save(update_fields=[*_columns(paper), "scan"])
    _forget_effect(found)
    _note("write_resolution", found, by, now)
    return found


@transaction.atomic
def add_line(*, resolution: Resolution, line: ResolutionLine, by: Post, now: datetime) -> ResolutionLine:
    """Add one thing the resolution sets. Raises InvalidInput, in words, for what lies below a floor or cannot be read."""
    found = _editable(resolution, by)
    line.resolution = found
    if wrong := law.check_resolution(queries.overlay_with(found, [line]).parts()):
        raise InvalidInput(" ".join(wrong))
    line.save(force_insert=True)
    _forget_effect(found)
    _note("write_resolution", found, by, now, added=str(line.kind))
    return line


@transaction.atomic
def remove_line(*, line: ResolutionLine, by: Post, now: datetime) -> None:
    """Take a line out of a resolution that is still being written."""
    found = _editable(line.resolution, by)
    line.delete()
    _forget_effect(found)
    _note("write_resolution", found, by, now, removed=str(line.kind))


@transaction.atomic
def take_resolution_file(*, data: bytes, by: Post, now: datetime) -> Resolution:
    """A resolution from a file, head and lines, or nothing. Raises FileFaults with every line that is wrong, InvalidInput."""
    read = read_resolution(data)
    if wrong := law.check_resolution(read.parts()) if _lines(read) or not read.replaces else []:
        raise InvalidInput("\n".join(wrong))
    made = write_resolution(paper=_paper(read), by=by, now=now)
    for line in _lines(read):
        line.resolution = made
        line.save(force_insert=True)
    return made


def _paper(read: Overlay) -> Paper:
    territory = Unit.objects.filter(key=read.territory, level=Level.PROVINCE).first()
    if territory is None:
        raise InvalidInput(
            _("Không có tỉnh với khóa “%(key)s”. Khóa có dạng mã@từ-ngày, ví dụ 33@2025-07-01.") % {"key": read.territory}
        )
    replaces = Resolution.objects.filter(number=read.replaces, state="confirmed").last() if read.replaces else None
    if read.replaces and replaces is None:
        raise InvalidInput(_("Không có nghị quyết đã xác nhận số %(number)s để thay thế.") % {"number": read.replaces})
    return Paper(
        number=read.number, title=read.title, issued_on=read.issued_on, in_force_from=read.in_force_from,
        applies_to_months_from=read.start, until=read.end, territory=territory, replaces=replaces,
    )  # fmt: skip


def _lines(read: Overlay) -> list[ResolutionLine]:
    levels = [
        ResolutionLine(kind=LineKind.LEVEL, amount_vnd=one.standard_vnd, scopes=sorted(one.applies_to), basis=one.basis)
        for one in read.levels
    ]
    amounts = [
        ResolutionLine(kind=LineKind.AMOUNT, of=one.of, amount_vnd=one.amount_vnd, coefficient=one.coefficient, basis=basis)
        for one, basis in read.amounts
    ]
    groups = [
        ResolutionLine(
            kind=LineKind.GROUP, title=one.title, condition=one.when, coefficient=one.coefficient or None,
            amount_vnd=one.amount_vnd or None, basis=one.basis, brings=sorted(one.brings),
        )
        for one in read.groups
    ]  # fmt: skip
    return [*levels, *amounts, *groups]


def _columns(paper: Paper) -> dict:
    return {field.name: getattr(paper, field.name) for field in fields(paper)}


def _check(paper: Paper, besides: Resolution | None = None) -> None:
    if paper.in_force_from < paper.issued_on:
        raise InvalidInput(_("Ngày có hiệu lực không thể trước ngày ban hành."), field="in_force_from")
    first = law.regimes()[0].start
    if paper.applies_to_months_from < first:
        raise InvalidInput(
            _("Luật trong hệ thống bắt đầu từ %(day)s; không tính cho tháng trước đó.") % {"day": f"{first:%d/%m/%Y}"},
            field="applies_to_months_from",
        )
    if paper.until and paper.until <= paper.applies_to_months_from:
        raise InvalidInput(_("Tháng hết áp dụng phải sau tháng bắt đầu."), field="until")
    same = Resolution.objects.filter(number=paper.number, issued_on=paper.issued_on).exclude(state="withdrawn")
    if same.exclude(pk=besides.pk if besides else None).exists():
        raise InvalidInput(_("Nghị quyết số %(number)s đã được nhập.") % {"number": paper.number}, field="number")
    if paper.replaces and besides and paper.replaces.pk == besides.pk:
        raise InvalidInput(_("Nghị quyết không thể thay thế chính nó."), field="replaces")


def _editable(resolution: Resolution, by: Post) -> Resolution:
    if by.role not in WRITERS:
        raise NotAllowed(_("Chuyên viên, trưởng phòng của Sở nhập nghị quyết của tỉnh."))
    found = lock(resolution)
    if found.state not in EDITABLE:
        raise InvalidInput(_("Nghị quyết đã trình hoặc đã xác nhận không sửa được nữa; hãy nhập nghị quyết thay thế."))
    return found


def _forget_effect(resolution: Resolution) -> None:
    """What was counted before an edit says nothing about what stands there now."""
    ResolutionEffect.objects.filter(resolution=resolution).delete()


def _note(act: str, resolution: Resolution, by: Post, now: datetime, **detail: str) -> None:
    journal.record(
        by=by.actor, act=act, noun="resolution", key=resolution.code, detail={"number": resolution.number, **detail}, at=now
    )
