"""The law speaks: benefits as articles, what changed between two days, the table of amounts; on pages, in Word, in Excel."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.conf import settings
from django.urls import reverse
from docx import Document

from ansinh.access.models import Role
from ansinh.access.tests.factories import post
from ansinh.law.amounts import amount_table
from ansinh.law.benefit_text import benefit_text
from ansinh.law.differences import difference
from ansinh.law.engine.lawfile import load
from ansinh.law.one_off_words import told_kinds
from ansinh.lawbook.tests.factories import confirmed, level
from ansinh.lawbook.tests.test_pages import ANSWER, logged_in, text_of

pytestmark = pytest.mark.django_db
NEW = date(2026, 10, 5)


def words_of(response) -> str:
    """Everything a Word file says, tables included."""
    document = Document(BytesIO(response.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


@pytest.mark.parametrize("kind", told_kinds(load()))
def test_each_benefit_is_told_on_its_page_and_in_its_word_file(client, kind):
    logged_in(client)
    text = benefit_text(kind, NEW)

    page = text_of(client.get(reverse("lawbook:benefit", args=[kind]), {"ngay": "05/10/2026"}))
    paper = words_of(client.get(reverse("lawbook:benefit_paper", args=[kind]), {"ngay": "05/10/2026"}))

    assert not text.is_empty
    for said in (page, " ".join(paper.replace("\N{NO-BREAK SPACE}", " ").split())):
        for one in text.articles:
            assert all(condition.replace("\N{NO-BREAK SPACE}", " ") in said for condition in one.conditions)
            assert one.level in said and one.rule.basis in said
        for provision in text.provisions:
            assert provision.text.replace("\N{NO-BREAK SPACE}", " ") in said and provision.basis in said
        for number in text.numbers:
            assert number.shown.replace("\N{NO-BREAK SPACE}", " ") in said and f"{number.value.in_force_from:%d/%m/%Y}" in said
        for point in text.uncertain:
            assert point.question in said and all(label in said for _value, label in point.choices)
        assert text.law_hash in said


def test_a_level_that_reaches_back_is_told_with_what_is_paid_meanwhile(client):
    page = text_of(logged_in(client).get(reverse("lawbook:benefit", args=["monthly_allowance"]), {"ngay": "15/08/2026"}))

    assert "Đến ngày 05/10/2026 vẫn chi theo mức 500.000 đ/tháng; phần chênh lệch được truy lĩnh." in page
    assert "810.000" in page


def test_a_confirmed_point_is_told_with_its_answer_and_source(client):
    logged_in(client)
    client.post(reverse("lawbook:question", args=["pension_tie"]), ANSWER)

    page = text_of(client.get(reverse("lawbook:benefit", args=["social_pension"])))
    paper = words_of(client.get(reverse("lawbook:benefit_paper", args=["social_pension"])))

    assert "Công văn 12/BYT-BTXH ngày 02/11/2026" in page
    assert "Đã xác nhận: trợ cấp hưu trí xã hội" in paper
    assert "Công văn 12/BYT-BTXH ngày 02/11/2026" in paper


def test_a_benefit_of_another_time_says_that_it_has_no_rules(client):
    page = text_of(logged_in(client).get(reverse("lawbook:benefit", args=["social_pension"]), {"ngay": "01/01/2020"}))

    assert "Ngày này chưa có quy định" in page


def test_an_unknown_benefit_is_not_found_and_an_unreadable_day_is_asked_again(client):
    logged_in(client)

    assert client.get(reverse("lawbook:benefit", args=["khong-co"])).status_code == 404
    assert "Ngày không đọc được" in text_of(client.get(reverse("lawbook:benefit", args=["funeral"]), {"ngay": "32/13"}))


def test_what_changed_is_told_between_the_two_newest_days_by_default(client):
    logged_in(client)

    page = text_of(client.get(reverse("lawbook:changes")))

    assert "sau ngày 01/07/2025 đến ngày 05/10/2026" in page
    for section in difference(date(2025, 7, 1), NEW).steps[0].sections:
        assert section.title in page
        assert all(line.replace("\N{NO-BREAK SPACE}", " ") in page for change in section.changes for line in change.lines)


def test_what_changed_is_told_in_word_too_and_days_may_be_given_the_wrong_way_round(client):
    logged_in(client)

    paper = words_of(client.get(reverse("lawbook:changes_paper"), {"tu": "05/10/2026", "den": "01/07/2021"}))

    assert all(day in paper for day in ("TỪ 01/07/2024:", "TỪ 01/07/2025:", "TỪ 05/10/2026:"))
    assert "TỪ 01/07/2021:" not in paper
    assert "40.000\N{NO-BREAK SPACE}đ × hệ số" in paper


def test_two_days_without_a_change_between_them_say_so(client):
    page = text_of(logged_in(client).get(reverse("lawbook:changes"), {"tu": "01/01/2023", "den": "01/02/2023"}))

    assert "Trong khoảng này quy định về trợ giúp xã hội không thay đổi." in page


def test_every_amount_of_the_table_opens_to_its_article(client):
    page = text_of(logged_in(client).get(reverse("lawbook:amounts")))

    for group in amount_table().groups:
        for row in group.rows:
            for source in (source for cell in row.cells if cell for source in cell.sources):
                address = reverse("lawbook:benefit", args=[row.kind])
                assert f'title="{source.basis}" href="{address}?ngay={source.on:%d/%m/%Y}#{row.key}"' in page


def test_the_level_of_the_province_stands_beside_the_national_one_with_its_resolution(client):
    confirmed(level(650_000, "monthly"))

    page = text_of(logged_in(client).get(reverse("lawbook:amounts")))

    assert "tỉnh: 650.000" in page
    severe = page[page.index("Người khuyết tật nặng: từ đủ 16 tuổi đến dưới 60 tuổi") :][:4000]
    assert "975.000" in severe and "99/2025/NQ-HĐND" in severe


def test_the_workbook_holds_the_amounts_of_the_table(client):
    answer = logged_in(client).get(reverse("lawbook:amounts"), {"xuat": "xlsx"})

    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
    product = next(row for row in rows if row[0] == "Hệ số × mức chuẩn" and row[2] == 1.5)
    assert product[3:7] == [405_000, 540_000, 750_000, 810_000]
    assert any(row[0] and "Người khuyết tật nặng" in str(row[0]) and row[6] == 810_000 for row in rows)


def test_a_reader_of_english_has_the_page_in_translation_and_the_paper_in_vietnamese(client):
    logged_in(client).cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    address = {"args": ["monthly_allowance"]}

    page = text_of(client.get(reverse("lawbook:benefit", **address), {"ngay": "05/10/2026"}))
    changes = text_of(client.get(reverse("lawbook:changes")))
    paper = words_of(client.get(reverse("lawbook:benefit_paper", **address), {"ngay": "05/10/2026"}))

    assert "A translation for reading; the Vietnamese text is the law." in page
    assert "2,0 if aged 75 or over; 1,5 if aged 60 to under 75" in page
    assert "Condition dropped: under 22." in changes
    assert "2,0 nếu từ đủ 75 tuổi; 1,5 nếu từ đủ 60 tuổi đến dưới 75 tuổi" in paper
    assert "BẢN RÀ SOÁT QUY ĐỊNH" in paper


def test_a_word_file_bears_the_office_of_whoever_asks_for_it(client):
    logged_in(client, Role.COMMUNE_OFFICER, "UBND-12472")

    paper = words_of(client.get(reverse("lawbook:benefit_paper", args=["funeral"])))

    office = post(Role.COMMUNE_OFFICER, office="UBND-12472").office
    assert office.name.upper() in paper
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in paper
    assert all(title in paper for title in ("NGƯỜI LẬP BIỂU", "CHỦ TỊCH"))


@pytest.mark.parametrize("name", ["changes", "amounts"])
def test_pages_of_the_law_ask_the_database_only_who_is_asking(client, django_assert_max_num_queries, name):
    logged_in(client)
    client.get(reverse(f"lawbook:{name}"))

    with django_assert_max_num_queries(12):
        client.get(reverse(f"lawbook:{name}"))


@pytest.mark.parametrize("name", ["benefit", "benefit_paper"])
def test_a_benefit_asks_the_database_once_more_for_the_answers(client, django_assert_max_num_queries, name):
    logged_in(client)
    address = reverse(f"lawbook:{name}", args=["monthly_allowance"])
    client.get(address)

    with django_assert_max_num_queries(13):
        client.get(address)
