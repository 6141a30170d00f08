"""What the register says about relatives reaches the law for as long as it was so."""

from datetime import date

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh import law
from ansinh.access.tests.factories import NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.facts import situation_of
from ansinh.entitlements.queries import law_for
from ansinh.people import operations as people
from ansinh.people.models import Relative
from ansinh.people.tests.factories import household, person

pytestmark = pytest.mark.django_db

AUGUST, OCTOBER, NOVEMBER = date(2026, 8, 1), date(2026, 10, 1), date(2026, 11, 1)


@pytest.fixture(autouse=True)
def seeing_all(as_maintenance):
    with as_maintenance():
        yield


def related(who, kind: str, other, *, until: date | None = None) -> Relative:
    with as_maintenance():
        row = people.record_relative(person=who, kind=kind, name="", known=other, since=None, source="thử", by=post(), now=NOW)
        if until:
            Relative.objects.filter(pk=row.pk).update(period=DateRange(None, until))
        return row


def single_mother():
    return person("Phan Thị Đơn", "1990-02-01", household=household(poverty="poor"), facts={"marital": "widowed"})


def counted(who, month: date) -> int:
    return sum(line.count for line in law_for(who, month) if line.category.startswith("K4") or "SINGLE_PARENT" in line.category)


def test_a_child_counts_until_the_relation_ended():
    who = single_mother()
    related(who, "child", person("Phan Văn Cả", "2018-05-01"))
    related(who, "child", person("Phan Văn Út", "2020-05-01"), until=date(2026, 9, 15))
    assert [counted(who, month) for month in (AUGUST, NOVEMBER)] == [2, 1]


def test_without_any_child_left_nothing_is_due():
    who = single_mother()
    related(who, "child", person("Phan Văn Út", "2020-05-01"), until=date(2026, 9, 15))
    assert [counted(who, month) for month in (AUGUST, NOVEMBER)] == [1, 0]


def test_a_child_whose_relation_is_written_down_late_counts_since_its_birth():
    who = single_mother()
    row = related(who, "child", person("Phan Văn Cả", "2018-05-01"))
    Relative.objects.filter(pk=row.pk).update(period=DateRange(date(2026, 10, 20), None))
    assert counted(who, AUGUST) == 1


def test_a_former_spouse_is_no_spouse_any_more():
    who = person("Phan Thị Cũ", "1990-02-01")
    related(who, "spouse", person("Đinh Văn Xưa", "1988-01-01"), until=date(2025, 1, 1))
    assert "spouse" not in situation_of(who).persons[str(who.id)].values


def test_whoever_lost_the_spouse_is_widowed_from_that_day():
    who = person("Phan Thị Góa", "1990-02-01", household=household(poverty="poor"))
    husband = person("Đinh Văn Mất", "1988-01-01")
    related(who, "spouse", husband), related(who, "child", person("Đinh Văn Con", "2018-05-01"))
    people.record_death(person=husband, died_on=date(2026, 9, 5), source="Trích lục khai tử", by=post(), now=NOW)
    facts = situation_of(who).persons[str(who.id)]
    assert [facts.at("marital", day) for day in (date(2026, 9, 4), date(2026, 9, 5))] == ["married", "widowed"]
    assert [counted(who, month) for month in (AUGUST, NOVEMBER)] == [0, 1]


def test_what_an_officer_wrote_down_about_the_marriage_stands_above_what_is_concluded():
    who = person("Phan Thị Ly", "1990-02-01", facts={"marital": "divorced"})
    husband = person("Đinh Văn Mất", "1988-01-01")
    related(who, "spouse", husband)
    people.record_death(person=husband, died_on=date(2026, 9, 5), source="Trích lục khai tử", by=post(), now=NOW)
    assert situation_of(who).persons[str(who.id)].at("marital", date(2026, 11, 1)) == "divorced"


def test_the_law_explains_with_the_children_of_the_month():
    who = single_mother()
    related(who, "child", person("Phan Văn Út", "2020-05-01"), until=date(2026, 9, 15))
    told = law.explain(situation_of(who), NOVEMBER, str(who.id))
    assert told.total_vnd == 0


def test_a_disabled_couple_raising_a_small_child_has_one_share():
    mother, father = (person(name, "1992-01-01", facts={"disability": "severe"}) for name in ("Vũ Thị Lan", "Vũ Văn Lý"))
    child = person("Vũ Văn Con", "2025-05-01")
    for one, other in ((mother, father), (father, mother)):
        related(one, "spouse", other), related(one, "child", child)
    shares = [
        line.amount_vnd
        for one in (mother, father)
        for line in law.monthly(situation_of(one), date(2026, 8, 1)).lines
        if line.kind == "disabled_parent_support" and line.person == str(one.id)
    ]
    assert shares == [810_000]
