"""The ledger page: it counts as the figures do, and each amount opens to its decision and article."""

from datetime import date

import pytest

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, post
from ansinh.entitlements.tests.factories import grant
from ansinh.people import operations
from ansinh.people.tests.factories import household, person
from ansinh.people.tests.signing_in import signed_in
from ansinh.statistics.queries import Selection, table

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = DAY


def test_the_dead_are_left_out_told_and_shown_when_asked_for(as_maintenance):
    grant(person("Người Sống"))
    dead = person("Người Đã Mất")
    grant(dead)
    with as_maintenance():
        operations.record_death(person=dead, died_on=date(2026, 10, 2), source="khai tử", by=post(), now=NOW)
        counted = table(Selection(on=DAY)).total
    text = signed_in().get("/so-huong/").text
    assert "Người Sống" in text and "Người Đã Mất" not in text and "đã mất, chưa thôi hưởng 1" in text
    assert counted.people == 1 and "500.000" in text
    assert "Người Đã Mất" in signed_in().get("/so-huong/?trang_thai=da-mat").text


def test_the_reason_of_a_line_names_its_sum_its_paper_and_the_article_in_words(as_maintenance):
    entry = grant(person("Nguyễn Thị Tư"))
    with as_maintenance():
        number = entry.granted_by.decision.number
    text = signed_in().get(f"/so-huong/{entry.code}/vi-sao/").text
    assert "Vì sao 500.000" in text and number in text
    assert "Khoản 1 Điều 2 NĐ 176/2025/NĐ-CP" in text and "ND176.2.1" not in text


def test_the_reason_of_a_line_hides_a_sensitive_fact_from_who_does_not_decide():
    someone = person("Người Bệnh", "1990-01-01", facts={"hiv": True}, household=household(poverty="poor"))
    entry = grant(someone, "DISABLED_SEVERE", law_code="ND335.5.6", coefficient=150)
    assert "chỉ người giải quyết hồ sơ" in signed_in(Role.ACCOUNTANT).get(f"/so-huong/{entry.code}/vi-sao/").text
    assert "Đã xét, không chọn" in signed_in().get(f"/so-huong/{entry.code}/vi-sao/").text
