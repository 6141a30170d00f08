"""The quick road for plain people and the careful road for everybody give the same lines, column by column."""

import random
from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import THAI_BINH, at, commune, post
from ansinh.entitlements.tests.factories import care, funeral, grant
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.periods import add_months, months_between
from ansinh.payments import operations
from ansinh.payments.models import PaymentLine
from ansinh.payments.operations import prepare
from ansinh.payments.operations.plain import Written
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.models import BankAccount, Payee, Person
from ansinh.people.tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]

JUL, AUG, SEP, OCT = (date(2026, n, 1) for n in range(7, 11))
_OWN = {"id", "code"}
COLUMNS = [column.attname for column in PaymentLine._meta.concrete_fields if column.name not in _OWN]
ACTS = (
    "raise",
    "raise",
    "stop",
    "suspend",
    "resume",
    "arrears",
    "recovery",
    "die",
    "move",
    "late",
    "hold",
    "account",
    "payee",
    "second",
    "care",
    "cared_dies",
    "bury",
    "bury",
)


def lines_of(of: date, units, now) -> list[tuple]:
    run = operations.prepare_run(benefit_month=of, units=units, by=month.officer(), now=now)
    found = PaymentLine.objects.filter(list__run=run).order_by("list_id", "village_name", "sort_key", "person_id", "id")
    # The lists are made anew on each road: their keys differ, their communes do not.
    names = ["list__unit", *(name for name in COLUMNS if name != "list_id")]
    return sorted(found.values_list(*names), key=repr)


def both_roads(of: date, monkeypatch, units=None, now=None) -> tuple[list[tuple], list[tuple], dict[int, Written]]:
    """The month proposed on the quick road and, taken back, on the careful road alone; and what the quick one left."""
    units, now = units or [commune(), commune(THAI_BINH)], now or month.before(of, 19)
    told: dict[int, Written] = {}
    quick = prepare.write_plain

    def watched(proposals):
        told.update(quick(proposals))
        return told

    monkeypatch.setattr(prepare, "write_plain", watched)
    with transaction.atomic():
        fast = lines_of(of, units, now)
        transaction.set_rollback(True)
    monkeypatch.setattr(prepare, "write_plain", lambda proposals: {p.payment_list.pk: Written() for p in proposals})
    with transaction.atomic():
        slow = lines_of(of, units, now)
        transaction.set_rollback(True)
    monkeypatch.setattr(prepare, "write_plain", quick)
    return fast, slow, told


@pytest.mark.parametrize("seed", range(6))
def test_after_any_history_both_roads_give_the_same_lines(seed, monkeypatch):
    chance = random.Random(seed)
    folk = [_somebody(chance, number) for number in range(14)]
    month.neighbour()
    month.neighbour(commune(THAI_BINH))
    for of in months_between(JUL, OCT):
        fast, slow, told = both_roads(of, monkeypatch)
        assert fast == slow
        assert sum(one.lines for one in told.values()) > 0
        _pay(of, chance, folk)
        for who in chance.sample(folk, 5):
            _happens(chance.choice(ACTS), who, of, chance)
    fast, slow, told = both_roads(OCT, monkeypatch, now=month.before(OCT, chance.choice([12, 17, 18, 24])))
    assert fast == slow and any(one.careful for one in told.values())


def _somebody(chance: random.Random, number: int):
    unit = chance.choice([commune(), commune(THAI_BINH)])
    who = person(f"Người Thứ {number}", chance.choice(["1940-02-03", "1941"]), unit=unit, by=month.officer(unit.code))
    since, signed = chance.choice([(date(2026, 3, 1), at(2026, 2, 3)), (JUL, at(2026, 6, 15)), (JUL, at(2026, 6, 19))])
    grant(who, months_from=since, signed=signed)
    return who


def _pay(of: date, chance: random.Random, folk: list) -> None:
    absent = {who.full_name for who in folk if chance.random() < 0.15}
    for unit in (commune(), commune(THAI_BINH)):
        month.paid(of, unit=unit, absent=absent)


def _happens(act: str, who, of: date, chance: random.Random) -> None:
    """Something in the middle of a month just paid; what the office's rules refuse does not happen."""
    who.refresh_from_db()
    recorded = at(of.year, of.month, chance.choice([5, 16, 19, 26]))
    entry = who.entitlements.filter(ended_by__isnull=True).order_by("-id").first()
    back = add_months(of, chance.choice([-2, -1, 0, 1]))
    try:
        with transaction.atomic():
            _act(act, who, entry, back, recorded, chance)
    except AnsinhError:
        pass


