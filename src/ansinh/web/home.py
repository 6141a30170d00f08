"""Việc của tôi: what waits for this post today, as sentences and short lists. Counts only, each with its link."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ansinh.access.models import Absence, Post, Role
from ansinh.access.queries import stood_in_for
from ansinh.dossiers.models import Dossier, Posting, Proposal
from ansinh.dossiers.workflow import OPEN
from ansinh.emergency.models import AidList
from ansinh.emergency.queries import beyond_three_months
from ansinh.entitlements.models import Decision
from ansinh.imports.models import Batch, Row
from ansinh.jobs.models import Job, JobState
from ansinh.kernel.money import money_text, number_text
from ansinh.kernel.periods import month_text
from ansinh.lawbook.models import Resolution
from ansinh.lawbook.queries import waiting
from ansinh.payments.models import Handover, PayerReturn, PaymentLine, PaymentList, PaymentRun, StopRequest
from ansinh.payments.queries import runs
from ansinh.payments.workflow import LIST
from ansinh.people.queries.birthdays import coming_birthdays
from ansinh.people.queries.duplicates import JUDGES, waiting_pairs
from ansinh.petitions.models import Petition
from ansinh.watch.queries import open_count
from ansinh.work.models import Notice
from ansinh.work.queries import notices_of, task_counts

HAND_OVER_DAY = 25
NOTICES_SHOWN = 5
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

    @property
    def phrase(self) -> str:
        """The label inside a sentence: only its first letter is lowered."""
        return self.label[:1].lower() + self.label[1:]


def briefing(post: Post, *, on: date) -> dict:
    """What the home page of this post shows."""
    watched = open_count() if post.role in (*_COMMUNE, *_PROVINCE) else 0
    instead = stood_in_for(post, on=on) if post.role in (*_COMMUNE, *_PROVINCE) else []
    tasks = [task for task in (*_given(post, on, instead), *_tasks(post, on, watched)) if task.count]
    newest = runs() if post.role in (*_COMMUNE, *_PROVINCE) else PaymentRun.objects.order_by("-benefit_month")
    run = newest.first()  # others see no list, and so no withdrawn one
    return {
        "on": on,
        "tasks": tasks,
        "instead": instead,
        "notices": _notices(post),
        "watched": watched,
        "run": run,
        "states": _states(run) if run and post.role in (*_COMMUNE, *_PROVINCE) else [],
        "lists": _lists(run) if run and post.role in _PROVINCE else [],
        "own_list": run.lists.select_related("unit").first() if run and post.role in _COMMUNE else None,
        "deadlines": _deadlines(on) if post.role in (*_COMMUNE, *_PROVINCE, Role.PAYER) else [],
        "run_sentence": _run_sentence(run, post) if run else "",
        "birthdays": _birthdays(post, on),
        "running": Job.objects.filter(asked_by=post, state__in=[JobState.WAITING, JobState.RUNNING])[:5],
        "administers": post.role == Role.ADMINISTRATOR,
    }


def _notices(post: Post) -> list[Notice]:
    """The newest things that happened for this post and it has not read."""
    if post.role not in (*_COMMUNE, *_PROVINCE):
        return []
    return list(notices_of(post).filter(read_at__isnull=True)[:NOTICES_SHOWN])


def _tasks(post: Post, on: date, watched: int) -> list[Task]:
    if post.role == Role.PAYER:
        return _payer_tasks()
    if post.role not in (*_COMMUNE, *_PROVINCE):
        return []
    return [
        *_dossiers(on),
        Task(_("Việc cần rà soát"), watched, reverse("watch:items"), "now"),
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
        *_lists_to_move(post),
        Task(
            _("Yêu cầu dừng chi chưa được xác nhận"),
            StopRequest.objects.filter(acknowledged_at__isnull=True).count(),
            reverse("payments:overview"),
            "due",
        ),
        *_aid(on),
        *_duplicates(post),
        *_open_questions(post),
        *_resolutions(post),
        *_public(post, on),
    ]


def _lists_to_move(post: Post) -> list[Task]:
    """Lists whose next step is this post's: from approved to settled, each in its place. One query."""
    words = {
        "close": _("Danh sách chi trả đã duyệt, chờ chốt"),
        "hand_over": _("Danh sách chi trả đã chốt, chờ chuyển"),
        "reconcile": _("Danh sách chi trả đã đủ kết quả, chờ đối chiếu"),
        "settle": _("Danh sách chi trả đã đối chiếu, chờ quyết toán"),
    }
    mine = {move.sources[0]: words[move.act] for move in LIST.moves if move.act in words and post.role in move.roles}
    if not mine:
        return []
    unanswered = Exists(PaymentLine.objects.filter(list=OuterRef("pk"), state="due"))
    waiting: dict[str, list[str]] = {}
    for one in (
        PaymentList.objects.filter(state__in=mine).exclude(unanswered, state="handed_over").order_by("id").only("code", "state")
    ):
        waiting.setdefault(one.state, []).append(one.code)
    return [
        Task(label, len(waiting[state]), reverse("payments:list", args=[waiting[state][0]]), "now")
        for state, label in mine.items()
        if state in waiting
    ]


