"""A change, a stop, a pension beside an allowance, a move: each from the counter to the month's list, nothing twice, no month lost."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import THAI_BINH, at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers import operations as dossiers
from ansinh.dossiers.models import Dossier
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.queries import law_for
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.kernel.errors import InvalidInput
from ansinh.localities.models import Unit
from ansinh.payments import operations as payments
from ansinh.payments.models import PaymentLine
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import household, person

pytestmark = pytest.mark.django_db
NOVEMBER, DECEMBER = date(2026, 11, 1), date(2026, 12, 1)
NOW = at(2026, 11, 5)


def filed(who: Person, procedure: str, case: str, facts: dict | None = None, *, office: str = "UBND-12472") -> Dossier:
    """Received, taken up, and what was declared written into the register."""
    officer = post(office=office)
    with as_post(officer, on=NOW.date()):
        made = dossiers.open_dossier(procedure=procedure, case=case, person=who, by=officer, now=NOW)
        if facts:
            dossiers.declare(dossier=made, facts=facts, by=officer, now=NOW)
        dossiers.receive_dossier(dossier=made, received_on=date(2026, 11, 3), given=[], by=officer, now=NOW)
        dossiers.take_up_dossier(dossier=made, by=officer, now=NOW)
        return dossiers.accept_declaration(dossier=made, by=officer, now=NOW) if facts else made


def by_law(who: Person, month: date, act: str, entry: Entitlement | None = None) -> ItemDraft:
    (line,) = law_for(who, month)
    return ItemDraft(
        person_id=who.id, act=act, benefit=line.kind, category=line.category, law_code=line.code, from_month=month,
        coefficient=line.coefficient, count=line.count, standard_vnd=line.standard_vnd, amount_vnd=line.amount_vnd, entitlement=entry,
    )  # fmt: skip


def as_it_stands(entry: Entitlement, act: str, month: date) -> ItemDraft:
    kept = ("benefit", "category", "law_code", "coefficient", "count", "standard_vnd", "amount_vnd")
    return ItemDraft(
        person_id=entry.person_id, act=act, from_month=month, entitlement=entry, **{name: getattr(entry, name) for name in kept}
    )


def decided(made: Dossier, item: ItemDraft) -> Dossier:
    officer, clerk = (post(role, office=made.office.code) for role in (Role.COMMUNE_OFFICER, Role.CLERK))
    with as_post(officer, on=NOW.date()):
        draft = ledger.propose_decision(dossier=made, kind=item.act, items=[item], by=officer, now=NOW)
    with as_post(clerk, on=NOW.date()):
        ledger.record_decision(decision=draft, signature=signature(NOW.date()), by=clerk, now=NOW)
        made.refresh_from_db()
    return made


def listed(who: Person, month: date, *units: Unit) -> list[tuple[str, date, int]]:
    """What the lists of a month hold for a person: (commune, benefit month, amount)."""
    by = post(Role.DIVISION_OFFICER, office="BTXH")
    with as_post(by, on=date(2026, 11, 20)):
        run = payments.prepare_run(benefit_month=month, units=list(units or [commune()]), by=by, now=at(2026, 11, 20))
        lines = PaymentLine.objects.filter(list__run=run, person=who).exclude(state="held").order_by("benefit_month")
        return [(line.list.unit.name, line.benefit_month, line.amount_vnd) for line in lines.select_related("list__unit")]


def test_a_decision_dated_before_its_dossier_came_is_refused():
    who = person("Trần Văn Bính", "1990-05-06", facts={"disability": "severe"})
    made, officer, clerk = filed(who, "allowance_grant", "disabled"), post(), post(Role.CLERK)
    with as_post(officer, on=NOW.date()):
        item = by_law(who, NOVEMBER, "grant")
        draft = ledger.propose_decision(dossier=made, kind="grant", items=[item], by=officer, now=NOW)
    with as_post(clerk, on=NOW.date()):
        for day in (date(2025, 11, 4), date(2026, 11, 2)):  # a year typed wrongly; the day before
            with pytest.raises(InvalidInput, match="trước ngày tiếp nhận hồ sơ 03/11/2026"):
                ledger.record_decision(decision=draft, signature=signature(day), by=clerk, now=NOW)
        ledger.record_decision(decision=draft, signature=signature(date(2026, 11, 3)), by=clerk, now=NOW)


def test_a_change_of_degree_is_paid_from_the_month_of_the_change():
    who = person("Trần Văn Bính", "1990-05-06", facts={"disability": "severe"})
    entry = grant(who, "DISABLED_SEVERE", coefficient=150, standard_vnd=540_000, law_code="ND335.5.6")
    made = filed(who, "allowance_change", "disabled", {"disability": {"value": "extremely_severe", "since": "2026-11-01"}})
    assert made.version.mark == "?" and made.due_on == date(2026, 11, 12)
    with as_post(post(), on=NOW.date()):
        item = by_law(who, DECEMBER, "adjust", entry)
    assert decided(made, item).state == "decided"
    assert listed(who, DECEMBER)[-1] == ("Xã Quỳnh Phụ", DECEMBER, 1_080_000)


def test_a_stop_ends_the_lines_from_its_month():
    who = person("Vũ Thị Thôi", "1940-01-01")
    entry = grant(who, standard_vnd=540_000)
    made = decided(filed(who, "allowance_stop", "own_wish"), as_it_stands(entry, "stop", DECEMBER))
    assert made.state == "decided"
    assert all(month < DECEMBER for _, month, _ in listed(who, DECEMBER))


def test_a_pension_beside_an_allowance_is_never_granted_on_top():
    """A poor lonely elder of 76 draws 2,0 × 540.000; the pension of 540.000 would be paid on top of it."""
    home = household(poverty="poor")
    who = person("Lê Thị Cô", "1950-02-03", household=home, facts={"supporter": "none"})
    grant(who, "ELDER_POOR_ALONE", coefficient=200, standard_vnd=540_000, law_code="ND335.5.5.a")
    made = filed(who, "social_pension", "from_75")
    pension = ItemDraft(
        person_id=who.id, act="grant", benefit="social_pension", category="SOCIAL_PENSION_75", law_code="ND176.2.1",
        coefficient=100, standard_vnd=540_000, amount_vnd=540_000, from_month=NOVEMBER,
    )  # fmt: skip
    with as_post(post(), on=NOW.date()), pytest.raises(InvalidInput, match="không cho hưởng đồng thời"):
        ledger.propose_decision(dossier=made, kind="grant", items=[pension], by=post(), now=NOW)


def test_the_higher_of_two_replaces_the_lower_one():
    who = person("Phạm Thị Cao", "1948-02-03", facts={"disability": "severe"})
    pension = grant(who, standard_vnd=540_000)
    made = filed(who, "allowance_grant", "disabled")
    with as_post(post(), on=NOW.date()):
        on_top, instead = by_law(who, DECEMBER, "grant"), by_law(who, DECEMBER, "adjust", pension)
        with pytest.raises(InvalidInput, match=pension.code):
            ledger.propose_decision(dossier=made, kind="grant", items=[on_top], by=post(), now=NOW)
    decided(made, instead)
    assert [row[1:] for row in listed(who, DECEMBER)][-1] == (DECEMBER, 1_080_000)
    with as_post(post(), on=NOW.date()):
        assert Entitlement.objects.running(DECEMBER).filter(person=who).count() == 1


def test_two_that_the_law_gives_together_are_granted_together():
    home = household(poverty="poor")
    who = person("Bùi Thị Đơn", "1990-02-03", household=home, facts={"disability": "severe", "marital": "unmarried"})
    child = person("Bùi Văn Con", "2020-02-03", household=home)
    officer = post()
    with as_post(officer, on=NOW.date()):
        people.record_relative(person=who, kind="child", name="", known=child, since=None, source="thử", by=officer, now=NOW)
        lines = {line.category: line for line in law_for(who, DECEMBER)}
    assert set(lines) == {"DISABLED_SEVERE", "SINGLE_PARENT"}
    grant(who, "DISABLED_SEVERE", coefficient=150, standard_vnd=540_000, law_code="ND335.5.6")
    line = lines["SINGLE_PARENT"]
    item = ItemDraft(
        person_id=who.id, act="grant", benefit=line.kind, category=line.category, law_code=line.code, from_month=DECEMBER,
        coefficient=line.coefficient, count=line.count, standard_vnd=line.standard_vnd, amount_vnd=line.amount_vnd,
    )  # fmt: skip
    decided(filed(who, "allowance_grant", "single_parent"), item)
    assert sorted(row[2] for row in listed(who, DECEMBER) if row[1] == DECEMBER) == [540_000, 810_000]


def test_a_move_loses_no_month_and_pays_none_twice():
    who = person("Ngô Thị Chuyển", "1940-01-01")
    grant(who, standard_vnd=540_000)
    old, new = commune(), commune(THAI_BINH)
    with as_post(post(), on=NOW.date()):
        people.move_across(person=who, unit=new, since=date(2026, 11, 2), source="Sổ cư trú", by=post(), now=NOW)
    with as_maintenance():
        arrived = Person.objects.select_related("unit").get(pk=who.pk)
    made = filed(arrived, "move", "arrives", office=f"UBND-{THAI_BINH}")
    with as_post(post(office=f"UBND-{THAI_BINH}"), on=NOW.date()):
        entry = Entitlement.objects.running(NOVEMBER).get(person=who)
    decided(made, as_it_stands(entry, "adjust", DECEMBER))
    december = [row for row in listed(who, DECEMBER, old, new) if row[1] == DECEMBER]
    assert december == [(new.name, DECEMBER, 540_000)]
