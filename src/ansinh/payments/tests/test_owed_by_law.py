"""The law of past months as it is known now, beside what lists hold for them."""

from datetime import date

import pytest

from ansinh.access.tests.factories import at
from ansinh.entitlements.tests.factories import grant
from ansinh.kernel.periods import months_between
from ansinh.payments.queries import owed_by_law
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]
JUL, AUG, NOV = date(2026, 7, 1), date(2026, 8, 1), date(2026, 11, 1)


def test_what_the_law_gives_by_now_less_what_lists_hold():
    who = person("Nguyễn Thị Tư", "1945-02-03")
    changed = person("Phạm Văn Đổi", "1945-02-03", facts={"disability": "severe"})
    changed.circumstances.update(period=(date(2026, 8, 10), None))
    grant(who, standard_vnd=500_000)
    month.paid(JUL)
    month.decide(who.entitlements.get(), "recovery", AUG, recorded=at(2026, 7, 10), amount_vnd=100_000, months=(JUL,))
    month.paid(AUG)
    keys, owed = owed_by_law([changed.id, who.id], list(months_between(JUL, NOV)))
    row = keys.tolist().index(who.id)
    assert owed.due_vnd[row].tolist() == [540_000] * 4
    assert owed.lacks_vnd[row].tolist() == [140_000, 40_000, 540_000, 540_000]
    assert owed.recheck.tolist() == [key == changed.id for key in keys]
