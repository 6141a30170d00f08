"""A decision's paper as the office handles it: drafted, printed, signed, numbered by the clerk, its scan recorded by a second person."""

from __future__ import annotations

import re
from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from docx import Document

from ansinh.access.models import Role
from ansinh.access.tests.factories import THAI_BINH, post
from ansinh.database.acting import as_maintenance
from ansinh.documents.models import OutgoingEntry, Paper
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.journal.models import Entry
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def day(settings):
    settings.ANSINH_TODAY = date(2026, 11, 20)


def entered(role: str, place: str | None = None) -> Client:
    client = Client()
    client.force_login((post(role, office=place) if place else post(role)).user)
    return client


def drafted(officer: Client) -> Decision:
    someone = person(born="1945-03-08")
    data = {
        "act": "grant", "entry": "", "category": "DISABLED_EXTREME", "coefficient": "2,0", "count": "1", "from_month": "11/2026",
        "reason": "Hội đồng xác định mức độ khuyết tật kết luận",
    }  # fmt: skip
    officer.post(f"/nguoi/{someone.code}/quyet-dinh/", data)
    with as_maintenance():
        return Decision.objects.get()


def scan() -> BytesIO:
    made = BytesIO(b"%PDF-1.7 scan")
    made.name = "ban-ky.pdf"
    return made


def printed(officer, page: str, signer) -> str:
    """The words of the file of a first print, which its page fetches while it shows the print."""
    shown = officer.post(f"{page}in/", {"signer": signer.id, "dang": "word"}, follow=True).content.decode()
    assert "Bản in 1" in shown and "Chưa in bản nào" not in shown
    word = officer.get(re.search(r'http-equiv="refresh" content="0; url=([^"]+)"', shown)[1])
    return "\n".join(p.text for p in Document(BytesIO(word.content)).paragraphs)


def test_from_draft_to_ledger_over_paper():
    officer, clerk, chairman = entered(Role.COMMUNE_OFFICER), entered(Role.CLERK), post(Role.COMMUNE_CHAIRMAN)
    clerk.post("/van-ban/so-di/danh-so/", {"source": "own", "per_kind": "on", "since": "01/11/2026"})
    clerk.post("/van-ban/so-di/bat-dau/", {"year": "2026", "symbol": "QĐ", "last": "236"})
    decision = drafted(officer)
    page = f"/quyet-dinh/{decision.code}/"

    assert "In, lấy số" in officer.get(page).content.decode()
    text = printed(officer, page, chairman)
    assert "Cho hưởng trợ cấp xã hội hằng tháng đối với bà Nguyễn Thị Tư" in text

    # No number, no record: and the drafter takes neither.
    assert officer.post(f"{page}lay-so/", {"dated_on": "20/11/2026"}).status_code == 403
    clerk.post(f"{page}lay-so/", {"dated_on": "20/11/2026"})
    with as_maintenance():
        entry = OutgoingEntry.objects.get()
    assert entry.symbol == "237/QĐ-UBND"
    assert "237/QĐ-UBND" in clerk.get("/van-ban/so-di/").content.decode()

    form = clerk.get(f"{page}ghi-nhan/").content.decode()
    assert 'value="237/QĐ-UBND"' in form and 'value="20/11/2026"' in form
    given = {"number": "237/QĐ-UBND", "signed_on": "20/11/2026", "signer_name": "Đỗ Thị Thử", "signer_title": "Chủ tịch"}
    told = officer.post(f"{page}ghi-nhan/", {**given, "scan": scan()})
    assert "không tự ghi nhận" in told.content.decode()
    assert clerk.post(f"{page}ghi-nhan/", {**given, "scan": scan()}).status_code == 302

    with as_maintenance():
        decision.refresh_from_db()
        assert (decision.state, decision.scan.name, decision.signer_post) == ("signed", "ban-ky.pdf", chairman)
        assert Entitlement.objects.in_force(date(2026, 11, 1)).get().amount_vnd == 1_080_000
        made = Paper.objects.get().prints.get()
        assert made.is_signed and Paper.objects.get().signed_at
        acts = list(Entry.objects.filter(act__in=["draft", "print_paper", "take_number", "record"]).values_list("act", flat=True))
        assert sorted(acts) == ["draft", "print_paper", "record", "take_number"]
    assert "Bản in đã ký" in officer.get(page).content.decode()
    assert officer.post(f"{page}in/", {"signer": chairman.id, "dang": "word"}).status_code == 302
    with as_maintenance():
        assert Paper.objects.get().prints.count() == 1


