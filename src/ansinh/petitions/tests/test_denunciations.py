"""Who denounces, and what they say, is for those alone who handle it: on pages, in searches, in files, in notices and the journal."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from ansinh.access import operations as access
from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, THAI_BINH, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.tests.factories import dossier
from ansinh.journal.models import Entry, ReadEvent
from ansinh.kernel.errors import InvalidInput, NotAllowed
from ansinh.people.tests.signing_in import signed_in
from ansinh.petitions import operations
from ansinh.petitions.models import Petition
from ansinh.petitions.queries import petitions_about
from ansinh.petitions.queries.about import About
from ansinh.petitions.tests.factories import SENDER, assign, petition, step
from ansinh.work.models import Notice

pytestmark = pytest.mark.django_db
SECRETS = ("Trần Văn Ba", "Thôn 2", "bị cắt không đúng")


@pytest.fixture(autouse=True)
def today(settings):
    settings.ANSINH_TODAY = DAY


def pages(role: str, made, office: str = "UBND-12472") -> str:
    client = signed_in(role, office=office)
    register = client.get(reverse("petitions:register")).content.decode()
    return register + client.get(reverse("petitions:petition", args=[made.code])).content.decode()


def tells(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.parametrize("role", [Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.CLERK])
def test_who_does_not_handle_it_reads_neither_sender_nor_content(role):
    made = petition(kind="denunciation")
    assert tells(pages(role, made)) == [] and made.code in pages(role, made)


def test_the_top_and_whoever_it_is_given_to_read_it_and_that_is_journaled():
    made = petition(kind="denunciation")
    assert set(tells(pages(Role.COMMUNE_CHAIRMAN, made))) == set(SECRETS)
    assign(made, post(Role.COMMUNE_HEAD))
    assert set(tells(pages(Role.COMMUNE_HEAD, made))) == set(SECRETS)
    assert tells(pages(Role.ONE_STOP, made)) == []  # who took it in knows no more once somebody holds it
    with as_maintenance():
        assert ReadEvent.objects.filter(act="read_denouncer", key=made.code).count() == 2


def test_the_inspector_and_the_division_see_that_it_is_there_and_no_more():
    made = petition(kind="denunciation")
    assert tells(pages(Role.INSPECTOR, made, office="SYT")) == []
    assert tells(pages(Role.DIVISION_HEAD, made, office="BTXH")) == []


def test_who_stands_in_for_the_handler_reads_and_answers_it():
    made, away, deputy = assign(petition("admitted", kind="denunciation"), post()), post(), post(Role.COMMUNE_HEAD)
    assert tells(pages(Role.COMMUNE_HEAD, made)) == []
    with as_post(away, on=DAY):
        access.record_absence(post=away, deputy=deputy, first=DAY, last=DAY, reason="", by=away, now=NOW)
    assert set(tells(pages(Role.COMMUNE_HEAD, made))) == set(SECRETS)
    assert signed_in(Role.COMMUNE_HEAD).get(reverse("petitions:act", args=[made.code, "ket-qua"])).status_code == 200


def test_a_search_for_the_sender_finds_it_for_those_alone_who_handle_it():
    made = petition(kind="denunciation")
    for role, found in ((Role.COMMUNE_OFFICER, False), (Role.COMMUNE_CHAIRMAN, True)):
        for words in ("Trần Văn Ba", "bi cat"):
            text = signed_in(role).get(reverse("petitions:register"), {"tim": words}).content.decode()
            assert (made.code in text) is found, (role, words)


def test_the_file_of_the_register_names_no_denouncer_even_for_the_top():
    petition(kind="denunciation")
    book = signed_in(Role.COMMUNE_CHAIRMAN).get(reverse("petitions:register"), {"xuat": "xlsx"}).content
    cells = [str(cell) for row in openpyxl.load_workbook(BytesIO(book)).active.iter_rows(values_only=True) for cell in row]
    assert tells(" ".join(cells)) == [] and "(giữ bí mật)" in cells


def test_notices_and_journal_say_nothing():
    post(Role.COMMUNE_CHAIRMAN), post(Role.COMMUNE_HEAD)
    made = assign(petition("admitted", kind="denunciation"), post(Role.COMMUNE_HEAD))
    with as_maintenance():
        assert tells(" ".join(Notice.objects.values_list("text", flat=True))) == []
        assert tells(" ".join(str(one.detail) for one in Entry.objects.filter(key=made.code))) == []
        registered = Notice.objects.filter(text__contains="mới tiếp nhận")
        assert [one.post for one in registered] == [post(Role.COMMUNE_CHAIRMAN)]


def test_the_head_of_the_office_does_not_decide_about_it():
    made = petition(kind="denunciation", by=Role.COMMUNE_HEAD)
    with pytest.raises(NotAllowed):
        step(made, "admit", by=post(Role.COMMUNE_HEAD))
    assert step(made, "admit").state == "admitted"


def test_who_worked_on_the_dossier_does_not_handle_a_denunciation_about_it():
    about = dossier("verifying")  # by the officer
    made = petition(kind="denunciation", about=About(dossier=about))
    with pytest.raises(InvalidInput, match="không xử lý hồ sơ bị tố cáo"):
        assign(made, post())
    assert assign(made, post(Role.COMMUNE_HEAD)).holder == post(Role.COMMUNE_HEAD)
    with as_maintenance():
        assert petitions_about(about) == []


def test_another_commune_does_not_know_of_it():
    made = petition(kind="denunciation")
    client = signed_in(office=f"UBND-{THAI_BINH}")
    assert client.get(reverse("petitions:petition", args=[made.code])).status_code == 404


def test_a_complaint_is_open_to_the_office():
    assert set(tells(pages(Role.COMMUNE_OFFICER, petition()))) == set(SECRETS)


def test_the_leader_of_the_department_decides_about_one_its_division_took_in():
    officer, leader = post(Role.DIVISION_OFFICER, office="BTXH"), post(Role.DEPARTMENT_LEADER, office="SYT")
    with as_post(officer, on=DAY):
        made = operations.register_petition(
            kind="denunciation", content="Mức trợ cấp bị cắt không đúng", received_on=DAY, sender=SENDER, by=officer, now=NOW
        )
    assert set(tells(pages(Role.DEPARTMENT_LEADER, made, office="SYT"))) == set(SECRETS)
    assert step(made, "admit", by=leader).state == "admitted"
    with as_post(post(Role.COMMUNE_CHAIRMAN), on=DAY):
        assert not Petition.objects.exists()
