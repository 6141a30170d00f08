"""A task from the giving to the end: each step, each forbidden one, who is told."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from threading import Barrier, Thread

import openpyxl
import pytest
from django.db import connections
from django.urls import reverse

from ansinh.access import operations as access
from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, THAI_BINH, post
from ansinh.database.acting import as_maintenance
from ansinh.journal.models import Entry
from ansinh.kernel.errors import AlreadyDone, AnsinhError, InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.work import operations, queries
from ansinh.work.models import Notice, Task
from ansinh.work.tests.factories import fresh, move, task
from ansinh.work.workflow import TASK

pytestmark = pytest.mark.django_db


def told(role: str) -> list[str]:
    with as_maintenance():
        return list(Notice.objects.filter(post=post(role)).order_by("id").values_list("text", flat=True))


def test_a_task_is_given_with_its_paper_and_the_doer_is_told():
    made = task(source="Công văn 12/SYT-BTXH ngày 18/11/2026", product="Báo cáo")
    assert (made.state, made.unit, made.giver) == ("assigned", post().office.unit, post(Role.COMMUNE_HEAD))
    assert told(Role.COMMUNE_OFFICER) == ["Được giao việc, hạn 27/11/2026: Rà soát hồ sơ tồn"] and told(Role.COMMUNE_HEAD) == []
    with as_maintenance():
        assert Entry.objects.filter(act="give_task", key=made.code).count() == 1


def test_the_way_there_and_back():
    made = task()
    for act, state in (
        ("accept", "accepted"),
        ("report", "reported"),
        ("return", "returned"),
        ("report", "reported"),
        ("finish", "finished"),
    ):
        made = move(made, act)
        assert made.state == state
    assert told(Role.COMMUNE_HEAD)[0] == "Đỗ Thị Thử: nhận việc, “Rà soát hồ sơ tồn”"
    with as_maintenance():
        assert list(made.steps.order_by("id").values_list("act", flat=True)) == [
            "give",
            "accept",
            "report",
            "return",
            "report",
            "finish",
        ]


def test_a_task_is_called_off_with_a_reason():
    with pytest.raises(InvalidInput, match="nội dung"):
        move(task(), "call_off", note=" ")
    assert task("called_off").state == "called_off"


_ACTS = sorted({move.act for move in TASK.moves})


@pytest.mark.parametrize(
    ("state", "act"),
    [(s, a) for s in TASK.states for a in _ACTS if not any(m.act == a and s in m.sources for m in TASK.moves)],
)
def test_what_the_table_does_not_name_is_refused(state, act):
    made = task(state)
    with pytest.raises(MoveNotAllowed):
        move(made, act)
    assert fresh(made).state == state


def test_who_does_it_does_not_finish_it_and_who_gave_it_does_not_report():
    made = task("reported")
    with pytest.raises(NotAllowed):
        move(made, "finish", by=post())
    with pytest.raises(NotAllowed):
        move(made, "return", by=post(Role.COMMUNE_CHAIRMAN))
    with pytest.raises(NotAllowed):
        move(task(), "report", by=post(Role.COMMUNE_HEAD))


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.CLERK, Role.DIVISION_OFFICER])
def test_who_leads_nobody_gives_nothing(role):
    with as_post(post(), on=DAY), pytest.raises(NotAllowed):
        operations.give_task(title="x", doer=post(), due_on=DAY, by=post(role), now=NOW)


def test_nothing_is_given_to_another_commune_nor_for_a_day_that_lies_behind():
    head, other = post(Role.COMMUNE_HEAD), post(office=f"UBND-{THAI_BINH}")
    with as_post(head, on=DAY), pytest.raises(InvalidInput, match="Không giao việc"):
        operations.give_task(title="x", doer=other, due_on=DAY, by=head, now=NOW)
    with pytest.raises(InvalidInput, match="đã qua"):
        task(due_on=date(2026, 11, 19))


def test_the_division_gives_a_task_to_the_head_of_a_commune_who_reports_back():
    leader, head = post(Role.DIVISION_HEAD, office="BTXH"), post(Role.COMMUNE_HEAD)
    with as_post(leader, on=DAY):
        made = operations.give_task(title="Báo cáo quý", doer=head, due_on=date(2026, 12, 1), by=leader, now=NOW)
    made = move(made, "report", by=head)
    assert made.state == "reported"
    with as_maintenance():
        assert Notice.objects.filter(post=leader).count() == 1
    with as_post(leader, on=DAY):
        assert [one.pk for one in queries.tasks_of(leader, part="toi-giao")] == [made.pk]


def test_another_last_day_with_its_reason():
    made, head = task(), post(Role.COMMUNE_HEAD)
    with as_post(head, on=DAY):
        with pytest.raises(InvalidInput, match="lý do"):
            operations.extend_task(task=made, due_on=date(2026, 12, 4), note="", by=head, now=NOW)
        operations.extend_task(task=made, due_on=date(2026, 12, 4), note="Chờ số liệu", by=head, now=NOW)
    assert fresh(made).due_on == date(2026, 12, 4) and told(Role.COMMUNE_OFFICER)[-1].startswith("Đổi hạn")
    with as_post(post(), on=DAY), pytest.raises(NotAllowed):
        operations.extend_task(task=made, due_on=date(2026, 12, 5), note="x", by=post(), now=NOW)


def test_a_deputy_reports_for_who_is_away_under_the_own_name():
    made, away, deputy = task(), post(), post(Role.COMMUNE_HEAD)
    with as_post(away, on=DAY):
        access.record_absence(post=away, deputy=deputy, first=DAY, last=DAY, reason="", by=away, now=NOW)
    made = move(made, "report", by=deputy)
    with as_maintenance():
        step = made.steps.order_by("-id").first()
    assert (step.post, "(thay Đỗ Thị Thử)" in step.actor) == (deputy, True)


def test_who_acts_on_what_changed_meanwhile_is_told():
    made = task()
    with as_maintenance():
        seen = made.steps.get().pk
    move(made, "accept")
    with pytest.raises(AlreadyDone, match="Nhận việc"):
        move(made, "report", seen=seen)


def test_counts_of_what_waits():
    task(due_on=DAY), task("accepted"), task("reported"), task("finished")
    with as_post(post(), on=DAY):
        counts = queries.task_counts(post(), on=date(2026, 11, 21))
        assert (counts.to_do, counts.late, counts.due, counts.reports) == (2, 1, 0, 0)
        assert queries.task_counts(post(Role.COMMUNE_HEAD), on=DAY).reports == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_finish_and_return_and_one_is_told():
    made, head = task("reported"), post(Role.COMMUNE_HEAD)
    start, raised = Barrier(2), []

    def run(act: str) -> None:
        try:
            start.wait(10)
            with as_post(head, on=DAY):
                operations.move_task(task=made, act=act, by=head, now=NOW, note="x")
        except AnsinhError as error:
            raised.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(act,)) for act in ("finish", "return")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert len(raised) == 1 and isinstance(raised[0], MoveNotAllowed)


# Pages -----------------------------------------------------------------------------------------------------------------
@pytest.fixture
def browser(client, settings):
    settings.ANSINH_TODAY = DAY

    def enter(role: str = Role.COMMUNE_OFFICER, office: str = "UBND-12472"):
        client.force_login(post(role, office=office).user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def test_a_task_is_given_found_reported_and_finished_in_the_browser(browser):
    client = browser(Role.COMMUNE_HEAD)
    form = {"title": "Lập danh sách quà Tết", "doer": post().pk, "due_on": "27/11/2026", "priority": "1"}
    answer = client.post(reverse("work:give"), form)
    with as_maintenance():
        made = Task.objects.get()
    assert answer.url == reverse("work:task", args=[made.code]) and made.priority == 1
    client = browser()
    assert "Lập danh sách quà Tết" in client.get(reverse("work:tasks"), {"tim": "qua tet"}).content.decode()
    client.post(reverse("work:step", args=[made.code, "report"]), {"note": "Đã xong"})
    assert fresh(made).state == "reported"
    client = browser(Role.COMMUNE_HEAD)
    assert "Đã xong" in client.get(reverse("work:task", args=[made.code])).content.decode()
    client.post(reverse("work:step", args=[made.code, "finish"]))
    assert fresh(made).state == "finished"
    assert client.get(reverse("work:step", args=[made.code, "finish"])).status_code == 302


def test_a_form_that_lacks_something_says_so(browser):
    answer = browser(Role.COMMUNE_HEAD).post(
        reverse("work:give"), {"title": "x", "doer": post().pk, "due_on": "1/1/2020", "priority": "0"}
    )
    assert answer.status_code == 422 and "Hạn hoàn thành đã qua." in answer.content.decode()


def test_a_task_of_others_is_not_there(browser):
    made = task()
    assert browser(Role.CLERK).get(reverse("work:task", args=[made.code])).status_code == 404
    assert browser(office=f"UBND-{THAI_BINH}").get(reverse("work:task", args=[made.code])).status_code == 404
    assert browser(Role.COMMUNE_CHAIRMAN).get(reverse("work:task", args=[made.code])).status_code == 200


def test_the_list_as_a_workbook(browser):
    task(product="Báo cáo")
    answer = browser().get(reverse("work:tasks"), {"xuat": "xlsx"})
    rows = list(openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(values_only=True))
    assert any("Rà soát hồ sơ tồn" in row and "Báo cáo" in row for row in rows)


def test_late_ones_stand_in_their_filter(browser, settings):
    task(due_on=DAY), task("finished")
    settings.ANSINH_TODAY = date(2026, 11, 23)
    text = browser().get(reverse("work:tasks"), {"trang_thai": "qua-han"}).content.decode()
    assert "tag--late" in text and text.count(">Rà soát hồ sơ tồn</a>") == 1
