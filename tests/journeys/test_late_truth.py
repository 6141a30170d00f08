"""For any lives and any order of late news: what was paid, with arrears, less recoveries, is what the law gives by now.

Everything goes through the operations of the office: facts written down when they become known, drafts signed, lists paid, the
rest of the dead paid back in cash.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, THAI_BINH, commune, post
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.queries import care_for, given_by_law, law_for
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.kernel.periods import add_months, months_between
from ansinh.lawbook import operations as lawbook
from ansinh.payments import operations, queries
from ansinh.payments.models import PaymentLine
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.tests.factories import household, person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]
JUN, JUL, LAST = date(2026, 6, 1), date(2026, 7, 1), date(2026, 11, 1)
MONTHS = list(months_between(JUL, LAST))
DAYS = st.dates(date(2026, 7, 2), date(2026, 8, 10))  # each is written down only after it, one to four lists later
POINTS = {
    "r3_5a_75_from": "2026-10-05", "birth_29_february": "03-01", "poverty_lapse_month": "month_after",
    "resume_months_r1_r2": "all_suspended",
}  # fmt: skip


@pytest.fixture
def seeing_all(as_maintenance):
    with as_maintenance():
        yield


@dataclass(frozen=True)
class News:
    """Something that became true on a day and is written down some months later."""

    kind: str
    day: date
    known: date


@dataclass(frozen=True)
class Life:
    """On which ground somebody draws, as it was written down in May, and what becomes known later."""

    ground: str
    born: date
    news: tuple[News, ...]


def news(kind: str) -> st.SearchStrategy[News]:
    return st.builds(News, st.just(kind), DAYS, st.sampled_from([*MONTHS[2:], add_months(LAST, 1)]))


GROUNDS = {
    "pension": (st.dates(date(1951, 3, 1), date(1951, 6, 30)), ("born", "died", "moved", "paused")),
    "severe": (st.dates(date(1966, 3, 1), date(1966, 9, 1)), ("born", "died", "worse", "worse_for_a_while", "moved", "paused")),
    "alone": (st.dates(date(1948, 1, 1), date(1960, 1, 1)), ("died", "poor_no_more", "moved")),
    "care": (st.dates(date(1970, 1, 1), date(1980, 1, 1)), ("died", "cared_died", "better", "paused")),
}


@st.composite
def lives(draw) -> Life:
    ground = draw(st.sampled_from(sorted(GROUNDS)))
    births, kinds = GROUNDS[ground]
    chosen = draw(st.lists(st.sampled_from(kinds), min_size=1, max_size=2, unique=True))
    return Life(ground, draw(births), tuple(draw(news(kind)) for kind in chosen))


@settings(max_examples=2, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(told=st.lists(lives(), min_size=7, max_size=7))
def test_paid_with_arrears_less_recoveries_is_what_the_law_gives(told):
    with transaction.atomic():
        _through_the_months(told)
        transaction.set_rollback(True)


def _through_the_months(told: list[Life]) -> None:
    for key, value in POINTS.items():
        lawbook.confirm(
            parameter=key, value=value, source="Công văn 1", note="", by=post(Role.DIVISION_OFFICER, office="BTXH"), now=NOW
        )
    units = (commune(), commune(THAI_BINH))
    for unit in units:
        month.neighbour(unit)
    living = [(life, _born(life, number)) for number, life in enumerate(told)]
    for of in months_between(JUL, add_months(LAST, 3)):
        for life, who in living:
            for one in sorted(life.news, key=lambda one: one.day):
                if one.known == of:
                    _write_down(who, one, of)
                if one.kind == "paused" and one.known == add_months(of, -1):
                    _resume(who, of)
        for unit in units:
            for act in (ledger.draft_differences, operations.draft_from_lists, operations.draft_past_months):
                act(unit=unit, month=of, by=None, now=month.before(of, 14))
                _sign_all(of)
        for unit in units:
            month.paid(of, unit=unit)
    for life, who in living:
        _check(life, who)


def _born(life: Life, number: int) -> Person:
    if life.ground == "care":
        return _carer(life, number)
    poor = household(poverty="poor") if life.ground == "alone" else None
    facts = {"severe": {"disability": "severe"}, "alone": {"supporter": "none"}}.get(life.ground, {})
    who = person(f"Người {life.ground} {number}", life.born.isoformat(), household=poor, facts=facts)
    (line,) = law_for(who, JUN)
    grant(
        who, line.category, coefficient=line.coefficient, months_from=JUN, benefit=line.kind, law_code=line.code,
        signed=month.before(JUN, 10),
    )  # fmt: skip
    return who


def _carer(life: Life, number: int) -> Person:
    """Somebody paid for the care of an extremely severely disabled mother, who is paid nothing herself."""
    home = household()
    facts = {"disability": "extremely_severe", "cared_by": "own_household"}
    mother = person(f"Mẹ {number}", "1950-01-01", household=home, facts=facts)
    who = person(f"Người care {number}", life.born.isoformat(), household=home)
    grant(
        who, "HH_CARE_EXTREME", benefit="carer_money", months_from=JUN, law_code="ND20.20.2.c", signed=month.before(JUN, 10),
        cared_for=mother,
    )  # fmt: skip
    return who


def _resume(who: Person, of: date) -> None:
    """What rests since the month before is given again, with its month."""
    for entry in Entitlement.objects.running(of).filter(person=who, suspensions__resumed_by=None, suspensions__isnull=False):
        month.decide(entry, "resume", of, recorded=month.before(of, 12))


def _write_down(who: Person, one: News, of: date) -> None:
    who.refresh_from_db()
    known = {"source": "Giấy tờ", "by": month.officer(who.unit.code), "now": month.before(of, 12)}
    day = min(one.day, known["now"].date() - timedelta(days=1))
    match one.kind:
        case "born":  # younger than was written: a birthday that counts comes some months later
            corrected = who.born_on + timedelta(days=(one.day - JUL).days * 2)
            people.correct_identity(person=who, changes={"born_on": corrected}, **known)
        case "died":
            people.record_death(person=who, died_on=day, **known)
        case "worse":
            people.set_circumstance(person=who, kind="disability", value="extremely_severe", since=day, **known)
        case "worse_for_a_while":
            people.set_circumstance(
                person=who, kind="disability", value="extremely_severe", since=day, until=day + timedelta(days=50), **known
            )
        case "poor_no_more":
            if living := who.memberships.filter(period__endswith=None).first():  # whoever moved has left the household
                people.set_household_circumstance(
                    household=living.household, kind="poverty", value="not_poor", since=day, **known
                )
        case "paused":
            for entry in Entitlement.objects.running(of).filter(person=who):
                month.decide(entry, "suspend", of, recorded=known["now"])
        case "cared_died":
            people.record_death(person=_mother(who), died_on=day, **known)
        case "better":
            people.set_circumstance(person=_mother(who), kind="disability", value="severe", since=day, **known)
        case "moved":
            people.move_across(person=who, unit=commune(THAI_BINH), since=day, **known)


def _sign_all(of: date) -> None:
    now = month.before(of, 15)
    for draft in Decision.objects.filter(state="draft").order_by("id"):
        ledger.record_decision(
            decision=draft, signature=signature(now.date()), by=month.clerk(draft.unit.code), now=now
        )  # fmt: skip


def _mother(who: Person) -> Person:
    return Entitlement.objects.filter(person=who).order_by("id").first().cared_for


def _lawful(life: Life, who: Person) -> dict[date, int]:
    """What the law gives month by month; for care until the month in which the carer died."""
    if life.ground != "care":
        return given_by_law(who, MONTHS)
    who.refresh_from_db()
    until = who.died_on or LAST
    given = {at: sum(line.amount_vnd for line in care_for(_mother(who), at)) for at in MONTHS}
    return {at: vnd if at <= until else 0 for at, vnd in given.items()}


def _check(life: Life, who: Person) -> None:
    """Lines by month, less what is left of claims and then paid back in cash, beside the law."""
    got: dict[date, int] = defaultdict(int)
    for line in PaymentLine.objects.filter(person=who, state="paid"):
        got[line.benefit_month] += line.amount_vnd
    for claim in queries.claims().filter(person=who, left__gt=0):
        for at, left in queries.left_by_month(claim).items():
            got[at] -= left
        operations.record_repayment(
            item=claim, amount_vnd=claim.left, paid_on=LAST, receipt=f"BL {claim.pk}", payer_name="Con trai",
            by=post(Role.ACCOUNTANT), now=NOW,
        )  # fmt: skip
        assert queries.claims().get(pk=claim.pk).left == 0
    lawful = _lawful(life, who)
    for at in MONTHS:
        runs = Entitlement.objects.filter(person=who, months__contains=at).exists()
        assert got[at] == (lawful[at] if runs else 0), (at, life)
