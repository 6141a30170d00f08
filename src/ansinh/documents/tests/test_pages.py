"""The register and the templates as officers use them."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from pypdf import PdfReader

from ansinh.access.models import Role
from ansinh.access.tests.factories import THAI_BINH, post
from ansinh.documents.models import OutgoingEntry, PaperTemplate
from ansinh.documents.tests.factories import notice, numbers_itself, printed, take, word
from ansinh.documents.tests.test_templates import own
from ansinh.rendering.papers import DOCX

pytestmark = pytest.mark.django_db


def entered(role: str, place: str | None = None) -> Client:
    client = Client()
    client.force_login((post(role, office=place) if place else post(role)).user)
    return client


def upload(data: bytes, name: str = "mau.docx"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, data, content_type=DOCX)


def test_an_office_takes_the_default_changes_it_and_goes_back(as_maintenance):
    clerk = entered(Role.CLERK)
    assert clerk.get("/van-ban/mau/notice/tep/?goc=1")["Content-Type"] == DOCX
    sent = clerk.post("/van-ban/mau/notice/", {"file": upload(own()), "since": "01/11/2026"}, follow=True)
    assert "Mẫu hợp lệ" in sent.content.decode()
    assert clerk.get("/van-ban/mau/notice/tep/").content == own()
    assert "Đã trở lại mẫu chung" in clerk.post("/van-ban/mau/notice/mau-chung/", follow=True).content.decode()
    with as_maintenance():
        assert PaperTemplate.objects.get().period.upper is not None


def test_what_is_wrong_with_a_template_is_told_line_by_line_and_nothing_is_taken(as_maintenance):
    clerk = entered(Role.CLERK)
    page = clerk.post("/van-ban/mau/notice/", {"file": upload(own("{{ nguoiky }}", without="ngay")), "since": "01/11/2026"})
    text = page.content.decode()
    assert page.status_code == 422
    assert "“nguoiky” không có; gần nhất: nguoi_ky" in text and "bắt buộc “ngay”" in text
    assert clerk.post("/van-ban/mau/notice/", {"file": upload(b"x", "mau.doc"), "since": "01/11/2026"}).status_code == 422
    with as_maintenance():
        assert not PaperTemplate.objects.exists()


def test_who_does_not_keep_the_papers_sees_the_fields_but_changes_nothing(as_maintenance):
    officer = entered(Role.COMMUNE_OFFICER)
    page = officer.get("/van-ban/mau/notice/").content.decode()
    assert "kinh_gui" in page and 'type="file"' not in page
    officer.post("/van-ban/mau/notice/", {"file": upload(own()), "since": "01/11/2026"})
    assert officer.post("/van-ban/mau/notice/mau-chung/").status_code == 403
    with as_maintenance():
        assert not PaperTemplate.objects.exists()


def test_a_template_that_breaks_word_is_told_too():
    page = entered(Role.CLERK).post("/van-ban/mau/notice/", {"file": upload(word("{{ co_quan")), "since": "01/11/2026"})
    assert "Không đọc được tệp mẫu Word" in page.content.decode()


def test_the_register_is_searched_filtered_and_taken_out():
    numbers_itself()
    take(summary="Về việc trợ cấp", signer="Phạm Văn Ký")
    take("TB", summary="Về việc họp")
    clerk = entered(Role.CLERK)
    assert "01/QĐ-UBND" in (page := clerk.get("/van-ban/so-di/?tim=ph%E1%BA%A1m").content.decode()) and "01/TB-UBND" not in page
    assert "01/TB-UBND" in clerk.get("/van-ban/so-di/?nam=2026&tu=01/11/2026").content.decode()
    assert "01/TB-UBND" not in clerk.get("/van-ban/so-di/?den=01/11/2026").content.decode()
    assert clerk.get("/van-ban/so-di/?xuat=xlsx").content[:2] == b"PK"
    pages = PdfReader(BytesIO(clerk.get("/van-ban/so-di/?xuat=pdf&tim=TB").content)).pages
    assert "01/TB-UBND" in (text := pages[0].extract_text()) and "SỔ ĐĂNG KÝ VĂN BẢN ĐI" in text and "01/QĐ" not in text


def test_another_commune_has_a_register_of_its_own():
    numbers_itself()
    take(summary="Về việc trợ cấp")
    assert "01/QĐ-UBND" not in entered(Role.CLERK, f"UBND-{THAI_BINH}").get("/van-ban/so-di/").content.decode()


def test_a_number_given_elsewhere_is_typed(as_maintenance):
    clerk = entered(Role.CLERK)
    given = {
        "kind": "Báo cáo",
        "number": "15/BC-UBND",
        "dated_on": "02/03/2026",
        "summary": "Quý I",
        "signer": "",
        "recipients": "Sở Y tế",
    }
    assert clerk.post("/van-ban/so-di/ghi/", given).status_code == 302
    told = clerk.post("/van-ban/so-di/ghi/", given)
    assert told.status_code == 422 and "văn bản khác" in told.content.decode()
    with as_maintenance():
        entry = OutgoingEntry.objects.get()
        assert (entry.symbol, entry.year, entry.recipients) == ("15/BC-UBND", 2026, "Sở Y tế")


def test_the_inspector_reads_a_pdf_without_changing_anything(monkeypatch, as_maintenance):
    monkeypatch.setattr("ansinh.documents.views.prints.pdf_of", lambda data: b"%PDF-1.7 thu")
    made = printed(notice())
    answer = entered(Role.INSPECTOR, "SYT").get(f"/van-ban/{made.paper.code}/ban-in/1/pdf/")
    assert answer.content == b"%PDF-1.7 thu"
    with as_maintenance():
        made.refresh_from_db()
        assert made.pdf is None
