"""A fund: opening and received less allocated is what remains; never more is given; wrong entries have counter-entries."""

from __future__ import annotations

from datetime import timedelta

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, THAI_BINH, post
from ansinh.emergency import operations, queries
from ansinh.emergency.operations.funds import NewEntry, remaining
from ansinh.emergency.tests.factories import act, brought, mark, relief
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db


def fund(name: str = "Quỹ cứu trợ bão số 9", by=None):
    by = by or post()
    with as_post(by, on=DAY):
        return operations.open_fund(name=name, purpose="Ủng hộ đồng bào bị bão", by=by, now=NOW)


def enter(made, kind: str = "received", vnd: int = 5_000_000, *, by=None, **known):
    by = by or post(Role.ACCOUNTANT)
    given = {"on": DAY, "party": "Công ty Hạt Giống", "receipt": f"PT-{kind}-{vnd}", "amount_vnd": vnd}
    with as_post(by, on=DAY):
        return operations.record_fund_entry(fund=made, new=NewEntry(kind=kind, **{**given, **known}), by=by, now=NOW)


def left(made) -> tuple[int, int]:
    with as_post(post(), on=DAY):
        return remaining(made)


def correct(entry, reason: str = "ghi nhầm số tiền"):
    by = post(Role.ACCOUNTANT)
    with as_post(by, on=DAY):
        return operations.correct_fund_entry(entry=entry, reason=reason, by=by, now=NOW)


def test_money_and_goods_are_received_allocated_and_remain():
    made = fund()
    enter(made, "opening", 1_000_000, receipt="")
    enter(made)
    enter(made, vnd=0, receipt="PT-hàng", goods="100 thùng mì", goods_vnd=9_000_000)
    enter(made, "allocated", 4_000_000, party="Thôn Đông")
    enter(made, "allocated", 0, goods="50 thùng mì", goods_vnd=4_500_000, receipt="PX-1")
    assert left(made) == (2_000_000, 4_500_000)


def test_never_more_is_allocated_than_remains():
    made = fund()
    enter(made)
    with pytest.raises(InvalidInput, match="Quỹ còn 5.000.000"):
        enter(made, "allocated", 5_000_001)
    assert left(made) == (5_000_000, 0)


def test_a_receipt_number_is_used_once_and_what_is_missing_is_said():
    made = fund()
    enter(made)
    with pytest.raises(AlreadyDone, match="đã ghi trong quỹ"):
        enter(made)
    for wrong, words in (
        ({"receipt": ""}, "số chứng từ"),
        ({"vnd": 0}, "lớn hơn 0, hoặc hiện vật"),
        ({"on": DAY + timedelta(days=1)}, "chưa tới"),
        ({"kind": "stolen"}, "loại bút toán"),
    ):
        with pytest.raises(InvalidInput, match=words):
            enter(made, **{"vnd": 7, **wrong})


def test_what_a_list_gets_from_a_fund_counts_in_its_account():
    made, source = brought("submitted", made=relief(cause="fire")), fund()
    made = act("decide", made, resources={"rice": "fund"})
    enter(source)
    enter(source, "allocated", 1_000_000, party="", aid_list=made)
    mark(made, "give")
    with as_post(post(), on=DAY):
        (row,) = queries.balances(made)
        assert (row.resources, row.received_vnd, row.left_vnd, row.left_kg) == ("fund", 1_000_000, 1_000_000, -120)
    with pytest.raises(InvalidInput, match="Quỹ cứu trợ"):
        act("account", made)


def test_a_wrong_entry_is_taken_back_once_and_not_when_it_was_allocated():
    made = fund()
    entry = enter(made)
    given = enter(made, "allocated", 3_000_000)
    with pytest.raises(InvalidInput, match="đã được phân bổ"):
        correct(entry)
    counter = correct(given)
    assert (counter.amount_vnd, counter.corrects) == (-3_000_000, given)
    with pytest.raises(AlreadyDone):
        correct(given)
    with pytest.raises(InvalidInput, match="Bút toán đảo"):
        correct(counter)
    with pytest.raises(InvalidInput, match="lý do"):
        correct(entry, " ")
    correct(entry)
    assert left(made) == (0, 0)
    enter(made)  # the receipt of an entry that was taken back may be written again, rightly


def test_a_fund_is_kept_by_its_place_alone_and_its_name_is_one():
    made = fund()
    with pytest.raises(AlreadyDone, match="Đã có quỹ"):
        fund()
    with pytest.raises(NotAllowed):
        fund("Quỹ khác", by=post(Role.CLERK))
    for by in (post(Role.ACCOUNTANT, office=f"UBND-{THAI_BINH}"), post(Role.CLERK)):
        with pytest.raises(NotAllowed):
            enter(made, by=by)
    with pytest.raises(InvalidInput, match="tên quỹ"):
        fund(" ")
