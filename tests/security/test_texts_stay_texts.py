"""What somebody typed is shown as they typed it: never run by a browser, never reckoned by a spreadsheet, never a header."""

from __future__ import annotations

import io
from zipfile import ZipFile

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.security.crawling import walk
from tests.security.filling import fill_commune
from tests.security.test_other_communes import codes_of, pages

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, QUYNH_PHU, commune, post
from ansinh.entitlements.tests.factories import grant
from ansinh.files import operations as files
from ansinh.files.models import StoredFile
from ansinh.pages.forms import UploadField
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import division, signed_in

pytestmark = pytest.mark.django_db
TAG = "\"'><img src=x onerror=alert(1)>"
FORMULAS = ("=1+1", "+1+1", "-1+1", "@SUM(1)", "\t=1+1", "=cmd|' /C calc'!A0")


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = DAY


@pytest.mark.parametrize("who", [Role.COMMUNE_OFFICER, Role.INSPECTOR, Role.DIVISION_OFFICER])
def test_no_page_runs_what_was_typed(as_maintenance, who):
    post(office=f"UBND-{QUYNH_PHU}")
    rows = fill_commune(commune(), TAG)
    client = signed_in() if who == Role.COMMUNE_OFFICER else division(who)
    seen, _ = walk(client, ["/", *sorted(path for _, path in pages(codes_of(rows)))])
    texts = list(seen.values())
    assert sum("&lt;img src=x" in text for text in texts) >= 5
    assert not [text for text in texts if "<img src=x" in text]
    harmless = ("&lt;img src=x onerror=alert(1)&gt;", "%3Cimg%20src=x%20onerror=alert(1)%3E")  # as text; within an address
    for shown in harmless:
        texts = [text.replace(shown, "") for text in texts]
    assert not [text for text in texts if "onerror=" in text]


def test_no_page_carries_a_script_or_style_of_its_own():
    page = signed_in().get("/")
    policy = page["Content-Security-Policy"]
    assert "default-src 'self'" in policy and "unsafe" not in policy and "object-src 'none'" in policy
    assert page["X-Content-Type-Options"] == "nosniff" and page["X-Frame-Options"] == "DENY"


# Spreadsheets --------------------------------------------------------------------------------------------------------
def formulas(data: bytes) -> list[str]:
    """Cells a spreadsheet program would reckon."""
    found = [
        cell.coordinate for sheet in openpyxl.load_workbook(io.BytesIO(data)) for row in sheet.iter_rows() for cell in row
        if cell.data_type == "f" and not str(cell.value).startswith(("=SUM(", "=SUBTOTAL("))
    ]  # fmt: skip
    with ZipFile(io.BytesIO(data)) as book:
        linked = [name for name in book.namelist() if "externalLink" in name or "vbaProject" in name]
    return found + linked


@pytest.mark.parametrize("evil", FORMULAS)
def test_no_workbook_reckons_what_was_typed(as_maintenance, evil):
    someone = person(f"{evil} Bính", "1940-01-01", address=evil, payment_book=evil)
    grant(someone)
    found = month.handed_over()
    with as_maintenance():
        (handover,) = found.handovers.select_related("file")
        decision = someone.entitlements.select_related("granted_by__decision").get().granted_by.decision
    client = signed_in()
    taken = 0
    for path in (
        "/nguoi/?xuat=xlsx", "/so-huong/?xuat=xlsx", f"/quyet-dinh/{decision.code}/?xuat=xlsx", "/so-lieu/nguoi/?xuat=xlsx",
        "/so-lieu/?xuat=xlsx", f"/chi-tra/{found.code}/chenh-lech/?xuat=xlsx", f"/tep/{handover.file.token}/",
    ):  # fmt: skip
        response = client.get(path)
        assert response.status_code == 200, path
        assert formulas(response.content) == [], path
        taken += evil.strip() in " ".join(texts_of(response.content))
    assert taken >= 4


def texts_of(data: bytes) -> list[str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


# Files ---------------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("name", ['a"; filename="b.html', "x\r\nSet-Cookie: a=b.pdf", "../../b.pdf", "ảnh ký.pdf", "a" * 500])
def test_the_name_of_a_file_is_no_header(as_maintenance, name):
    by = post()
    with as_maintenance():
        stored = files.store_scan(name=name, data=b"%PDF-1.4", purpose="decision", unit=commune(), by=by, now=NOW)
    response = signed_in().get(f"/tep/{stored.token}/")
    said = response["Content-Disposition"]
    assert said.startswith("attachment") and "\r" not in said and "\n" not in said and "Set-Cookie" not in response
    assert response["Content-Type"] == "application/pdf" and response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("data", [b"<svg onload='alert(1)'/>", b"<html><script>alert(1)</script>", b"GIF89a", b"MZ\x90\0", b""])
@pytest.mark.parametrize("name", ["ky.pdf", "ky.svg", "ky.html"])
def test_what_is_no_scan_is_not_kept_as_one_whatever_it_is_called(as_maintenance, data, name):
    grant(person(born="1940-01-01"))
    found = month.proposed()
    with as_maintenance():
        month.operations.check_list(payment_list=found, by=month.officer(), now=month.before(month.SUMMER, 20))
    with as_maintenance():
        sums = month.sums_on_paper(found)
    asked = {
        "number": "1", "signed_on": "21/06/2026", "signer_name": "Phạm Văn Ký", "scan": SimpleUploadedFile(name, data),
        "total_vnd": sums.total_vnd, "people": sums.people,
    }  # fmt: skip
    assert signed_in(Role.CLERK).post(f"/chi-tra/{found.code}/duyet/", asked).status_code == 422
    with as_maintenance():
        assert not StoredFile.objects.filter(purpose="approval").exists()


def test_a_heavy_file_is_refused_before_it_is_read():
    class Heavy(SimpleUploadedFile):
        def read(self, *size):
            raise AssertionError("was read")

    heavy = Heavy("to.pdf", b"%PDF-")
    heavy.size = 21 * 1024 * 1024
    with pytest.raises(Exception, match="tối đa 20 MB"):
        UploadField().clean(heavy)