def _given(post: Post, on: date, instead: list[Absence]) -> list[Task]:
    """Tasks of the leaders: what this post has to do, of that what is late or due today, and reports that wait for its word."""
    if post.role not in (*_COMMUNE, *_PROVINCE) or post.role == Role.INSPECTOR:
        return []
    counts = task_counts(post, on=on, instead=[absence.post_id for absence in instead])
    url = reverse("work:tasks")
    return [
        Task(_("Việc được giao quá hạn"), counts.late, f"{url}?trang_thai=qua-han", "late"),
        Task(_("Việc được giao đến hạn hôm nay"), counts.due, url, "due"),
        Task(_("Việc được giao đang làm"), counts.to_do - counts.late - counts.due, url, "now"),
        Task(_("Báo cáo kết quả chờ xem"), counts.reports, f"{url}?phan=toi-giao&trang_thai=reported", "due"),
    ]


def _dossiers(on: date) -> list[Task]:
    """Dossiers this post sees: what is late, due, taken up by nobody, sent back, refused and not signed, answered and not handed out. One query."""
    is_open = Q(state__in=OPEN)
    refusing = Q(state="awaiting_signature", proposal=Proposal.REFUSAL)
    counts = Dossier.objects.filter(state__in=(*OPEN, "decided", "refused")).aggregate(
        late=Count("pk", filter=is_open & Q(due_on__lt=on)),
        due=Count("pk", filter=is_open & Q(due_on=on)),
        free=Count("pk", filter=is_open & Q(holder=None)),
        returned=Count("pk", filter=Q(state="returned")),
        refusing=Count("pk", filter=refusing),
        done=Count("pk", filter=~is_open),
    )
    url = reverse("dossiers:desk")
    return [
        Task(_("Hồ sơ quá hạn"), counts["late"], f"{url}?xem=qua-han", "late"),
        Task(_("Hồ sơ đến hạn hôm nay"), counts["due"], f"{url}?xem=hom-nay", "due"),
        Task(_("Hồ sơ chưa ai nhận"), counts["free"], f"{url}?xem=chua-giao", "now"),
        Task(_("Hồ sơ bị trả lại"), counts["returned"], f"{url}?buoc=returned", "due"),
        Task(_("Văn bản từ chối chờ ký, ghi nhận"), counts["refusing"], f"{url}?xem=cho-ky", "due"),
        Task(_("Hồ sơ chờ trả kết quả"), counts["done"], f"{url}?xem=cho-tra", "now"),
    ]


def _aid(on: date) -> list[Task]:
    """Lists that wait for a signature, and people whose emergency protection lasts longer than the law gives. Two queries."""
    late = f"{reverse('emergency:protections')}?trang_thai=qua-han"
    submitted = AidList.objects.filter(state="submitted").count()
    return [
        Task(_("Danh sách trợ giúp, tặng quà chờ ký"), submitted, reverse("emergency:occasions"), "due"),
        Task(_("Bảo vệ khẩn cấp quá 3 tháng, cần chuyển nơi chăm sóc"), len(beyond_three_months(on=on)), late, "late"),
    ]


def _duplicates(post: Post) -> list[Task]:
    """Records that may be one person's, for those who may judge: pairs of two communes are the province's."""
    if post.role not in JUDGES:
        return []
    return [Task(_("Cặp hồ sơ có thể trùng cần xem"), waiting_pairs(), reverse("people:duplicates"), "now")]


