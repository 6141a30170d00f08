"""The list as officers use it: filters, one click, dismissing, what a post may see and do."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, THAI_BINH
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.models import Dossier
from ansinh.jobs.models import Job
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import HTMX, division, signed_in
from ansinh.watch.models import WatchItem, WatchKind
from ansinh.watch.queries.listing import article_of
from ansinh.watch.tests.factories import child_of_16, item, look

pytestmark = pytest.mark.django_db
LIST = reverse("watch:items")


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = DAY


def text(client, address: str = LIST, **known) -> str:
    response = client.get(address, **known)
    assert response.status_code == 200
    return response.content.decode()


def test_a_row_says_who_why_by_which_article_from_when_and_what_to_do():
    item()
    page = text(signed_in())
    for words in (
        "Bùi Văn Lớn",
        "Tròn 16 tuổi ngày 10/12/2026",
        "01/2027",
        "Điều 8 NĐ 335/2026/NĐ-CP",
        "Thôi hưởng",
        "Lập hồ sơ",
        "Bỏ qua",
    ):
        assert words in page


def test_the_page_says_how_much_of_what_was_told_officers_dismissed():
    one = item()
    client = signed_in()
    assert "Đã nêu 1 việc, cán bộ bỏ qua 0 (0 %)" in text(client)
    client.post(reverse("watch:dismiss", args=[one.code]), {"note": "Còn đi học"})
    assert "Đã nêu 1 việc, cán bộ bỏ qua 1 (100 %)" in text(client)
    # A second dismissal in another window is told in words of the screen.
    again = client.post(reverse("watch:dismiss", args=[one.code]), {"note": "Lần nữa"}, follow=True).content.decode()
    assert "Không thể thực hiện “Bỏ qua” khi đang ở trạng thái “Đã bỏ qua”" in again


def test_filters_search_without_diacritics_and_find_nothing_where_nothing_is():
    item()
    person("Phạm Văn Đủ", "1951-12-20")
    look()
    client = signed_in()
    for query, here, away in (
        ("tim=bui van lon", "Bùi Văn Lớn", "Phạm Văn Đủ"),
        ("loai=unasked", "Phạm Văn Đủ", "Bùi Văn Lớn"),
        ("sap=ten", "Phạm Văn Đủ", "Không có việc nào"),
        ("trang_thai=resolved", "Không có việc nào", "Bùi Văn Lớn"),
    ):
        page = text(client, f"{LIST}?{query}")
        assert here in page and away not in page, query


def test_the_kinds_are_counted_and_a_fragment_holds_the_rows_alone():
    item()
    assert "Không còn thuộc diện</a>" in text(signed_in())
    assert "<html" not in text(signed_in(), headers=HTMX)


def test_one_click_leads_to_the_dossier_and_the_row_then_opens_it():
    one, client = item(), signed_in()
    with as_maintenance():
        address = reverse("watch:prepare", args=[one.code])
    response = client.post(address)
    with as_maintenance():
        made = Dossier.objects.get()
    assert response.headers["Location"].endswith(f"/{made.code}/")
    assert "Mở hồ sơ" in text(client) and "Lập hồ sơ" not in text(client)


def test_a_dismissed_item_leaves_the_list_and_can_be_seen_and_taken_up_again():
    one, client = item(), signed_in()
    address = reverse("watch:dismiss", args=[one.code])
    assert client.post(address, {"note": ""}).status_code == 422
    assert client.post(address, {"note": "Còn đi học"}).headers["Location"] == LIST
    assert "Bùi Văn Lớn" not in client.get(f"{LIST}?tim=lon").content.decode().split('id="rows"')[1]
    assert "Còn đi học" in text(client, f"{LIST}?trang_thai=dismissed")
    client.post(reverse("watch:reopen", args=[one.code]))
    assert "Lập hồ sơ" in text(client)


def test_a_page_that_is_older_than_the_item_says_so_instead_of_opening_anything():
    one, client = item(), signed_in()
    client.post(reverse("watch:dismiss", args=[one.code]), {"note": "Còn đi học"})
    page = client.post(reverse("watch:prepare", args=[one.code]), follow=True).content.decode()
    assert "không còn chờ xem" in page
    client.post(reverse("watch:reopen", args=[one.code]))
    assert "Không thể thực hiện" in client.post(reverse("watch:reopen", args=[one.code]), follow=True).content.decode()


def test_an_officer_of_another_commune_finds_nothing_and_opens_nothing():
    one, other = item(), signed_in(office=f"UBND-{THAI_BINH}")
    assert "Bùi Văn Lớn" not in text(other)
    for name in ("prepare", "dismiss", "reopen"):
        assert other.post(reverse(f"watch:{name}", args=[one.code]), {"note": "x"}).status_code == 404


def test_who_only_reads_has_no_buttons_and_no_doors():
    one, chairman = item(), signed_in(Role.COMMUNE_CHAIRMAN)
    page = text(chairman)
    assert "Bùi Văn Lớn" in page and "Lập hồ sơ" not in page and "Rà soát ngay" not in page
    assert chairman.post(reverse("watch:prepare", args=[one.code])).status_code == 403
    assert chairman.post(reverse("watch:look_over")).status_code == 403


def test_looking_over_now_starts_the_work_on_the_own_commune():
    assert signed_in().post(reverse("watch:look_over")).status_code == 302
    with as_maintenance():
        job = Job.objects.get(kind="look_over")
        assert len(job.arguments["units"]) == 1


def test_the_workbook_holds_the_list_and_names_no_ground():
    item()
    child_of_16("Lê Văn Bên")
    look()
    response = division().get(f"{LIST}?xuat=xlsx")
    rows = list(openpyxl.load_workbook(BytesIO(response.content)).active.iter_rows(values_only=True))
    body = [row for row in rows if row[1] and str(row[1]).startswith("RS")]
    assert [row[2] for row in body] == ["Bùi Văn Lớn", "Lê Văn Bên"]
    assert {row[6] for row in body} == {"Điều 7, Điều 8 NĐ 335/2026/NĐ-CP"}


def test_the_menu_of_every_page_shows_the_number_last_counted():
    one, client = item(), signed_in()
    entry = 'href="/can-ra-soat/">Cần rà soát <span>1</span>'
    assert entry not in text(client, reverse("entitlements:decisions"))
    text(client, reverse("web:home"))
    assert entry in text(client, reverse("entitlements:decisions"))
    client.post(reverse("watch:dismiss", args=[one.code]), {"note": "Còn đi học"})
    text(client)
    assert entry not in text(client, reverse("entitlements:decisions"))


def test_the_home_page_has_a_line_with_the_number_that_waits():
    item()
    assert "Việc cần rà soát" in text(signed_in(), reverse("web:home"))


def test_a_suspension_names_the_article_of_its_month_or_none():
    uncollected = [WatchItem(kind=WatchKind.UNCOLLECTED, month=date(2026, month, 1)) for month in (9, 11)]
    assert [article_of(one, tells=True) for one in uncollected] == ["Điều 2 TT 02/2021/TT-BLĐTBXH", ""]
