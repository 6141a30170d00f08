"""A province raises the level to 650.000 from January: entered, counted, confirmed by another; drafted, signed, only then paid.

Basis: khoản 3 Điều 4 NĐ 335/2026/NĐ-CP. The resolution is invented; its level is that of NQ 63/2025/NQ-HĐND of Hà Nội.
"""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import pytest
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.tests.factories import at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.background import count_effect
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.queries import explanation_for
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.jobs.models import Job
from ansinh.kernel.money import money_text
from ansinh.lawbook.models import Resolution
from ansinh.lawbook.tests.factories import PROVINCE, head, officer
from ansinh.localities.models import Unit
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeing_all")]

NOV, DEC = date(2026, 11, 1), date(2026, 12, 1)
PAPER = {
    "number": "99/2025/NQ-HĐND", "title": "Mức chuẩn của tỉnh thử", "issued_on": "10/12/2025", "in_force_from": "1/1/2026",
    "applies_to_months_from": "01/2026",
}  # fmt: skip


@pytest.fixture
def seeing_all(as_maintenance):
    with as_maintenance():
        yield


@pytest.fixture
def beneficiaries():
    """A pensioner at 540.000 and a severely disabled adult at 810.000, paid for October."""
    pensioner = person("Đỗ Thị Hưu", "1948-03-01")
    disabled = person("Bùi Văn Nặng", "1980-03-01", facts={"disability": "severe"})
    grant(pensioner, standard_vnd=540_000, months_from=date(2026, 7, 1))
    grant(disabled, "DISABLED_SEVERE", coefficient=150, standard_vnd=540_000, months_from=date(2026, 7, 1), law_code="ND20.5.6")
    return pensioner, disabled


def entered(client) -> Resolution:
    """By the form: the head, then the level."""
    client.force_login(officer().user)
    with as_maintenance():
        territory = Unit.objects.get(key=PROVINCE).id
    client.post(reverse("lawbook:new_resolution"), PAPER | {"territory": territory})
    with as_maintenance():
        made = Resolution.objects.get()
    level = {"amount_vnd": "650.000", "scopes": ["monthly", "social_pension"], "basis": "Điều 2"}
    client.post(reverse("lawbook:add_resolution_line", args=[made.code, "muc-chuan"]), level)
    return made


def effect_counted(client, made: Resolution) -> None:
    """Asked for on the page; the work itself is done here, in the test's own transaction."""
    client.post(reverse("lawbook:count_resolution", args=[made.code]), {"month": "11/2026"})
    with as_maintenance():
        job = Job.objects.latest("id")
    told: list[tuple] = []
    running = SimpleNamespace(
        arguments=job.arguments, post=officer(), now=lambda: at(2026, 11, 20), progress=lambda *said: told.append(said)
    )
    with as_post(officer(), on=date(2026, 11, 20)):
        result = count_effect(running)
    assert result == {"url": reverse("lawbook:resolution", args=[made.code]), "people": 2}
    assert commune().name in {name for _done, _total, name in told}


def step(client, made: Resolution, act: str, **data) -> str:
    answer = client.post(reverse("lawbook:move_resolution", args=[made.code, act]), data, follow=True)
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def test_from_the_form_to_the_list_that_pays(client, beneficiaries):
    pensioner, disabled = beneficiaries
    made = entered(client)
    effect_counted(client, made)
    page = step(client, made, "trinh")
    assert "Đã trình; chờ người khác xác nhận." in page
    # 540.000 → 650.000 and 810.000 → 975.000
    assert "+275.000" in page and "1.350.000 → 1.625.000" in page
    with as_maintenance():
        assert explanation_for(pensioner, NOV)["title"] == f"Vì sao {money_text(540_000)}?"

    client.force_login(head().user)
    assert "từ nay luật tính theo nghị quyết này" in step(client, made, "xac-nhan")

    with as_maintenance():
        why = explanation_for(disabled, NOV)
        assert why["title"] == f"Vì sao {money_text(975_000)}?"
        assert "Nghị quyết số 99/2025/NQ-HĐND" in str(why["tree"])
        assert set(Entitlement.objects.values_list("standard_vnd", flat=True)) == {540_000}
    clerk = post("clerk")
    with as_post(clerk, on=date(2026, 11, 20)):
        (draft,) = ledger.draft_differences(unit=commune(), month=NOV, by=None, now=at(2026, 11, 12))
        assert draft.state == "draft"
    with as_maintenance():
        given = set(draft.items.values_list("person__full_name", "act", "from_month", "amount_vnd"))
        assert ("Đỗ Thị Hưu", "adjust", date(2026, 8, 1), 650_000) in given
        assert all("Nghị quyết số 99/2025/NQ-HĐND" in article for article in draft.items.values_list("article", flat=True))
    assert {row[3] for row in month.rows(month.proposed(NOV))} == {540_000, 810_000}

    with as_post(clerk, on=date(2026, 11, 12)):
        ledger.record_decision(decision=draft, signature=signature(date(2026, 11, 12)), by=clerk, now=at(2026, 11, 12))
    regular = {row[3] for row in month.rows(month.proposed(DEC)) if row[1] == "regular"}
    assert regular == {650_000, 975_000}
