"""The effect of a resolution: whose money changes, by how much, in which category and commune; examples that tell no illness."""

from datetime import date

import pytest
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.facts import situations
from ansinh.entitlements.queries import differences, effect_of, explanation_for, law_for
from ansinh.entitlements.tests.factories import grant
from ansinh.journal.models import ReadEvent
from ansinh.kernel.money import money_text
from ansinh.lawbook import operations
from ansinh.lawbook.models import LineKind, ResolutionLine
from ansinh.lawbook.queries import before_and_after
from ansinh.lawbook.tests.factories import confirmed, head, level, officer, written
from ansinh.people.tests.factories import household, person

pytestmark = pytest.mark.django_db

NOV = date(2026, 11, 1)


def group() -> ResolutionLine:
    return ResolutionLine(
        kind=LineKind.GROUP, title="Người cao tuổi hộ cận nghèo", condition="age >= age_elder and near_poor", coefficient=100
    )


def effect(made, month: date = NOV):
    with as_post(officer(), on=DAY):
        before, after = before_and_after(made)
        return effect_of(before=before, after=after, month=month, communes=[commune()], on=DAY)


def pensioner(name: str = "Đỗ Thị Hưu"):
    who = person(name, "1948-03-01")
    grant(who, standard_vnd=540_000, months_from=date(2026, 7, 1))
    return who


def with_hiv():
    who = person("Người Bệnh", "1985-03-01", household=household(poverty="poor"), facts={"hiv": True})
    grant(who, "ADULT_HIV", coefficient=150, standard_vnd=540_000, months_from=date(2026, 7, 1), law_code="ND20.5.8")
    return who


def test_it_counts_people_and_money_by_category_and_commune():
    pensioner()
    pensioner("Đỗ Thị Hai")
    disabled = person("Bùi Văn Nặng", "1980-03-01", facts={"disability": "severe"})
    grant(disabled, "DISABLED_SEVERE", coefficient=150, standard_vnd=540_000, months_from=date(2026, 7, 1), law_code="ND20.5.6")

    found = effect(written(level(650_000, "monthly")))

    # 1,5 × 540.000 → 1,5 × 650.000; the pension is not named by the resolution
    assert (found.asked, found.people, found.newcomers) == (3, 1, 0)
    assert found.after_vnd - found.before_vnd == 165_000
    assert found.figures()["by_category"] == {"DISABLED_SEVERE": [1, 810_000, 975_000]}
    assert found.figures()["by_commune"] == {str(commune().id): [1, 810_000, 975_000]}
    assert found.examples == {"DISABLED_SEVERE": [disabled.id]}


def test_before_the_month_it_counts_for_nothing_changes():
    pensioner()
    found = effect(written(applies_to_months_from=date(2026, 12, 1)))

    assert (found.asked, found.people) == (1, 0)


def test_a_group_takes_in_people_the_ledger_does_not_know():
    near = person("Lê Văn Cận", "1958-03-01", household=household(poverty="near_poor"))
    person("Lê Văn Khá", "1958-03-01", household=household())

    found = effect(written(group()))

    assert (found.people, found.newcomers, found.after_vnd) == (1, 1, 540_000)
    assert found.examples == {"PROVINCE_EXTRA": [near.id]}


def test_nobody_with_an_illness_is_an_example(client):
    sick, old = with_hiv(), pensioner()
    made = written()
    found = effect(made)
    assert found.people == 2 and found.figures()["examples"] == [old.id]

    figures = found.figures() | {"examples": [sick.id, old.id]}  # whatever stands there
    with as_post(officer(), on=DAY):
        operations.record_effect(resolution=made, month=NOV, figures=figures, by=officer(), now=NOW)
    client.force_login(officer().user)
    page = client.get(reverse("entitlements:resolution_examples", args=[made.code])).content.decode()

    assert "Đỗ Thị Hưu" in page and "Người Bệnh" not in page
    assert money_text(540_000) in page and money_text(650_000) in page
    with as_maintenance():
        assert ReadEvent.objects.filter(act="look_at_examples", key=made.code).count() == 1