def _act(act: str, who, entry, back: date, recorded, chance: random.Random) -> None:
    by, day = month.officer(who.unit.code), recorded.date()
    if act == "die":
        people.record_death(person=who, died_on=day - timedelta(days=40), source="Trích lục", by=by, now=recorded)
    elif act == "move":
        there = commune(THAI_BINH) if who.unit == commune() else commune()
        people.move_across(person=who, unit=there, since=day, source="Giấy", by=by, now=recorded)
    elif act == "account":
        BankAccount.objects.create(
            person=who, holder=who.full_name, bank="Agribank", number="123", period=(day, None), recorded_at=recorded
        )
    elif act == "payee":
        Payee.objects.create(person=who, name="Con Cả", relation="con", number="1", period=(day, None), recorded_at=recorded)
    elif act == "second":
        grant(who, "K6_DISABILITY", coefficient=200, benefit="monthly_allowance", months_from=back, signed=recorded)
    elif act == "care":
        care(who, person(f"Cháu {who.id} {day}", "2015-01-01", unit=who.unit, by=by), back, signed=recorded)
    elif act == "cared_dies":
        cared = who.entitlements.filter(cared_for__isnull=False).first()
        if cared:
            people.record_death(person=cared.cared_for, died_on=day - timedelta(days=40), source="x", by=by, now=recorded)
    elif act == "bury":
        if who.died_on is None:
            people.record_death(person=who, died_on=day - timedelta(days=30), source="Trích lục", by=by, now=recorded)
        funeral(who, back, signed=recorded)
    elif act == "late":
        grant(person(f"Mới {who.id} {day}", unit=who.unit, by=by), months_from=back, signed=recorded)
    elif entry is None:
        return
    elif act == "hold":
        line = who.payment_lines.filter(list__state="proposed").first()
        if line:
            operations.hold_line(line=line, reason="Chờ", by=by, now=recorded)
    elif act in ("arrears", "recovery"):
        month.decide(entry, act, back, recorded=recorded, amount_vnd=50_000, months=(add_months(back, -1),))
    elif act == "raise":
        month.decide(entry, "adjust", back, recorded=recorded, amount_vnd=entry.amount_vnd + 10_000 * chance.randrange(1, 9))
    else:
        month.decide(entry, act, back, recorded=recorded)


def test_a_commune_post_is_told_about_people_of_its_own_places_alone():
    grant(person())
    grant(person("Lê Văn Xa", unit=commune(THAI_BINH), by=month.officer(THAI_BINH)))
    found = month.proposed(JUL)
    asked = [[found.id, found.id], [commune().id, commune(THAI_BINH).id], [month.before(JUL, 18)] * 2]
    with as_post(month.officer(), on=JUL), connection.cursor() as cursor:
        cursor.execute("SELECT plain, careful FROM payments_plain(%s::bigint[], %s::bigint[], %s::timestamptz[])", asked)
        assert sum(len(plain) + len(careful) for plain, careful in cursor.fetchall()) == 1
        keys = list(PaymentLine.objects.values_list("person_id", flat=True))
    everybody = list(Person.objects.values_list("pk", flat=True))
    with as_post(month.officer(), on=JUL), connection.cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM payments_plain_lines(%s::bigint[], %s::bigint[], %s::timestamptz[], %s::bigint[], %s)",
            [*asked, everybody, JUL],
        )
        assert [row[0] for row in cursor.fetchall()] == keys


def test_a_month_costs_the_same_number_of_queries_for_many_people():
    def cost() -> int:
        by = post(Role.DIVISION_OFFICER, office="BTXH")
        with as_post(by, on=AUG), transaction.atomic(), CaptureQueriesContext(connection) as caught:
            operations.prepare_run(benefit_month=AUG, units=[commune(), commune(THAI_BINH)], by=by, now=month.before(AUG, 17))
            transaction.set_rollback(True)
        return len(caught)

    month.neighbour()
    grant(person("Vũ Thị Xa"), months_from=JUL, signed=at(2026, 6, 19))
    month.paid(JUL)
    cost()
    few = cost()
    for number in range(12):
        grant(person(f"Người {number}"), months_from=JUL if number % 3 else AUG, signed=at(2026, 7, 3))
    assert cost() == few
