"""The person page: who, what the law gives, why, what next; the same number of queries for a long life as for a short one."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, THAI_BINH, at, commune, post
from ansinh.dossiers.tests.factories import dossier
from ansinh.entitlements.operations import ItemDraft, draft_decision
from ansinh.entitlements.tests.factories import funeral, grant
from ansinh.journal.models import ReadEvent
from ansinh.payments.tests import factories as month
from ansinh.people import operations
from ansinh.people.tests.factories import household, person
from ansinh.people.tests.signing_in import division, signed_in

pytestmark = pytest.mark.django_db
NUMBER = "034148000123"


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = date(2026, 11, 20)


@pytest.fixture
def pensioner():
    """78 years old, decided 540,000 as the law of November 2026 gives."""
    someone = person("Nguyễn Thị Tư", "1948-03-08", personal_number=NUMBER)
    grant(someone, standard_vnd=540_000, months_from=date(2026, 10, 1), law_code="ND335.P")
    return someone


def draft_for(someone):
    """A first grant written down and not signed."""
    item = ItemDraft(
        person_id=someone.id, act="grant", benefit="social_pension", category="SOCIAL_PENSION_75", law_code="ND176.2.1",
        coefficient=100, standard_vnd=540_000, amount_vnd=540_000, from_month=date(2026, 11, 1),
    )  # fmt: skip
    return draft_decision(
        office=post().office, unit=someone.unit, kind="grant", origin="recorded", items=[item], by=post(), now=NOW
    )


def page(someone, client=None, query: str = "") -> str:
    return (client or signed_in()).get(f"/nguoi/{someone.code}/{query}").text


def read_acts(as_maintenance) -> list[str]:
    with as_maintenance():
        return list(ReadEvent.objects.order_by("id").values_list("act", flat=True))


def test_ledger_law_and_why_stand_on_one_page(pensioner):
    text = page(pensioner)
    assert text.count("540.000") >= 3
    assert "78 tuổi" in text and "Vì sao 540.000" in text and "Luật và sổ hưởng khác nhau" not in text


def test_a_difference_between_law_and_ledger_is_the_first_next_step():
    someone = person("Nguyễn Thị Tư", "1948-03-08", personal_number=NUMBER)
    grant(someone, standard_vnd=500_000, months_from=date(2026, 5, 1))
    text = page(someone)
    assert "Luật và sổ hưởng khác nhau" in text and "ra quyết định điều chỉnh" in text


def test_somebody_whom_the_law_gives_and_nobody_asked_is_a_next_step():
    someone = person("Nguyễn Thị Tư", "1948-03-08")
    text = page(someone)
    assert "Luật cho hưởng, chưa có quyết định" in text
    assert f"/ho-so/moi/{someone.code}/?thu_tuc=social_pension" in text
    made = dossier("verifying", whose=someone, procedure="social_pension", case="from_75")
    text = page(someone)
    assert "Luật cho hưởng, chưa có quyết định" not in text and f"/ho-so/{made.code}/" in text and "Đang có hồ sơ" in text


def test_after_a_death_the_family_may_ask_for_the_funeral(pensioner, as_maintenance):
    with as_maintenance():
        operations.record_death(person=pensioner, died_on=date(2026, 11, 19), source="khai tử", by=post(), now=NOW)
    assert "?thu_tuc=funeral:pensioner" in page(pensioner)
    funeral(pensioner, date(2026, 11, 1))
    assert "?thu_tuc=funeral" not in page(pensioner)


def test_a_coming_birthday_is_told_with_its_month_and_sum():
    text = page(person("Sắp Tròn", "1952-01-20"))
    assert "từ tháng 0" in text and "luật cho 540.000" in text


def test_next_steps_about_the_register_lead_to_their_doors():
    someone = person("Chỉ Năm", "1990")
    text = page(someone)
    for door in ("thay-doi/ngay-sinh/", "thay-doi/vao-ho/", "sua/"):
        assert f"/nguoi/{someone.code}/{door}" in text


def test_a_ruling_decides_the_age(as_maintenance):
    someone = person("Chỉ Năm", "1946")
    assert "khoảng 80 tuổi" in page(someone)
    with as_maintenance():
        operations.rule_on_birth(person=someone, born_on=date(1946, 12, 1), evidence="sổ hộ khẩu cũ", by=post(), now=NOW)
    text = page(someone)
    assert "79 tuổi" in text and "sổ hộ khẩu cũ" in text and "khoảng" not in text


def test_only_who_receives_on_the_day_is_shown(as_maintenance):
    someone = person()
    with as_maintenance():
        for name, since in (("Người Trước", date(2024, 1, 1)), ("Người Nay", date(2026, 1, 1))):
            operations.set_payee(
                person=someone, name=name, relation="con", number="", basis="giấy", since=since, by=post(), now=NOW
            )
    assert "Người Nay" in page(someone) and "Người Trước" not in page(someone)
    assert "Người Trước" in page(someone, query="?ngay=01/06/2025")


def test_a_number_is_masked_until_asked_for_and_the_asking_is_journaled(pensioner, as_maintenance):
    client = signed_in()
    assert NUMBER not in page(pensioner, client)
    assert NUMBER in client.post(f"/nguoi/{pensioner.code}/", {"act": "show_number"}).text
    assert "show_number" in read_acts(as_maintenance)


def test_a_sensitive_fact_is_told_nowhere_and_explained_only_to_those_who_decide(as_maintenance):
    someone = person("Người Bệnh", "1990-01-01", facts={"hiv": True}, household=household(poverty="poor"))
    for role in (Role.ACCOUNTANT, Role.ONE_STOP, Role.CLERK):
        text = page(someone, signed_in(role))
        assert "HIV" not in text and "chỉ người giải quyết hồ sơ" in text
    assert read_acts(as_maintenance) == []
    assert "Vì sao" in page(someone)
    assert read_acts(as_maintenance) == ["read_sensitive"]


def test_a_double_points_at_the_one_that_is_kept(pensioner, as_maintenance):
    double = person("Nguyễn Thị Tư", "1948")
    with as_maintenance():
        operations.mark_as_same(person=double, other=pensioner, reason="trùng", by=post(), now=NOW)
    assert f"/nguoi/{pensioner.code}/" in page(double)


def test_the_page_asks_the_same_for_a_long_life(as_maintenance):
    client = signed_in()
    short = person("Ngắn", "1948-03-08", household=household(poverty="poor"), facts={"disability": "severe"})
    long = person("Dài", "1948-03-08", household=household(poverty="poor"), facts={"disability": "severe"})
    with as_maintenance():
        for year in range(2010, 2026):
            about = {"since": date(year, 1, 1), "source": "thử", "by": post(), "now": NOW}
            operations.set_circumstance(person=long, kind="study", value="general" if year % 2 else "college", **about)
            operations.set_account(person=long, holder="Dài", bank="Agribank", number=f"1500{year}", **about)
            operations.record_relative(person=long, kind="child", name=f"Con {year}", known=None, **about)
    for someone in (short, long):
        grant(someone, months_from=date(2026, 5, 1))
    counts = []
    for someone in (short, short, long):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/nguoi/{someone.code}/").status_code == 200
        counts.append(len(queries))
    assert counts[1] == counts[2] <= 60


def test_the_reasons_are_printed_with_heading_facts_and_signature(pensioner):
    text = page(pensioner, query="vi-sao/?ngay=20/11/2026")
    for words in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", '<details class="why" open>', "NGƯỜI LẬP", "NĐ 335/2026", "/QĐ-UBND"):
        assert words in text


def test_another_communes_person_is_not_there():
    stranger = person(unit=commune(THAI_BINH))
    for path in ("", "vi-sao/"):
        assert signed_in().get(f"/nguoi/{stranger.code}/{path}").status_code == 404
    assert division().get(f"/nguoi/{stranger.code}/").status_code == 200


def test_who_only_looks_sees_no_doors_to_write(pensioner):
    text = page(pensioner, signed_in(Role.ACCOUNTANT))
    assert "Ghi quyết định" not in text and "/thay-doi/" not in text


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.PAYER])
def test_administrator_and_payer_see_no_person(role, pensioner):
    assert signed_in(role, office="SYT").get(f"/nguoi/{pensioner.code}/").status_code == 403


def test_a_draft_is_pointed_at_instead_of_a_second_one(as_maintenance):
    someone = person("Nguyễn Thị Tư", "1948-03-08")
    with as_maintenance():
        draft = draft_for(someone)
    text = page(someone)
    assert "chờ ký và ghi nhận" in text and f"/quyet-dinh/{draft.code}/" in text and "hỏi và nhận tờ khai" not in text


def test_a_grant_recorded_after_the_cut_off_says_which_list_it_reaches():
    early, late = person("Kịp Ngày", "1948-03-08"), person("Sau Ngày", "1948-03-08")
    grant(early, standard_vnd=540_000, months_from=date(2026, 11, 1), signed=at(2026, 11, 18))
    grant(late, standard_vnd=540_000, months_from=date(2026, 11, 1), signed=at(2026, 11, 19))
    assert "vào danh sách chi trả tháng 12/2026" in page(early)
    assert "vào danh sách chi trả tháng 01/2027" in page(late)


def test_the_paper_is_called_by_its_number_not_by_our_code(pensioner, as_maintenance):
    text = page(pensioner)
    with as_maintenance():
        decision = pensioner.entitlements.get().granted_by.decision
    assert f">Quyết định số {decision.number}<" in text and f">Quyết định {decision.code}<" not in text


def test_care_is_explained_apart_from_what_the_person_receives(as_maintenance):
    mother = person("Mẹ Khuyết Tật", "1999-09-26", sex="female", facts={"disability": "severe", "pregnant": True})
    text = page(mother)
    assert "Vì sao 810.000\xa0đ?" in text and "Ngoài số trên, luật còn cho 810.000" in text


def test_after_a_death_the_next_steps_are_the_ledger_and_what_the_payer_holds(pensioner, as_maintenance):
    month.handed_over(date(2026, 12, 1))
    with as_maintenance():
        operations.record_death(person=pensioner, died_on=date(2026, 11, 19), source="khai tử", by=post(), now=NOW)
        line = pensioner.payment_lines.get(benefit_month=date(2026, 12, 1))
    text = page(pensioner)
    assert "ra quyết định thôi hưởng từ tháng 12/2026" in text
    assert "đã chuyển tổ chức chi trả" in text and f"/chi-tra/dong/{line.code}/" in text
    with as_maintenance():
        operations.undo_death(person=pensioner, reason="nhầm người", by=post(), now=NOW)
    assert "thôi hưởng từ tháng" not in page(pensioner)
