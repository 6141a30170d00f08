"""Bodies over time with their successors by field; who is competent on a day."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from ansinh.access import operations
from ansinh.access.models import Office, OfficeKind, OfficeSuccession, Post, Role
from ansinh.access.queries import communes_of, competent, competent_posts
from ansinh.access.tests.factories import DAY, QUYNH_PHU, commune, make_user, post
from ansinh.journal.models import Entry
from ansinh.kernel.errors import AlreadyDone, InvalidInput

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)


def heirs(code: str, field: str) -> set[str]:
    """Follow the duties of one field to the body that has them now."""
    now = {code}
    while step := OfficeSuccession.objects.filter(old__code__in=now, field=field):
        now = (now - {s.old.code for s in step}) | {s.new.code for s in step}
    return now


def test_the_dissolved_department_has_two_successors_by_field():
    assert heirs("SLDTBXH-TB", "bảo trợ xã hội") == {"SYT"}
    assert heirs("SLDTBXH-TB", "giảm nghèo") == {"SNNMT"}


def test_a_body_that_ended_has_a_day_and_a_basis():
    for office in Office.objects.filter(successions__isnull=False).distinct():
        assert office.period.upper is not None and office.basis, office.code
        assert {s.event_on for s in office.successions.all()} == {office.period.upper}, office.code


def test_every_commune_of_today_has_its_office():
    communes = {unit.id for unit in communes_of(post(Role.DIVISION_OFFICER, office="BTXH"), on=DAY)}
    assert len(communes) == 104
    assert communes == set(Office.objects.filter(kind=OfficeKind.COMMUNE).values_list("unit", flat=True))


@pytest.mark.parametrize(
    ("day", "kind"),
    [(date(2024, 1, 1), "district"), (date(2025, 6, 30), "district"), (date(2025, 7, 1), "commune"), (DAY, "commune")],
)
def test_who_decides_the_allowance_changed_with_the_end_of_districts(day, kind):
    (rule,) = competent("monthly_allowance", on=day)
    assert (rule.office_kind, rule.role) == (kind, Role.COMMUNE_CHAIRMAN) and rule.basis


def test_nobody_decided_the_social_pension_before_it_was():
    assert competent("social_pension", on=date(2025, 6, 30)) == []


def test_the_chairman_of_the_commune_is_competent_and_a_deputy_comes_after(as_maintenance):
    chairman = post(Role.COMMUNE_CHAIRMAN)
    post(Role.COMMUNE_OFFICER)
    with as_maintenance():
        deputy = operations.open_post(
            office=chairman.office, role=Role.COMMUNE_CHAIRMAN, title="Phó Chủ tịch", is_deputy=True, since=date(2026, 1, 1),
            by=post(Role.ADMINISTRATOR, office="SYT"), now=NOW,
        )  # fmt: skip
    found = competent_posts("monthly_allowance", unit_ids=[commune(QUYNH_PHU).id], on=DAY)
    assert list(found) == [chairman, deputy]
    assert list(competent_posts("monthly_allowance", unit_ids=[commune(QUYNH_PHU).id], on=date(2025, 6, 30))) == []


def test_a_post_is_opened_filled_and_vacated_in_the_journal(as_maintenance):
    by, user = post(Role.ADMINISTRATOR, office="SYT"), make_user("nguoi.moi")
    office = Office.objects.get(code=f"UBND-{QUYNH_PHU}")
    with as_maintenance():
        opened = operations.open_post(office=office, role=Role.CLERK, title="Văn thư", is_deputy=False, since=DAY, by=by, now=NOW)
        operations.fill_post(post=opened, user=user, by=by, now=NOW)
        with pytest.raises(AlreadyDone):
            operations.fill_post(post=opened, user=make_user("nguoi.khac"), by=by, now=NOW)
        operations.vacate_post(post=opened, by=by, now=NOW)
        acts = list(Entry.objects.filter(noun="post", key=opened.code).values_list("act", flat=True))
    assert acts == ["open_post", "fill_post", "vacate_post"]
    assert Post.objects.get(pk=opened.pk).user is None


def test_two_bodies_of_one_code_are_refused(as_maintenance):
    with as_maintenance(), pytest.raises(InvalidInput, match="BTXH"):
        operations.open_office(
            code="BTXH", name="Phòng khác", kind=OfficeKind.DIVISION, unit=None, parent=None, since=DAY, basis="thử",
            by=post(Role.ADMINISTRATOR, office="SYT"), now=NOW,
        )  # fmt: skip


def test_loading_the_reference_again_changes_nothing(as_maintenance):
    before = Office.objects.count(), OfficeSuccession.objects.count()
    with as_maintenance():
        operations.load_reference()
    assert (Office.objects.count(), OfficeSuccession.objects.count()) == before
