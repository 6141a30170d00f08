""" "Vì sao?": its sum is what the ledger can hold for the person; money for care is told apart, each article once."""

from datetime import date

import pytest

from ansinh.access.tests.factories import NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.queries import explanation_for, law_for
from ansinh.kernel.money import money_text
from ansinh.people import operations as people
from ansinh.people.tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]

NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def seeing_all(as_maintenance):
    with as_maintenance():
        yield


def cared_for_at_home():
    """An extremely disabled person of 36 whose own household cares for them."""
    who = person("Bùi Văn Nặng", born="1990-03-01")
    with as_maintenance():
        for kind, value in (("disability", "extremely_severe"), ("cared_by", "own_household")):
            people.set_circumstance(
                person=who, kind=kind, value=value, since=date(2026, 1, 1), source="Giấy xác nhận", by=post(), now=NOW
            )
    return who


def articles(nodes) -> list[str]:
    found = []
    for node in nodes:
        found += [law["text"] for law in node.get("law", [])]
    return found


def test_title_and_sum_are_what_the_person_gets():
    who = cared_for_at_home()
    (line,) = law_for(who, NOVEMBER)
    assert line.amount_vnd == 1_080_000  # 2.0 × 540.000
    panel = explanation_for(who, NOVEMBER)
    assert panel["title"] == f"Vì sao {money_text(1_080_000)}?"
    assert [part["value"] for part in panel["sumline"]] == ["2,0", money_text(540_000), money_text(1_080_000)]


def test_money_for_care_is_a_note_with_its_own_article():
    panel = explanation_for(cared_for_at_home(), NOVEMBER)
    (note,) = [note["text"] for note in panel["notes"] if "quyết định riêng" in note["text"]]
    assert f"{money_text(540_000)} mỗi tháng" in note and note.count("Điều 17") == 1
    assert not [text for text in articles(panel["tree"]) if "Điều 17" in text]


def test_no_article_stands_twice_under_one_factor():
    for node in explanation_for(cared_for_at_home(), NOVEMBER)["tree"]:
        assert len(articles([node])) == len(set(articles([node])))


def test_somebody_who_gets_nothing_is_told_so_without_a_sum():
    panel = explanation_for(person("Ngô Văn Trẻ", born="1990-03-01"), NOVEMBER)
    assert panel["title"] == "Vì sao tháng 11/2026 không được hưởng?" and panel["sumline"] == []
    assert panel["tree"][0]["text"] == "Không thuộc trường hợp nào được hưởng."


def test_somebody_who_gets_nothing_is_told_what_would_have_to_be_true():
    who = person("Ngô Văn Cụ", born="1952-12-10")

    near = explanation_for(who, NOVEMBER)["near"]

    assert [row["missing"] for row in near[:2]] == [
        ["hộ được công nhận là hộ nghèo hoặc hộ cận nghèo"],
        ["đủ 75 tuổi vào 12/2027"],
    ]
    assert near[0]["law"]["text"] == "Khoản 2 Điều 2 NĐ 176/2025/NĐ-CP"


def test_what_stands_in_the_way_is_told_as_such():
    who = person("Ngô Thị Tuất", born="1950-12-10")
    people.set_circumstance(
        person=who, kind="survivor_benefit", value=True, since=date(2020, 1, 1), source="Sổ trợ cấp tuất", by=post(), now=NOW
    )

    near = explanation_for(who, NOVEMBER)["near"]

    assert ["vướng: đang hưởng trợ cấp tuất hằng tháng"] in [row["missing"] for row in near]


def test_somebody_who_gets_money_is_not_told_what_is_missing():
    assert explanation_for(cared_for_at_home(), NOVEMBER)["near"] == []
