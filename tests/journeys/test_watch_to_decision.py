"""What the watch list shows becomes a dossier, a signed decision, and is gone from the list by itself."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import at, commune, post
from ansinh.dossiers import operations as dossiers
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.payments import operations as payments
from ansinh.payments.models import PaymentList
from ansinh.people.tests.factories import person
from ansinh.watch import operations as watch
from ansinh.watch.models import WatchItem

pytestmark = pytest.mark.django_db
JANUARY = date(2027, 1, 1)


def stop(entry: Entitlement) -> ItemDraft:
    kept = ("person_id", "benefit", "category", "law_code", "coefficient", "count", "standard_vnd", "amount_vnd")
    values = {name: getattr(entry, name) for name in kept}
    return ItemDraft(act="stop", from_month=JANUARY, entitlement=entry, reason="Đủ 16 tuổi, không còn đi học", **values)


def test_a_child_who_turns_16_is_shown_decided_about_and_gone_from_list_and_payments():
    who = person("Bùi Văn Lớn", "2010-12-10", facts={"parents": ["dead", "dead"]})
    entry = grant(
        who, "CHILD_NO_SUPPORT", coefficient=150, standard_vnd=540_000, law_code="ND335.5.1", months_from=date(2026, 11, 1)
    )
    officer, clerk, now = post(), post(Role.CLERK), at(2026, 11, 23)
    with as_post(officer, on=now.date()):
        watch.look_over(units=[commune()], by=officer, now=now)
        item = WatchItem.objects.get()
        assert (item.kind, item.month) == ("over", JANUARY)
        made = watch.prepare(item=item, by=officer, now=now)
        made = dossiers.receive_dossier(dossier=made, received_on=now.date(), given=["request"], by=officer, now=now)
        made = dossiers.take_up_dossier(dossier=made, by=officer, now=now)
        draft = ledger.propose_decision(dossier=made, kind="stop", items=[stop(entry)], by=officer, now=now)
        # Until somebody competent has signed, the item waits and the money stands.
        watch.look_over(units=[commune()], by=officer, now=now)
        item.refresh_from_db()
        assert item.state == "open" and watch.prepare(item=item, by=officer, now=now) == draft
    with as_post(clerk, on=date(2026, 11, 25)):
        ledger.record_decision(decision=draft, signature=signature(date(2026, 11, 25)), by=clerk, now=at(2026, 11, 25))
    with as_post(officer, on=date(2026, 11, 26)):
        watch.look_over(units=[commune()], by=officer, now=at(2026, 11, 26))
        item.refresh_from_db()
        assert (item.state, item.dossier.state) == ("resolved", "decided")
        other = grant(person("Trần Thị Cả", "1945-03-02"), standard_vnd=540_000, months_from=date(2026, 11, 1))
        run = payments.prepare_run(benefit_month=JANUARY, units=[commune()], by=officer, now=at(2026, 12, 18))
        paid = PaymentList.objects.get(run=run).lines.filter(benefit_month=JANUARY).values_list("person", flat=True)
        assert list(paid) == [other.person_id]
