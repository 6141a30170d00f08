"""Figures by commune and category on any day and map; each opens to exactly its people; sentences and workbooks agree."""

import csv
import re
from datetime import date
from html import unescape
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, THAI_BINH, commune, post
from ansinh.database import roles
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.tests.factories import grant
from ansinh.kernel.errors import InvalidInput
from ansinh.localities.models import Succession, Unit
from ansinh.people import operations
from ansinh.people.tests.factories import household, person
from ansinh.people.tests.signing_in import HTMX, division, signed_in
from ansinh.statistics.exports import sentences
from ansinh.statistics.queries import Cell, Selection, indicator, table

pytestmark = pytest.mark.django_db
ON, MAY = date(2026, 11, 20), date(2026, 5, 1)
OLD_MAP = date(2025, 1, 1)


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = ON


@pytest.fixture
def granted():
    """Quỳnh Phụ: two pensioners and a severely disabled woman of a poor household; Thái Bình: one pensioner."""
    people = {
        "tu": person("Nguyễn Thị Tư", "1942"),
        "an": person("Trần Văn An", "1946-02-02", sex="male"),
        "mo": person("Vũ Thị Mơ", "1980-01-01", household=household(poverty="poor"), facts={"disability": "severe"}),
        "xa": person("Người Xa", "1940", unit=commune(THAI_BINH)),
    }
    for key in ("tu", "an", "xa"):
        grant(people[key], months_from=MAY)
    grant(people["mo"], "DISABLED_SEVERE", coefficient=150, months_from=MAY)
    return people


def asked(**more) -> Selection:
    return Selection(on=ON, **more)


@pytest.fixture
def province(as_role):
    return lambda: as_role(roles.PROVINCE)


def test_people_and_money_by_commune_and_category_as_counted_by_hand(granted, province):
    with province():
        found = table(asked())
    ours = next(row for row in found.rows if row.unit == commune())
    assert ours.cells == {"SOCIAL_PENSION_75": Cell(2, 1_000_000), "DISABLED_SEVERE": Cell(1, 750_000)}
    assert (ours.total, found.total) == (Cell(3, 1_750_000), Cell(4, 2_250_000))
    assert found.totals["SOCIAL_PENSION_75"] == Cell(3, 1_500_000)


def test_somebody_with_two_grants_is_counted_once_in_the_whole(granted, province):
    grant(granted["tu"], "DISABLED_SEVERE", coefficient=150, months_from=MAY)
    with province():
        found = table(asked(units=(commune().id,)))
    assert (found.total.people, sum(cell.people for cell in found.totals.values())) == (3, 4)


def test_the_day_decides(granted, province):
    with province():
        assert table(Selection(on=date(2026, 4, 30))).rows == []
        assert table(Selection(on=date(2026, 5, 1))).total.people == 4


def test_the_dead_count_in_the_month_of_the_death_and_no_longer(granted, province, as_maintenance):
    with as_maintenance():
        operations.record_death(person=granted["tu"], died_on=date(2026, 10, 3), source="x", by=post(), now=NOW)
    with province():
        assert table(Selection(on=date(2026, 10, 31))).total.people == 4
        assert table(asked()).total.people == 3


@pytest.mark.parametrize(
    ("filters", "who"),
    [
        ({"sex": "male"}, {"an"}),
        ({"benefit": "monthly_allowance"}, {"mo"}),
        ({"category": "SOCIAL_PENSION_75"}, {"tu", "an", "xa"}),
        ({"poverty": "poor"}, {"mo"}),
        ({"poverty": "near_poor"}, set()),
        ({"disability": "severe"}, {"mo"}),
        ({"age_from": 84}, {"tu", "xa"}),
        ({"age_to": 46}, {"mo"}),
        ({"age_to": 45}, set()),
        ({"age_from": 80, "age_to": 80}, {"an"}),
    ],
)
def test_filters_count_exactly_their_people(filters, who, granted, province):
    with province():
        found = {entry.person for entry in asked(**filters).entries().select_related("person")}
        assert found == {granted[key] for key in who}
        assert table(asked(**filters)).total.people == len(who)


