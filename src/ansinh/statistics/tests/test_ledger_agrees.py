"""The ledger page and the figures count the same people; what they leave out is said, and opens."""

from datetime import date

import pytest
from django.urls import reverse

from ansinh.access.tests.factories import NOW, at, commune, post
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.people import operations as people
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in
from ansinh.statistics.queries import Selection, table

pytestmark = pytest.mark.django_db

NAMES = ("Lê Thị Đang", "Lê Thị Dừng", "Lê Thị Mất", "Lê Thị Mới Mất")


@pytest.fixture
def four(as_maintenance, settings):
    """In force; suspended since October; dead since September; dead in November, whose month is still due. On 20 November."""
    settings.ANSINH_TODAY = date(2026, 11, 20)
    entries = [grant(person(name)) for name in NAMES]
    suspended = entries[1]
    with as_maintenance():
        item = ItemDraft(
            person_id=suspended.person_id, act="suspend", benefit=suspended.benefit, category=suspended.category,
            from_month=date(2026, 10, 1), entitlement=suspended, amount_vnd=suspended.amount_vnd,
        )  # fmt: skip
        draft = ledger.draft_decision(
            office=post().office, unit=commune(), kind="suspend", origin="recorded", items=[item], by=post(), now=at(2026, 9, 20)
        )
        ledger.record_decision(decision=draft, signature=signature(date(2026, 9, 20)), by=post("clerk"), now=at(2026, 9, 20))
        for entry, day in ((entries[2], date(2026, 9, 3)), (entries[3], date(2026, 11, 2))):
            people.record_death(person=entry.person, died_on=day, source="Trích lục khai tử", by=post(), now=NOW)
    return entries


def shown(**asked) -> set[str]:
    page = signed_in().get(reverse("entitlements:ledger"), asked).content.decode()
    return {name for name in NAMES if f">{name}<" in page}


def test_the_ledger_shows_whom_the_figures_count(four, as_maintenance):
    with as_maintenance():
        assert table(Selection(on=date(2026, 11, 20))).total.people == 2
    assert shown() == {"Lê Thị Đang", "Lê Thị Mới Mất"}


def test_what_is_left_out_is_said_and_opens(four):
    page = signed_in().get(reverse("entitlements:ledger")).content.decode()
    assert "trang_thai=tam-dung" in page and "trang_thai=da-mat" in page
    assert shown(trang_thai="tam-dung") == {"Lê Thị Dừng"}
    assert shown(trang_thai="da-mat") == {"Lê Thị Mất"}
    assert shown(trang_thai="tat-ca") == set(NAMES)


def test_on_an_earlier_day_all_four_are_in_force(four, as_maintenance):
    assert shown(ngay="20/08/2026") == set(NAMES)
    with as_maintenance():
        assert table(Selection(on=date(2026, 8, 20))).total.people == 4
