"""Resolutions of the province as the law takes them: the confirmed ones, each until a later one replaces it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from ansinh import law
from ansinh.access.models import Post
from ansinh.law.resolution_file import Level
from ansinh.law.resolution_file import Resolution as Overlay
from ansinh.law.resolutions import Amount, ExtraGroup, Provincial
from ansinh.lawbook.models import LineKind, Resolution, ResolutionLine
from ansinh.localities.queries import province_keys


def provincial() -> tuple[Provincial, ...]:
    """What is laid over the decree: the confirmed resolutions. Two queries."""
    return _laid(_confirmed())


def before_and_after(one: Resolution) -> tuple[tuple[Provincial, ...], tuple[Provincial, ...]]:
    """The same without a resolution and with it, whether it is confirmed yet or not."""
    others = [other for other in _confirmed() if other.id != one.id]
    return _laid(others), _laid([*others, one])


def _confirmed() -> list[Resolution]:
    found = Resolution.objects.filter(state="confirmed").select_related("territory").prefetch_related("lines")
    return list(found.order_by("id"))


def _laid(counted: Iterable[Resolution]) -> tuple[Provincial, ...]:
    counted = list(counted)
    ends: dict[int, date] = {}
    for one in counted:
        if one.replaces_id:
            ends[one.replaces_id] = min(one.applies_to_months_from, ends.get(one.replaces_id, date.max))
    return tuple(part for one in counted for part in _parts(one, ends.get(one.id)))


def _parts(one: Resolution, ended: date | None) -> tuple[Provincial, ...]:
    end = min((month for month in (one.until, ended) if month), default=None)
    return () if end and end <= one.applies_to_months_from else overlay_of(one, end=end).parts()


def overlay_of(one: Resolution, *, end: date | None = None) -> Overlay:
    """A resolution and its lines in the shape of the law; `end`: the month it ends before, else its own."""
    return overlay_with(one, one.lines.all(), end=end)


def overlay_with(one: Resolution, lines: Iterable[ResolutionLine], *, end: date | None = None) -> Overlay:
    """The same with other lines than those written down: one that is about to be added."""
    lines = list(lines)
    return Overlay(
        number=one.number, title=one.title, issued_on=one.issued_on, in_force_from=one.in_force_from,
        start=one.applies_to_months_from, end=end or one.until, territory=one.territory.key,
        replaces=one.replaces.number if one.replaces_id else "",
        levels=tuple(_level(line) for line in _of_kind(lines, LineKind.LEVEL)),
        amounts=tuple((_amount(line), line.basis) for line in _of_kind(lines, LineKind.AMOUNT)),
        groups=tuple(_group(line) for line in _of_kind(lines, LineKind.GROUP)),
    )  # fmt: skip


def _of_kind(lines: Iterable[ResolutionLine], kind: str) -> list[ResolutionLine]:
    return sorted((line for line in lines if line.kind == kind), key=lambda line: line.id)


def _level(line: ResolutionLine) -> Level:
    return Level(line.amount_vnd or 0, frozenset(line.scopes), line.basis)


def _amount(line: ResolutionLine) -> Amount:
    return Amount(line.of, line.amount_vnd or 0, line.coefficient)


def _group(line: ResolutionLine) -> ExtraGroup:
    return ExtraGroup(
        key=f"nq{line.resolution_id}_{line.id}", title=line.title, when=line.condition, coefficient=line.coefficient or 0,
        amount_vnd=line.amount_vnd or 0, basis=line.basis, brings=frozenset(line.brings),
    )  # fmt: skip


def provincial_at(unit_id: int) -> tuple[Provincial, ...]:
    """The confirmed resolutions that are law in the area of a unit, for questions about a level without a person."""
    found = provincial()
    if not found:
        return ()
    keys = province_keys([unit_id])[unit_id]
    return tuple(part for part in found if part.territories & keys)


def faults(one: Resolution) -> list[str]:
    """What keeps a resolution from being proposed: the law's own check, its replacement, its territory; one sentence each."""
    found = [] if one.replaces_id and not one.lines.all() else law.check_resolution(overlay_of(one).parts())
    began = one.territory.period.lower
    if began and one.applies_to_months_from < began:
        found.append(f"{one.territory.name} có từ {began:%d/%m/%Y}: tháng áp dụng không được trước ngày đó.")
    if one.replaces_id and one.replaces.state != "confirmed":
        found.append(f"Nghị quyết số {one.replaces.number} chưa được xác nhận nên chưa thể thay thế.")
    return found


def beside(one: Resolution) -> list[Resolution]:
    """Confirmed resolutions of the same territory that reach some of its months and that it does not replace."""
    start, found = one.applies_to_months_from, []
    counted = _confirmed()
    ended = {other.replaces_id: other.applies_to_months_from for other in counted if other.replaces_id}
    for other in counted:
        end = min((month for month in (other.until, ended.get(other.id)) if month), default=date.max)
        overlaps = end > max(start, other.applies_to_months_from) and (one.until or date.max) > other.applies_to_months_from
        if other.territory_id == one.territory_id and other.id not in (one.id, one.replaces_id) and overlaps:
            found.append(other)
    return found


def worked_on(resolution: Resolution, by: Post) -> bool:
    """Whether this person wrote the resolution or proposed it, in whichever post."""
    mine = Q(post=by) | Q(post__user=by.user_id, post__user__isnull=False)
    wrote = resolution.written_by_id == by.id or (by.user_id is not None and resolution.written_by.user_id == by.user_id)
    return wrote or resolution.steps.filter(mine, act="propose").exists()
