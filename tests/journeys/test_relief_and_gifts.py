"""From the ledger to a gift that was signed for, from a storm to rice fetched by a son: what the office and the person's page then say."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.emergency import operations, queries
from ansinh.emergency.operations.deciding import Signature
from ansinh.emergency.operations.lines import Asked
from ansinh.emergency.operations.occasions import NewOccasion
from ansinh.emergency.tests.factories import act, gifts, mark
from ansinh.entitlements.tests.factories import grant
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = DAY


def page(client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_a_gift_from_the_ledger_is_signed_for_settled_and_told_on_the_persons_page():
    who, other = person("Lê Thị Quà", "1940-01-01"), person("Lê Thị Vắng", "1940-01-01")
    for one in (who, other):
        grant(one)
    made, officer = gifts(), post()
    with as_post(officer, on=DAY):
        assert operations.fill_gifts(aid_list=made, by=officer, now=NOW) == 2
    act("submit", made)
    assert "Danh sách trợ giúp, tặng quà chờ ký" in page(signed_in(Role.COMMUNE_CHAIRMAN), reverse("web:home"))
    act("decide", made, resources={"gift": "province"})
    mark(made, "give", only="Lê Thị Quà")
    mark(made, "hand_back", only="Lê Thị Vắng", note="Đi xa")
    with as_post(officer, on=DAY):
        for kind, vnd in (("received", 800_000), ("returned", 400_000)):
            operations.record_supply(
                aid_list=made, kind=kind, resources="province", amount_vnd=vnd, rice_kg=0, paper="LC 1", on=DAY, by=officer, now=NOW
            )  # fmt: skip
    act("account", made)
    told = page(signed_in(), reverse("web:person", args=[who.code]))
    assert "Quà Tết 2027" in told and "Đã nhận" in told
    assert "Đã nộp lại" in page(signed_in(), reverse("web:person", args=[other.code]))


def test_rice_after_a_storm_of_a_known_household_is_fetched_by_a_son():
    who, officer, clerk = person("Trần Thị Lụt", "1950-05-05"), post(), post(Role.CLERK)
    with as_post(officer, on=DAY):
        new = NewOccasion("relief", "Bão số 9", date(2026, 11, 10), cause="storm")
        made = operations.open_occasion(new=new, by=officer, now=NOW).lists.get()
        operations.add_lines(aid_list=made, asked=[Asked("rice", person=who, persons=3, months=1)], by=officer, now=NOW)
        operations.skip_review(aid_list=made, note="Mất hết lương thực", by=officer, now=NOW)
        operations.submit(aid_list=made, by=officer, now=NOW)
    with as_post(clerk, on=DAY):
        paper = Signature("45/QĐ-UBND", DAY, post(Role.COMMUNE_CHAIRMAN))
        operations.decide(aid_list=made, signature=paper, resources={}, by=clerk, now=NOW)
    mark(made, "give", fetched_by="Trần Văn Con, con trai")
    with as_post(officer, on=DAY):
        (row,) = queries.by_kind(made)
        assert (row.rice_kg, row.given_kg) == (45, 45)
    told = page(signed_in(), reverse("web:person", args=[who.code]))
    assert "Bão số 9" in told and "45 kg" in told
