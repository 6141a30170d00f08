"""Missing papers: the clock stands still, they are named, and it goes on where it stood. Reassigning; two people acting at once."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Post, Role
from ansinh.access.tests.factories import DAY, NOW, at, commune, post
from ansinh.dossiers import operations
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.operations.move import lock
from ansinh.dossiers.tests.factories import act, dossier
from ansinh.files.models import StoredFile
from ansinh.files.operations import store_scan
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.lawbook.models import HolidayList

pytestmark = pytest.mark.django_db
OFF = [date(2026, 1, 1), date(2026, 11, 24)]


def last_step(made: Dossier) -> int:
    with as_post(post(), on=DAY):
        return made.steps.order_by("-id").values_list("pk", flat=True)[0]


def test_the_clock_stands_still_from_the_asking_to_the_coming():
    made = dossier("verifying")
    assert made.due_on == date(2026, 12, 1)
    by = post()
    with as_post(by, on=DAY):
        asked = act("ask", made, by=by, now=at(2026, 11, 24))
        assert (asked.state, asked.due_on) == ("incomplete", None)
        assert [paper.key for paper in asked.papers.all() if paper.is_missing] == ["disability_certificate"]
        again = act("complete", asked, by=by, now=at(2026, 12, 4))
        assert (again.state, again.due_on) == ("verifying", date(2026, 12, 11))
        assert [paper.key for paper in again.papers.all() if paper.is_missing] == []


def test_every_missing_paper_is_listed_also_one_the_procedure_does_not_name():
    made, by = dossier("received"), post()
    with as_post(by, on=DAY):
        asked = operations.ask_for_completion(
            dossier=made,
            papers=["disability_certificate"],
            others=["Giấy xác nhận của thôn", " "],
            note="Xin bổ sung",
            by=by,
            now=NOW,
        )
        with pytest.raises(InvalidInput, match="Giấy xác nhận của thôn"):
            operations.complete_dossier(dossier=asked, papers=["disability_certificate"], by=by, now=NOW)
        keys = list(asked.papers.values_list("key", flat=True))
        assert operations.complete_dossier(dossier=asked, papers=keys, by=by, now=NOW).state == "verifying"


def test_asking_for_nothing_is_refused():
    by = post()
    with as_post(by, on=DAY), pytest.raises(InvalidInput, match="còn thiếu"):
        operations.ask_for_completion(dossier=dossier("received"), papers=[], note="Xin bổ sung", by=by, now=NOW)


def test_a_paper_that_comes_is_noted_while_the_dossier_is_open():
    made, by = dossier("received"), post(Role.ONE_STOP)
    with as_post(by, on=DAY):
        operations.give_papers(dossier=made, papers=["disability_certificate"], by=by, now=NOW)
        assert made.papers.get(key="disability_certificate").given_on == DAY
    done = dossier("decided", whose=made.person, procedure="allowance_change")
    with as_post(by, on=DAY), pytest.raises(NotAllowed):
        operations.give_papers(dossier=done, papers=["declaration"], by=by, now=NOW)


def picture(name: str, by: Post) -> StoredFile:
    return store_scan(name=name, data=b"\x89PNG\r\n\x1a\n" + name.encode(), purpose="dossier", unit=commune(), by=by, now=NOW)


def test_no_picture_of_a_paper_takes_the_place_of_another():
    made, by = dossier("received"), post()
    with as_post(by, on=DAY):
        for names in (("trang 1.png", "trang 2.png"), ("trang 3.png",)):
            scans = [picture(name, by) for name in names]
            operations.give_papers(dossier=made, papers=["disability_certificate"], scans=scans, by=by, now=NOW)
        kept = made.papers.filter(key__startswith="disability_certificate").order_by("id")
        assert [paper.scan.name for paper in kept] == ["trang 1.png", "trang 2.png", "trang 3.png"]
        assert [paper.label.partition("(tệp")[2] for paper in kept] == ["", " 2)", " 3)"]
        assert made.papers.themselves().count() == made.papers.count() - 2


def test_a_picture_of_no_paper_is_refused_rather_than_lost():
    made, by = dossier("received"), post()
    with as_post(by, on=DAY), pytest.raises(InvalidInput, match="đánh dấu"):
        operations.give_papers(dossier=made, papers=[], scans=[picture("lạ.png", by)], by=by, now=NOW)


def test_a_dossier_goes_to_another_officer_of_the_office():
    made, head = dossier("verifying"), post(Role.COMMUNE_HEAD)
    with as_post(head, on=DAY):
        given = operations.reassign_dossier(dossier=made, to=head, note="Nghỉ ốm", by=head, now=NOW)
        step = given.steps.order_by("-id").first()
        assert (given.holder, given.state, step.act) == (head, "verifying", "reassign")
        assert "Nghỉ ốm" in step.note and head.actor.text in step.note
        with pytest.raises(AlreadyDone):
            operations.reassign_dossier(dossier=made, to=head, note="", by=head, now=NOW)


@pytest.mark.parametrize(
    ("by", "to", "error"),
    [
        (post, lambda: post(office="UBND-13225"), InvalidInput),
        (post, lambda: post(Role.CLERK), InvalidInput),
        (lambda: post(Role.ONE_STOP), lambda: post(Role.COMMUNE_HEAD), NotAllowed),
    ],
)
def test_a_dossier_goes_to_nobody_else(by, to, error):
    made, by, to = dossier("verifying"), by(), to()
    with as_post(by, on=DAY), pytest.raises(error):
        operations.reassign_dossier(dossier=made, to=to, note="", by=by, now=NOW)


def test_a_closed_dossier_is_given_to_nobody():
    made, by = dossier("decided"), post()
    with as_post(by, on=DAY), pytest.raises(InvalidInput):
        operations.reassign_dossier(dossier=made, to=post(Role.COMMUNE_HEAD), note="", by=by, now=NOW)


def test_who_acts_on_what_somebody_changed_meanwhile_is_told_who_and_what():
    made, head = dossier("received"), post(Role.COMMUNE_HEAD)
    seen = last_step(made)
    with as_post(head, on=DAY):
        operations.take_up_dossier(dossier=made, by=head, now=NOW, seen=seen)
    with as_post(post(), on=DAY), pytest.raises(AlreadyDone, match="vừa thực hiện “Nhận xác minh” lúc 09:00"):
        operations.withdraw_dossier(dossier=made, note="Rút", by=post(), now=NOW, seen=seen)
    with as_post(post(), on=DAY):
        assert lock(made, last_step(made)).state == "verifying"


def test_corrected_holidays_move_the_last_day_of_what_is_open_and_of_nothing_else():
    made = dossier("verifying")
    waiting = dossier("incomplete", whose=made.person, procedure="allowance_change")
    done = dossier("decided", whose=made.person, procedure="allowance_stop", case="death")
    by = post(Role.DIVISION_HEAD, office="BTXH")
    with as_post(by, on=DAY):
        changed = operations.correct_holidays(year=2026, days_off=OFF, worked=[], source="Thông báo", by=by, now=NOW)
        assert changed == 1
        dues = dict(Dossier.objects.values_list("pk", "due_on"))
    assert dues == {made.pk: date(2026, 12, 2), waiting.pk: None, done.pk: date(2026, 12, 1)}


@pytest.mark.parametrize(
    "wrong",
    [{"source": " "}, {"days_off": []}, {"days_off": [date(2025, 1, 1)]}, {"worked": [date(2026, 11, 20)]}],
)
def test_a_list_of_holidays_that_cannot_be_is_refused(wrong):
    by = post(Role.DIVISION_HEAD, office="BTXH")
    known = {"year": 2026, "days_off": OFF, "worked": [], "source": "Thông báo"} | wrong
    with as_post(by, on=DAY):
        with pytest.raises(InvalidInput):
            operations.correct_holidays(**known, by=by, now=NOW)
        assert not HolidayList.objects.exists()


def test_a_commune_corrects_no_holidays():
    with as_post(post(), on=DAY), pytest.raises(NotAllowed):
        operations.correct_holidays(year=2026, days_off=OFF, worked=[], source="Thông báo", by=post(), now=NOW)
