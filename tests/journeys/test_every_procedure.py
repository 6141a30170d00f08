"""Each procedure in each regime it exists in, by the pages: from the form to the payer's list, or to the refusal. Sums by hand.

R1: an old dossier of 3 June 2024, found and finished in November 2026. R2: June 2026. R3: November 2026.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest
from tests.journeys.counter import Counter

from ansinh.access.tests.factories import NOW, THAI_BINH, at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.tests.factories import grant
from ansinh.law.procedures import load_sheets
from ansinh.payments.models import PaymentLine
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import household, person

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class When:
    """A regime: when the dossier comes in, the office's day, the first month granted, the month whose list pays, the level."""

    received: date
    day: date
    first: date
    listed: date
    level: int


WHEN = {
    "R1": When(date(2024, 6, 3), date(2026, 11, 5), date(2024, 6, 1), date(2026, 12, 1), 360_000),
    "R2": When(date(2026, 6, 3), date(2026, 6, 9), date(2026, 6, 1), date(2026, 7, 1), 500_000),
    "R3": When(date(2026, 11, 3), date(2026, 11, 5), date(2026, 11, 1), date(2026, 12, 1), 540_000),
}
POOR, NOT_POOR = {"poverty": "poor"}, {"poverty": "not_poor"}


@dataclass(frozen=True)
class Row:
    """A case of a procedure: who asks, what they tell beside what is known, what the law gives times the level."""

    procedure: str
    case: str
    born: str
    times: float
    category: str
    told: dict[str, str] = field(default_factory=dict)
    house: dict[str, str] = field(default_factory=lambda: NOT_POOR)
    prepare: Callable[[Person], None] | None = None
    benefit: str = "monthly_allowance"


def with_child(who: Person) -> None:
    child = person("Bùi Văn Con", "2020-02-03", household=home_of(who))
    known = {"kind": "child", "name": "", "known": child, "since": None, "source": "thử", "by": post(), "now": NOW}
    with as_maintenance():
        people.record_relative(person=who, **known)


def home_of(who: Person):
    with as_maintenance():
        return who.memberships.get().household


def declared(**facts: str) -> dict[str, str]:
    """Facts of the form, since 1 January 2024."""
    return {f"fact_{name}": value for name, value in facts.items()} | {f"since_{name}": "01/01/2024" for name in facts}


ORPHAN = {**declared(parents="dead"), "other_parents": "dead"}
GRANTS = (
    Row("allowance_grant", "child", "2015-05-05", 1.5, "CHILD_NO_SUPPORT", ORPHAN),
    Row(
        "allowance_grant", "student", "2007-03-01", 1.5, "EX_CHILD_STUDENT",
        declared(study="general", orphan_allowance_at_16="yes"),
    ),
    Row("allowance_grant", "single_parent", "1990-02-03", 1, "SINGLE_PARENT", declared(marital="widowed"), POOR, with_child),
    Row("allowance_grant", "elder", "1960-02-03", 1.5, "ELDER_POOR_ALONE", declared(supporter="none"), POOR),
    Row("allowance_grant", "disabled", "1985-02-03", 1.5, "DISABLED_SEVERE", declared(disability="severe")),
    Row(
        "allowance_grant", "disabled_parent", "1995-02-03", 1.5, "DIS_PARENT_1", declared(disability="severe", pregnant="yes"),
        benefit="disabled_parent_support",
    ),
    Row("allowance_grant", "young_child", "", 1.5, "CHILD_U3_HARD_AREA", {}, {"poverty": "poor", "hard_area": True}),
    Row("social_pension", "from_75", "1948-03-03", 1, "SOCIAL_PENSION_75", benefit="social_pension"),
    Row("social_pension", "poor_70", "1954-03-03", 1, "SOCIAL_PENSION_70_POOR", {}, POOR, benefit="social_pension"),
)  # fmt: skip


def regimes_of(procedure: str) -> list[str]:
    return [version.regime for version in load_sheets()[procedure].versions]


def each(rows) -> list:
    return [
        pytest.param(row, regime, id=f"{row.procedure}-{row.case}-{regime}")
        for row in rows
        for regime in regimes_of(row.procedure)
    ]


@pytest.fixture
def desk(settings):
    """The office on the day of a regime."""

    def on(regime: str) -> Counter:
        settings.ANSINH_TODAY = WHEN[regime].day
        month.payer(unit=commune())
        return Counter(WHEN[regime].day)

    return on


def applicant(row: Row, regime: str) -> Person:
    born = row.born or f"{WHEN[regime].received.year - 1}-01-05"
    who = person("Đỗ Thị Hỏi", born, household=household(**row.house))
    if row.prepare:
        row.prepare(who)
    return who


def lines(who: Person, of: date, at_month: date) -> list[tuple]:
    """What the list of a month brings somebody for a month: (category, đồng, state)."""
    with as_maintenance():
        found = PaymentLine.objects.filter(list__run__benefit_month=of, person=who, benefit_month=at_month)
        return [(line.category, line.amount_vnd, line.state) for line in found]


