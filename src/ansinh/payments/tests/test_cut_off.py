"""The cut-off day: who sets it, what it moves, and that a list names who waits for the next one."""

from datetime import date

import pytest
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import THAI_BINH, at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.tests.factories import grant
from ansinh.kernel.errors import InvalidInput
from ansinh.payments import operations, queries
from ansinh.payments.models import CutOff
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import division, signed_in

pytestmark = pytest.mark.django_db
JUL = date(2026, 7, 1)
URL = "/chi-tra/ngay-chot/"


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = date(2026, 6, 20)


def test_a_commune_without_a_day_follows_the_common_one():
    with as_maintenance():
        assert queries.cutoff_on(commune(), JUL) == date(2026, 6, 18)
        CutOff.objects.create(unit=None, day=15)
        assert queries.cutoff_on(commune(), JUL) == date(2026, 6, 15)


def test_the_head_sets_the_day_of_the_own_commune_and_the_next_list_follows():
    head = signed_in(Role.COMMUNE_HEAD)
    assert head.post(URL, {"unit": commune().id, "day": "20"}).status_code == 302
    assert month.proposed(JUL).cutoff_on == date(2026, 6, 20)
    assert "ngày riêng" in head.get(URL).text
    assert head.post(URL, {"unit": commune().id, "day": ""}).status_code == 302
    with as_maintenance():
        assert not CutOff.objects.exists()


def test_another_communes_day_and_the_common_one_are_not_the_heads_to_set():
    head = post(Role.COMMUNE_HEAD)
    with as_maintenance():
        for unit in (commune(THAI_BINH), None):
            with pytest.raises(InvalidInput):
                operations.set_cut_off(unit=unit, day=10, by=head, now=at(2026, 6, 20))
    assert signed_in(Role.COMMUNE_HEAD).post(URL, {"unit": commune(THAI_BINH).id, "day": "10"}).status_code == 422


def test_the_division_sets_the_common_day():
    assert division().post(URL, {"unit": "", "day": "16"}).status_code == 302
    with as_maintenance():
        assert queries.cutoff_on(commune(THAI_BINH), JUL) == date(2026, 6, 16)


@pytest.mark.parametrize("day", ["0", "29", "mai"])
def test_a_day_that_not_every_month_has_is_refused(day):
    assert division().post(URL, {"unit": "", "day": day}).status_code == 422


def test_who_only_looks_gets_no_form():
    assert "<button" not in signed_in(Role.ACCOUNTANT).get(URL).text.split("<main")[1].split("</main>")[0]


def test_the_list_names_who_came_after_the_cut_off_and_the_list_they_will_stand_on():
    grant(person("Người Đang Hưởng"))
    grant(person("Sau Ngày Chốt"), months_from=JUL, signed=at(2026, 6, 19))
    found = month.proposed(JUL, now=at(2026, 6, 20))
    text = signed_in().get(reverse("payments:list", args=[found.code])).text
    assert "Sau Ngày Chốt" in text and "vào danh sách tháng" in text and "08/2026" in text


def test_a_list_already_signed_sends_a_change_on_to_the_next():
    grant(person("Người Đang Hưởng"))
    month.signed(JUL)
    with as_maintenance():
        entry = grant(person("Trong Hạn"), months_from=JUL, signed=at(2026, 6, 10))
        assert queries.list_reached(entry) == date(2026, 8, 1)
