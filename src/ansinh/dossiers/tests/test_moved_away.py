"""The person moves away while the dossier is open: the old commune still sees its dossier, says so, and withdraws it."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.tests.factories import DAY, NOW, THAI_BINH, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers import operations
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.tests.factories import dossier, fresh
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(settings) -> Dossier:
    settings.ANSINH_TODAY = DAY
    made = dossier("verifying")
    with as_post(post(), on=DAY):
        facts = {"disability": {"value": "severe", "since": None}}
        operations.declare(dossier=made, facts=facts, by=post(), now=NOW)
        people.move_across(
            person=made.person, unit=commune(THAI_BINH), since=date(2026, 11, 19), source="Sổ cư trú", by=post(), now=NOW
        )
    return made


def test_the_old_commune_keeps_seeing_it(moved):
    text = signed_in().get(reverse("dossiers:desk")).content.decode()
    assert moved.person_name in text
    assert signed_in(office=f"UBND-{THAI_BINH}").get(reverse("dossiers:declaration", args=[moved.code])).status_code == 404


def test_what_needs_the_person_is_refused_in_words(moved):
    for act in (operations.accept_declaration, operations.submit_dossier):
        with as_post(post(), on=DAY), pytest.raises(InvalidInput, match="đã chuyển đi"):
            act(dossier=moved, by=post(), now=NOW)
    assert signed_in().get(reverse("dossiers:declaration", args=[moved.code])).status_code == 200


def test_once_withdrawn_the_new_commune_opens_its_own(moved):
    new = post(office=f"UBND-{THAI_BINH}")
    with as_maintenance():
        arrived = Person.objects.select_related("unit").get(pk=moved.person_id)
    known = {"procedure": "allowance_grant", "person": arrived, "by": new, "now": NOW}
    with as_post(new, on=DAY), pytest.raises(AlreadyDone):
        operations.open_dossier(**known)
    with as_post(post(), on=DAY):
        operations.withdraw_dossier(dossier=moved, note="Đã chuyển đi", by=post(), now=NOW)
    with as_post(new, on=DAY):
        assert operations.open_dossier(**known).unit == commune(THAI_BINH)
    assert fresh(moved).state == "withdrawn"
