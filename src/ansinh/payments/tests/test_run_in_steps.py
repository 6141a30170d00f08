"""A run commits some communes at a time: stopped or broken off it keeps those, and goes on with the others alone."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import THAI_BINH, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.tests.factories import grant
from ansinh.jobs import operations as jobs
from ansinh.jobs.models import Job, JobState
from ansinh.journal.models import Entry
from ansinh.payments import background
from ansinh.payments.models import PaymentLine, PaymentList
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import division

JUL = date(2026, 7, 1)
NOW = month.before(JUL, 16)


@pytest.fixture(autouse=True)
def one_commune_a_step(monkeypatch):
    monkeypatch.setattr(background, "COMMUNES_A_STEP", 1)
    monkeypatch.setitem(connection.settings_dict, "CONN_MAX_AGE", 0)


def asked() -> Job:
    """The month of two communes asked for by the division; the first in the order of names is named first."""
    with as_maintenance():
        units = sorted((commune(), commune(THAI_BINH)), key=lambda unit: unit.name_folded)
        for unit in units:
            grant(person(f"Trần Văn {unit.name}", unit=unit, by=month.officer(unit.code)))
    arguments = {"month": "2026-07", "units": [unit.id for unit in units]}
    by = post(Role.DIVISION_OFFICER, office="BTXH")
    return jobs.start(kind="payments_run", title="Lập", arguments=arguments, by=by, now=NOW)


def run(job: Job) -> Job:
    jobs.run(job_id=job.id, clock=lambda: NOW)
    job.refresh_from_db()
    return job


def lists() -> dict[int, int]:
    """How many lines each commune's list holds."""
    with as_maintenance():
        return {found.unit_id: found.lines.count() for found in PaymentList.objects.all()}


def acts() -> int:
    with as_maintenance():
        return Entry.objects.filter(act="propose", noun="payment_list").count()


@pytest.fixture
def stopped(monkeypatch):
    """A run that an officer stopped after its first commune."""
    job = asked()
    ask, steps = background.draft_from_lists, []

    def stop_after_this(**known):
        steps.append(known["unit"])
        jobs.cancel(job=job, now=NOW)
        return ask(**known)

    monkeypatch.setattr(background, "draft_from_lists", stop_after_this)
    run(job)
    monkeypatch.setattr(background, "draft_from_lists", ask)
    return job


@pytest.mark.django_db(transaction=True)
def test_a_stopped_run_keeps_whole_communes_and_goes_on_with_the_others(stopped):
    first, second = stopped.arguments["units"]
    assert stopped.state == JobState.CANCELLED and stopped.result == {"finished": [first]}
    assert lists() == {first: 1} and acts() == 1
    jobs.resume(job=stopped)
    assert run(stopped).state == JobState.DONE
    assert lists() == {first: 1, second: 1} and acts() == 2


@pytest.mark.django_db(transaction=True)
def test_a_run_that_broke_off_does_not_do_the_first_commune_again(monkeypatch):
    job = asked()
    first, second = job.arguments["units"]
    draft = background.draft_from_lists

    def break_at_the_second(**known):
        if known["unit"].id == second:
            raise RuntimeError
        return draft(**known)

    monkeypatch.setattr(background, "draft_from_lists", break_at_the_second)
    with pytest.raises(RuntimeError):
        run(job)
    assert lists() == {first: 1}
    job.refresh_from_db()
    assert job.state == JobState.WAITING
    monkeypatch.setattr(background, "draft_from_lists", draft)
    assert run(job).state == JobState.DONE
    assert lists() == {first: 1, second: 1} and acts() == 2
    with as_maintenance():
        assert PaymentLine.objects.count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_page_says_that_the_run_stopped_and_its_button_goes_on(stopped, client):
    client.force_login(stopped.asked_by.user)
    address = reverse("payments:overview") + "?thang=07/2026"
    page = client.get(address).content.decode()
    assert "1 trong 2 xã đã lập xong" in page and "Tiếp tục" in page
    assert client.post(reverse("jobs:resume", args=[stopped.code])).status_code == 302
    assert "Đang lập danh sách" in client.get(address).content.decode()
    run(stopped)
    page = client.get(address).content.decode()
    assert "dừng giữa chừng" not in page and "Đang lập danh sách" not in page


@pytest.mark.django_db(transaction=True)
def test_a_run_says_which_lists_it_left_alone():
    """A month whose list is on its way was “done” in a second, and nobody was told that nothing had happened."""
    job = asked()
    assert run(job).result["kept"] == 0
    with as_maintenance():
        PaymentList.objects.filter(unit=commune()).update(state="checking")
    again = run(jobs.start(kind="payments_run", title="Lập", arguments=job.arguments, by=job.asked_by, now=NOW))
    assert again.result["kept"] == 1
    page = division().get(reverse("jobs:detail", args=[again.code])).content.decode()
    assert "1 danh sách đã trình ký" in page
