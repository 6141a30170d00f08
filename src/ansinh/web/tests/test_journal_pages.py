"""The journal on the screen: whole for the inspector, an outline for the administrator, shut for everybody else."""

from __future__ import annotations

from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, at, post
from ansinh.journal import operations
from ansinh.journal.models import ReadEvent
from ansinh.kernel.actor import Actor

pytestmark = pytest.mark.django_db
OFFICER = Actor("Đỗ Thị Thử", "Chuyên viên", "UBND xã Thử")


@pytest.fixture
def entry(as_maintenance):
    with as_maintenance():
        operations.note_read(by=OFFICER, act="show_number", noun="person", key="NT00000009", at=NOW)
        operations.record(by=OFFICER, act="log_in", noun="user", key="canbo.thu", at=at(2026, 11, 18))
        return operations.record(by=OFFICER, act="grant", noun="person", key="NT00000009", detail={"amount_vnd": 540000}, at=NOW)


@pytest.fixture
def inspector(client):
    client.force_login(post(Role.INSPECTOR, office="SYT").user)
    return client


@pytest.fixture
def administrator(client):
    client.force_login(post(Role.ADMINISTRATOR, office="SYT").user)
    return client


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_inspector_reads_who_did_what_about_whom(inspector, entry):
    shown = page(inspector, "/nhat-ky/")
    assert "cho hưởng" in shown and "NT00000009" in shown and "Đỗ Thị Thử" in shown
    one = page(inspector, f"/nhat-ky/{entry}/")
    assert "540000" in one and "Còn nguyên như khi ghi" in one and "chưa có mốc ngoài" in one
    assert "xem số định danh" in page(inspector, "/nhat-ky/luot-xem/")


def test_the_administrator_sees_no_beneficiary(administrator, entry):
    shown = page(administrator, "/nhat-ky/")
    assert "cho hưởng" in shown and "canbo.thu" in shown and "NT00000009" not in shown
    one = page(administrator, f"/nhat-ky/{entry}/")
    assert "NT00000009" not in one and "540000" not in one
    assert administrator.get("/nhat-ky/luot-xem/").status_code == 403
    assert "NT00000009</small>" not in page(administrator, "/nhat-ky/?ma=NT00000009")


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIRMAN])
def test_a_commune_reads_no_journal(client, entry, role):
    client.force_login(post(role).user)
    for path in ("/nhat-ky/", "/nhat-ky/luot-xem/", f"/nhat-ky/{entry}/"):
        assert client.get(path).status_code == 403


def test_filters_stand_in_the_address(inspector, entry):
    assert "NT00000009" not in page(inspector, "/nhat-ky/?viec=log_in")
    assert "NT00000009" in page(inspector, "/nhat-ky/?ma=NT0000&viec=grant&ai=thử")
    assert "Không có dòng nào" in page(inspector, "/nhat-ky/?den=01/01/2020")
    assert "cho hưởng</td>" not in page(inspector, "/nhat-ky/?tu=18/11/2026&den=18/11/2026")


def test_pages_go_on_by_key(inspector, as_maintenance):
    with as_maintenance():
        for number in range(60):
            operations.record(by=OFFICER, act="grant", noun="person", key=f"NT1{number:07d}", at=NOW)
    first = page(inspector, "/nhat-ky/")
    assert "NT10000059" in first and "NT10000001" not in first
    onward = first.split('rel="next"')[0].rsplit('href="', 1)[1].split('"')[0].replace("&amp;", "&")
    second = page(inspector, onward)
    assert "NT10000001" in second and "NT10000059" not in second


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.ADMINISTRATOR])
def test_taking_it_out_is_itself_noted_and_carries_who_did(client, entry, as_maintenance, role):
    client.force_login(post(role, office="SYT").user)
    answer = client.get("/nhat-ky/?xuat=xlsx")
    rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    said = "\n".join(str(cell) for row in rows for cell in row)
    assert "cho hưởng" in said and "xuất lúc" in said
    assert ("NT00000009" in said) == (role == Role.INSPECTOR)
    with as_maintenance():
        assert ReadEvent.objects.filter(act="export", noun="entry").count() == 1


def test_an_entry_that_is_not_there_is_not_found(inspector):
    assert inspector.get("/nhat-ky/999999/").status_code == 404