@pytest.mark.parametrize(("row", "regime"), each(GRANTS))
def test_a_grant_goes_from_the_form_to_the_payers_list(row: Row, regime: str, desk):
    office, when, who = desk(regime), WHEN[regime], applicant(row, regime)
    made = office.received(who, row.procedure, row.case, row.told, when.received)
    assert made.version.regime == regime
    times = f"{row.times:.1f}".replace(".", ",")
    typed = {"category": row.category, "coefficient": times, "count": "1", "reason": "Theo hồ sơ cũ"}
    office.signed(office.proposed(made, when.first, typed, act="grant", entry=""))
    handed = office.month_closed(when.listed)
    assert handed.state == "handed_over"
    assert (row.category, int(row.times * when.level), "due") in lines(who, when.listed, when.first)
    with as_maintenance():
        entry = Entitlement.objects.get(person=who)
        made.refresh_from_db()
        assert (entry.benefit, entry.months.lower, made.state) == (row.benefit, when.first, "decided")
        assert handed.handovers.get().lines.filter(person=who).exists()


CARE = (
    Row("carer_grant", "household", "1985-02-03", 1, "HH_CARE_EXTREME", declared(disability="extremely_severe", cared_by="own_household")),
    Row("carer_grant", "foster_child", "2015-05-05", 1.5, "CARE_CHILD_4_16", {**ORPHAN, **declared(cared_by="foster_household")}),
    Row(
        "carer_grant", "foster_disabled", "1985-02-03", 1.5, "FOSTER_EXTREME",
        declared(disability="extremely_severe", cared_by="foster_household"),
    ),
    Row(
        "carer_grant", "foster_elder", "1955-02-03", 1.5, "CARE_ELDER",
        declared(supporter="none", cannot_live_alone="yes", cared_by="foster_household"), POOR,
    ),
)  # fmt: skip


@pytest.mark.parametrize(("row", "regime"), each(CARE))
def test_a_carer_is_granted_and_paid_for_the_person_cared_for(row: Row, regime: str, desk):
    office, when, who = desk(regime), WHEN[regime], applicant(row, regime)
    carer = person("Lê Thị Nuôi", "1975-05-05", household=home_of(who))
    told = {**row.told, "detail_carer": carer.code, "detail_spouse": "yes"}
    if row.case != "household":
        told["detail_met"] = ["a", "b", "c", "d", "đ"]
    made = office.received(who, row.procedure, row.case, told, when.received)
    office.signed(office.proposed(made, when.first))
    office.month_closed(when.listed)
    assert (row.category, int(row.times * when.level), "due") in lines(carer, when.listed, when.first)
    with as_maintenance():
        assert Entitlement.objects.get(person=carer).cared_for_id == who.id


FUNERALS = (
    Row("funeral", "beneficiary", "1985-02-03", 1.5, "DISABLED_SEVERE"),
    Row("funeral", "pensioner", "1948-03-03", 1, "SOCIAL_PENSION_75"),
)


@pytest.mark.parametrize(("row", "regime"), each(FUNERALS))
def test_a_funeral_is_paid_once_to_whoever_buried(row: Row, regime: str, desk):
    if (row.case, regime) == ("pensioner", "R1"):
        pytest.skip("there was no social pension then")
    office, when, who = desk(regime), WHEN[regime], applicant(row, regime)
    with as_maintenance():
        people.set_circumstance(
            person=who, kind="disability", value="severe" if row.case == "beneficiary" else "none", since=None, source="GXN",
            by=post(), now=NOW,
        )  # fmt: skip
    before = date(when.first.year, 1, 1)
    grant(who, row.category, coefficient=int(row.times * 100), months_from=before, standard_vnd=when.level)
    told = {"detail_died_on": f"{when.received.replace(day=2):%d/%m/%Y}", "detail_name": "Trần Văn Con", "detail_relation": "con"}
    made = office.received(who, row.procedure, row.case, told, when.received)
    office.signed(office.proposed(made, when.first))
    office.month_closed(when.listed)
    paid_in = date(when.day.year, when.day.month, 1)
    assert ("FUNERAL", 20 * when.level, "due") in lines(who, when.listed, paid_in)


# --- about somebody who draws already -----------------------------------------------------------------------------------------


def drawing(regime: str, *, severe_until: date | None = None) -> tuple[Person, Entitlement]:
    """A severely disabled adult who draws 1,5 since the start of the year of the regime."""
    when = WHEN[regime]
    who = person("Đỗ Thị Hưởng", "1985-02-03", household=household(**NOT_POOR), facts={"disability": "severe"})
    code = "ND335.5.6" if regime == "R3" else "ND20.5.6"
    since = date(when.first.year, when.first.month - 2, 1)
    return who, grant(who, "DISABLED_SEVERE", coefficient=150, months_from=since, standard_vnd=when.level, law_code=code)


REGIMES = sorted(WHEN)


