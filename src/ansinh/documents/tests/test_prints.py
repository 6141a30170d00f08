"""A signed print stays as it is; a paper that tells an illness opens only to who may know it."""

from __future__ import annotations

import hashlib
from io import BytesIO

import pytest
from django.db import Error, transaction
from django.urls import reverse
from docx import Document

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, THAI_BINH, post
from ansinh.database.acting import as_maintenance
from ansinh.documents import operations
from ansinh.documents.models import PaperPrint
from ansinh.documents.tests.factories import notice, printed
from ansinh.files import operations as files
from ansinh.files.queries import read
from ansinh.jobs import operations as jobs
from ansinh.jobs.models import Job
from ansinh.kernel.errors import AlreadyDone
from ansinh.rendering import office as converter
from ansinh.rendering.papers import DOCX

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


def long_paper() -> PaperPrint:
    """A print with more rows than a request should turn into pages."""
    made = printed()
    document = Document()
    document.add_table(rows=converter.LONG + 1, cols=1)
    target = BytesIO()
    document.save(target)
    with as_maintenance():
        stored = files.store(
            name="dai.docx", data=target.getvalue(), media_type=DOCX, purpose="paper", unit=made.paper.unit, by=post(), now=NOW
        )
        return PaperPrint.objects.create(
            paper=made.paper, number=2, content="dai", word=stored, printed_by=post(), printed_at=NOW
        )  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_a_long_pdf_is_made_in_the_background_once_and_then_handed_out(enter, monkeypatch):
    monkeypatch.setattr(converter, "program", lambda: "soffice")
    monkeypatch.setattr("ansinh.documents.views.prints.pdf_of", lambda data: pytest.fail("made while somebody waits"))
    made, asked = long_paper(), []
    client = enter(Role.COMMUNE_OFFICER)
    first, second = (client.get(address(made, "pdf")) for _ in range(2))
    with as_maintenance():
        job = Job.objects.get()
    assert first["Location"] == second["Location"] == reverse("jobs:detail", args=[job.code])
    monkeypatch.setattr("ansinh.documents.background.pdf_of", lambda data, seconds: asked.append(seconds) or b"%PDF-1.7 dai")
    for _ in range(2):  # run anew it does nothing twice
        jobs.run(job_id=job.id, clock=lambda: NOW)
    assert asked == [converter.LONG_SECONDS]
    page = client.get(reverse("jobs:detail", args=[job.code])).content.decode()
    assert address(made, "pdf") in page
    assert client.get(address(made, "pdf")).content == b"%PDF-1.7 dai"


@pytest.mark.django_db(transaction=True)
def test_what_libreoffice_cannot_do_is_said_on_the_page_of_the_work(enter, monkeypatch):
    monkeypatch.setattr(converter, "program", lambda: "soffice")
    made = long_paper()
    client = enter(Role.COMMUNE_OFFICER)
    client.get(address(made, "pdf"))

    def broken(data, seconds):
        raise converter.NoOffice("LibreOffice không chuyển được tệp này sang PDF. Hãy tải tệp Word.")

    monkeypatch.setattr("ansinh.documents.background.pdf_of", broken)
    with as_maintenance():
        job = Job.objects.get()
    jobs.run(job_id=job.id, clock=lambda: NOW)
    assert "Hãy tải tệp Word" in client.get(reverse("jobs:detail", args=[job.code])).content.decode()


def test_a_pdf_is_made_once_and_kept(enter, monkeypatch):
    made, asked = printed(), []
    monkeypatch.setattr("ansinh.documents.views.prints.pdf_of", lambda data: asked.append(data) or b"%PDF-1.7 thu")
    client = enter(Role.COMMUNE_OFFICER)
    assert [client.get(address(made, "pdf")).content for _ in range(2)] == [b"%PDF-1.7 thu"] * 2
    assert asked == [read(made.word)]
