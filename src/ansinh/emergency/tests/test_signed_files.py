"""Decisions signed with a key, and signers by mandate: what holds for every decision holds for lists and stays."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from ansinh.access import operations as access
from ansinh.access.acting import as_post
from ansinh.access.models import Post, Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.documents import operations as documents
from ansinh.documents.models import SignedFile
from ansinh.documents.tests.keys import page, signed
from ansinh.emergency import operations
from ansinh.emergency.operations.deciding import Signature
from ansinh.emergency.papers import AID_DECISION, PROTECTION_DECISION
from ansinh.emergency.papers.standing import signers
from ansinh.emergency.tests.factories import act, brought
from ansinh.emergency.tests.test_papers import printed, words
from ansinh.emergency.tests.test_protection import take_in
from ansinh.files import operations as files
from ansinh.kernel.errors import InvalidInput, NotAllowed
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
NUMBER = "45/QĐ-UBND"


def scan(data: bytes, subject):
    with as_maintenance():
        return files.store_scan(name="ky.pdf", data=data, purpose="approval", unit=subject.unit, by=post(), now=NOW)


def by_key(data: bytes, subject, **known) -> Signature:
    return Signature(NUMBER, DAY, post(Role.COMMUNE_CHAIRMAN), scan=scan(data, subject), **known)


def mandated(*acts: str, last: date = date(2026, 12, 31)) -> Post:
    """The head of the unit, who signs these acts TUQ. in these days."""
    holder = post(Role.COMMUNE_HEAD)
    with as_maintenance():
        access.record_mandate(
            giver=post(Role.COMMUNE_CHAIRMAN), post=holder, acts=acts, number="3/GUQ-UBND", signed_on=DAY, first=DAY, last=last,
            content="", by=post(Role.CLERK), now=NOW,
        )  # fmt: skip
    return holder


def test_a_list_signed_with_a_key_keeps_what_was_found_and_freezes_its_print():
    made, ours = brought("submitted"), page("Quyết định", NUMBER)
    first = printed(made)
    with as_maintenance():
        documents.keep_beside(made=first, data=ours, by=post(), now=NOW)
    printed(made, source="ngân sách tỉnh")
    act("decide", made, signature=by_key(signed(ours), made, print_number=2, compared=True))
    with as_maintenance():
        assert SignedFile.objects.get().made == first
        assert first.paper.prints.get(is_signed=True) == first


def test_a_list_whose_signature_is_broken_is_not_decided():
    made = brought("submitted")
    with pytest.raises(InvalidInput, match="Không đọc được chữ ký số") as told:
        act("decide", made, signature=by_key(signed(page(NUMBER))[:-60], made))
    assert told.value.field == "scan"
    with as_post(post(), on=DAY):
        made.refresh_from_db()
    assert made.state == "submitted"


def test_the_clerk_compares_what_cannot_be_told_and_the_page_of_the_list_shows_the_signature(settings):
    settings.ANSINH_TODAY = DAY
    made = brought("submitted")
    client = signed_in(Role.CLERK)
    given = {
        "number": NUMBER,
        "signed_on": f"{DAY:%d/%m/%Y}",
        "signer": post(Role.COMMUNE_CHAIRMAN).pk,
        "resources_rice": "commune",
    }

    def sent(**more):
        upload = SimpleUploadedFile("ky.pdf", signed(page("Một văn bản khác")))
        return client.post(f"/tro-giup/danh-sach/{made.code}/quyet-dinh/", {**given, "scan": upload, **more}, follow=True)

    asked = sent().content.decode()
    assert "Không tự đối chiếu được nội dung" in asked and 'name="compared"' in asked
    assert "Ký số: xem chữ ký" in sent(compared="on").content.decode()


def test_a_stay_keeps_its_signed_paper(settings):
    settings.ANSINH_TODAY = DAY
    made = take_in()
    client = signed_in(Role.CLERK)
    given = {"number": NUMBER, "signed_on": f"{DAY:%d/%m/%Y}", "signer": post(Role.COMMUNE_CHAIRMAN).pk, "compared": "on"}
    upload = SimpleUploadedFile("ky.pdf", signed(page("Quyết định", NUMBER)))
    answer = client.post(f"/bao-ve-khan-cap/{made.code}/quyet-dinh/", {**given, "scan": upload}, follow=True)
    assert "Ký số: xem chữ ký" in answer.content.decode()
    with as_maintenance():
        assert SignedFile.objects.get().file.name == "ky.pdf"


def test_the_head_of_the_unit_signs_by_mandate_within_its_days_and_acts():
    holder, made = mandated("emergency_assistance"), brought("submitted")
    with as_post(post(), on=DAY):
        assert signers(made, on=DAY)[-1] == holder
        assert holder not in signers(made, on=date(2027, 1, 4))
    said = words(printed(made, AID_DECISION, signer=holder))
    assert "TUQ. CHỦ TỊCH" in said
    done = act("decide", made, signature=Signature(NUMBER, DAY, holder))
    assert done.signer == holder


def test_a_mandate_for_another_act_signs_no_stay():
    holder, made = mandated("emergency_assistance"), take_in()
    with as_post(post(), on=DAY):
        assert holder not in signers(made, on=DAY)
    with pytest.raises(NotAllowed, match="thẩm quyền"):
        printed(made, PROTECTION_DECISION, signer=holder)
    with pytest.raises(NotAllowed, match="thẩm quyền"), as_post(post(Role.CLERK), on=DAY):
        operations.decide_protection(protection=made, signature=Signature(NUMBER, DAY, holder), by=post(Role.CLERK), now=NOW)


def test_who_proposed_a_list_does_not_sign_it_by_mandate():
    holder = mandated("emergency_assistance")
    made = act("submit", brought("reviewed"), by=holder)
    with as_post(post(), on=DAY):
        assert holder not in signers(made, on=DAY)
