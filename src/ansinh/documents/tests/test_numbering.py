"""Numbers follow each other without gap and without double; one given back stays in the register."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import Error, transaction

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, THAI_BINH, at, post
from ansinh.documents import operations
from ansinh.documents.models import OutgoingEntry, Source
from ansinh.documents.tests.factories import clerk, notice, numbers_itself, office, printed, take
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


def test_numbers_follow_each_other_and_take_a_zero_below_ten():
    numbers_itself()
    assert [take().symbol for _ in range(3)] == ["01/QĐ-UBND", "02/QĐ-UBND", "03/QĐ-UBND"]


def test_each_kind_has_its_own_series():
    numbers_itself()
    assert [take().symbol, take("TB").symbol, take().symbol] == ["01/QĐ-UBND", "01/TB-UBND", "02/QĐ-UBND"]


def test_series_are_put_together_with_a_new_year_only():
    numbers_itself()
    take()
    with pytest.raises(InvalidInput, match="01/01/2027"):
        numbers_itself(per_kind=False, since=date(2026, 12, 1))
    numbers_itself(per_kind=False, since=date(2027, 1, 1))
    january = {"on": date(2027, 1, 4), "now": at(2027, 1, 4)}
    assert [take(**january).symbol, take("TB", **january).symbol] == ["01/QĐ-UBND", "02/TB-UBND"]


def test_a_common_series_counts_over_the_kinds():
    numbers_itself(per_kind=False)
    assert [take().symbol, take("TB").symbol, take().symbol] == ["01/QĐ-UBND", "02/TB-UBND", "03/QĐ-UBND"]


def test_a_new_year_begins_at_one():
    numbers_itself()
    take(on=date(2026, 11, 20))
    assert take(on=date(2027, 1, 4), now=at(2027, 1, 4)).symbol == "01/QĐ-UBND"


def test_numbers_go_on_after_those_of_the_paper_register(as_maintenance):
    numbers_itself()
    with as_maintenance():
        operations.start_series(office=office(), year=2026, symbol="QĐ", last=236, by=clerk(), now=NOW)
    assert take().symbol == "237/QĐ-UBND"
    with as_maintenance(), pytest.raises(AlreadyDone, match="đã cấp số"):
        operations.start_series(office=office(), year=2026, symbol="QĐ", last=300, by=clerk(), now=NOW)


def test_a_number_given_back_stays_with_its_reason_and_is_not_given_again(as_maintenance):
    numbers_itself()
    first = take()
    with as_maintenance():
        operations.void_entry(entry=first, reason="Văn bản hủy trước khi ký", by=clerk(), now=NOW)
        with pytest.raises(AlreadyDone, match="đã bỏ"):
            operations.void_entry(entry=first, reason="lần nữa", by=clerk(), now=NOW)
    assert take().symbol == "02/QĐ-UBND"
    with as_maintenance():
        kept = OutgoingEntry.objects.get(pk=first.pk)
        assert (kept.void_reason, kept.voided_at) == ("Văn bản hủy trước khi ký", NOW)


def test_no_number_is_given_back_without_a_reason_or_for_a_signed_paper(as_maintenance):
    numbers_itself()
    made = printed()
    entry = take("TB", paper=made.paper)
    with as_maintenance():
        with pytest.raises(InvalidInput, match="lý do"):
            operations.void_entry(entry=entry, reason=" ", by=clerk(), now=NOW)
        operations.sign_paper(paper=made.paper, now=NOW)
        with pytest.raises(AlreadyDone, match="đã ký"):
            operations.void_entry(entry=entry, reason="nhầm", by=clerk(), now=NOW)


def test_a_paper_has_one_number():
    numbers_itself()
    made = printed()
    take("TB", paper=made.paper)
    with pytest.raises(AlreadyDone, match="đã có số 01/TB-UBND"):
        take("TB", paper=made.paper)


def test_numbers_follow_the_days():
    numbers_itself()
    take(on=date(2026, 11, 19))
    with pytest.raises(InvalidInput, match="19/11/2026"):
        take(on=date(2026, 11, 18))
    with pytest.raises(InvalidInput, match="chưa tới"):
        take(on=date(2026, 11, 21))


def test_an_office_that_types_its_numbers_takes_none_here():
    with pytest.raises(InvalidInput, match="không tự cấp số"):
        take()


def test_a_typed_number_stands_once_a_year_and_is_passed_over(as_maintenance):
    known = {"office": office(), "kind": "Quyết định", "summary": "thử", "on": date(2026, 3, 2), "by": clerk(), "now": NOW}
    with as_maintenance():
        operations.register_typed(symbol="01/QĐ-UBND", **known)
        with pytest.raises(InvalidInput, match="cho văn bản khác"):
            operations.register_typed(symbol="01/QĐ-UBND", **known)
    numbers_itself()
    assert take().symbol == "02/QĐ-UBND"


def test_how_numbers_are_given_is_dated(as_maintenance):
    numbers_itself()
    with as_maintenance():
        operations.set_numbering(
            office=office(), source=Source.TYPED, per_kind=True, since=date(2026, 11, 1), by=clerk(), now=NOW
        )
        with pytest.raises(InvalidInput, match="01/11/2026"):
            operations.set_numbering(
                office=office(), source=Source.OWN, per_kind=True, since=date(2026, 10, 1), by=clerk(), now=NOW
            )
    assert take(on=date(2026, 10, 30)).symbol == "01/QĐ-UBND"
    with pytest.raises(InvalidInput, match="không tự cấp số"):
        take(on=date(2026, 11, 1))


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT])
def test_only_those_who_keep_the_register_take_numbers(role):
    numbers_itself()
    with pytest.raises(NotAllowed):
        take(by=post(role))


def test_the_clerk_of_another_commune_takes_none():
    numbers_itself()
    with pytest.raises(NotAllowed):
        take(by=post(Role.CLERK, office=f"UBND-{THAI_BINH}"))


def test_the_database_keeps_lines_of_the_register(as_maintenance):
    numbers_itself()
    entry = take()
    with as_maintenance():
        for act in (
            lambda: OutgoingEntry.objects.filter(pk=entry.pk).update(symbol="09/QĐ-UBND"),
            lambda: OutgoingEntry.objects.filter(pk=entry.pk).delete(),
        ):
            with pytest.raises(Error), transaction.atomic():
                act()


def test_another_commune_sees_no_line_of_the_register(as_role):
    from ansinh.database import roles

    numbers_itself()
    printed(notice())
    entry = take()
    here, there = office().unit_id, office(f"UBND-{THAI_BINH}").unit_id
    with as_role(roles.COMMUNE, units=[there]):
        assert not OutgoingEntry.objects.exists()
    with as_role(roles.COMMUNE, units=[here]):
        assert list(OutgoingEntry.objects.all()) == [entry]
