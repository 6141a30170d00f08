"""Papers of petitions signed with a key, recorded on their own page: checked, kept, and behind the wall of a denunciation."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY as ON
from ansinh.database.acting import as_maintenance
from ansinh.documents.models import Paper, SignedFile
from ansinh.documents.tests.keys import page, signed
from ansinh.people.tests.signing_in import signed_in
from ansinh.petitions.papers import ADMISSION
from ansinh.petitions.tests.factories import petition
from ansinh.petitions.tests.test_papers import printed

pytestmark = pytest.mark.django_db
GIVEN = {"number": "8/TB-UBND", "signed_on": "20/11/2026", "signer_name": "Phạm Văn Ký", "print_number": "1", "compared": "on"}


def sent(paper: Paper, data: bytes):
    upload = SimpleUploadedFile("ky.pdf", data)
    return signed_in(Role.CLERK).post(reverse("documents:sign", args=[paper.code]), {**GIVEN, "scan": upload}, follow=True)


def test_a_notice_signed_with_a_key_is_checked_and_kept_with_its_paper(settings):
    settings.ANSINH_TODAY = ON
    paper = printed(petition("admitted"), ADMISSION).paper
    assert "Không đọc được chữ ký số" in sent(paper, signed(page("Thông báo"))[:-60]).content.decode()
    with as_maintenance():
        assert Paper.objects.get(pk=paper.pk).signed_at is None
    shown = sent(paper, signed(page("Thông báo"))).content.decode()
    assert "Ký số: xem chữ ký" in shown and "ky.pdf" in shown
    assert signed_in().get(reverse("documents:scan", args=[paper.code])).content.startswith(b"%PDF")


def test_the_signed_paper_of_a_denunciation_opens_for_those_who_handle_it_alone(settings):
    settings.ANSINH_TODAY = ON
    paper = printed(petition("admitted", kind="denunciation"), ADMISSION).paper
    sent(paper, signed(page("Thông báo")))
    with as_maintenance():
        kept = SignedFile.objects.select_related("file").get()
    doors = [reverse("documents:scan", args=[paper.code]), reverse("documents:signed", args=[kept.code])]
    for door in doors:
        assert signed_in(Role.COMMUNE_CHAIRMAN).get(door).status_code == 200
        assert signed_in(Role.CLERK).get(door).status_code == 404
    for role in (Role.COMMUNE_CHAIRMAN, Role.CLERK):
        assert signed_in(role).get(reverse("files:download", args=[kept.file.token])).status_code == 404
