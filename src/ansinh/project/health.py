"""The health page: whether the database answers, its structure is current, work goes on, the journal holds, the disk has room."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ansinh.access.guards import public
from ansinh.database import roles
from ansinh.database.acting import acting_as
from ansinh.database.clock import now
from ansinh.journal.models import Entry, ReadEvent
from ansinh.journal.queries import LATE_SEAL, last_head
from ansinh.kernel.errors import InvalidInput

_WORKER_SILENCE = 60  # seconds without a sign of life
_LATE_START = 600  # seconds that work waits before somebody should look
_LEAST_FREE = 1024**3
_ABANDONED = """
SELECT count(*) FILTER (WHERE entry.status = 'doing' AND
    (worker.id IS NULL OR worker.last_heartbeat < now() - %(silence)s * interval '1 second')),
  count(*) FILTER (WHERE entry.status = 'todo' AND coalesce(entry.scheduled_at, asked.at) < now() - %(late)s * interval '1 second')
FROM procrastinate_jobs entry LEFT JOIN procrastinate_workers worker ON worker.id = entry.worker_id
LEFT JOIN LATERAL (SELECT max(at) AS at FROM procrastinate_events event WHERE event.job_id = entry.id) asked ON true
WHERE entry.status IN ('todo', 'doing')
"""


@dataclass(frozen=True)
class Finding:
    """One thing looked at. Without a vital one the site cannot serve."""

    key: str
    label: str
    is_well: bool
    said: str
    vital: bool = False


@public
def health(request: HttpRequest) -> HttpResponse:
    """The state as a page, or as JSON for a watcher (`Accept: application/json` or `?dang=json`). 503 when it cannot serve."""
    findings = look()
    is_serving = all(f.is_well for f in findings if f.vital)
    is_well = all(f.is_well for f in findings)
    status = 200 if is_serving else 503
    if request.GET.get("dang") == "json" or request.accepts("application/json") and not request.accepts("text/html"):
        checks = {f.key: {"ok": f.is_well, "said": f.said} for f in findings}
        answer: HttpResponse = JsonResponse({"ok": is_well, "serving": is_serving, "checks": checks}, status=status)
    else:
        answer = render(request, "web/health.html", {"findings": findings, "is_well": is_well}, status=status)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def look() -> list[Finding]:
    """Everything that is looked at, the vital first. Tells nothing about people and nothing about versions."""
    try:
        found = [Finding("database", _("Cơ sở dữ liệu"), True, _("trả lời"), vital=True)]
        found += [_migrations(), _worker(), _jobs(), _journal()]
    except DatabaseError:
        found = [Finding("database", _("Cơ sở dữ liệu"), False, _("không trả lời"), vital=True)]
    return [*found, _disk()]


def _migrations() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations")
        applied = set(cursor.fetchall())
    waiting = len(_wanted() - applied)
    said = _("còn %(count)s bước cập nhật chưa chạy") % {"count": waiting} if waiting else _("đã cập nhật")
    return Finding("migrations", _("Cấu trúc dữ liệu"), not waiting, said, vital=True)


def _worker() -> Finding:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM procrastinate_workers WHERE last_heartbeat > now() - %s * interval '1 second'",
            [_WORKER_SILENCE],
        )
        (count,) = cursor.fetchone()
    said = _("đang chạy") if count else _("không thấy tiến trình nào")
    return Finding("worker", _("Công việc nền"), bool(count), said)


def _jobs() -> Finding:
    """Work whose worker fell silent is taken up again by itself; work that waits long finds nobody to do it."""
    with connection.cursor() as cursor:
        cursor.execute(_ABANDONED, {"silence": _WORKER_SILENCE, "late": _LATE_START})
        abandoned, late = cursor.fetchone()
    if abandoned:
        said = _("%(count)s việc có tiến trình im lặng; đang chờ nhận lại") % {"count": abandoned}
    elif late:
        said = _("%(count)s việc chờ quá %(minutes)s phút") % {"count": late, "minutes": _LATE_START // 60}
    else:
        said = _("không có việc bị bỏ dở")
    return Finding("jobs", _("Việc đang làm"), not abandoned and not late, said)


def _journal() -> Finding:
    """A quick look at the end of the chain; the whole is walked by `ansinh verify-journal`."""
    label = _("Nhật ký")
    try:
        kept = last_head(Path(settings.ANSINH_HEADS))
    except InvalidInput:
        return Finding("journal", label, False, _("không đọc được tệp mốc giữ ngoài cơ sở dữ liệu"))
    with acting_as(roles.SYSTEM):
        if kept and not Entry.objects.filter(id=kept.entry, hash=kept.hash).exists():
            return Finding("journal", label, False, _("không khớp mốc giữ ngoài cơ sở dữ liệu; chạy “ansinh verify-journal”"))
        oldest = ReadEvent.objects.filter(sealed_in=None).aggregate(at=Min("at"))["at"]
    if oldest and now() - oldest > LATE_SEAL:
        return Finding("journal", label, False, _("lượt xem chưa được niêm phong quá 10 phút"))
    return Finding("journal", label, True, _("khớp mốc giữ ngoài cơ sở dữ liệu") if kept else _("chưa có mốc nào"))


def _disk() -> Finding:
    """The least room of the disks we know: what the application writes, and the embedded database."""
    places = [Path(settings.VAR), Path(os.environ.get("ANSINH_PG_DATA") or settings.VAR)]
    free = min(shutil.disk_usage(_existing(place)).free for place in places)
    if free < 1024**3:
        said = _("chỉ còn trống %(size)s MB: dọn chỗ ngay") % {"size": free // 1024**2}
    else:
        said = _("còn trống %(size)s GB") % {"size": f"{free / 1024**3:.1f}".replace(".", ",")}
    return Finding("disk", _("Ổ đĩa"), free > _LEAST_FREE, said)


def _existing(place: Path) -> Path:
    return next(near for near in (place, *place.parents) if near.exists())


@lru_cache(maxsize=1)
def _wanted() -> frozenset[tuple[str, str]]:
    """Every migration of this program; read once, the files do not change while it runs."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
