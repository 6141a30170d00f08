"""Villages are local rows: opened, renamed, ended; never two of one name."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.journal.models import Entry
from ansinh.kernel.actor import Actor
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.localities import operations
from ansinh.localities.queries import unit_on

pytestmark = pytest.mark.django_db
WHO = {"by": Actor("Đỗ Thị Thử", "Chuyên viên"), "now": datetime(2026, 11, 20, 2, tzinfo=UTC)}
DAY = date(2026, 11, 20)


@pytest.fixture
def here(as_maintenance):
    with as_maintenance():
        yield unit_on("12472", DAY)


def test_a_village_is_opened_renamed_and_ended_in_the_journal(here):
    village = operations.open_village(unit=here, name="  Thôn   Đông ", since=date(2025, 7, 1), **WHO)
    assert village.name == "Thôn Đông"
    operations.rename_village(village=village, name="Thôn Đông Một", **WHO)
    operations.end_village(village=village, on=DAY, **WHO)
    village.refresh_from_db()
    assert (village.name, village.name_folded, village.period.upper) == ("Thôn Đông Một", "thon dong mot", DAY)
    acts = Entry.objects.filter(noun="village", key=str(village.id)).values_list("act", flat=True)
    assert list(acts) == ["open_village", "rename_village", "end_village"]


def test_two_villages_of_one_name_are_refused(here):
    first = operations.open_village(unit=here, name="Thôn Đông", since=DAY, **WHO)
    other = operations.open_village(unit=here, name="Thôn Tây", since=DAY, **WHO)
    for act in (
        lambda: operations.open_village(unit=here, name="Thôn Đông", since=DAY, **WHO),
        lambda: operations.rename_village(village=other, name=first.name, **WHO),
        lambda: operations.rename_village(village=other, name="  ", **WHO),
    ):
        with pytest.raises(InvalidInput):
            act()


def test_a_village_ends_once_and_after_it_began(here):
    village = operations.open_village(unit=here, name="Thôn Đông", since=DAY, **WHO)
    with pytest.raises(InvalidInput, match="20/11/2026"):
        operations.end_village(village=village, on=DAY, **WHO)
    operations.end_village(village=village, on=date(2026, 12, 1), **WHO)
    with pytest.raises(AlreadyDone):
        operations.end_village(village=village, on=date(2026, 12, 2), **WHO)


@pytest.mark.parametrize("typed", ["Thôn Đông", "đông", "T. Đông", "THÔN ĐÔNG", "thon dong"])
def test_an_officer_means_the_village_however_it_is_typed(here, typed):
    known = [operations.add_village(unit=here, name=name) for name in ("Thôn Đông", "Tổ dân phố số 3")]
    assert operations.village_named(unit=here, text=typed, known=known) == known[0]
    assert operations.village_named(unit=here, text="TDP 3", known=known) == known[1]
    assert operations.village_named(unit=here, text="Thôn Tây", known=known) is None
