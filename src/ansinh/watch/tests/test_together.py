"""Several items at once: letters, people reminded, one draft for several dead."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from docx import Document

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.models import Decision
from ansinh.entitlements.tests.factories import grant
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.people import operations as people
from ansinh.people.tests.factories import household, person
from ansinh.people.tests.signing_in import signed_in
from ansinh.watch import operations
from ansinh.watch.models import WatchItem
from ansinh.watch.tests.factories import LEVEL, child_of_16, look

pytestmark = pytest.mark.django_db
LIST = reverse("watch:items")


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = DAY


def dead(*names: str, category: str = "SOCIAL_PENSION_75", **known) -> list[WatchItem]:
    for name in names:
        entry = grant(person(name, "1945-03-02", **known), category, **LEVEL | {"months_from": date(2026, 10, 1)})
        with as_maintenance():
            people.record_death(person=entry.person, died_on=date(2026, 11, 9), source="thử", by=post(), now=NOW)
    look()
    return items("death")


def unasked(*names: str) -> list[WatchItem]:
    for name in names:
        person(name, "1951-12-20")
    look()
    return items("unasked")


def items(kind: str) -> list[WatchItem]:
    with as_maintenance():
        return list(WatchItem.objects.filter(kind=kind).select_related("person").order_by("id"))


def test_several_dead_are_stopped_by_one_draft_with_a_line_for_each():
    both, officer = dead("Trần Thị Cả", "Lê Thị Hai"), post()
    with as_post(officer, on=DAY):
        (made,) = operations.draft_stops(items=both, by=officer, now=NOW)
        lines = list(made.items.order_by("number").values_list("person__full_name", "act", "from_month"))
        assert lines == [(name, "stop", date(2026, 12, 1)) for name in ("Trần Thị Cả", "Lê Thị Hai")]
        assert (made.state, made.kind) == ("draft", "stop")
        with pytest.raises(InvalidInput, match="Đã có dự thảo về"):
            operations.draft_stops(items=both[:1], by=officer, now=NOW)


def test_whoever_has_a_sensitive_ground_is_stopped_by_a_paper_of_their_own():
    home = household(poverty="poor")
    some = dead("Trần Thị Cả") + dead("Lê Thị Kín", category="ADULT_HIV", facts={"hiv": True}, household=home)[-1:]
    officer = post()
    with as_post(officer, on=DAY):
        assert [made.items.count() for made in operations.draft_stops(items=some, by=officer, now=NOW)] == [1, 1]


def test_only_the_dead_are_stopped_together_and_only_by_who_drafts():
    (gone,), officer, desk = dead("Trần Thị Cả"), post(), post(Role.ONE_STOP)
    child_of_16()
    look()
    with as_post(officer, on=DAY):
        with pytest.raises(InvalidInput, match="Bùi Văn Lớn"):
            operations.draft_stops(items=[gone, *items("over")], by=officer, now=NOW)
        with pytest.raises(InvalidInput):
            operations.draft_stops(items=[], by=officer, now=NOW)
        operations.dismiss(item=gone, note="đã xử lý trên giấy", by=officer, now=NOW)
        with pytest.raises(AlreadyDone):
            operations.draft_stops(items=[gone], by=officer, now=NOW)
    with as_post(desk, on=DAY), pytest.raises(NotAllowed):
        operations.draft_stops(items=[gone], by=desk, now=NOW)


def test_who_was_reminded_and_when_is_kept_and_a_death_is_no_reminder():
    some, gone, officer = unasked("Phạm Văn Đủ", "Phạm Văn Nữa"), dead("Trần Thị Cả"), post()
    with as_post(officer, on=DAY):
        assert operations.mark_reminded(items=some, by=officer, now=NOW) == 2
        assert set(WatchItem.objects.filter(kind="unasked").values_list("reminded_on", "reminded_by")) == {
            (NOW.date(), officer.pk)
        }
        with pytest.raises(InvalidInput, match="Trần Thị Cả"):
            operations.mark_reminded(items=gone, by=officer, now=NOW)
    look()
    assert {one.reminded_on for one in items("unasked")} == {NOW.date()}


def test_a_post_that_only_reads_reminds_nobody():
    some, chairman = unasked("Phạm Văn Đủ"), post(Role.COMMUNE_CHAIRMAN)
    with as_post(chairman, on=DAY), pytest.raises(NotAllowed):
        operations.mark_reminded(items=some, by=chairman, now=NOW)


# Through pages --------------------------------------------------------------------------------------------------------
def test_letters_are_one_page_a_person_with_office_name_and_day():
    some, client = unasked("Phạm Văn Đủ", "Phạm Văn Nữa"), signed_in()
    response = client.post(reverse("watch:letters"), {"viec": [one.code for one in some]})
    document = Document(BytesIO(response.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert text.count("THƯ NHẮC") == 2 and "bà Phạm Văn Đủ, sinh năm 1951, Xã Quỳnh Phụ" in text
    assert sum(bool(p.paragraph_format.page_break_before) for p in document.paragraphs) == 1
    cells = " ".join(cell.text for table in document.tables for cell in table.rows[0].cells)
    assert "QUỲNH PHỤ" in cells and "Quỳnh Phụ, ngày 20 tháng 11 năm 2026" in cells
    assert items("unasked")[0].reminded_on is None


def test_letters_for_nobody_say_so():
    (gone,), client = dead("Trần Thị Cả"), signed_in()
    page = client.post(reverse("watch:letters"), {"viec": [gone.code]}, follow=True).content.decode()
    assert "Không có ai để nhắc" in page


def test_reminded_and_stopped_through_the_list():
    some, client = unasked("Phạm Văn Đủ"), signed_in()
    page = client.post(reverse("watch:remind"), {"viec": [one.code for one in some]}, follow=True).content.decode()
    assert "Đã ghi nhắc 1 người hôm nay" in page and "Đã nhắc ngày 20/11/2026" in page
    gone = dead("Trần Thị Cả", "Lê Thị Hai")
    response = client.post(reverse("watch:stop_dead"), {"viec": [one.code for one in gone]})
    with as_maintenance():
        made = Decision.objects.get(state="draft")
    assert response.headers["Location"].endswith(f"/{made.code}/")
    page = client.get(f"{LIST}?loai=death").content.decode()
    assert page.count("Mở dự thảo") == 2 and 'type="checkbox"' not in page
