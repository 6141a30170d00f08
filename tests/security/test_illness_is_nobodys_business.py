"""Who has HIV: told to those who decide, check and inspect, noted each time; told by no list, paper, figure or search to others."""

from __future__ import annotations

import io
import re
from datetime import date
from urllib.parse import urlencode

import openpyxl
import pytest
from tests.security.crawling import walk

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, commune, post
from ansinh.entitlements import operations
from ansinh.entitlements.models import DecisionItem, Entitlement
from ansinh.entitlements.tests.factories import grant
from ansinh.journal.models import ReadEvent
from ansinh.people.tests.factories import household, person
from ansinh.people.tests.signing_in import division, signed_in

pytestmark = pytest.mark.django_db

ILL, OTHER = "Phạm Thị Kín", "Trần Văn Thường"
TELLING = ("HIV", "ND335.5.8", "ND20.5.8", "Khoản 8 Điều 5", "ADULT_HIV", "CHILD_HIV")


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = DAY


@pytest.fixture
def entries(as_maintenance):
    """Two people with the same coefficient and sum; only the ground differs."""
    ill = person(ILL, "1985-02-01", facts={"hiv": True}, household=household(poverty="poor"))
    other = person(OTHER, "1985-02-01", facts={"disability": "severe"}, household=household(poverty="poor"))
    asked = {"coefficient": 150, "standard_vnd": 540_000, "months_from": date(2026, 10, 1)}
    grant(ill, "ADULT_HIV", law_code="ND335.5.8", **asked), grant(other, "DISABLED_SEVERE", law_code="ND335.5.6", **asked)
    with as_maintenance():
        return list(Entitlement.objects.select_related("person", "granted_by__decision").order_by("id"))


def telling(text: str) -> list[str]:
    """Whole words only: a random token may hold three letters by chance."""
    return [word for word in TELLING if re.search(rf"\b{re.escape(word)}\b", text)]


def cells(response) -> str:
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None)


def reads(as_maintenance) -> list[str]:
    with as_maintenance():
        return list(ReadEvent.objects.order_by("id").values_list("act", flat=True))


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP])
def test_no_page_on_the_way_of_somebody_who_need_not_know_it_tells(entries, role):
    client = signed_in(role)
    seen, _ = walk(client, ["/", *(f"/so-huong/{entry.code}/vi-sao/" for entry in entries)])
    shown = [(path, client.get(path)) for path in seen if not path.startswith(("/chinh-sach", "/thanh-phan"))]
    assert any(ILL in page.text for _, page in shown if "html" in page["Content-Type"])
    for path, page in shown:
        if path.split("?")[0] == "/so-lieu/":
            continue  # counts of whole communes, with no link to people: below
        told = cells(page) if "spreadsheet" in page["Content-Type"] else page.text if "html" in page["Content-Type"] else ""
        assert telling(told) == [], path


def test_no_filter_gives_away_who_is_on_no_other_list(entries):
    client = signed_in(Role.ACCOUNTANT)
    asked = {"ngay": "20/11/2026"}
    for path in ("/so-huong/", "/so-lieu/nguoi/"):
        assert ILL in client.get(path, {**asked, "nhom": "DISABLED_SEVERE"}).text, path
    assert client.get("/so-lieu/nguoi/", {**asked, "loai": "DISABLED_SEVERE"}).status_code == 404
    assert client.get("/so-lieu/nguoi/", {**asked, "loai": "ADULT_HIV"}).status_code == 404
    assert "loai=" not in client.get("/so-lieu/", asked).text


@pytest.mark.parametrize("asked", [{"gioi": "female"}, {"tu_tuoi": "41", "den_tuoi": "41"}, {"ho": "poor"}])
@pytest.mark.parametrize("form", [{}, {"xuat": "xlsx"}])
def test_a_count_of_people_described_so_closely_names_no_ground(entries, asked, form):
    page = signed_in(Role.ACCOUNTANT).get("/so-lieu/", asked | form)
    told = cells(page) if form else page.text
    assert "HIV" not in told and "Trợ cấp xã hội hằng tháng" in told
    assert "HIV" in (cells(signed_in().get("/so-lieu/", asked | form)) if form else signed_in().get("/so-lieu/", asked).text)


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP])
def test_what_they_see_of_the_two_is_the_same(entries, role):
    client = signed_in(role)

    def about(entry) -> list[int]:
        code = entry.person.code
        pages = [f"/nguoi/{code}/", f"/so-huong/{entry.code}/vi-sao/", f"/nguoi/{code}/vi-sao/"]
        return [client.get(path).text.count("Vì sao") for path in pages]

    assert about(entries[0]) == about(entries[1])
    ledger = client.get("/so-huong/").text
    assert ledger.count("Đối tượng bảo trợ xã hội") >= 2 and "khuyết tật" not in ledger.lower()


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIRMAN])
@pytest.mark.parametrize("path", ["/so-huong/?xuat=xlsx", "/so-lieu/nguoi/?xuat=xlsx"])
def test_a_file_that_holds_such_a_person_names_no_ground_for_anyone(entries, role, path):
    told = cells(signed_in(role).get(path))
    assert ILL in told and OTHER in told
    assert told.count("Đối tượng bảo trợ xã hội") >= 2 and "tật nặng" not in told
    assert telling(told) == []


def test_a_file_without_such_a_person_names_the_grounds(entries):
    told = cells(signed_in().get("/so-huong/?" + urlencode({"xuat": "xlsx", "tim": OTHER})))
    assert "tật nặng" in told and ILL not in told


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.INSPECTOR])
def test_who_decides_or_inspects_sees_it_and_the_reading_is_noted(entries, role, as_maintenance):
    client = signed_in(role) if role != Role.INSPECTOR else division(role)
    for path in (
        "/so-huong/",
        f"/quyet-dinh/{entries[0].granted_by.decision.code}/",
        "/so-lieu/nguoi/",
        f"/so-huong/{entries[0].code}/vi-sao/",
    ):
        before = len(reads(as_maintenance))
        page = client.get(path).text
        assert telling(page), path
        assert reads(as_maintenance)[before:] == ["read_sensitive"], path


def test_each_such_person_gets_a_paper_of_their_own(entries, as_maintenance):
    ill, other = entries
    with as_maintenance():
        for entry in entries:  # what was decided is not what the law gives
            type(entry).objects.filter(pk=entry.pk).update(amount_vnd=700_000)
        found = operations.draft_differences(unit=commune(), month=date(2026, 12, 1), by=post(), now=NOW)
        people = [set(decision.items.values_list("person", flat=True)) for decision in found]
    assert {ill.person_id} in people and not any(len(who) > 1 and ill.person_id in who for who in people)
    with as_maintenance():
        assert not [item for item in DecisionItem.objects.all() if "HIV" in item.reason]
