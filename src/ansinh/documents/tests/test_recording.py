"""A number of the register belongs to one paper: that printed here, or that written elsewhere which was recorded with it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import Error, transaction

from ansinh.access.tests.factories import NOW
from ansinh.database.acting import as_maintenance
from ansinh.documents import operations
from ansinh.documents.models import OutgoingEntry
from ansinh.documents.tests.factories import clerk, numbers_itself, office, take
from ansinh.kernel.errors import AlreadyDone, InvalidInput

pytestmark = pytest.mark.django_db
ON = date(2026, 11, 20)


def recorded(number: str, about: str = "QD00000001", *, noun: str = "decision", on: date = ON) -> None:
    known = {"paper": None, "number": number, "signed_on": on}
    with as_maintenance(), transaction.atomic():
        operations.check_number(office=office(), noun=noun, about=about, **known)
        operations.freeze_signed(signer_name="Phạm Văn Ký", by=clerk(), now=NOW, **known)


def test_where_the_office_numbers_itself_a_paper_written_elsewhere_takes_its_number_too():
    recorded("7/QĐ-UBND")
    numbers_itself()
    with pytest.raises(InvalidInput, match="Lấy số cho văn bản khác") as told:
        recorded("8/QĐ-UBND")
    assert told.value.field == "number"
    entry = take()
    recorded(entry.symbol)
    with as_maintenance():
        entry.refresh_from_db()
    assert (entry.noun, entry.about) == ("decision", "QD00000001")
    recorded(entry.symbol)  # recorded wrongly, taken back, recorded again


def test_a_number_is_recorded_for_one_thing_on_its_own_day_and_is_not_given_back_then():
    numbers_itself()
    entry = take()
    with pytest.raises(InvalidInput, match="Ngày trong sổ"):
        recorded(entry.symbol, on=date(2026, 11, 19))
    recorded(entry.symbol)
    for noun, about in (("decision", "QD00000002"), ("aid_list", "QD00000001")):
        with pytest.raises(InvalidInput, match="của văn bản khác"):
            recorded(entry.symbol, about, noun=noun)
    with as_maintenance(), pytest.raises(AlreadyDone):
        operations.void_entry(entry=entry, reason="Nhầm", by=clerk(), now=NOW)
    with as_maintenance(), pytest.raises(Error, match="stays with what it was recorded for"), transaction.atomic():
        OutgoingEntry.objects.filter(pk=entry.pk).update(about="QD00000009")


def test_a_number_given_back_is_recorded_for_nothing():
    numbers_itself()
    entry = take()
    with as_maintenance():
        operations.void_entry(entry=entry, reason="Không ban hành", by=clerk(), now=NOW)
    with pytest.raises(InvalidInput, match="đã bỏ trong sổ văn bản đi: Không ban hành"):
        recorded(entry.symbol)
