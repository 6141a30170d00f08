"""The search page: one plain hit opens at once; other communes answer only when asked, masked, and it is journaled."""

import pytest

from ansinh.access.tests.factories import THAI_BINH, commune
from ansinh.entitlements.tests.factories import grant
from ansinh.journal.models import ReadEvent
from ansinh.people.tests.factories import household, person
from ansinh.people.tests.signing_in import division, signed_in

pytestmark = pytest.mark.django_db


def test_one_plain_hit_opens_at_once():
    someone = person("Nguyễn Thị Tư", "1942")
    assert signed_in().get("/tim/?q=nguyen+thi+tu+1942").url == f"/nguoi/{someone.code}/"


def test_a_likely_hit_is_shown_and_not_opened():
    person("Nguyễn Thị Tư", "1942")
    response = signed_in().get("/tim/?q=nguyn+thi+tu")
    assert response.status_code == 200
    assert "tên gần giống" in response.text


def test_several_of_the_same_name_are_told_apart():
    for born in ("1942", "1950-02-03"):
        person("Nguyễn Thị Tư", born)
    text = signed_in().get("/tim/?q=nguyen+thi+tu").text
    assert "1942" in text and "03/02/1950" in text


def test_other_communes_are_asked_only_on_request_and_it_is_journaled(as_maintenance):
    person("Nguyễn Thị Tư", "1942", unit=commune(THAI_BINH))
    client = signed_in()
    first = client.get("/tim/?q=nguyen+thi+tu+1942").text
    assert "Không thấy ai" in first and "noi_khac=1" in first and "N. T. Tư" not in first
    asked = client.get("/tim/?q=nguyen+thi+tu+1942&noi_khac=1").text
    assert "N. T. Tư" in asked and commune(THAI_BINH).name in asked and "Nguyễn Thị Tư" not in asked
    with as_maintenance():
        assert [event.act for event in ReadEvent.objects.all()] == ["search_elsewhere"]


def test_a_bare_name_does_not_open_the_door():
    text = signed_in().get("/tim/?q=nguyen+thi+tu&noi_khac=1").text
    assert "Ở xã, phường khác" not in text and "Hỏi các xã" not in text


def test_the_division_narrows_by_commune_and_needs_no_door():
    person("Nguyễn Thị Tư", "1942")
    theirs = person("Nguyễn Thị Tư", "1942", unit=commune(THAI_BINH))
    client = division()
    text = client.get("/tim/?q=nguyen+thi+tu+1942").text
    assert "Hỏi các xã" not in text and commune(THAI_BINH).name in text
    assert client.get(f"/tim/?q=nguyen+thi+tu&xa={commune(THAI_BINH).id}").url == f"/nguoi/{theirs.code}/"


def test_an_empty_search_says_what_to_type():
    assert "nguyen thi tu 1942" in signed_in().get("/tim/").text


def test_what_was_typed_is_shown_as_text():
    assert "<script>alert" not in signed_in().get("/tim/?q=<script>alert(1)</script>").text


def test_a_decision_is_found_by_its_number_and_a_household_by_its_code(as_maintenance):
    home = household()
    entry = grant(person("Nguyễn Thị Tư", household=home))
    with as_maintenance():
        decision = entry.granted_by.decision
    assert signed_in().get("/tim/", {"q": decision.number}).url == f"/quyet-dinh/{decision.code}/"
    assert signed_in().get("/tim/", {"q": home.code.lower()}).url == f"/ho/{home.code}/"


def test_nobody_found_leads_to_the_form_of_a_new_person_with_what_was_typed():
    text = signed_in().get("/tim/", {"q": "le thi moi 1950"}).text
    assert "/nguoi/moi/?ten=le%20thi%20moi&amp;sinh=1950" in text
    form = signed_in().get("/nguoi/moi/?ten=le thi moi&sinh=1950").text
    assert 'value="le thi moi"' in form and 'value="1950"' in form