def test_another_commune_opens_neither_paper_nor_register():
    officer = entered(Role.COMMUNE_OFFICER)
    decision = drafted(officer)
    officer.post(f"/quyet-dinh/{decision.code}/in/", {"dang": "word"})
    with as_maintenance():
        paper = Paper.objects.get()
    stranger = entered(Role.COMMUNE_OFFICER, f"UBND-{THAI_BINH}")
    for address in (f"/quyet-dinh/{decision.code}/van-ban/", f"/van-ban/{paper.code}/", f"/van-ban/{paper.code}/ban-in/1/word/"):
        assert stranger.get(address).status_code == 404
        assert officer.get(address).status_code == 200
    assert stranger.post(f"/quyet-dinh/{decision.code}/in/", {"dang": "word"}).status_code == 404


def test_a_number_is_given_back_in_the_register_and_seen_there():
    clerk = entered(Role.CLERK)
    clerk.post("/van-ban/so-di/danh-so/", {"source": "own", "per_kind": "on", "since": "01/11/2026"})
    given = {
        "kind": "Thông báo",
        "symbol": "TB",
        "dated_on": "20/11/2026",
        "summary": "Về việc họp",
        "signer": "",
        "recipients": "",
    }
    clerk.post("/van-ban/so-di/ghi/", given)
    with as_maintenance():
        entry = OutgoingEntry.objects.get()
    assert clerk.post(f"/van-ban/so-di/{entry.code}/bo-so/", {"reason": ""}).status_code == 422
    clerk.post(f"/van-ban/so-di/{entry.code}/bo-so/", {"reason": "Hoãn họp"})
    page = clerk.get("/van-ban/so-di/?tinh_trang=bo").content.decode()
    assert "01/TB-UBND" in page and "Hoãn họp" in page
    assert "01/TB-UBND" not in clerk.get("/van-ban/so-di/?tinh_trang=con").content.decode()
    assert clerk.get("/van-ban/so-di/?xuat=xlsx").content[:2] == b"PK"
    assert entered(Role.COMMUNE_OFFICER).get(f"/van-ban/so-di/{entry.code}/bo-so/").status_code == 403


def test_where_numbers_are_typed_the_recorder_says_number_and_print():
    officer, clerk = entered(Role.COMMUNE_OFFICER), entered(Role.CLERK)
    decision = drafted(officer)
    page = f"/quyet-dinh/{decision.code}/"
    for signer in ("", post(Role.COMMUNE_CHAIRMAN).id):
        officer.post(f"{page}in/", {"signer": signer, "dang": "word"})
    assert "ghi khi ghi nhận bản quét" in clerk.get(f"{page}van-ban/").content.decode()
    assert "Bản in 2" in (form := clerk.get(f"{page}ghi-nhan/").content.decode()) and "Bản in 1" in form
    given = {
        "number": "88/QĐ-UBND",
        "signed_on": "20/11/2026",
        "signer_name": "Lê Văn Phó",
        "signer_title": "KT. Chủ tịch, Phó Chủ tịch",
    }
    assert clerk.post(f"{page}ghi-nhan/", {**given, "print_number": "9", "scan": scan()}).status_code == 422
    assert clerk.post(f"{page}ghi-nhan/", {**given, "print_number": "1", "scan": scan()}).status_code == 302
    with as_maintenance():
        assert Paper.objects.get().prints.get(is_signed=True).number == 1
        assert OutgoingEntry.objects.get().symbol == "88/QĐ-UBND"
