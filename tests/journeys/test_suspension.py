"""Suspended by a dossier, resumed by a dossier: no line while it lasts, the months after all where the law of its month says so."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import at, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers import operations as dossiers
from ansinh.dossiers.models import Dossier
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.payments.models import PaymentLine
from ansinh.payments.tests import factories as month
from ansinh.people.models import Person
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER, JANUARY = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)


def through_a_dossier(who: Person, procedure: str, case: str, from_month: str, settings, *, day: date) -> Dossier:
    """At the counter, on the officer's page of the proposal as it is filled in, signed and recorded by the clerk."""
    officer, clerk, now = post(), post(Role.CLERK), at(day.year, day.month, day.day)
    settings.ANSINH_TODAY = day
    with as_post(officer, on=day):
        made = dossiers.open_dossier(procedure=procedure, case=case, person=who, by=officer, now=now)
        dossiers.receive_dossier(dossier=made, received_on=day, given=[], by=officer, now=now)
        dossiers.take_up_dossier(dossier=made, by=officer, now=now)
    page = Client()
    page.force_login(officer.user)
    form = page.get(f"/ho-so/{made.code}/trinh-ky/").context["form"]
    data = {**{name: value for name, value in form.initial.items() if value is not None}, "from_month": from_month}
    assert data["act"] == made.sheet.act
    assert page.post(f"/ho-so/{made.code}/trinh-ky/", data).status_code == 302
    with as_post(clerk, on=day):
        made.refresh_from_db()
        ledger.record_decision(decision=made.decisions.get(), signature=signature(day), by=clerk, now=now)
        made.refresh_from_db()
    return made


def lines_of(who: Person, of: date) -> list[tuple[date, int]]:
    month.proposed(of)
    with as_maintenance():
        found = (
            PaymentLine.objects.filter(list__run__benefit_month=of, person=who).exclude(state="held").order_by("benefit_month")
        )
        return [(line.benefit_month, line.amount_vnd) for line in found]


def test_not_collected_suspended_and_resumed_with_the_months_between(settings):
    who = person("Vũ Thị Vắng", "1945-01-01")
    grant(who, standard_vnd=540_000, months_from=date(2026, 7, 1))
    month.neighbour()
    month.paid(NOVEMBER)
    made = through_a_dossier(who, "allowance_suspend", "uncollected", "12/2026", settings, day=date(2026, 11, 10))
    assert (made.state, made.version.basis, made.due_on) == ("decided", "Điều 9 NĐ 335/2026/NĐ-CP", date(2026, 11, 19))
    assert lines_of(who, DECEMBER) == []
    month.paid(DECEMBER, found=None)
    made = through_a_dossier(who, "allowance_resume", "unchanged", "01/2027", settings, day=date(2026, 12, 8))
    assert made.state == "decided"
    assert lines_of(who, JANUARY) == [(DECEMBER, 540_000), (JANUARY, 540_000)]


def test_before_the_decree_of_2026_the_suspended_months_wait_for_the_point_to_be_confirmed(settings):
    who = person("Vũ Thị Chờ", "1945-01-01")
    grant(who, months_from=date(2026, 5, 1))
    month.neighbour()
    month.paid(date(2026, 7, 1))
    through_a_dossier(who, "allowance_suspend", "detained", "08/2026", settings, day=date(2026, 7, 10))
    month.paid(date(2026, 8, 1))
    through_a_dossier(who, "allowance_resume", "proved", "09/2026", settings, day=date(2026, 8, 8))
    september = date(2026, 9, 1)
    assert lines_of(who, september) == [(september, 500_000)]
    with as_maintenance():
        held = PaymentLine.objects.get(list__run__benefit_month=september, person=who, state="held")
    assert held.benefit_month == date(2026, 8, 1) and "chờ xác nhận" in held.hold_reason
