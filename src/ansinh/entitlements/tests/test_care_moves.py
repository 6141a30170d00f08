"""Money for care follows the person who draws it to another commune, by the decision that answers the move."""

from datetime import date

import pytest
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, THAI_BINH, at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.tests.factories import dossier
from ansinh.entitlements import operations
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.tests.factories import care, grant, signature
from ansinh.people import operations as people
from ansinh.people.tests.factories import household, person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
NOV, DEC = date(2026, 11, 1), date(2026, 12, 1)
NEW_OFFICE = f"UBND-{THAI_BINH}"


def carer(pension: bool):
    """A mother paid for the care of her son, and her own pension, both decided in Quỳnh Phụ; she moves to Thái Bình."""
    house = household()
    mother = person("Lê Thị Mẹ", "1945-01-01", household=house)
    facts = {"disability": "extremely_severe", "cared_by": "own_household"}
    entries = [care(mother, person("Lê Văn Con", "1996-01-01", household=house, facts=facts), date(2026, 8, 1))]
    if pension:
        entries.append(grant(mother, standard_vnd=540_000, months_from=date(2026, 8, 1)))
    with as_maintenance():
        people.move_across(
            person=mother, unit=commune(THAI_BINH), since=date(2026, 11, 2), source="Sổ cư trú", by=post(), now=NOW
        )
        mother.refresh_from_db()
    return mother, entries


def proposed(mother, **values) -> Decision:
    made = dossier("verifying", whose=mother, procedure="move", case="arrives")
    url = reverse("entitlements:propose", args=[made.code])
    browser = signed_in(office=NEW_OFFICE)
    page = browser.get(url)
    answer = browser.post(url, {"from_month": "12/2026", "reason": "Chuyển đến", "act": "adjust", **values})
    assert answer.status_code == 302, answer.context_data["form"].errors
    with as_maintenance():
        decision = Decision.objects.get(dossier=made)
        decision.page = page.text
        return decision


def lines(decision: Decision) -> list[tuple]:
    with as_maintenance():
        rows = decision.items.order_by("number").values_list("act", "benefit", "from_month", "amount_vnd")
        return list(rows)


def test_with_the_pension_goes_the_money_for_care():
    mother, (_care, pension) = carer(pension=True)
    level = {"category": pension.category, "coefficient": "1,0", "count": "1"}
    made = proposed(mother, entry=str(pension.id), **level)
    assert "Cùng chuyển đến" in made.page and "Kinh phí chăm sóc" in made.page
    assert lines(made) == [("adjust", "social_pension", DEC, 540_000), ("adjust", "carer_money", DEC, 540_000)]
    with as_maintenance():
        operations.record_decision(
            decision=made, signature=signature(NOW.date()), by=post(Role.CLERK, office=NEW_OFFICE), now=NOW
        )
        running = Entitlement.objects.running(DEC).filter(person=mother)
        assert set(running.values_list("unit__code", flat=True)) == {THAI_BINH} and running.count() == 2
        assert running.get(benefit="carer_money").cared_for.full_name == "Lê Văn Con"


def test_who_draws_nothing_but_money_for_care_moves_with_it():
    mother, (entry,) = carer(pension=False)
    made = proposed(mother, entry=str(entry.id))
    assert "Cùng chuyển đến" not in made.page
    assert lines(made) == [("adjust", "carer_money", DEC, 540_000)]


def test_at_home_nothing_goes_along():
    mother = person("Lê Thị Ở", "1945-01-01")
    pension = grant(mother, standard_vnd=540_000, months_from=date(2026, 8, 1), signed=at(2026, 7, 12))
    son = person("Lê Văn Con", "1996-01-01", facts={"disability": "extremely_severe", "cared_by": "own_household"})
    care(mother, son, date(2026, 8, 1))
    made = dossier("verifying", whose=mother, procedure="allowance_change", case="")
    url = reverse("entitlements:propose", args=[made.code])
    level = {"category": pension.category, "coefficient": "1,0", "count": "1", "entry": str(pension.id)}
    signed_in().post(url, {"from_month": "12/2026", "reason": "Đổi", "act": "adjust", **level})
    with as_maintenance():
        assert lines(Decision.objects.get(dossier=made)) == [("adjust", "social_pension", DEC, 540_000)]
