"""What happened for me: told once, read once, seen by nobody else."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ansinh.access import operations as access
from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.work import operations, queries
from ansinh.work.models import Notice
from ansinh.work.tests.factories import task

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client, settings):
    settings.ANSINH_TODAY = DAY
    client.force_login(post().user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_nobody_is_told_of_the_own_act_nor_twice():
    me, other = post(), post(Role.COMMUNE_HEAD)
    with as_post(me, on=DAY):
        to = [me.pk, other.pk, other.pk, None]
        told = operations.notify(to=to, text="x", noun="task", about="CV1", unit=me.office.unit, by=me, now=NOW)
    assert told == 1


def test_who_stands_in_hears_it_too():
    away, deputy, clerk = post(), post(Role.COMMUNE_HEAD), post(Role.CLERK)
    with as_post(away, on=DAY):
        access.record_absence(post=away, deputy=deputy, first=DAY, last=DAY, reason="", by=away, now=NOW)
        said = {"text": "x", "noun": "task", "about": "CV1", "unit": away.office.unit, "now": NOW}
        assert operations.notify(to=[away.pk], by=clerk, **said) == 2
        assert operations.notify(to=[away.pk], by=deputy, **said) == 1


def test_reading_one_opens_what_it_is_about(officer):
    made = task()
    with as_maintenance():
        notice = Notice.objects.get()
    assert "Được giao việc" in officer.get(reverse("web:home")).content.decode()
    answer = officer.post(reverse("work:notice", args=[notice.pk]))
    assert answer.url == reverse("work:task", args=[made.code])
    with as_post(post(), on=DAY):
        assert queries.unread_count(post()) == 0
    assert 'id="thong-bao"' not in officer.get(reverse("web:home")).content.decode()


def test_what_no_page_shows_any_more_leads_back_to_the_notices(officer):
    task()
    with as_maintenance():
        notice = Notice.objects.get()
        Notice.objects.update(noun="telegram")
    assert officer.post(reverse("work:notice", args=[notice.pk])).url == reverse("work:notices")


def test_all_are_read_at_once(officer):
    task(), task()
    assert "mới" in officer.get(reverse("work:notices")).content.decode()
    officer.post(reverse("work:read_all"))
    with as_post(post(), on=DAY):
        assert queries.unread_count(post()) == 0


def test_the_notice_of_a_colleague_is_not_mine(officer):
    task(doer=post(Role.CLERK))
    with as_maintenance():
        notice = Notice.objects.get()
    assert officer.post(reverse("work:notice", args=[notice.pk])).status_code == 404
    assert "Được giao việc" not in officer.get(reverse("work:notices")).content.decode()
