"""A signed print stays as it is; a paper that tells an illness opens only to who may know it."""

from __future__ import annotations

import hashlib

import pytest
from django.db import Error, transaction
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, THAI_BINH, post
from ansinh.documents import operations
from ansinh.documents.models import PaperPrint
from ansinh.documents.tests.factories import notice, printed
from ansinh.files.queries import read
from ansinh.kernel.errors import AlreadyDone
from ansinh.rendering import office as converter

pytestmark = pytest.mark.django_db


@pytest.fixture
def enter(client):
    def entered(role: str, place: str | None = None):
        client.force_login((post(role, office=place) if place else post(role)).user)
        return client

    return entered


def address(made: PaperPrint, door: str = "word") -> str:
    return reverse(f"documents:{door}", args=[made.paper.code, made.number])


def test_the_hash_kept_is_that_of_the_file():
    made = printed()
    assert hashlib.sha256(read(made.word)).hexdigest() == made.word.sha256


def test_a_signed_paper_is_printed_no_more_and_its_print_is_never_edited(as_maintenance):
    made = printed()
    with as_maintenance():
        operations.sign_paper(paper=made.paper, now=NOW)
        with pytest.raises(AlreadyDone, match="đã ký"):
            operations.sign_paper(paper=made.paper, now=NOW)
    with pytest.raises(AlreadyDone, match="không in lại"):
        printed(notice("Khác."), paper=made.paper)
    with as_maintenance():
        for act in (
            lambda: PaperPrint.objects.filter(pk=made.pk).update(content="x"),
            lambda: PaperPrint.objects.filter(pk=made.pk).update(is_signed=False),
            lambda: PaperPrint.objects.filter(pk=made.pk).delete(),
        ):
            with pytest.raises(Error), transaction.atomic():
                act()


def test_the_last_print_is_the_one_that_was_signed(as_maintenance):
    first = printed()
    second = printed(notice("Khác."), paper=first.paper)
    with as_maintenance():
        assert operations.sign_paper(paper=first.paper, now=NOW) == second
        assert list(first.paper.prints.filter(is_signed=True)) == [second]


def test_the_word_file_is_handed_out_and_noted(enter):
    made = printed()
    response = enter(Role.CLERK).get(address(made))
    assert response.content == read(made.word)
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize("door", ["word", "pdf"])
def test_a_paper_that_tells_an_illness_is_not_there_for_who_may_not_know_it(enter, door):
    made = printed(notice(is_sensitive=True))
    assert enter(Role.CLERK).get(address(made, door)).status_code == 404
    assert enter(Role.ACCOUNTANT).get(address(made, door)).status_code == 404


def test_neither_is_it_by_the_door_of_files(enter):
    made = printed(notice(is_sensitive=True))
    assert enter(Role.CLERK).get(reverse("files:download", args=[made.word.token])).status_code == 404
    assert enter(Role.COMMUNE_OFFICER).get(address(made)).status_code == 200


def test_a_paper_of_another_commune_is_not_there(enter):
    made = printed()
    client = enter(Role.CLERK, f"UBND-{THAI_BINH}")
    assert client.get(address(made)).status_code == 404
    assert client.get(reverse("documents:paper", args=[made.paper.code])).status_code == 404


def test_without_libreoffice_the_reason_is_said(enter, monkeypatch):
    monkeypatch.setattr(converter, "program", lambda: None)
    made = printed()
    response = enter(Role.COMMUNE_OFFICER).get(address(made, "pdf"), follow=True)
    assert "chưa cài LibreOffice" in response.content.decode()
    assert "PDF</a>" not in response.content.decode()


def test_a_pdf_is_made_once_and_kept(enter, monkeypatch):
    made, asked = printed(), []
    monkeypatch.setattr("ansinh.documents.views.prints.pdf_of", lambda data: asked.append(data) or b"%PDF-1.7 thu")
    client = enter(Role.COMMUNE_OFFICER)
    assert [client.get(address(made, "pdf")).content for _ in range(2)] == [b"%PDF-1.7 thu"] * 2
    assert asked == [read(made.word)]
