"""The health page: whether the database answers, its structure is current, the worker lives, and room is left on the disk."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from ansinh.access.guards import public

_WORKER_SILENCE = 60  # seconds without a sign of life
_LEAST_FREE = 1024**3


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
        found = [Finding("database", _("Cơ sở dữ liệu"), True, _("trả lời"), vital=True), _migrations(), _worker()]
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


def _disk() -> Finding:
    place = Path(settings.VAR)
    while not place.exists():
        place = place.parent
    free = shutil.disk_usage(place).free
    said = _("còn trống %(size)s GB") % {"size": f"{free / 1024**3:.1f}".replace(".", ",")}
    return Finding("disk", _("Ổ đĩa"), free > _LEAST_FREE, said)


@lru_cache(maxsize=1)
def _wanted() -> frozenset[tuple[str, str]]:
    """Every migration of this program; read once, the files do not change while it runs."""
    return frozenset(MigrationLoader(None, ignore_no_migrations=True).disk_migrations)
