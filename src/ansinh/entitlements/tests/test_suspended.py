"""A suspension is no ground to stop: the month's proposals wait for the time the law leaves, and a new grant begins afresh."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.tests.factories import NOW, at, commune, post
from ansinh.entitlements import operations
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.queries import law_for
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.kernel.errors import InvalidInput
from ansinh.people import operations as people
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db
JAN, FEB, APR, JUN = date(2026, 1, 1), date(2026, 2, 1), date(2026, 4, 1), date(2026, 6, 1)


@pytest.fixture(autouse=True)
def seeing_all(as_maintenance):
    with as_maintenance():
        yield


def decide(entry: Entitlement, act: str, month: date) -> None:
    kept = ("benefit", "category", "law_code", "coefficient", "count", "standard_vnd", "amount_vnd")
    item = ItemDraft(
        person_id=entry.person_id, act=act, from_month=month, entitlement=entry, **{name: getattr(entry, name) for name in kept}
    )  # fmt: skip
    by = post()
    draft = operations.draft_decision(office=by.office, unit=commune(), kind=act, origin="recorded", items=[item], by=by, now=NOW)
    operations.record_decision(decision=draft, signature=signature(NOW.date()), by=post("clerk"), now=NOW)


def suspended() -> Entitlement:
    entry = grant(person(born="1945-01-01"), months_from=date(2025, 10, 1))
    decide(entry, "suspend", JAN)
    return entry


def proposed(month: date) -> list[tuple]:
    drafts = operations.draft_differences(unit=commune(), month=month, by=None, now=at(month.year, month.month, 3))
    return [(item.act, item.from_month, item.reason) for draft in drafts for item in draft.items.all()]


def test_nothing_is_proposed_while_the_conditions_may_still_be_proved():
    suspended()
    assert [proposed(month) for month in (JAN, FEB, date(2026, 3, 1))] == [[], [], []]


def test_after_three_months_the_entry_is_ended_for_that():
    suspended()
    words = "Tạm dừng từ tháng 01/2026, hết thời hạn chưa được hưởng lại; thôi hưởng từ tháng 04/2026."
    assert proposed(JUN) == [("stop", APR, words)]


def test_a_death_ends_it_at_once():
    entry = suspended()
    people.record_death(person=entry.person, died_on=date(2026, 1, 20), source="Trích lục", by=post(), now=NOW)
    ((act, _month, reason),) = proposed(FEB)
    assert act == "stop" and "Từ trần ngày 20/01/2026" in reason


def test_once_ended_the_law_gives_again_and_a_new_grant_is_left_alone():
    entry = suspended()
    assert not law_for(entry.person, FEB)
    decide(entry, "stop", APR)
    assert [line.amount_vnd for line in law_for(entry.person, JUN)] == [500_000]
    grant(entry.person, months_from=JUN)
    assert proposed(JUN) == []


def test_an_entry_that_rests_is_not_suspended_again():
    entry = suspended()
    with pytest.raises(InvalidInput, match="đang tạm dừng"):
        decide(entry, "suspend", FEB)