def test_figures_of_whole_successors_are_exact_on_the_later_map_and_open_to_their_people(province, as_maintenance):
    with as_maintenance():
        edges = Succession.objects.filter(new=commune(), extent="whole").select_related("old")
        first, second = [edge.old for edge in edges][:2]
        for unit, name in ((first, "Người Một"), (second, "Người Hai")):
            someone = person(name, "1940")
            grant(someone, months_from=MAY)
            Entitlement.objects.filter(person=someone).update(unit=unit)
    with province():
        (row,) = table(asked()).rows
        assert (row.unit, row.total.people, row.is_estimated) == (commune(), 2, False)
        assert asked().entries_in(row.unit).count() == 2


def test_a_figure_taken_back_to_old_communes_is_an_estimate_that_keeps_every_sum(granted, province):
    with province():
        now, then = table(asked()), table(asked(), map_on=OLD_MAP)
    assert then.is_estimated and all(row.is_estimated for row in then.rows)
    assert all(OLD_MAP in _days(row.unit) for row in then.rows)
    assert (then.total, then.totals) == (now.total, now.totals)


def _days(unit: Unit):
    class Days:
        def __contains__(self, day):
            low, high = unit.period.lower, unit.period.upper
            return (low is None or low <= day) and (high is None or day < high)

    return Days()


def test_a_split_commune_is_an_estimate_on_the_later_map(province, as_maintenance):
    with as_maintenance():
        edge = Succession.objects.filter(extent="partial", old__level=3).select_related("old").first()
        someone = person("Người Xã Chia", "1940")
        grant(someone, months_from=MAY)
        Entitlement.objects.filter(person=someone).update(unit=edge.old)
    with province():
        (row,) = table(asked()).rows
    assert row.is_estimated and row.total.people == 1


def test_a_commune_counts_only_its_own(granted, as_role):
    with as_role(roles.COMMUNE, units=[commune().id]):
        assert table(asked()).total.people == 3


def test_two_sentences_say_the_filter_the_whole_and_the_most(granted, province):
    with province():
        said = sentences(table(asked()), "Tỉnh Hưng Yên")
    assert said.startswith(
        "Đến ngày 20/11/2026, Tỉnh Hưng Yên có 4 người hưởng trợ cấp xã hội, trợ cấp hưu trí xã hội hằng tháng, tổng số tiền 2.250.000 đồng"
    )
    assert said.count(". ") == 1
    assert f"nhiều nhất là {commune().name} với 3 người." in said


def test_nobody_is_said_in_words(province):
    with province():
        assert sentences(table(asked()), "Xã A") == (
            "Đến ngày 20/11/2026, Xã A không có ai hưởng trợ cấp xã hội, trợ cấp hưu trí xã hội hằng tháng."
        )


def test_the_page_says_its_filter_inside_the_sentence(granted):
    text = unescape(signed_in().get("/so-lieu/?gioi=female&ho=poor&khuyet_tat=severe&tu_tuoi=16").text)
    assert f"{commune().name} (nữ, hộ nghèo, khuyết tật nặng, từ 16 tuổi) có 1 người" in text


@pytest.mark.parametrize("query", ["", "gioi=female", "ho=poor", "tu_tuoi=80", "che_do=social_pension", "ngay=01/05/2026"])
def test_every_number_opens_to_exactly_its_people(query, granted):
    client = division()
    text = unescape(client.get(f"/so-lieu/?{query}").text)
    links = re.findall(r'<td class="n">\s*<a href="([^"]+)">([\d.]+)</a>', text)
    assert len(links) >= 3
    for address, number in links:
        page = unescape(client.get(address).text)
        assert re.search(rf"<span>{number} người</span>", page), (address, number)


