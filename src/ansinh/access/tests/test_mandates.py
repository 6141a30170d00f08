"""A written mandate to sign TUQ.: who gives it to whom, for how long, for what; and who may record it."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.test import Client
from django.urls import reverse

from ansinh.access import operations
from ansinh.access.models import Mandate, Post, Role
from ansinh.access.queries import mandate_on, may_sign, signing_posts
from ansinh.access.tests.factories import DAY, NOW, THAI_BINH, make_user, post
from ansinh.database.acting import as_maintenance
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed

pytestmark = pytest.mark.django_db
LAST = date(2026, 11, 30)


def head() -> Post:
    return post(Role.COMMUNE_HEAD)


def mandate(**change) -> Mandate:
    given = {
        "giver": post(Role.COMMUNE_CHAIRMAN), "post": head(), "acts": ["monthly_allowance"], "number": "7/GUQ-UBND", "signed_on": DAY,
        "first": DAY, "last": LAST, "content": "Quyết định hưởng", "by": post(Role.CLERK), "now": NOW, **change,
    }  # fmt: skip
    with as_maintenance():
        return operations.record_mandate(**given)


def deputy(role: str, code: str) -> Post:
    with as_maintenance():
        return Post.objects.create(
            code=code, office=post().office, role=role, title="Phó", is_deputy=True, user=make_user(code.lower()),
            period=DateRange(date(2025, 7, 1), None),
        )  # fmt: skip


def test_it_holds_on_its_days_and_for_its_acts_alone():
    made = mandate()
    assert mandate_on(head(), "monthly_allowance", on=DAY) == mandate_on(head(), "monthly_allowance", on=LAST) == made
    assert made.last == LAST
    assert mandate_on(head(), "monthly_allowance", on=date(2026, 12, 1)) is None
    assert mandate_on(head(), "monthly_allowance", on=date(2026, 11, 19)) is None
    assert mandate_on(head(), "social_pension", on=DAY) is None
    assert may_sign(head(), "monthly_allowance", on=DAY) and not may_sign(head(), "social_pension", on=DAY)


def test_who_may_sign_stands_in_the_order_heads_deputies_mandated():
    chairman, other = post(Role.COMMUNE_CHAIRMAN), deputy(Role.COMMUNE_CHAIRMAN, "PCT")
    mandate()
    found = signing_posts("monthly_allowance", unit_ids=[chairman.office.unit_id], on=DAY)
    assert [(one.pk, one.rank) for one in found] == [(chairman.pk, 0), (other.pk, 0), (head().pk, 1)]
    assert head() not in signing_posts("social_pension", unit_ids=[chairman.office.unit_id], on=DAY)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"number": " "}, "bằng văn bản"),
        ({"last": date(2026, 11, 19)}, "Ngày cuối trước ngày đầu"),
        ({"signed_on": date(2026, 11, 21), "first": date(2026, 11, 21)}, "chưa tới"),
        ({"first": date(2026, 11, 19)}, "không có hiệu lực trước ngày ký"),
        ({"acts": []}, "ít nhất một việc"),
        ({"acts": ["determination"]}, "ít nhất một việc"),
    ],
)
def test_what_the_paper_lacks_is_told(change, said):
    with pytest.raises(InvalidInput, match=said):
        mandate(**change)


def test_only_the_head_gives_it_and_only_a_head_of_a_unit_of_the_body_receives_it():
    with pytest.raises(InvalidInput, match="đứng đầu cơ quan"):
        mandate(giver=deputy(Role.COMMUNE_CHAIRMAN, "PCT"))
    for wrong in (
        post(),
        post(Role.CLERK),
        deputy(Role.COMMUNE_HEAD, "PTP"),
        post(Role.COMMUNE_HEAD, office=f"UBND-{THAI_BINH}"),
    ):
        with pytest.raises(InvalidInput, match="đứng đầu đơn vị"):
            mandate(post=wrong, by=post(Role.COMMUNE_CHAIRMAN))


def test_it_is_recorded_by_who_keeps_the_papers_or_the_head_and_never_by_who_receives_it():
    with pytest.raises(NotAllowed, match="Chỉ văn thư"):
        mandate(by=post())
    with pytest.raises(NotAllowed, match="không tự ghi"):
        mandate(by=head())
    clerk = post(Role.CLERK)
    with as_maintenance():
        Post.objects.filter(pk=clerk.pk).update(user=head().user)
        clerk.refresh_from_db()
    with pytest.raises(NotAllowed, match="không tự ghi"):
        mandate(by=clerk)


def test_it_is_ended_early_once_and_by_its_own_body():
    made = mandate()
    with as_maintenance():
        with pytest.raises(NotAllowed, match="cơ quan của người giao"):
            operations.end_mandate(mandate=made, by=post(Role.CLERK, office=f"UBND-{THAI_BINH}"), now=NOW)
        ended = operations.end_mandate(mandate=made, by=post(Role.CLERK), now=NOW)
        assert ended.is_over(DAY) and mandate_on(head(), "monthly_allowance", on=DAY) is None
        with pytest.raises(AlreadyDone):
            operations.end_mandate(mandate=made, by=post(Role.CLERK), now=NOW)


def test_the_database_knows_no_mandate_without_an_end():
    made = mandate()
    with as_maintenance(), pytest.raises(IntegrityError, match="a_mandate_ends"), transaction.atomic():
        Mandate.objects.filter(pk=made.pk).update(period=DateRange(DAY, None))


def test_the_clerk_records_it_on_its_page_and_others_read_it(settings):
    settings.ANSINH_TODAY = DAY
    chairman, holder = post(Role.COMMUNE_CHAIRMAN), head()
    client = Client()
    client.force_login(post(Role.CLERK).user)
    given = {
        "giver": chairman.pk, "post": holder.pk, "acts": ["monthly_allowance", "social_pension"], "number": "7/GUQ-UBND",
        "signed_on": "20/11/2026", "first": "20/11/2026", "last": "30/11/2026", "content": "",
    }  # fmt: skip
    assert client.post(reverse("access:mandates"), {**given, "last": ""}).status_code == 422
    text = client.post(reverse("access:mandates"), given, follow=True).content.decode()
    assert "ký TUQ. đến hết ngày 30/11/2026" in text and "Trợ cấp hưu trí xã hội" in text and "đang có hiệu lực" in text
    with as_maintenance():
        made = Mandate.objects.get()
    reader = Client()
    reader.force_login(post().user)
    assert "Ghi ủy quyền" not in reader.get(reverse("access:mandates")).content.decode()
    assert reader.post(reverse("access:end_mandate", args=[made.code])).status_code == 403
    assert "Đã chấm dứt" in client.post(reverse("access:end_mandate", args=[made.code]), follow=True).content.decode()