def _open_questions(post: Post) -> list[Task]:
    if post.role not in (Role.DIVISION_OFFICER, Role.DIVISION_HEAD):
        return []
    return [Task(_("Điểm của luật cần xác nhận"), len(waiting()), reverse("lawbook:open_questions"), "unsure")]


def _resolutions(post: Post) -> list[Task]:
    """Resolutions of the province: those that wait for this post's word."""
    state = {Role.DIVISION_HEAD: "awaiting", Role.DEPARTMENT_LEADER: "awaiting", Role.DIVISION_OFFICER: "returned"}.get(post.role)
    if state is None:
        return []
    label = _("Nghị quyết của tỉnh chờ xác nhận") if state == "awaiting" else _("Nghị quyết của tỉnh bị trả lại")
    return [Task(label, Resolution.objects.filter(state=state).count(), reverse("lawbook:resolutions"), "due")]


def _public(post: Post, on: date) -> list[Task]:
    """Petitions that are late or wait to be admitted, and lists to be taken off the board. Two queries."""
    if post.role == Role.ACCOUNTANT:
        return []
    url = reverse("petitions:register")
    counts = Petition.objects.open().aggregate(
        late=Count("pk", filter=Q(state="registered", admit_due_on__lt=on) | Q(state="admitted", answer_due_on__lt=on)),
        new=Count("pk", filter=Q(state="registered")),
    )
    return [
        Task(_("Đơn thư quá hạn"), counts["late"], f"{url}?trang_thai=qua-han", "late"),
        Task(_("Đơn thư chờ thụ lý"), counts["new"], f"{url}?trang_thai=registered", "due"),
        Task(
            _("Niêm yết hết hạn, chờ gỡ"),
            Posting.objects.filter(state="posted", until__lt=on).count(),
            reverse("dossiers:postings"),
            "due",
        ),
    ]


def _run_sentence(run: PaymentRun, post: Post) -> str:
    """The month's run in one sentence: people and money on the lists this post sees."""
    if post.role not in (*_COMMUNE, *_PROVINCE):
        return ""
    # Grouped by person first: counting distinct people of a whole province would sort every line.
    by_person = PaymentLine.objects.filter(list__run=run).exclude(state="held").values("person").annotate(vnd=Sum("amount_vnd"))
    whole = by_person.aggregate(n=Count("*"), s=Sum("vnd"))
    if not whole["n"]:
        return ""
    return _("Danh sách chi trả tháng %(month)s có %(people)s người, %(money)s.") % {
        "month": month_text(run.benefit_month),
        "people": number_text(whole["n"]),
        "money": money_text(whole["s"] or 0),
    }


def _birthdays(post: Post, on: date) -> list[Task]:
    """People who will soon be as old as a rule asks: the list opens to them."""
    if post.role not in (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER):
        return []
    counts = coming_birthdays(on=on)
    url = reverse("people:list")
    return [Task(_("tròn %(age)d tuổi") % {"age": age}, n, f"{url}?sap={age}") for age, n in counts.items() if n]


def _payer_tasks() -> list[Task]:
    answered = PayerReturn.objects.filter(handover=OuterRef("pk"), taken__gt=0)
    waiting = Handover.objects.filter(~Exists(answered)).count()
    stops = StopRequest.objects.filter(acknowledged_at__isnull=True).count()
    url = reverse("payments:overview")
    return [
        Task(_("Yêu cầu dừng chi cần xác nhận"), stops, url, "late"),
        Task(_("Danh sách chưa trả kết quả"), waiting, f"{url}?ket_qua=chua-gui", "due"),
    ]


def _states(run: PaymentRun) -> list[tuple[str, str, int]]:
    """How many lists stand in each state, in the order of the work."""
    counts = dict(run.lists.values_list("state").annotate(n=Count("id")).order_by())
    return [(state, label, counts[state]) for state, label in LIST.states.items() if counts.get(state)]


_STEPS = {"proposed": 1, "checking": 1, "approved": 2, "closed": 2}


def _lists(run: PaymentRun) -> list[tuple[PaymentList, int]]:
    """Lists of the run with the shade of their stage, furthest first."""
    order = {state: place for place, state in enumerate(LIST.states)}
    found = sorted(run.lists.select_related("unit"), key=lambda one: (-order[one.state], one.unit.name_folded))
    return [(one, _STEPS.get(one.state, 3)) for one in found]


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
