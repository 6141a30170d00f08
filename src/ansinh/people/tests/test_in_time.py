"""Households, homes, relatives, payees and circumstances in time: one at a time, the database keeps it so."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.access.tests.factories import NOW, THAI_BINH, commune, post
from ansinh.journal.models import Entry
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.law.situation import DEFAULTS, HOUSEHOLD_DEFAULTS
from ansinh.localities.models import Village
from ansinh.people import operations
from ansinh.people.facts_catalogue import BY_KEY, KINDS, checked_value, value_label
from ansinh.people.models import (
    BankAccount,
    Circumstance,
    Guardian,
    HouseholdCircumstance,
    Membership,
    Payee,
    Person,
    Relative,
    Residence,
)
from ansinh.people.tests.factories import household, person

pytestmark = pytest.mark.django_db
Y2024, Y2025, Y2026 = date(2024, 1, 1), date(2025, 1, 1), date(2026, 1, 1)


def who(**more):
    return {"source": "thử", "by": post(), "now": NOW, **more}


def spans(rows) -> list[tuple]:
    return sorted(((row.period.lower, row.period.upper) for row in rows.all()), key=lambda span: span[0] or date.min)


def fact(someone, value, since, until=None):
    return operations.set_circumstance(person=someone, kind="disability", value=value, since=since, until=until, **who())


OVERLAPPING = {
    "one_household_at_a_time": lambda p, h: Membership(person=p, household=h),
    "one_head_at_a_time": lambda p, h: Membership(person=person("Người Khác"), household=h, is_head=True),
    "one_residence_at_a_time": lambda p, h: Residence(person=p, unit=p.unit),
    "one_value_of_a_circumstance": lambda p, h: Circumstance(person=p, kind="study", value="general"),
    "one_value_of_a_household_fact": lambda p, h: HouseholdCircumstance(household=h, kind="poverty", value="poor"),
    "one_payee_at_a_time": lambda p, h: Payee(person=p, name="A"),
    "one_account_at_a_time": lambda p, h: BankAccount(person=p, holder="A", bank="B", number="1234"),
    "one_guardian_at_a_time": lambda p, h: Guardian(person=p, name="A"),
    "one_relative_of_a_kind": lambda p, h: Relative(person=p, kind="spouse", name="A"),
}


@pytest.mark.parametrize("constraint", OVERLAPPING)
def test_the_database_refuses_an_overlap_and_accepts_what_follows(constraint, as_maintenance):
    someone, home, make = person(), household(), OVERLAPPING[constraint]
    with as_maintenance():
        Residence.objects.all().delete()

        def save(period):
            row = make(someone, home)
            row.period, row.recorded_at = period, NOW
            row.save()

        save(DateRange(Y2024, Y2025))
        save(DateRange(Y2025, Y2026))
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            save(DateRange(date(2025, 12, 31), None))


def test_several_children_stand_beside_each_other(as_maintenance):
    mother = person()
    with as_maintenance():
        for name in ("Lê Thị Một", "Lê Thị Hai"):
            operations.record_relative(person=mother, kind="child", name=name, known=None, since=Y2024, **who())
        with pytest.raises(AlreadyDone):
            operations.record_relative(person=mother, kind="child", name="Lê Thị Hai", known=None, since=Y2025, **who())
        assert mother.relatives.count() == 2


def test_a_new_spouse_ends_the_former(as_maintenance):
    someone = person()
    with as_maintenance():
        for name, since in (("Bùi Văn Trước", Y2024), ("Bùi Văn Sau", Y2026)):
            operations.record_relative(person=someone, kind="spouse", name=name, known=None, since=since, **who())
        assert spans(someone.relatives) == [(Y2024, Y2026), (Y2026, None)]


def test_a_relative_is_somebody_else_with_a_name(as_maintenance):
    someone = person()
    with as_maintenance():
        for name, known in (("", None), ("x", someone)):
            with pytest.raises(InvalidInput):
                operations.record_relative(person=someone, kind="mother", name=name, known=known, since=None, **who())


def test_a_new_head_leaves_the_former_a_member_whose_time_as_head_is_kept(as_maintenance):
    old, new, home = person("Chủ Cũ"), person("Chủ Mới"), household()
    with as_maintenance():
        operations.join_household(person=old, household=home, relation="chủ hộ", is_head=True, since=Y2024, **who())
        operations.join_household(person=new, household=home, relation="chủ hộ", is_head=True, since=Y2026, **who())
        assert [(m.is_head, m.period.lower) for m in old.memberships.order_by("period")] == [(True, Y2024), (False, Y2026)]
        assert [m.person for m in home.memberships.filter(is_head=True, period__endswith=None)] == [new]


def test_joining_another_household_leaves_the_first(as_maintenance):
    someone = person()
    with as_maintenance():
        for since in (Y2024, Y2025):
            operations.join_household(person=someone, household=household(), relation="con", since=since, **who())
        operations.leave_household(person=someone, on=Y2026, **who())
        assert spans(someone.memberships) == [(Y2024, Y2025), (Y2025, Y2026)]


def test_a_later_value_closes_the_former(as_maintenance):
    someone = person()
    with as_maintenance():
        fact(someone, "severe", Y2024)
        fact(someone, "extremely_severe", Y2026)
        assert spans(someone.circumstances) == [(Y2024, Y2026), (Y2026, None)]


def test_a_value_in_the_middle_parts_the_one_around_it(as_maintenance):
    someone = person()
    with as_maintenance():
        fact(someone, "severe", Y2024)
        fact(someone, "none", Y2025, until=Y2026)
        assert spans(someone.circumstances) == [(Y2024, Y2025), (Y2025, Y2026), (Y2026, None)]
        assert [f.value for f in someone.circumstances.order_by("period")] == ["severe", "none", "severe"]


def test_what_a_value_wipes_out_stays_in_the_journal(as_maintenance):
    someone = person()
    with as_maintenance():
        fact(someone, "mild", Y2025)
        fact(someone, "severe", Y2024)
        kept = Entry.objects.order_by("-id").first().detail["replaced"]
        assert [(row["value"], row["source"]) for row in kept] == [("mild", "thử")]


def test_the_journal_says_nothing_of_a_sensitive_kind(as_maintenance):
    someone = person()
    with as_maintenance():
        for value in (True, False):
            made = operations.set_circumstance(person=someone, kind="hiv", value=value, since=None, **who())
        assert made.is_sensitive
        assert Entry.objects.order_by("-id").first().detail == {}


def test_an_end_before_the_beginning_is_refused(as_maintenance):
    someone = person()
    with as_maintenance(), pytest.raises(InvalidInput, match="phải sau"):
        fact(someone, "severe", Y2026, until=Y2026)


def test_a_fact_carries_its_source_and_recorder(as_maintenance):
    someone, officer = person(), post()
    with as_maintenance():
        made = fact(someone, "severe", Y2024)
    assert (made.source, made.recorded_by, made.recorded_at) == ("thử", officer.actor.text, NOW)


def test_the_register_keeps_everything_the_law_asks():
    asked = DEFAULTS.keys() - {"spouse", "children"}  # these two are relatives
    assert asked <= {kind.key for kind in KINDS if kind.of == "person"}
    assert HOUSEHOLD_DEFAULTS.keys() <= {kind.key for kind in KINDS if kind.of == "household"}


@pytest.mark.parametrize("key", BY_KEY)
def test_every_value_has_its_words_and_nothing_else_is_kept(key):
    kind = BY_KEY[key]
    values = {"flag": [True, False], "money": [0, 1_500_000], "parents": [["dead", "unidentified"]]}.get(
        kind.type, [value for value, _ in kind.choices]
    )
    for value in values:
        assert checked_value(key, value) == value
        assert value_label(key, value) not in ("", str(value))
    for wrong in ("x", -1, None, 1.5, ["dead"]):
        with pytest.raises(InvalidInput):
            checked_value(key, wrong)


def test_a_household_fact_is_not_written_for_one_person(as_maintenance):
    someone, home = person(), household()
    with as_maintenance():
        with pytest.raises(InvalidInput, match="ghi cho hộ"):
            operations.set_circumstance(person=someone, kind="poverty", value="poor", since=None, **who())
        with pytest.raises(InvalidInput, match="từng người"):
            operations.set_household_circumstance(household=home, kind="hiv", value=True, since=None, **who())


def test_payee_account_and_guardian_end_on_a_day_or_there_is_nothing_to_end(as_maintenance):
    someone = person()
    about = {"person": someone, "since": Y2024, "by": post(), "now": NOW}
    with as_maintenance():
        operations.set_payee(name="Lê Văn Con", relation="con", number="", basis="giấy ủy quyền", **about)
        operations.set_account(holder="Lê Văn Con", bank="Agribank", number="1500 2000", source="thử", **about)
        operations.set_guardian(name="Lê Văn Con", relation="con", number="", known=None, source="thử", **about)
        assert someone.accounts.get().number == "15002000"
        for rows, end in (
            (someone.payees, operations.end_payee),
            (someone.accounts, operations.end_account),
            (someone.guardians, operations.end_guardian),
        ):
            end(person=someone, on=Y2026, **who())
            assert spans(rows) == [(Y2024, Y2026)]
            with pytest.raises(AlreadyDone):
                end(person=someone, on=Y2026, **who())


def test_two_people_may_share_an_account(as_maintenance):
    with as_maintenance():
        for someone in (person("Cháu Một"), person("Cháu Hai")):
            operations.set_account(person=someone, holder="Bà", bank="Agribank", number="150020003000", since=Y2024, **who())
        assert BankAccount.objects.filter(number="150020003000").count() == 2


def test_a_move_inside_the_commune_keeps_the_household(as_maintenance):
    someone, home = person(), household()
    with as_maintenance():
        village = Village.objects.create(unit=someone.unit, name="Thôn Thử", period=DateRange(None, None))
        operations.join_household(person=someone, household=home, relation="con", since=Y2024, **who())
        operations.move_within(person=someone, unit=someone.unit, village=village, address="Số 3", since=Y2026, **who())
        someone.refresh_from_db()
        assert (someone.village, someone.address) == (village, "Số 3")
        assert spans(someone.residences) == [(None, Y2026), (Y2026, None)]
        assert someone.memberships.get().period.upper is None


def test_a_village_belongs_to_its_commune(as_maintenance):
    someone, elsewhere = person(), commune(THAI_BINH)
    with as_maintenance():
        village = Village.objects.create(unit=elsewhere, name="Thôn Lạ", period=DateRange(None, None))
        with pytest.raises(InvalidInput, match="không thuộc"):
            operations.move_within(person=someone, unit=someone.unit, village=village, since=Y2026, **who())


def test_a_move_across_hands_the_person_over_and_leaves_the_household(as_maintenance):
    someone, home = person(), household()
    with as_maintenance():
        operations.join_household(person=someone, household=home, relation="con", since=Y2024, **who())
        operations.move_across(person=someone, unit=commune(THAI_BINH), since=Y2026, **who())
        someone = Person.objects.get(pk=someone.pk)
        assert (someone.unit.code, someone.village) == (THAI_BINH, None)
        assert spans(someone.residences) == [(None, Y2026), (Y2026, None)]
        assert spans(someone.memberships) == [(Y2024, Y2026)]
        with pytest.raises(InvalidInput, match="chính xã"):
            operations.move_across(person=someone, unit=someone.unit, since=Y2026, **who())
