"""Places on the screen: the tree of a day, one place through time, villages kept by their commune."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.models import Role
from ansinh.access.tests.factories import QUYNH_PHU, THAI_BINH, commune, post
from ansinh.localities.models import Unit, Village

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client):
    client.force_login(post(Role.COMMUNE_OFFICER).user)
    return client


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_the_tree_of_today_has_communes_right_below_the_province(officer):
    shown = page(officer, "/dia-ban/")
    assert "Xã Quỳnh Phụ" in shown and "Huyện Quỳnh Phụ" not in shown and "104" in shown


def test_the_tree_of_a_day_before_has_its_districts(officer):
    shown = page(officer, "/dia-ban/?tinh=34&ngay=01/01/2024")
    assert "Huyện Quỳnh Phụ" in shown and "Thị trấn Quỳnh Côi" in shown


def test_an_old_name_is_found_with_what_it_is_today(officer):
    shown = page(officer, "/dia-ban/?tim=quynh coi")
    assert "Thị trấn Quỳnh Côi" in shown and "Xã Quỳnh Phụ" in shown
    assert "Không có nơi nào" in page(officer, "/dia-ban/?tim=zzzz")


def test_a_day_that_cannot_be_read_is_said(officer):
    assert "Ngày không đọc được" in page(officer, "/dia-ban/?ngay=32/13/2024")


def test_one_place_tells_what_it_was_and_what_it_is(officer):
    old = Unit.objects.get(name="Thị trấn Quỳnh Côi", period__endswith=date(2025, 7, 1))
    shown = page(officer, f"/dia-ban/{old.key}/")
    assert "Nay ở đâu" in shown and "Xã Quỳnh Phụ" in shown and "Nghị quyết" in shown
    here = commune()
    assert "Thị trấn Quỳnh Côi" in page(officer, f"/dia-ban/{here.key}/?ngay=01/01/2024")
    assert "Xã Quỳnh Phụ" in page(officer, f"/dia-ban/{old.key}/?ngay=20/11/2026")
    assert "Ngày không đọc được" in page(officer, f"/dia-ban/{here.key}/?ngay=hôm qua")


def test_a_split_commune_says_that_its_heirs_have_parts(officer):
    split = Unit.objects.get(code="12322", period__endswith=date(2025, 7, 1))
    assert "một phần" in page(officer, f"/dia-ban/{split.key}/")


def test_every_place_of_our_files_has_a_page(officer):
    for unit in Unit.objects.filter(province_code__in=("33", "34")).order_by("id")[::15]:
        assert unit.name in page(officer, f"/dia-ban/{unit.key}/?ngay=01/01/2019"), unit.key


# Villages ------------------------------------------------------------------------------------------------------------
def test_a_commune_opens_renames_and_ends_its_villages(officer):
    here = f"/dia-ban/{commune().key}/"
    assert officer.post(f"{here}thon/", {"name": "Thôn Thử Nghiệm", "since": "01/07/2025"}).status_code == 302
    village = Village.objects.get(name="Thôn Thử Nghiệm")
    assert "Thôn Thử Nghiệm" in page(officer, here)
    assert officer.post(f"{here}thon/{village.id}/", {"act": "rename", "name": "Thôn Đổi Tên"}).status_code == 302
    assert officer.post(f"{here}thon/{village.id}/", {"act": "end"}).status_code == 302
    village.refresh_from_db()
    assert village.name == "Thôn Đổi Tên" and village.period.upper is not None


def test_a_village_without_a_name_or_with_a_taken_one_is_refused_on_the_form(officer):
    here = f"/dia-ban/{commune().key}/thon/"
    assert officer.post(here, {"name": "", "since": "01/07/2025"}).status_code == 422
    officer.post(here, {"name": "Thôn Thử Nghiệm", "since": "01/07/2025"})
    answer = officer.post(here, {"name": "Thôn Thử Nghiệm", "since": "01/07/2025"})
    assert answer.status_code == 422 and "đã có" in answer.content.decode()


@pytest.mark.parametrize(
    ("role", "office"),
    [(Role.COMMUNE_OFFICER, f"UBND-{THAI_BINH}"), (Role.ACCOUNTANT, f"UBND-{QUYNH_PHU}"), (Role.INSPECTOR, "SYT")],
)
def test_nobody_else_touches_the_villages_of_a_commune(client, role, office):
    client.force_login(post(role, office=office).user)
    here = f"/dia-ban/{commune().key}/"
    assert client.post(f"{here}thon/", {"name": "Thôn Lạ", "since": "01/07/2025"}).status_code == 403
    assert "Thêm thôn" not in page(client, here)


def test_a_place_of_the_past_takes_no_village(officer):
    old = Unit.objects.get(name="Thị trấn Quỳnh Côi", period__endswith=date(2025, 7, 1))
    assert officer.post(f"/dia-ban/{old.key}/thon/", {"name": "Thôn Lạ", "since": "01/07/2025"}).status_code == 404
