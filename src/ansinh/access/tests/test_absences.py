"""Somebody is away: who may say so, who stands in, what the other then may do, and that it ends by itself."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from ansinh.access import operations
from ansinh.access.acting import as_post
from ansinh.access.middleware import ABSENCE_KEY, POST_KEY
from ansinh.access.models import Absence, Role
from ansinh.access.queries import away_holder, possible_deputies, stood_in_for
from ansinh.access.tests.factories import DAY, NOW, THAI_BINH, at, post
from ansinh.database.acting import as_maintenance
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


def absence(of: str = Role.COMMUNE_HEAD, by: str = Role.COMMUNE_OFFICER, *, first=DAY, last=date(2026, 11, 24)) -> Absence:
    away, deputy = post(of), post(by)
    with as_post(away, on=DAY):
        return operations.record_absence(post=away, deputy=deputy, first=first, last=last, reason="Đi học", by=away, now=NOW)


def test_the_deputy_stands_in_on_these_days_alone():
    made = absence()
    deputy, away = post(), post(Role.COMMUNE_HEAD)
    assert [one.pk for one in stood_in_for(deputy, on=date(2026, 11, 24))] == [made.pk]
    assert stood_in_for(deputy, on=date(2026, 11, 25)) == [] and stood_in_for(deputy, on=date(2026, 11, 19)) == []
    assert away_holder(deputy, away.pk, on=DAY) == away and away_holder(deputy, deputy.pk, on=DAY) is None
    assert made.last == date(2026, 11, 24)


def test_who_stands_in_acts_under_the_own_name_with_the_others_role():
    made, deputy = absence(), post()
    acting = deputy.standing_in(made)
    assert (acting.pk, acting.user_id, acting.role) == (deputy.pk, deputy.user_id, Role.COMMUNE_HEAD)
    assert acting.actor.text == "Đỗ Thị Thử, Trưởng phòng VH-XH (thay Đỗ Thị Thử), UBND xã Quỳnh Phụ"
    assert deputy.role == Role.COMMUNE_OFFICER
    with pytest.raises(ValueError, match="never saved"):
        acting.save()


@pytest.mark.parametrize(
    ("of", "by"),
    [
        (Role.COMMUNE_CHAIRMAN, Role.COMMUNE_HEAD),
        (Role.ACCOUNTANT, Role.COMMUNE_OFFICER),
        (Role.COMMUNE_OFFICER, Role.ACCOUNTANT),
        (Role.CLERK, Role.COMMUNE_CHAIRMAN),
    ],
)
def test_nobody_stands_in_without_the_competence(of, by):
    with pytest.raises(InvalidInput, match="không thể thay"):
        absence(of, by)


def test_nobody_of_another_office_stands_in():
    away, other = post(), post(office=f"UBND-{THAI_BINH}")
    assert other not in possible_deputies(away, on=DAY)
    with as_post(away, on=DAY), pytest.raises(InvalidInput):
        operations.record_absence(post=away, deputy=other, first=DAY, last=DAY, reason="", by=away, now=NOW)


def test_the_head_writes_it_for_others_and_a_colleague_does_not():
    away, head = post(), post(Role.COMMUNE_HEAD)
    known = {"post": away, "deputy": None, "first": DAY, "last": DAY, "reason": "", "now": NOW}
    with as_post(head, on=DAY), pytest.raises(NotAllowed):
        operations.record_absence(by=post(Role.CLERK), **known)
    with as_post(head, on=DAY):
        made = operations.record_absence(by=head, **known)
    assert made.deputy is None and made.recorded_by == head


def test_days_that_lie_behind_run_backwards_or_overlap_are_refused():
    with pytest.raises(InvalidInput, match="đã qua"):
        absence(first=date(2026, 11, 2), last=date(2026, 11, 3))
    with pytest.raises(InvalidInput, match="trước ngày đi"):
        absence(first=date(2026, 11, 24), last=DAY)
    absence()
    with pytest.raises(AlreadyDone, match="đã được ghi vắng mặt"):
        absence(first=date(2026, 11, 23), last=date(2026, 11, 30))


def test_a_deputy_who_is_away_too_is_refused():
    absence(Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD)
    with pytest.raises(InvalidInput, match="cũng vắng mặt"):
        absence(Role.COMMUNE_HEAD, Role.COMMUNE_OFFICER)


def test_back_before_the_time():
    made, head = absence(), post(Role.COMMUNE_HEAD)
    with as_post(head, on=DAY):
        ended = operations.end_absence(absence=made, by=head, now=at(2026, 11, 22))
    assert ended.period.upper == date(2026, 11, 22)
    with as_post(head, on=DAY), pytest.raises(AlreadyDone):
        operations.end_absence(absence=made, by=head, now=at(2026, 11, 23))


def test_one_that_never_began_is_none_and_its_days_are_free_again():
    made, head = absence(first=date(2026, 12, 1), last=date(2026, 12, 4)), post(Role.COMMUNE_HEAD)
    with as_post(head, on=DAY):
        operations.end_absence(absence=made, by=head, now=NOW)
    assert absence(first=date(2026, 12, 1), last=date(2026, 12, 4)).pk != made.pk


def test_who_stands_in_says_nobody_away():
    made, deputy = absence(), post()
    with as_post(deputy, on=DAY), pytest.raises(NotAllowed):
        operations.end_absence(absence=made, by=deputy.standing_in(made), now=NOW)


# In a browser ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def officer(client, settings):
    settings.ANSINH_TODAY = DAY
    client.force_login(post().user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_the_deputy_chooses_to_act_in_the_others_place_and_opens_the_heads_door(officer):
    made, give = absence(), reverse("work:give")
    assert officer.get(give).status_code == 403
    assert "thay Đỗ Thị Thử" in officer.get(reverse("access:choose_post")).content.decode()
    officer.post(reverse("access:choose_post"), {"post": made.code})
    assert officer.session[ABSENCE_KEY] == made.code and officer.get(give).status_code == 200
    assert "Xã Quỳnh Phụ · Trưởng phòng VH-XH (thay Đỗ Thị Thử)" in officer.get(reverse("web:home")).content.decode()
    officer.post(reverse("access:choose_post"), {"post": post().code})
    assert officer.session[POST_KEY] == post().pk and officer.get(give).status_code == 403


def test_it_ends_by_itself_in_the_middle_of_a_session(officer, settings):
    made = absence()
    officer.post(reverse("access:choose_post"), {"post": made.code})
    settings.ANSINH_TODAY = date(2026, 11, 25)
    assert officer.get(reverse("work:give")).status_code == 403
    assert ABSENCE_KEY not in officer.session


def test_nobody_acts_in_a_place_nobody_gave_them(officer):
    made = absence(Role.CLERK, Role.ONE_STOP)
    assert officer.post(reverse("access:choose_post"), {"post": made.code}).status_code == 404
    session = officer.session
    session[ABSENCE_KEY] = made.code
    session.save()
    assert officer.get(reverse("work:give")).status_code == 403


def test_standing_in_for_who_decides_asks_for_the_second_step(officer, second_step):
    made = absence()
    assert officer.get(reverse("dossiers:desk")).status_code == 200
    officer.post(reverse("access:choose_post"), {"post": made.code})
    assert officer.get(reverse("dossiers:desk")).status_code == 302


def test_an_absence_is_written_and_ended_on_its_page(officer):
    post(Role.COMMUNE_HEAD)
    page = reverse("access:absences")
    form = {"post": post().pk, "first": "23/11/2026", "last": "24/11/2026", "deputy": post(Role.COMMUNE_HEAD).pk, "reason": ""}
    assert officer.post(page, form).status_code == 302
    with as_maintenance():
        made = Absence.objects.get()
    text = officer.get(page).content.decode()
    assert "24/11/2026" in text and "sắp tới" in text
    assert officer.post(reverse("access:end_absence", args=[made.code])).status_code == 302
    assert "24/11/2026" not in officer.get(page).content.decode()