@pytest.mark.parametrize("regime", REGIMES)
def test_a_change_of_degree_raises_the_level(regime: str, desk):
    office, when = desk(regime), WHEN[regime]
    who, entry = drawing(regime)
    told = {"fact_disability": "extremely_severe", "since_disability": f"{when.received.replace(day=1):%d/%m/%Y}"}
    made = office.received(who, "allowance_change", "disabled", told, when.received)
    typed = {"act": "adjust", "entry": str(entry.id), "category": "DISABLED_EXTREME", "coefficient": "2,0", "count": "1"}
    after = date(when.first.year, when.first.month + 1, 1)
    office.signed(office.proposed(made, after, reason="Giấy xác nhận mới", **typed))
    office.month_closed(when.listed)
    # Of July 2024 the old level was paid before lists were kept here: 2 × 500.000 less 540.000.
    owed = {"R1": 1_000_000 - 540_000, "R2": 1_080_000, "R3": 1_080_000}[regime]
    assert ("DISABLED_EXTREME", owed, "due") in lines(who, when.listed, after)


@pytest.mark.parametrize("regime", REGIMES)
def test_a_stop_ends_the_lines(regime: str, desk):
    office, when = desk(regime), WHEN[regime]
    who, entry = drawing(regime)
    month.neighbour()
    made = office.received(who, "allowance_stop", "own_wish", {}, when.received)
    after = date(when.first.year, when.first.month + 1, 1)
    office.signed(office.proposed(made, after, reason="Đơn từ chối ngày nộp hồ sơ"))
    office.month_closed(when.listed)
    assert lines(who, when.listed, when.listed) == lines(who, when.listed, after) == []
    with as_maintenance():
        entry.refresh_from_db()
        assert entry.months.upper == after


@pytest.mark.parametrize("regime", REGIMES)
def test_a_suspension_and_its_resumption(regime: str, desk):
    office, when = desk(regime), WHEN[regime]
    who, entry = drawing(regime)
    month.neighbour()
    made = office.received(who, "allowance_suspend", "uncollected", {}, when.received)
    office.signed(office.proposed(made, when.first))
    again = office.received(who, "allowance_resume", "unchanged", {}, when.received)
    office.signed(office.proposed(again, when.listed), "78/QĐ-UBND")
    office.month_closed(when.listed)
    with as_maintenance():
        assert [one.months.lower for one in entry.suspensions.all()] == [when.first]
    assert [state for _category, _sum, state in lines(who, when.listed, when.listed)] == ["due"]


@pytest.mark.parametrize("regime", REGIMES)
def test_whoever_moves_in_is_paid_here_and_nowhere_else(regime: str, desk):
    office, when = desk(regime), WHEN[regime]
    there = commune(THAI_BINH)
    by = post(office=f"UBND-{THAI_BINH}")
    who = person("Ngô Thị Chuyển", "1985-02-03", unit=there, by=by, facts={"disability": "severe"})
    since = date(when.first.year, when.first.month - 2, 1)
    grant(who, "DISABLED_SEVERE", coefficient=150, months_from=since, standard_vnd=when.level, law_code="ND20.5.6")
    with as_maintenance():
        people.move_across(person=who, unit=commune(), since=when.received, source="Sổ cư trú", by=by, now=at(2026, 11, 4))
        who = Person.objects.get(pk=who.pk)
    made = office.received(who, "move", "arrives", {}, when.received)
    office.signed(office.proposed(made, when.listed))
    office.month_closed(when.listed)
    (line,) = lines(who, when.listed, when.listed)
    assert line == ("DISABLED_SEVERE", 810_000, "due")  # the level of the listed month
    month.neighbour(there)
    found = month.proposed(when.listed, unit=there)
    with as_maintenance():
        assert not found.lines.filter(person=who).exists()


@pytest.mark.parametrize("regime", REGIMES)
def test_who_is_not_eligible_is_refused_in_writing(regime: str, desk):
    office, when = desk(regime), WHEN[regime]
    who = person("Trần Văn Nhẹ", "1985-02-03", household=household(**NOT_POOR))
    made = office.received(who, "allowance_grant", "disabled", declared(disability="mild"), when.received)
    article = "Khoản 6 Điều 5 NĐ 335/2026/NĐ-CP" if regime == "R3" else "Khoản 6 Điều 5 NĐ 20/2021/NĐ-CP"
    office.refused(made, "Mức độ khuyết tật nhẹ", article)
    with as_maintenance():
        made.refresh_from_db()
        assert (made.state, made.answer_number, made.article) == ("refused", "31/TB-UBND", article)
        assert not Entitlement.objects.filter(person=who).exists()


def test_every_procedure_is_gone_through():
    told = {row.procedure for row in (*GRANTS, *CARE, *FUNERALS)}
    told |= {"allowance_change", "allowance_stop", "allowance_suspend", "allowance_resume", "move"}
    assert told == load_sheets().keys()
    cases = {case.key for case in load_sheets()["allowance_grant"].cases} - {"unsettled"}
    assert cases == {row.case for row in GRANTS if row.procedure == "allowance_grant"}
    assert {case.key for case in load_sheets()["carer_grant"].cases} == {row.case for row in CARE}
