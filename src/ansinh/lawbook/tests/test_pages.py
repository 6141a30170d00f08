"""The law on the screen: what a lawyer reads and signs, and the form of an officer's answer."""

from datetime import date

import pytest
from django.urls import reverse

from ansinh import law
from ansinh.access.models import Role
from ansinh.access.tests.factories import post
from ansinh.database.acting import as_maintenance
from ansinh.law.procedures import load_sheets
from ansinh.lawbook.models import Confirmation

pytestmark = pytest.mark.django_db

ANSWER = {"value": "pension", "source": "Công văn 12/BYT-BTXH ngày 02/11/2026", "note": ""}


def logged_in(client, role=Role.DIVISION_OFFICER, office="BTXH"):
    client.force_login(post(role, office=office).user)
    return client


def text_of(response) -> str:
    return " ".join(response.content.decode().replace("\N{NO-BREAK SPACE}", " ").split())


def test_the_law_page_shows_every_number_with_its_three_dates_and_its_mark(client):
    page = text_of(logged_in(client).get(reverse("lawbook:home")))

    assert all(parameter.label in page for parameter in law.parameters().values())
    assert all(instrument.number in page for instrument in law.instruments().values())
    level = page[page.index("540.000 đ/tháng") :][:700]
    assert [level.find(day) for day in ("Đang áp dụng", "21/08/2026", "05/10/2026", "07/2026")] == sorted(
        level.index(day) for day in ("Đang áp dụng", "21/08/2026", "05/10/2026", "07/2026")
    )
    assert "7 ngày làm việc" in page and "Cần xác nhận" in page


def test_the_procedures_say_time_forms_papers_and_steps_and_what_nobody_read(client, settings):
    settings.ANSINH_TODAY = date(2026, 11, 20)
    page = text_of(logged_in(client).get(reverse("lawbook:procedures")))
    assert all(made.label in page and made.code in page for made in load_sheets().values())
    grant = page[page.index('id="allowance_grant"') : page.index('id="allowance_stop"')]
    assert "7 ngày làm việc" in grant and "Mẫu số 01" in grant and "Giấy xác nhận khuyết tật" in grant
    stop = page[page.index('id="allowance_stop"') : page.index('id="funeral"')]
    assert "Cần xác nhận" in stop


@pytest.mark.parametrize("regime", [regime.key for regime in law.regimes()])
def test_each_regime_shows_all_its_rules_with_conditions_level_and_articles(client, regime):
    page = text_of(logged_in(client).get(reverse("lawbook:rules", args=[regime])))

    for rule in law.rules(regime):
        conditions, level = law.article_of(rule, regime)
        assert rule.title in page
        assert all(condition.replace("\N{NO-BREAK SPACE}", " ") in page for condition in conditions)
        assert f"<b>{level}.</b>" in page
        assert rule.basis in page
    for provision in law.provisions(regime):
        assert provision.title in page
        assert provision.text in page


def test_an_unknown_regime_or_point_is_not_found(client):
    logged_in(client)

    assert client.get(reverse("lawbook:rules", args=["R9"])).status_code == 404
    assert client.get(reverse("lawbook:question", args=["khong-co"])).status_code == 404


def test_an_officer_of_the_division_confirms_a_point_and_its_answer_is_told_in_words(client):
    logged_in(client)

    answer = client.post(reverse("lawbook:question", args=["pension_tie"]), ANSWER, follow=True)

    page = text_of(answer)
    assert answer.redirect_chain == [(reverse("lawbook:open_questions"), 302)]
    assert "từ nay luật tính theo câu trả lời này" in page
    assert "</span> trợ cấp hưu trí xã hội <small>Công văn 12/BYT-BTXH ngày 02/11/2026</small>" in page
    history = text_of(client.get(reverse("lawbook:question", args=["pension_tie"])))
    assert "<b>trợ cấp hưu trí xã hội</b> Công văn 12/BYT-BTXH" in history


def test_a_text_not_seen_yet_is_answered_in_words(client):
    logged_in(client)

    answer = client.post(
        reverse("lawbook:question", args=["hung_yen_815"]), ANSWER | {"value": "Mức chuẩn 600.000 đồng"}, follow=True
    )

    assert "Đã ghi câu trả lời." in text_of(answer)
    assert "Mức chuẩn 600.000 đồng" in text_of(answer)


@pytest.mark.parametrize("missing", ["value", "source"])
def test_an_answer_without_value_or_source_is_asked_again(client, missing):
    logged_in(client)

    answer = client.post(reverse("lawbook:question", args=["pension_tie"]), {**ANSWER, missing: ""})

    assert answer.status_code == 422
    assert "Cần điền ô này." in text_of(answer)


def test_a_commune_reads_a_point_but_does_not_confirm_it(client):
    logged_in(client, Role.COMMUNE_OFFICER, "UBND-12472")

    answer = client.post(reverse("lawbook:question", args=["pension_tie"]), ANSWER)

    assert "Chuyên viên, trưởng phòng của Sở xác nhận điểm này." in text_of(answer)
    with as_maintenance():
        assert not Confirmation.objects.exists()


def test_nobody_reads_the_law_pages_without_logging_in(client):
    assert client.get(reverse("lawbook:home")).status_code == 302


def test_the_list_of_points_asks_the_database_as_often_with_answers_as_without(client, django_assert_max_num_queries):
    logged_in(client)
    client.get(reverse("lawbook:open_questions"))
    for key in ("pension_tie", "hung_yen_815", "birth_year_only"):
        value = {"pension_tie": "pension", "birth_year_only": "first_day"}.get(key, "600.000 đồng")
        client.post(reverse("lawbook:question", args=[key]), ANSWER | {"value": value})

    with django_assert_max_num_queries(14):
        client.get(reverse("lawbook:open_questions"))


def test_the_cap_of_a_decree_that_has_ended_is_not_called_law_in_force(client):
    page = text_of(logged_in(client).get(reverse("lawbook:home")))

    cap = page[page.index("Tuổi tối đa còn hưởng khi đi học") :]
    assert "Đang áp dụng" not in cap[: cap.index('class="group"')]
