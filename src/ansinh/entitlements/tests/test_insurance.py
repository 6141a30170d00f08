"""The health-insurance list of a month: who begins, ends, dies, is suspended, moves group; late ones told; no category anywhere."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements import operations
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.queries.insurance import extra_without_card, insurance_changes
from ansinh.entitlements.tests.factories import care, grant, signature
from ansinh.journal.models import ReadEvent
from ansinh.law.resolutions import EXTRA, basis_of
from ansinh.lawbook.models import LineKind, ResolutionLine
from ansinh.lawbook.queries import provincial
from ansinh.lawbook.tests.factories import confirmed
from ansinh.people import operations as people
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER, DECEMBER = date(2026, 10, 1), date(2026, 11, 1), date(2026, 12, 1)


def acted(entry, act: str, month: date, *, recorded, **changed) -> None:
    kept = ("benefit", "category", "law_code", "coefficient", "count", "standard_vnd", "amount_vnd")
    values = {name: getattr(entry, name) for name in kept} | changed
    item = ItemDraft(person_id=entry.person_id, act=act, from_month=month, entitlement=entry, **values)
    with as_maintenance():
        draft = operations.draft_decision(
            office=post().office, unit=commune(), kind=act, origin="recorded", items=[item], by=post(), now=recorded
        )
        operations.record_decision(decision=draft, signature=signature(recorded.date()), by=post(Role.CLERK), now=recorded)


def told(month: date) -> list[tuple]:
    with as_maintenance():
        found = insurance_changes(unit_ids=[commune().id], month=month)
    return [(one.person.full_name, one.act, one.month, one.reason, one.is_late) for one in found]


def test_who_begins_who_ends_who_died_and_who_is_suspended():
    grant(person("Đỗ Thị An"), months_from=NOVEMBER, signed=at(2026, 11, 3))
    stopped, dead, held, _still = (grant(person(name)) for name in ("Đỗ Thị Ba", "Đỗ Thị Cúc", "Đỗ Thị Dung", "Đỗ Thị Em"))
    acted(stopped, "stop", NOVEMBER, recorded=at(2026, 10, 25))
    acted(held, "suspend", NOVEMBER, recorded=at(2026, 10, 25))
    with as_maintenance():
        people.record_death(person=dead.person, died_on=date(2026, 10, 9), source="x", by=post(), now=at(2026, 10, 12))
    assert told(NOVEMBER) == [
        ("Đỗ Thị An", "increase", NOVEMBER, "Hưởng mới", False),
        ("Đỗ Thị Ba", "decrease", NOVEMBER, "Thôi hưởng", False),
        ("Đỗ Thị Cúc", "decrease", NOVEMBER, "Từ trần ngày 09/10/2026", False),
        ("Đỗ Thị Dung", "decrease", NOVEMBER, "Tạm dừng", False),
    ]
    acted(held, "resume", DECEMBER, recorded=at(2026, 11, 25))
    assert told(DECEMBER) == [("Đỗ Thị Dung", "increase", DECEMBER, "Hưởng lại", False)]


def test_from_pension_to_allowance_changes_the_group_and_a_new_amount_changes_nothing():
    moved, raised = grant(person("Lê Thị Nhóm")), grant(person("Lê Thị Mức"))
    acted(
        moved, "adjust", NOVEMBER, recorded=at(2026, 10, 25), benefit="monthly_allowance", category="DISABLED_SEVERE",
        coefficient=200, standard_vnd=540_000, amount_vnd=1_080_000,
    )  # fmt: skip
    acted(raised, "adjust", NOVEMBER, recorded=at(2026, 10, 25), standard_vnd=540_000, amount_vnd=540_000)
    with as_maintenance():
        (one,) = insurance_changes(unit_ids=[commune().id], month=NOVEMBER)
    assert (one.act, one.change.before.group, one.card.group) == ("change", "social_pension", "social_assistance")


def test_what_was_recorded_after_its_month_is_told_once_as_late():
    grant(person("Lê Thị Muộn"), months_from=date(2026, 9, 1), signed=at(2026, 11, 3))
    assert told(NOVEMBER) == [("Lê Thị Muộn", "increase", date(2026, 9, 1), "Hưởng mới", True)]
    assert told(DECEMBER) == []


def test_money_for_care_brings_no_card():
    care(person("Lê Thị Chăm"), person("Lê Văn Con", "1996-01-01"), NOVEMBER)
    assert told(NOVEMBER) == []


def test_the_page_and_the_workbook_name_no_category_and_the_export_is_noted(settings):
    settings.ANSINH_TODAY = date(2026, 11, 20)
    who = person("Lê Thị Kín", facts={"hiv": True}, personal_number="034166000017")
    grant(who, "ADULT_HIV", months_from=NOVEMBER, coefficient=150, law_code="ND335.5.8", signed=at(2026, 11, 3))
    officer = Client()
    officer.force_login(post().user)
    page = officer.get("/bao-hiem-y-te/").content.decode()
    assert "Lê Thị Kín" in page and "Đối tượng bảo trợ xã hội" in page and "HIV" not in page and "034166000017" not in page
    file = officer.get("/bao-hiem-y-te/", {"thang": "11/2026", "xuat": "xlsx"}).content
    cells = [
        str(cell) for row in openpyxl.load_workbook(BytesIO(file)).active.iter_rows(values_only=True) for cell in row if cell
    ]
    assert {"Tăng", "Lê Thị Kín", "034166000017", "Hưởng mới"} <= set(cells)
    assert not any("HIV" in cell or "5.8" in cell or "Khoản 8" in cell for cell in cells)
    with as_maintenance():
        assert ReadEvent.objects.filter(act="export", noun="entitlement").count() == 1
    later = officer.get("/bao-hiem-y-te/", {"thang": "11/2026", "tu": "10/11/2026"}).content.decode()
    assert "Lê Thị Kín" not in later


def test_more_people_cost_no_more_queries():
    def cost() -> int:
        with as_maintenance(), CaptureQueriesContext(connection) as caught:
            insurance_changes(unit_ids=[commune().id], month=NOVEMBER)
        return len(caught)

    grant(person("Lê Thị Một"), months_from=NOVEMBER, signed=at(2026, 11, 3))
    few = cost()
    for number in range(6):
        grant(person(f"Lê Thị Số {number}"), months_from=NOVEMBER, signed=at(2026, 11, 3))
    assert cost() == few


# Groups of the province ------------------------------------------------------------------------------------------------
def group(title: str, basis: str, *brings: str) -> ResolutionLine:
    return ResolutionLine(kind=LineKind.GROUP, title=title, condition="poor", coefficient=100, basis=basis, brings=list(brings))


def in_group(name: str, article: str = ""):
    entry = grant(person(name), EXTRA, benefit="monthly_allowance", months_from=NOVEMBER, signed=at(2026, 11, 3))
    with as_maintenance():
        entry.granted_by.article = article
        entry.granted_by.save(update_fields=["article"])
    return entry


def counted(month: date) -> tuple[int, int]:
    with as_maintenance():
        found = extra_without_card(unit_ids=[commune().id], month=month)
    return found.not_brought, found.unknown


def test_a_group_of_the_province_is_listed_where_its_resolution_brings_a_card():
    confirmed(group("Người già khó khăn", "Khoản 1 Điều 3", "health_insurance"), group("Người khác", "Khoản 2 Điều 3"))
    with as_maintenance():
        cited = {basis_of(part, one) for part in provincial() for one in part.groups}
    first, second = sorted(cited)
    assert first.startswith("Khoản 1 Điều 3") and "99/2025/NQ-HĐND" in first
    in_group("Lê Thị Có", first), in_group("Lê Thị Không", second), in_group("Lê Thị Chưa Rõ")
    assert [row[0] for row in told(NOVEMBER)] == ["Lê Thị Có"]
    assert counted(NOVEMBER) == (1, 1)
    text = signed_in().get(f"{reverse('entitlements:insurance')}?thang=11/2026").text
    assert "nghị quyết của tỉnh không ghi kèm thẻ" in text and "Chưa rõ có thẻ hay không" in text


def test_the_only_group_there_is_needs_not_be_cited():
    confirmed(group("Người già khó khăn", "Khoản 1 Điều 3", "health_insurance"))
    in_group("Lê Thị Có")
    assert [row[0] for row in told(NOVEMBER)] == ["Lê Thị Có"] and counted(NOVEMBER) == (0, 0)


def test_without_a_resolution_nobody_of_such_a_group_is_listed_and_it_is_said():
    in_group("Lê Thị Lạ")
    assert told(NOVEMBER) == [] and counted(NOVEMBER) == (0, 1)