def test_an_example_tells_what_changes_apart_from_money_for_care(client):
    who = person("Bùi Văn Nặng", "1980-03-01", facts={"disability": "extremely_severe", "cared_by": "own_household"})
    made = written()
    with as_post(officer(), on=DAY):
        operations.record_effect(resolution=made, month=NOV, figures={"examples": [who.id]}, by=officer(), now=NOW)
    client.force_login(officer().user)
    page = client.get(reverse("entitlements:resolution_examples", args=[made.code])).content.decode()

    assert f"Trợ cấp xã hội hằng tháng: {money_text(1_080_000)} → " in page and f"Vì sao {money_text(1_300_000)}?" in page
    assert f"{money_text(540_000)} → " not in page


@pytest.mark.parametrize(("role", "office"), [(Role.COMMUNE_OFFICER, "UBND-12472"), (Role.ADMINISTRATOR, "SYT")])
def test_who_does_not_work_on_resolutions_sees_no_examples(client, role, office):
    client.force_login(post(role, office=office).user)

    assert client.get(reverse("entitlements:resolution_examples", args=["NQ00000001"])).status_code == 403


def test_examples_of_many_people_ask_the_database_as_often_as_of_few(client, django_assert_max_num_queries):
    made, people = written(), [pensioner(f"Đỗ Thị {name}") for name in ("Ất", "Bính", "Đinh", "Giáp", "Kỷ", "Mậu")]
    with as_post(officer(), on=DAY):
        figures = {"examples": [one.id for one in people]}
        operations.record_effect(resolution=made, month=NOV, figures=figures, by=officer(), now=NOW)
    client.force_login(head().user)

    with django_assert_max_num_queries(26):
        client.get(reverse("entitlements:resolution_examples", args=[made.code]))


# What it does to answers and the ledger ------------------------------------------------------------------------------
def test_an_answer_names_the_resolution_with_its_number_and_dates():
    who = pensioner()
    confirmed()
    with as_maintenance():
        (line,), why = law_for(who, NOV), explanation_for(who, NOV)

    assert line.amount_vnd == 650_000 and "Điều 2 Nghị quyết số 99/2025/NQ-HĐND ngày 10/12/2025" in line.basis
    (node,) = [node for node in why["tree"] if money_text(650_000) in node.get("label", "")]
    assert node["text"] == "áp dụng cho tháng hưởng từ 01/2026"
    assert node["law"] == [{"text": "Điều 2 Nghị quyết số 99/2025/NQ-HĐND ngày 10/12/2025 (hiệu lực 01/01/2026)"}]
    assert money_text(540_000) not in str(why["tree"])


def test_an_amount_of_its_own_is_told_as_one():
    who = person("Bùi Văn Nặng", "1980-03-01", facts={"disability": "severe"})
    confirmed(ResolutionLine(kind=LineKind.AMOUNT, of="DISABLED_SEVERE", amount_vnd=900_000, coefficient=150, basis="Điều 3"))
    with as_maintenance():
        why = explanation_for(who, NOV)

    assert why["title"] == f"Vì sao {money_text(900_000)}?"
    assert [part["label"] for part in why["sumline"]][1] == "mức tiền do tỉnh quy định"
    assert "Điều 3 Nghị quyết số 99/2025/NQ-HĐND" in str(why["tree"])


def test_an_extra_group_is_explained_with_its_condition_and_the_resolution():
    who = person("Lê Văn Cận", "1958-03-01", household=household(poverty="near_poor"))
    confirmed(group())
    with as_maintenance():
        why = explanation_for(who, NOV)

    assert why["tree"][0]["text"] == "Người cao tuổi hộ cận nghèo"
    assert "thuộc hộ cận nghèo" in str(why["tree"][0]["children"]) and "99/2025/NQ-HĐND" in str(why["tree"][0]["law"])


def test_the_ledger_differs_once_it_is_confirmed_and_not_before():
    pensioner()
    written(number="98/2025/NQ-HĐND")

    def changes() -> list[int]:
        with as_maintenance():
            return [one.change_vnd for one in differences(unit_ids=[commune().id], month=NOV)]

    assert changes() == []
    confirmed()
    assert changes() == [110_000]


def test_facts_of_many_people_take_as_many_queries_as_of_one(django_assert_max_num_queries):
    people = [pensioner(f"Đỗ Thị {name}") for name in ("Ất", "Bính", "Đinh", "Giáp")]
    confirmed()

    with as_maintenance(), django_assert_max_num_queries(14):
        found = situations([one.id for one in people])
    assert len(found) == 4 and all(one.provincial for one in found.values())
