"""Two officers set the same wrong death right at the same moment: one does, the other is told, one draft is made."""

from __future__ import annotations

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connections

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, at, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements.models import Decision
from ansinh.entitlements.tests.factories import grant
from ansinh.kernel.errors import AlreadyDone
from ansinh.payments.tests import factories as month
from ansinh.people import operations as people
from ansinh.people.tests.factories import person
from ansinh.watch import operations
from ansinh.watch.models import Correction
from ansinh.watch.tests.factories import LEVEL

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_corrects_and_the_other_is_told():
    who = person("Trần Thị Cả", "1945-03-02")
    entry = grant(who, **LEVEL | {"months_from": date(2026, 7, 1)})
    with as_maintenance():
        people.record_death(person=who, died_on=date(2026, 9, 9), source="thôn báo", by=post(), now=NOW)
    month.decide(entry, "stop", date(2026, 10, 1), recorded=at(2026, 9, 15))
    officers, start = (post(), post(Role.COMMUNE_HEAD)), Barrier(2)
    told: list[Exception] = []

    def correct(by) -> None:
        try:
            start.wait(20)
            with as_post(by, on=DAY):
                operations.correct_death(person=who, reason="còn sống", by=by, now=NOW)
        except AlreadyDone as error:
            told.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=correct, args=(by,)) for by in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    with as_maintenance():
        assert (len(told), Correction.objects.count(), Decision.objects.filter(kind="resume").count()) == (1, 1, 1)
