"""A refusal is complained about: received, admitted, given to a colleague, found right; the person gets a new dossier, which the answer names."""

from __future__ import annotations

import pytest
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.tests.factories import dossier
from ansinh.people.tests.signing_in import signed_in
from ansinh.petitions.models import Petition

pytestmark = pytest.mark.django_db


def test_from_the_refusal_to_the_new_dossier(settings):
    settings.ANSINH_TODAY = DAY
    refused = dossier("refused")
    desk, chairman, head = signed_in(Role.ONE_STOP), signed_in(Role.COMMUNE_CHAIRMAN), signed_in(Role.COMMUNE_HEAD)

    page = desk.get(reverse("web:dossier", args=[refused.code])).content.decode()
    door = f"{reverse('petitions:new')}?ve={refused.code}"
    assert door in page and f'value="{refused.code}"' in desk.get(door).content.decode()
    form = {"kind": "complaint", "received_on": "20/11/2026", "channel": "counter", "name": "Trần Văn Ba", "about": refused.code}
    desk.post(door, form | {"content": "Tôi đủ điều kiện"})
    with as_maintenance():
        complaint = Petition.objects.get()

    assert "đơn thư chờ thụ lý" in chairman.get(reverse("web:home")).content.decode()
    act = lambda key: reverse("petitions:act", args=[complaint.code, key])  # noqa: E731
    chairman.post(act("thu-ly"), {"note": ""})
    chairman.post(act("giao"), {"to": post(Role.COMMUNE_HEAD).pk})
    assert f"Đơn {complaint.code} được giao cho ông, bà giải quyết." in head.get(reverse("web:home")).content.decode()

    desk.post(reverse("dossiers:open", args=[refused.person.code]), {"procedure": "allowance_grant", "channel": "counter"})
    with as_maintenance():
        anew = Dossier.objects.exclude(pk=refused.pk).get()
    answer = {
        "outcome": "right", "text": "Nhận lại hồ sơ", "number": "21/QĐ-UBND", "signed_on": "20/11/2026", "signer_name": "Phạm Văn Ký",
        "result": anew.code,
    }  # fmt: skip
    head.post(act("ket-qua"), answer)

    told = desk.get(reverse("petitions:petition", args=[complaint.code])).content.decode()
    assert "21/QĐ-UBND" in told and anew.code in told
    for code in (refused.code, anew.code):
        assert complaint.code in desk.get(reverse("web:dossier", args=[code])).content.decode()
    with as_maintenance():
        refused.refresh_from_db()
    assert refused.state == "refused"  # what was issued stays
