"""Somebody in danger: taken in at once, decided by another, three months at most, the money by the law."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product

import pytest
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.emergency import operations, queries
from ansinh.emergency.operations.protecting import Arrival, Costs
from ansinh.emergency.tests.factories import signature
from ansinh.emergency.workflow import PROTECTION
from ansinh.kernel.errors import AlreadyDone, InvalidInput, MoveNotAllowed, NotAllowed
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
TAKEN = date(2026, 11, 11)


def take_in(*, by=None, **known):
    by = by or post()
    given = {
        "name": "Chưa rõ tên, nam, khoảng 8 tuổi", "ground": "wandering_or_begging", "taken_in_on": TAKEN, "care_kind": "household",
        "carer": "Bà Phạm Thị Nuôi",
    }  # fmt: skip
    with as_post(by, on=DAY):
        return operations.take_in(arrival=Arrival(**{**given, **known}), by=by, now=NOW)


def decide(made, by=None, **known):
    by = by or post(Role.CLERK)
    with as_post(by, on=DAY):
        return operations.decide_protection(protection=made, signature=known.get("signature", signature()), by=by, now=NOW)


def end(made, by=None, *, ended_on=DAY, outcome="Về với bà ngoại", **costs):
    by = by or post()
    with as_post(by, on=DAY):
        return operations.end_protection(
            protection=made, ended_on=ended_on, outcome=outcome, costs=Costs(**costs), by=by, now=NOW
        )


def brought(state: str):
    made = take_in()
    if state in ("sheltered", "left"):
        made = decide(made)
    return end(made) if state == "left" else made


ACTS = {"decide": decide, "end": end}
ALLOWED = {(source, move.act) for move in PROTECTION.moves for source in move.sources}


@pytest.mark.parametrize(("state", "name"), sorted(product(PROTECTION.states, ACTS)))
def test_moves_follow_the_table(state, name):
    made = brought(state)
    if (state, name) in ALLOWED:
        assert ACTS[name](made).state == next(move.target for move in PROTECTION.moves if move.act == name)
    else:
        with pytest.raises(MoveNotAllowed):
            ACTS[name](made)


def test_food_is_paid_for_each_day_with_the_first_and_the_last():
    made = end(decide(take_in()), transport="public", fare_vnd=250_000, treatment_vnd=1_200_000)
    with as_post(post(), on=DAY):
        stay = queries.stay_of(made, on=DAY)
    assert (stay.days, stay.food_vnd, stay.transport_vnd, stay.treatment_vnd) == (10, 1_000_000, 250_000, 1_200_000)
    assert stay.total_vnd == 2_450_000 and stay.article.startswith("Điều 16 NĐ 335/2026")


def test_an_insured_person_is_treated_by_the_fund_and_a_hired_car_is_an_open_point():
    made = end(decide(take_in()), transport="hired", fare_vnd=900_000, treatment_vnd=1, is_insured=True)
    with as_post(post(), on=DAY):
        stay = queries.stay_of(made, on=DAY)
    assert (stay.treatment_vnd, stay.open_points) == (0, ("protection_hired_vehicle",))


def test_the_car_of_the_agency_cost_fuel_before_october_2026_and_a_changed_food_level_is_said():
    made = take_in(taken_in_on=date(2026, 9, 1))
    made = end(made, transport="agency_car", km=100, fuel_vnd=20_000)
    with as_post(post(), on=DAY):
        stay = queries.stay_of(made, on=DAY)
    assert (stay.transport_vnd, stay.food_day_vnd, stay.changed) == (400_000, 60_000, True)


def test_nobody_stays_longer_than_three_months():
    made = take_in(taken_in_on=date(2026, 8, 10))
    with pytest.raises(InvalidInput, match="không quá 03 tháng: đến 09/11/2026"):
        end(made)
    with as_post(post(), on=DAY):
        assert queries.stay_of(made, on=DAY).is_late(DAY)
    assert end(made, ended_on=date(2026, 11, 9)).state == "left"


def test_who_took_in_records_no_decision_and_a_signer_is_competent():
    made = take_in(by=post(Role.COMMUNE_HEAD))
    with pytest.raises(NotAllowed, match="không tự ghi nhận"):
        decide(made, by=post(Role.COMMUNE_HEAD))
    with pytest.raises(NotAllowed, match="thẩm quyền"):
        decide(made, signature=signature(signer=post(Role.ACCOUNTANT)))
    with pytest.raises(InvalidInput, match="Ngày ký"):
        decide(made, signature=signature(on=TAKEN - timedelta(days=1)))
    with pytest.raises(NotAllowed):
        decide(made, by=post(Role.ACCOUNTANT))


def test_a_known_person_is_taken_in_once_at_a_time():
    who = person("Đỗ Thị Nạn", "2015-03-03")
    made = take_in(person=who, name="")
    assert made.name == "Đỗ Thị Nạn"
    with pytest.raises(AlreadyDone, match="đang được bảo vệ"):
        take_in(person=who)
    end(made)
    take_in(person=who)


@pytest.mark.parametrize(
    ("wrong", "words"),
    [({"name": " "}, "họ tên"), ({"carer": ""}, "người chăm sóc"), ({"taken_in_on": DAY + timedelta(days=1)}, "chưa tới")],
)
def test_what_is_missing_is_said(wrong, words):
    with pytest.raises(InvalidInput, match=words):
        take_in(**wrong)
    with pytest.raises(NotAllowed):
        take_in(by=post(Role.CLERK))


def test_an_end_has_its_outcome_and_a_day_that_came():
    made = take_in()
    with pytest.raises(InvalidInput, match="nội dung"):
        end(made, outcome=" ")
    with pytest.raises(InvalidInput, match="Ngày kết thúc"):
        end(made, ended_on=DAY + timedelta(days=1))
    with pytest.raises(InvalidInput, match="Chi phí"):
        end(made, transport="may bay")


def test_a_stay_beyond_three_months_is_on_the_home_page_and_in_its_list_until_it_ends(settings):
    late = take_in(name="Bé Lâu", taken_in_on=date(2026, 8, 20))
    take_in(name="Bé Vừa Đủ", taken_in_on=date(2026, 8, 21))
    settings.ANSINH_TODAY = DAY  # the last day of the first was the day before
    with as_post(post(), on=DAY):
        assert queries.beyond_three_months(on=DAY) == [late.pk]
    browser = signed_in()
    assert "Bảo vệ khẩn cấp quá 3 tháng" in browser.get("/").text
    text = browser.get(f"{reverse('emergency:protections')}?trang_thai=qua-han").text
    assert "Bé Lâu" in text and "quá 3 tháng" in text and "Bé Vừa Đủ" not in text
    end(late, ended_on=date(2026, 11, 19))
    assert "Bảo vệ khẩn cấp quá 3 tháng" not in browser.get("/").text