def test_an_estimate_opens_to_nobody_and_says_why(granted):
    text = unescape(division().get("/so-lieu/?ban_do=01/01/2025").text)
    rows = text.split("<tbody>")[-1].split("</tbody>")[0]
    assert "ước tính" in rows and "<a " not in rows
    assert "không phải số đếm" in text


def test_the_people_are_a_page_a_fragment_and_a_workbook(granted):
    client = signed_in()
    page, rows = client.get("/so-lieu/nguoi/"), client.get("/so-lieu/nguoi/", headers=HTMX)
    assert "<h1>" in page.text and "<h1>" not in rows.text and "Vũ Thị Mơ" in rows.text
    sheet = load_workbook(BytesIO(client.get("/so-lieu/nguoi/?xuat=xlsx").content)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert "Vũ Thị Mơ" in cells and "Người Xa" not in cells
    assert sorted(cell for cell in cells if isinstance(cell, int) and cell > 1000) == [500_000, 500_000, 750_000]


def test_another_communes_people_stay_closed(granted):
    text = signed_in().get(f"/so-lieu/nguoi/?don_vi={commune(THAI_BINH).id}").text
    assert "Người Xa" not in text and "Không có ai trong số này" in text


@pytest.mark.parametrize("query", ["loai=KHONG_CO", "don_vi=abc", "don_vi=999999999"])
def test_a_number_that_is_none_is_not_there(query):
    assert signed_in().get(f"/so-lieu/nguoi/?{query}").status_code == 404


def test_a_wrong_day_is_told(granted):
    assert "Ngày không đọc được" in signed_in().get("/so-lieu/?ngay=31/02/2026").text


def test_the_workbook_says_the_same_as_the_page(granted):
    sheet = load_workbook(BytesIO(division().get("/so-lieu/?xuat=xlsx").content)).active
    cells = [cell for row in sheet.iter_rows(values_only=True) for cell in row]
    assert commune().name in cells and commune(THAI_BINH).name in cells
    assert {500_000, 750_000, 1_000_000, 1_750_000} <= {cell for cell in cells if isinstance(cell, int)}
    assert any("Hai triệu hai trăm năm mươi nghìn đồng" in str(cell) for cell in cells)


def test_the_page_asks_the_same_for_many_communes():
    client = division()
    grant(person("Một", "1940"), months_from=MAY)
    client.get("/so-lieu/")
    with CaptureQueriesContext(connection) as few:
        client.get("/so-lieu/")
    for code in (THAI_BINH, "12472"):
        for number in range(2):
            grant(person(f"Thêm {number}", "1941", unit=commune(code)), months_from=MAY)
    with CaptureQueriesContext(connection) as many:
        client.get("/so-lieu/")
    assert len(many) <= len(few) <= 45


@pytest.mark.parametrize("role", [Role.ONE_STOP, Role.CLERK])
def test_figures_are_not_for_everybody(role):
    assert signed_in(role).get("/so-lieu/").status_code == 403


def test_the_command_writes_the_same_figures(granted, capsys):
    call_command("statistics", "beneficiaries", as_of=ON, map=ON, format="csv")
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert {(row["unit_code"], row["category"], row["beneficiaries"]) for row in rows} == {
        ("12472", "SOCIAL_PENSION_75", "2"), ("12472", "DISABLED_SEVERE", "1"), (THAI_BINH, "SOCIAL_PENSION_75", "1"),
    }  # fmt: skip
    call_command("statistics", "monthly_money", as_of=ON, map=OLD_MAP, format="csv")
    rows = list(csv.DictReader(StringIO(capsys.readouterr().out)))
    assert sum(int(row["monthly_money"]) for row in rows) == 2_250_000
    assert {row["map"] for row in rows} == {"2025-01-01"}


def test_an_indicator_that_is_none_is_refused():
    with pytest.raises(InvalidInput, match="Không có chỉ tiêu"):
        indicator("happiness", asked(), map_on=ON)
