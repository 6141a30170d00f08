"""A colleague is away: what lies on their desk shows on the deputy's, who acts under the own name."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from ansinh.access import operations as access
from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers import operations
from ansinh.dossiers.tests.factories import act, dossier
from ansinh.people.tests.signing_in import signed_in
from ansinh.work.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings):
    settings.ANSINH_TODAY = DAY


def away(last: date = DAY) -> None:
    officer, head = post(), post(Role.COMMUNE_HEAD)
    with as_post(officer, on=DAY):
        access.record_absence(post=officer, deputy=head, first=DAY, last=last, reason="", by=officer, now=NOW)


def mine(role: str) -> str:
    return signed_in(role).get(reverse("dossiers:desk"), {"xem": "cua-toi"}).content.decode()


def test_the_dossiers_of_who_is_away_lie_on_the_deputys_desk_and_go_back_by_themselves(settings):
    made = dossier("verifying")
    assert made.code not in mine(Role.COMMUNE_HEAD)
    away()
    text = mine(Role.COMMUNE_HEAD)
    assert made.code in text and ">thay<" in text.replace("</svg>", ">").replace("\n", "")
    settings.ANSINH_TODAY = date(2026, 11, 21)
    assert made.code not in mine(Role.COMMUNE_HEAD)


def test_the_deputys_step_says_for_whom():
    made, head = dossier("verifying"), post(Role.COMMUNE_HEAD)
    away()
    with as_post(head, on=DAY):
        operations.ask_for_completion(dossier=made, papers=["disability_certificate"], note="Thiếu giấy", by=head, now=NOW)
    with as_maintenance():
        step = made.steps.order_by("-id").first()
    assert (step.post, step.actor) == (head, "Đỗ Thị Thử, Trưởng phòng VH-XH (thay Đỗ Thị Thử), UBND xã Quỳnh Phụ")


def test_without_an_absence_a_colleagues_step_says_nothing_more():
    made, head = dossier("verifying"), post(Role.COMMUNE_HEAD)
    with as_maintenance():
        act("submit", made, by=head)
        assert "thay" not in made.steps.order_by("-id").first().actor


def told(role: str) -> list[str]:
    with as_maintenance():
        return list(Notice.objects.filter(post=post(role)).order_by("id").values_list("text", flat=True))


def test_who_holds_a_dossier_hears_what_others_did_with_it():
    made = dossier("awaiting_signature")
    head = post(Role.COMMUNE_HEAD)
    with as_maintenance():
        act("return", made, by=head)
    (text,) = told(Role.COMMUNE_OFFICER)
    assert made.code in text and "bị trả lại: Lý do thử" in text


def test_who_signs_hears_what_was_submitted_and_the_next_holder_what_came():
    post(Role.COMMUNE_CHAIRMAN)
    made = dossier("awaiting_signature")
    assert [text for text in told(Role.COMMUNE_CHAIRMAN) if made.code in text and "trình ký" in text]
    with as_maintenance():
        operations.reassign_dossier(dossier=made, to=post(Role.COMMUNE_HEAD), note="", by=post(), now=NOW)
    assert told(Role.COMMUNE_HEAD) == [f"Hồ sơ {made.code} ({made.person_name}) được giao cho ông, bà xử lý."]
