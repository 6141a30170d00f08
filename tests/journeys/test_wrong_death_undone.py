"""A death written down by mistake in September, stopped in October, found in December: no month is lost, to the đồng."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import at
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.tests.factories import grant
from ansinh.journal.models import Entry
from ansinh.payments.tests import factories as month
from ansinh.people.models import Person
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in
from ansinh.watch.models import WatchItem
from ansinh.watch.tests.factories import look

pytestmark = pytest.mark.django_db
NAME = "Trần Thị Cả"
JULY, AUGUST, SEPTEMBER, OCTOBER, NOVEMBER, DECEMBER = (date(2026, number, 1) for number in range(7, 13))
JANUARY = date(2027, 1, 1)


def rows(found) -> list[tuple]:
    return [row for row in month.rows(found) if row[0] == NAME]


@pytest.fixture
def the_woman(settings) -> Person:
    """Paid from July to September, stopped from October for a death that was somebody else's, left out until December."""
    who = person(NAME, "1945-03-02")
    entry = grant(who, standard_vnd=540_000, months_from=JULY, signed=at(2026, 6, 12))
    month.neighbour()
    for paid in (JULY, AUGUST, SEPTEMBER):
        month.paid(paid)
    settings.ANSINH_TODAY = date(2026, 9, 10)
    client, code = signed_in(), who.code
    assert client.post(f"/nguoi/{code}/thay-doi/tu-tran/", {"died_on": "9/9/2026", "source": "thôn báo"}).status_code == 302
    look(on=date(2026, 9, 11))
    with as_maintenance():
        assert WatchItem.objects.get(kind="death").month == OCTOBER
    month.decide(entry, "stop", OCTOBER, recorded=at(2026, 9, 15))
    for paid in (OCTOBER, NOVEMBER, DECEMBER):
        assert rows(month.paid(paid)) == []
    return who


def test_the_months_missed_come_with_the_january_list(the_woman, settings):
    settings.ANSINH_TODAY = date(2026, 12, 10)
    officer, clerk, code = signed_in(), signed_in(Role.CLERK), the_woman.code
    # From her page to the wrong mark: what followed is shown before anything is done.
    assert reverse("watch:corrections", args=[code]) in officer.get(f"/nguoi/{code}/").text
    door = reverse("watch:wrong_death", args=[code])
    assert door in officer.get(reverse("watch:corrections", args=[code])).text
    page = officer.get(door).text.replace("\xa0", " ")
    assert "cần quyết định hưởng lại" in page and "10/2026" in page and "540.000" in page
    assert officer.post(door, {"reason": ""}).status_code == 422
    result = officer.post(door, {"reason": "Bà Cả còn sống; người mất là bà Cả ở thôn khác"})
    page = officer.get(result.url).text
    with as_maintenance():
        draft = Decision.objects.get(kind="resume")
        assert Person.objects.get(code=code).died_on is None
    assert f"/quyet-dinh/{draft.code}/" in page and "Còn phải quyết định" in page
    # Whoever drafted does not record; the clerk does, from the signed paper.
    given = {"number": "310/QĐ-UBND", "signed_on": "11/12/2026", "signer_name": "Phạm Văn Ký", "signer_title": "Chủ tịch"}
    scan = {"scan": SimpleUploadedFile("ky.pdf", month.PDF)}
    settings.ANSINH_TODAY = date(2026, 12, 11)
    assert clerk.post(f"/quyet-dinh/{draft.code}/ghi-nhan/", {**given, **scan}).status_code == 302
    assert "Không còn việc nào chờ quyết định" in officer.get(result.url).text
    january = month.proposed(JANUARY)
    assert rows(january) == [
        (NAME, "arrears", 10, 540_000, "due"),
        (NAME, "arrears", 11, 540_000, "due"),
        (NAME, "arrears", 12, 540_000, "due"),
        (NAME, "regular", 1, 540_000, "due"),
    ]
    assert [row[-1] for row in rows(month.paid(JANUARY, found=january))] == ["paid"] * 4
    # Nothing is owed twice, nothing was edited, and the journal holds the mark, its undoing and the correction.
    assert [row[1] for row in rows(month.proposed(date(2027, 2, 1)))] == ["regular"]
    with as_maintenance():
        assert Entitlement.objects.filter(person=the_woman).count() == 2
        acts = set(Entry.objects.filter(noun__in=("person", "correction")).values_list("act", flat=True))
        assert {"record_death", "undo_death", "correct_wrong"} <= acts
