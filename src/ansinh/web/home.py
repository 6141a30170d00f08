"""Việc của tôi: what waits for this post today, as sentences and short lists. Counts only, each with its link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ansinh.access.models import Post, Role
from ansinh.entitlements.models import Decision
from ansinh.imports.models import Batch, Row
from ansinh.jobs.models import Job, JobState
from ansinh.payments.models import Handover, PaymentList, PaymentRun, StopRequest
from ansinh.payments.workflow import LIST

HAND_OVER_DAY = 25
RETURN_DAY = 20

_COMMUNE = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP)
_PROVINCE = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER, Role.INSPECTOR)


@dataclass(frozen=True)
class Task:
    """One line of work: what, how many, where."""

    label: str
    count: int
    url: str
    kind: str = "plain"
    note: str = ""


def briefing(post: Post, *, on: date) -> dict:
    """What the home page of this post shows."""
    tasks = [task for task in _tasks(post, on) if task.count]
    run = PaymentRun.objects.order_by("-benefit_month").first()
    return {
        "on": on,
        "tasks": tasks,
        "run": run,
        "states": _states(run) if run and post.role in (*_COMMUNE, *_PROVINCE) else [],
        "lists": _lists(run) if run and post.role in _PROVINCE else [],
        "own_list": run.lists.first() if run and post.role in _COMMUNE else None,
        "deadlines": _deadlines(on),
        "running": Job.objects.filter(asked_by=post, state__in=[JobState.WAITING, JobState.RUNNING])[:5],
        "administers": post.role == Role.ADMINISTRATOR,
    }


def _tasks(post: Post, on: date) -> list[Task]:
    if post.role == Role.PAYER:
        return _payer_tasks()
    if post.role not in (*_COMMUNE, *_PROVINCE):
        return []
    return [
        Task(
            _("Quyết định dự thảo chờ ký, ghi nhận"),
            Decision.objects.filter(state="draft").count(),
            reverse("entitlements:decisions") + "?trang_thai=draft",
            "due",
        ),
        Task(_("Danh sách đã đọc, chưa nạp"), Batch.objects.filter(state="checked").count(), reverse("imports:home"), "now"),
        Task(_("Dòng chờ bổ sung"), Row.objects.filter(state="set_aside").count(), reverse("imports:waiting"), "now"),
        Task(
            _("Danh sách chi trả chờ duyệt"),
            PaymentList.objects.filter(state="checking").count(),
            reverse("payments:overview"),
            "due" if on.day >= RETURN_DAY else "now",
        ),
        Task(
            _("Yêu cầu dừng chi chưa được xác nhận"),
            StopRequest.objects.filter(acknowledged_at__isnull=True).count(),
            reverse("payments:overview"),
            "due",
        ),
    ]


def _payer_tasks() -> list[Task]:
    waiting = Handover.objects.filter(returns__isnull=True).count()
    stops = StopRequest.objects.filter(acknowledged_at__isnull=True).count()
    url = reverse("payments:overview")
    return [
        Task(_("Yêu cầu dừng chi cần xác nhận"), stops, url, "late"),
        Task(_("Danh sách chưa trả kết quả"), waiting, url, "due"),
    ]


def _states(run: PaymentRun) -> list[tuple[str, str, int]]:
    """How many lists stand in each state, in the order of the work."""
    counts = dict(run.lists.values_list("state").annotate(n=Count("id")).order_by())
    return [(state, label, counts[state]) for state, label in LIST.states.items() if counts.get(state)]


def _lists(run: PaymentRun) -> list[PaymentList]:
    order = {state: place for place, state in enumerate(LIST.states)}
    return sorted(run.lists.select_related("unit"), key=lambda found: (-order[found.state], found.unit.name_folded))


def _deadlines(on: date) -> list[str]:
    """The two days of the month, said in words while they are near."""
    sentences = []
    for day, words in (
        (RETURN_DAY, _("Tổ chức chi trả gửi kết quả trước ngày %(day)s")),
        (HAND_OVER_DAY, _("Danh sách và tiền tháng sau chuyển tổ chức chi trả trước ngày %(day)s")),
    ):
        left = day - on.day
        if 0 <= left <= 7:
            rest = _("hôm nay") if left == 0 else ngettext("còn %(n)d ngày", "còn %(n)d ngày", left) % {"n": left}
            sentences.append(f"{words % {'day': on.replace(day=day).strftime('%d/%m')}} ({rest}).")
    return sentences
