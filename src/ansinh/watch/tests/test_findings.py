"""Each kind with an example, and beside it the one that looks alike and is no alarm."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, THAI_BINH, at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.tests.factories import dossier
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.tests.factories import grant
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import household, person
from ansinh.watch.queries import findings, sifting
from ansinh.watch.tests.factories import LEVEL, child_of_16, found, reason

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]
NOV, DEC, JAN = date(2026, 11, 1), date(2026, 12, 1), date(2027, 1, 1)


def pensioner(name: str = "Trần Thị Cả", born: str = "1945-03-02", **known):
    return grant(person(name, born), **LEVEL | {"months_from": date(2026, 10, 1)} | known)


def by() -> dict:
    return {"source": "thử", "by": post(), "now": NOW}


# What the law gives is no alarm ---------------------------------------------------------------------------------------
def test_who_draws_what_the_law_gives_is_not_shown():
    pensioner()
    grant(
        person("Lê Văn Nặng", "1990-04-05", facts={"disability": "severe"}),
        "DISABLED_SEVERE",
        coefficient=150,
        months_from=NOV,
        **LEVEL,
    )
    assert found() == []


# No longer owed -------------------------------------------------------------------------------------------------------
def test_a_child_who_turns_16_and_is_at_no_school_stops_from_the_month_after():
    child_of_16()
    assert found() == [("over", "Bùi Văn Lớn", JAN)]
    assert reason().startswith("Tròn 16 tuổi ngày 10/12/2026: không còn thuộc diện hưởng từ tháng 01/2027")


def test_a_child_who_turns_16_later_than_sixty_days_ahead_is_left_in_peace():
    child_of_16(born="2011-03-10")
    assert found() == []


def test_a_certificate_that_ends_is_told_with_its_last_day():
    who = person("Lê Văn Nặng", "1990-04-05")
    people.set_circumstance(person=who, kind="disability", value="severe", since=None, until=date(2026, 12, 16), **by())
    grant(who, "DISABLED_SEVERE", coefficient=150, months_from=NOV, **LEVEL)
    assert found() == [("expiring", "Lê Văn Nặng", JAN)]
    assert "“Mức độ khuyết tật” ghi trong sổ hết hiệu lực ngày 15/12/2026; nếu không làm lại" in reason()
    # Once it has run out it is no reminder any more.
    assert found(on=date(2026, 12, 17)) == [("over", "Lê Văn Nặng", JAN)]


def test_a_study_confirmation_that_ends_is_a_reminder_while_it_holds():
    who = person("Vũ Thị Học", "2008-03-03", facts={"parents": ["dead", "dead"], "orphan_allowance_at_16": True})
    for kind, value in (("study", "general"), ("study_continuous", True)):
        people.set_circumstance(person=who, kind=kind, value=value, since=None, until=date(2027, 1, 10), **by())
    grant(who, "EX_CHILD_STUDENT", coefficient=150, law_code="ND335.5.2", months_from=NOV, **LEVEL)
    assert [(kind, name) for kind, name, _ in found()] == [("expiring", "Vũ Thị Học")]


def test_a_certificate_followed_by_another_of_the_same_degree_is_no_alarm():
    who = person("Lê Văn Nặng", "1990-04-05")
    people.set_circumstance(person=who, kind="disability", value="severe", since=None, until=date(2026, 12, 16), **by())
    people.set_circumstance(person=who, kind="disability", value="severe", since=date(2026, 12, 16), **by())
    grant(who, "DISABLED_SEVERE", coefficient=150, months_from=NOV, **LEVEL)
    assert found() == []


def test_a_sensitive_fact_is_never_named():
    who = person("Lê Văn Kín", "1990-04-05")
    people.set_circumstance(person=who, kind="hiv", value=True, since=None, until=date(2026, 12, 16), **by())
    grant(who, "ADULT_HIV", coefficient=150, months_from=NOV, **LEVEL)
    assert "HIV" not in reason() and reason().startswith("Theo sổ và luật hiện nay")


# At home and in a facility ---------------------------------------------------------------------------------------------
def test_who_is_paid_at_home_and_lives_in_a_facility_is_shown_and_who_came_home_is_not():
    for name, until in (("Lê Văn Viện", None), ("Lê Văn Về", date(2026, 10, 20))):
        who = person(name, "1990-04-05", facts={"disability": "severe"})
        people.set_circumstance(person=who, kind="lives_in", value="facility", since=date(2026, 10, 10), until=until, **by())
        grant(who, "DISABLED_SEVERE", coefficient=150, months_from=date(2026, 9, 1), **LEVEL)
    assert [(kind, name) for kind, name, _ in found()] == [("facility", "Lê Văn Viện")]
    assert reason().startswith("Đang ở cơ sở trợ giúp xã hội từ ngày 10/10/2026; không hưởng tại nhà từ tháng")


# A class of poverty that merely ran out -------------------------------------------------------------------------------
def poor_pensioner(until: date) -> object:
    home = household()
    who = person("Ngô Thị Khó", "1954-05-06", household=home)
    people.set_household_circumstance(household=home, kind="poverty", value="poor", since=None, until=until, **by())
    grant(who, "SOCIAL_PENSION_70_POOR", months_from=date(2026, 10, 1), **LEVEL)
    return home


def test_a_poverty_class_that_ran_out_says_nothing_until_the_decision_is_long_overdue():
    poor_pensioner(date(2027, 1, 1))
    assert found(on=DAY) == found(on=date(2027, 1, 20)) == found(on=date(2027, 3, 20)) == []
    assert [kind for kind, *_ in found(on=date(2027, 5, 10))] == ["over"]


def test_once_the_new_years_decision_is_recorded_who_left_poverty_is_shown():
    home = poor_pensioner(date(2027, 1, 1))
    people.set_household_circumstance(household=home, kind="poverty", value="not_poor", since=date(2027, 1, 1), **by())
    assert found(on=date(2026, 12, 10)) == [("over", "Ngô Thị Khó", date(2027, 2, 1))]
    assert "“Phân loại hộ” trong sổ thay đổi từ ngày 01/01/2027" in reason(on=date(2026, 12, 10))


# Owed differently -----------------------------------------------------------------------------------------------------
def test_a_child_who_turns_4_draws_less_from_the_month_of_the_change():
    who = person("Đỗ Văn Nhỏ", "2022-12-09", facts={"parents": ["dead", "dead"]})
    grant(who, "CHILD_NO_SUPPORT", coefficient=250, law_code="ND335.5.1", months_from=NOV, **LEVEL)
    assert found() == [("change", "Đỗ Văn Nhỏ", DEC)]
    assert reason().startswith("Tròn 4 tuổi ngày 09/12/2026; luật cho hưởng 810.000 đ từ tháng 12/2026")


def test_somebody_whom_a_new_level_left_out_is_shown_and_many_at_once_are_a_bulk_decision(monkeypatch):
    pensioner("Trần Thị Sót", standard_vnd=500_000)
    assert [(kind, name) for kind, name, _ in found()] == [("change", "Trần Thị Sót")]
    assert "Mức chuẩn 500.000 đ → 540.000 đ" in reason()
    pensioner("Trần Thị Nữa", standard_vnd=500_000)
    monkeypatch.setattr(sifting, "MANY", 1)
    assert found() == []
    # Written down in a commune that came into this one: the same office decides for both.
    before = Unit.objects.filter(id__in=scope_ids(commune(), on=DAY)).exclude(id=commune().id).first()
    for entry in Entitlement.objects.select_related("person"):
        Person.objects.filter(id=entry.person_id).update(unit=before)
    assert found() == []
    monkeypatch.setattr(sifting, "MANY", 2)
    assert [kind for kind, _name, _month in found()] == ["change", "change"]


def test_behind_a_new_level_a_coming_stop_is_told():
    who = person("Bùi Văn Lớn", "2010-12-10", facts={"parents": ["dead", "dead"]})
    grant(who, "CHILD_NO_SUPPORT", coefficient=150, law_code="ND20.5.1", months_from=date(2026, 6, 1))
    assert found() == [("over", "Bùi Văn Lớn", JAN)]


# Milestones -----------------------------------------------------------------------------------------------------------
R1, R2 = date(2025, 4, 20), date(2026, 5, 20)


@pytest.mark.parametrize(
    ("age", "born", "facts", "house", "category", "coefficient", "on", "expected"),
    [
        (3, "2023-12-12", {}, {"poverty": "poor", "hard_area": True}, "CHILD_U3_HARD_AREA", 150, DAY, ("over", JAN)),
        (16, "2010-12-12", {"disability": "severe"}, {}, "DISABLED_SEVERE", 200, DAY, ("change", DEC)),
        (60, "1966-12-12", {"disability": "severe"}, {}, "DISABLED_SEVERE", 150, DAY, ("change", DEC)),
        (75, "1951-12-12", {"supporter": "none"}, {"poverty": "poor"}, "ELDER_POOR_ALONE", 150, DAY, ("change", DEC)),
        (80, "1945-06-12", {}, {"poverty": "poor", "hard_area": True}, "ELDER_75_HARD_AREA", 100, R1, ("change", date(2025, 6, 1))),
        (
            22, "2004-06-12", {"parents": ["dead", "dead"], "orphan_allowance_at_16": True, "study": "first_degree"}, {},
            "EX_CHILD_STUDENT", 150, R2, ("over", date(2026, 7, 1)),
        ),
    ],
)  # fmt: skip
def test_each_age_of_the_law_is_told_within_sixty_days(age, born, facts, house, category, coefficient, on, expected):
    home = household(**house) if house else None
    who = person("Trần Văn Tròn", born, facts=facts, household=home)
    level = 540_000 if on == DAY else 500_000
    grant(who, category, coefficient=coefficient, standard_vnd=level, months_from=date(on.year, 10 if on == DAY else 3, 1))
    assert found(on=on) == [(expected[0], "Trần Văn Tròn", expected[1])]
    assert reason(on=on).startswith(f"Tròn {age} tuổi ngày 12/")


def test_a_birthday_within_sixty_days_is_told_although_its_month_begins_later():
    child_of_16(born="2011-01-15")  # 56 days after the day of the test; the law changes in February
    assert found() == [("over", "Bùi Văn Lớn", date(2027, 2, 1))]
    child_of_16("Bùi Văn Xa", born="2011-01-25")  # 66 days
    assert [name for _, name, _ in found()] == ["Bùi Văn Lớn"]


# Died -----------------------------------------------------------------------------------------------------------------
def test_the_month_after_a_death_is_stopped_and_the_month_of_it_stays():
    entry = pensioner()
    people.record_death(person=entry.person, died_on=date(2026, 11, 9), **by())
    assert found() == [("death", "Trần Thị Cả", DEC)]


def test_the_month_of_a_stop_is_its_own_although_a_new_level_came_before():
    entry = pensioner(standard_vnd=500_000, months_from=date(2026, 6, 1))
    people.record_death(person=entry.person, died_on=date(2026, 11, 9), **by())
    assert found() == [("death", "Trần Thị Cả", DEC)]


def test_a_death_whose_entry_a_decision_has_ended_is_no_alarm():
    entry = pensioner()
    people.record_death(person=entry.person, died_on=date(2026, 11, 9), **by())
    month.decide(entry, "stop", DEC, recorded=at(2026, 11, 12))
    assert found() == []


# Moved ----------------------------------------------------------------------------------------------------------------
def test_who_moved_here_with_an_entry_of_the_old_commune_is_shown_in_the_new_one_alone():
    entry = pensioner()
    people.move_across(person=entry.person, unit=commune(THAI_BINH), since=date(2026, 11, 2), **by())
    assert found() == []
    assert [(kind, name) for kind, name, _ in found(unit=commune(THAI_BINH))] == [("move", "Trần Thị Cả")]


# Not collected --------------------------------------------------------------------------------------------------------
def three_months(absent: set[str]) -> None:
    grant(person("Trần Thị Vắng", "1940-03-02"), months_from=date(2026, 5, 1))
    month.neighbour()
    for paid in (date(2026, 7, 1), date(2026, 8, 1), date(2026, 9, 1)):
        month.paid(paid, absent=absent)
    month.proposed(date(2026, 10, 1))


def kinds(on: date) -> list[str]:
    return [kind for kind, name, _ in found(on=on) if name == "Trần Thị Vắng"]


def test_three_months_nobody_fetched_are_shown_and_one_fetched_is_not():
    three_months({"Trần Thị Vắng"})
    assert "uncollected" in kinds(date(2026, 10, 12))


def test_who_fetched_the_money_is_no_alarm():
    three_months(set())
    assert "uncollected" not in kinds(date(2026, 10, 12))


# Never asked ----------------------------------------------------------------------------------------------------------
def test_who_turns_75_and_draws_nothing_is_a_reminder_that_a_request_is_needed():
    person("Phạm Văn Đủ", "1951-12-20")
    assert found() == [("unasked", "Phạm Văn Đủ", DEC)]
    assert "chưa có đơn thì chưa hưởng" in reason() and "Đủ 75 tuổi ngày 20/12/2026" in reason()


@pytest.mark.parametrize("facts", [{"pension_vnd": 3_000_000}, {"insurance_allowance_vnd": 900_000}])
def test_who_has_a_pension_is_not_reminded(facts):
    person("Phạm Văn Đủ", "1951-12-20", facts=facts)
    assert found() == []


def test_who_asked_draws_or_once_drew_is_not_reminded():
    asked = person("Phạm Văn Hỏi", "1945-12-20")
    dossier("received", whose=asked, procedure="social_pension", case="from_75")
    pensioner("Phạm Văn Hưởng")
    stopped = pensioner("Phạm Văn Thôi")
    month.decide(stopped, "stop", NOV, recorded=at(2026, 10, 12))
    person("Phạm Văn Trẻ", "1960-12-20")
    assert found() == []


def raw() -> list:
    with as_maintenance():
        return list(findings(scopes=[scope_ids(commune(), on=DAY)], on=DAY).values())


def closed(whose: Person, state: str, day: date) -> None:
    """A pension asked for and refused or withdrawn on a day."""
    made = dossier("received", whose=whose, procedure="social_pension", case="poor_70")
    made.steps.update(at=datetime.combine(day, time(9), tzinfo=UTC))
    told = {"reason": "Chưa đủ tuổi.", "article": "Điều 2", "answer_number": "9/UBND", "answered_on": day}
    Dossier.objects.filter(pk=made.pk).update(state=state, **told)


@pytest.mark.parametrize("state", ["refused", "withdrawn"])
def test_who_was_refused_for_an_age_or_a_class_is_reminded_once_the_law_gives_it(state):
    early = person("Phạm Văn Sớm", "1951-11-18")
    closed(early, state, date(2026, 11, 5))  # asked in the month of the birthday, before it
    closed(person("Phạm Văn Trước", "1951-10-12"), state, date(2026, 3, 2))
    assert [(kind, name) for kind, name, _ in found()] == [("unasked", "Phạm Văn Sớm"), ("unasked", "Phạm Văn Trước")]


def test_who_was_refused_or_withdrew_though_the_law_gave_it_is_left_in_peace():
    closed(person("Phạm Văn Thôi", "1945-10-12"), "withdrawn", date(2026, 3, 2))
    assert found() == []


def test_who_left_poverty_and_reaches_75_is_reminded_although_a_pension_was_drawn_once():
    home = household()
    who = person("Ngô Thị Khó", "1951-12-20", household=home)
    people.set_household_circumstance(household=home, kind="poverty", value="poor", since=None, until=date(2026, 8, 1), **by())
    people.set_household_circumstance(household=home, kind="poverty", value="not_poor", since=date(2026, 8, 1), **by())
    entry = grant(who, "SOCIAL_PENSION_70_POOR", months_from=date(2026, 1, 1))
    month.decide(entry, "stop", date(2026, 9, 1), recorded=at(2026, 8, 20))
    assert found() == [("unasked", "Ngô Thị Khó", DEC)]


@pytest.mark.parametrize(
    ("born", "facts", "amount"),
    [
        ("1990-04-05", {"disability": "severe"}, "810.000"),
        ("1940-04-05", {"disability": "extremely_severe"}, "1.350.000"),  # not the pension beside it: the higher alone
        ("2020-04-05", {"parents": ["dead", "dead"]}, "810.000"),
    ],
)
def test_whoever_the_register_holds_the_paper_of_and_who_never_asked_is_a_reminder(born, facts, amount):
    person("Lê Văn Nặng", born, facts=facts)
    assert found() == [("unasked", "Lê Văn Nặng", NOV)]
    assert f"trợ cấp xã hội hằng tháng {amount} đ; chưa hưởng" in reason()


def test_a_mild_disability_a_grown_up_orphan_and_an_open_dossier_are_no_alarm():
    person("Lê Văn Nhẹ", "1990-04-05", facts={"disability": "mild"})
    person("Bùi Văn Lớn", "1995-04-05", facts={"parents": ["dead", "dead"]})
    asked = person("Lê Văn Hỏi", "1990-04-05", facts={"disability": "severe"})
    dossier("received", whose=asked, procedure="allowance_grant", case="disabled")
    assert found() == []


def test_a_ground_that_tells_an_illness_is_no_reminder():
    person("Lê Văn Kín", "2015-04-05", facts={"hiv": True, "parents": ["dead", "dead"]}, household=household(poverty="poor"))
    assert not any("hiv" in one.cause.lower() for one in raw())


def test_a_dossier_made_ready_and_not_received_does_not_end_the_reminder():
    dossier("writing", whose=person("Phạm Văn Đủ", "1951-12-20"), procedure="social_pension", case="from_75")
    assert found() == [("unasked", "Phạm Văn Đủ", DEC)]


def test_the_roles_of_the_desk_are_those_the_dossiers_know():
    from ansinh.watch.workflow import DRAFTS, MOVERS, PREPARES

    assert set(DRAFTS) < set(PREPARES) and Role.DIVISION_OFFICER in MOVERS
