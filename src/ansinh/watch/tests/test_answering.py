"""Dismissing, taking up again, and the dossier or draft made ready in one click."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.models import Decision
from ansinh.entitlements.operations import draft_differences
from ansinh.entitlements.tests.factories import grant
from ansinh.kernel.errors import AlreadyDone, InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.people.tests.factories import person
from ansinh.watch import operations
from ansinh.watch.models import WatchItem
from ansinh.watch.tests.factories import item, look
from ansinh.watch.workflow import WATCH_ITEM

pytestmark = pytest.mark.django_db


def test_dismissing_needs_a_reason_and_keeps_who_and_when():
    one, officer = item(), post()
    with as_post(officer, on=DAY):
        with pytest.raises(InvalidInput):
            operations.dismiss(item=one, note="  ", by=officer, now=NOW)
        done = operations.dismiss(item=one, note="Còn đi học", by=officer, now=NOW)
        assert (done.state, done.note, done.moved_by, done.moved_at) == ("dismissed", "Còn đi học", officer, NOW)
        with pytest.raises(MoveNotAllowed):
            operations.dismiss(item=one, note="Lần nữa", by=officer, now=NOW)
        assert operations.reopen(item=one, by=officer, now=NOW).state == "open"


@pytest.mark.parametrize("act", ["dismiss", "reopen", "resolve", "return"])
def test_a_role_the_table_does_not_name_may_not(act):
    move = next(move for move in WATCH_ITEM.moves if move.act == act)
    for role in {Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP, Role.COMMUNE_CHAIRMAN, Role.INSPECTOR} - set(move.roles):
        with pytest.raises(NotAllowed):
            WATCH_ITEM.find(act, move.sources[0], role)


def test_one_click_opens_the_dossier_once_with_case_and_reason():
    one, officer = item(), post()
    with as_post(officer, on=DAY):
        made = operations.prepare(item=one, by=officer, now=NOW)
        assert isinstance(made, Dossier)
        assert (made.procedure, made.case, made.state, made.request) == ("allowance_stop", "not_eligible", "writing", one.reason)
        assert operations.prepare(item=one, by=officer, now=NOW) == made
        assert Dossier.objects.count() == 1 and WatchItem.objects.get().dossier == made


def test_a_reminder_of_a_certificate_opens_the_dossier_of_the_allowance():
    person("Lê Văn Nặng", "1990-04-05", facts={"disability": "severe"})
    look()
    officer = post(Role.ONE_STOP)
    with as_post(officer, on=DAY):
        made = operations.prepare(item=WatchItem.objects.get(), by=officer, now=NOW)
        assert (made.procedure, made.case, made.request) == ("allowance_grant", "disabled", "")


def test_a_reminder_opens_the_pension_dossier_of_its_case():
    person("Phạm Văn Đủ", "1951-12-20")
    look()
    officer = post(Role.ONE_STOP)
    with as_post(officer, on=DAY):
        made = operations.prepare(item=WatchItem.objects.get(), by=officer, now=NOW)
        assert (made.procedure, made.case, made.request) == ("social_pension", "from_75", "")


def test_a_draft_that_is_there_already_is_the_answer():
    one, officer = item(), post()
    with as_post(officer, on=DAY):
        (draft,) = draft_differences(unit=one.unit, month=date(2027, 1, 1), by=officer, now=NOW)
        assert operations.prepare(item=one, by=officer, now=NOW) == draft
        assert not Dossier.objects.exists()


def uncollected() -> WatchItem:
    entry = grant(person("Trần Thị Vắng", "1940-03-02"))
    with as_maintenance():
        return WatchItem.objects.create(
            person=entry.person, unit=entry.person.unit, kind="uncollected", cause=entry.code, entitlement=entry, reason="Chưa nhận",
            month=date(2026, 12, 1), first_seen_at=NOW,
        )  # fmt: skip


def test_money_nobody_fetched_gets_the_draft_of_a_suspension():
    one, officer = uncollected(), post()
    with as_post(officer, on=DAY):
        made = operations.prepare(item=one, by=officer, now=NOW)
        (line,) = made.items.all()
        assert (made.state, made.kind, line.act, line.from_month) == ("draft", "suspend", "suspend", date(2026, 12, 1))
        assert operations.prepare(item=one, by=officer, now=NOW) == made and Decision.objects.filter(state="draft").count() == 1


def test_the_one_stop_desk_drafts_no_suspension_and_others_open_no_dossier():
    over, desk, chairman = item(), post(Role.ONE_STOP), post(Role.COMMUNE_CHAIRMAN)
    one = uncollected()
    with as_post(desk, on=DAY), pytest.raises(NotAllowed):
        operations.prepare(item=one, by=desk, now=NOW)
    with as_post(chairman, on=DAY), pytest.raises(NotAllowed):
        operations.prepare(item=over, by=chairman, now=NOW)


def test_what_no_longer_waits_opens_nothing():
    one, officer = item(), post()
    with as_post(officer, on=DAY):
        operations.dismiss(item=one, note="Còn đi học", by=officer, now=NOW)
        with pytest.raises(AlreadyDone):
            operations.prepare(item=one, by=officer, now=NOW)
