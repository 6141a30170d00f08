"""The register and one petition as officers use them."""

from __future__ import annotations

from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.tests.factories import dossier
from ansinh.people.tests.signing_in import signed_in
from ansinh.petitions.models import Petition
from ansinh.petitions.tests.factories import fresh, petition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(settings):
    settings.ANSINH_TODAY = DAY


def test_from_the_counter_to_the_answer():
    about, client = dossier("received"), signed_in(Role.ONE_STOP)
    form = {
        "kind": "complaint", "received_on": "19/11/2026", "channel": "counter", "name": "Trần Văn Ba", "about": about.code,
        "content": "Hồ sơ quá hạn",
    }  # fmt: skip
    answer = client.post(reverse("petitions:new"), form)
    with as_maintenance():
        made = Petition.objects.select_related("dossier").get()
    assert answer.url == reverse("petitions:petition", args=[made.code]) and made.dossier == about
    assert "Bước tiếp: người đứng đầu" in client.get(answer.url).content.decode()
    chairman = signed_in(Role.COMMUNE_CHAIRMAN)
    page = chairman.get(answer.url).content.decode()
    assert about.code in page and "Chưa xác nhận" in page and "Điều 27 Luật Khiếu nại" in page
    chairman.post(reverse("petitions:act", args=[made.code, "giao"]), {"to": post().pk})
    chairman.post(reverse("petitions:act", args=[made.code, "thu-ly"]), {"note": ""})
    officer = signed_in()
    said = {
        "outcome": "right", "text": "Trả lời trong tuần", "number": "9/UBND", "signed_on": "20/11/2026", "signer_name": "Phạm Văn Ký",
        "result": about.code,
    }  # fmt: skip
    officer.post(reverse("petitions:act", args=[made.code, "ket-qua"]), said)
    done = fresh(made)
    assert (done.state, done.result_dossier_id) == ("answered", about.pk)
    assert "Trả lời trong tuần" in officer.get(answer.url).content.decode()
    assert made.code in officer.get(reverse("web:dossier", args=[about.code])).content.decode()


def test_the_search_of_every_page_opens_it_by_its_code():
    made = petition()
    answer = signed_in().get(reverse("web:search"), {"q": made.code.lower()})
    assert answer.url == reverse("petitions:petition", args=[made.code])


def test_a_code_nobody_knows_is_refused_in_words():
    form = {"kind": "report", "received_on": "19/11/2026", "channel": "counter", "about": "HS9", "content": "x"}
    answer = signed_in().post(reverse("petitions:new"), form)
    assert answer.status_code == 422 and "Không có mã này" in answer.content.decode()


@pytest.mark.parametrize(("act", "state"), [("khong-thu-ly", "not_admitted"), ("chuyen", "transferred"), ("rut", "withdrawn")])
def test_other_ends(act, state):
    made = petition()
    signed_in(Role.COMMUNE_CHAIRMAN).post(reverse("petitions:act", args=[made.code, act]), {"note": "Lý do"})
    assert fresh(made).state == state


def test_kind_and_days_are_changed_on_their_pages():
    made, chairman = petition("admitted"), signed_in(Role.COMMUNE_CHAIRMAN)
    answer = chairman.post(reverse("petitions:act", args=[made.code, "gia-han"]), {"until": "01/12/2027", "note": "x"})
    assert answer.status_code == 422 and "không quá" in answer.content.decode()
    other = petition()
    chairman.post(reverse("petitions:act", args=[other.code, "phan-loai"]), {"kind": "report", "note": ""})
    assert fresh(other).kind == "report"


def test_an_act_that_is_not_open_leads_back():
    made = petition()
    answer = signed_in(Role.CLERK).get(reverse("petitions:act", args=[made.code, "thu-ly"]))
    assert answer.url == reverse("petitions:petition", args=[made.code])
    assert signed_in(Role.CLERK).get(reverse("petitions:act", args=[made.code, "khong-co"])).status_code == 404


def test_the_register_is_filtered_and_taken_out():
    made, done = petition(), petition("transferred")
    client = signed_in()
    text = client.get(reverse("petitions:register")).content.decode()
    assert made.code in text and done.code not in text
    assert done.code in client.get(reverse("petitions:register"), {"trang_thai": "tat-ca", "loai": "complaint"}).content.decode()
    for since, found in (("20/11/2026", True), ("21/11/2026", False)):
        text = client.get(reverse("petitions:register"), {"tim": "tran van ba", "tu": since}).content.decode()
        assert (made.code in text) is found
    book = client.get(reverse("petitions:register"), {"xuat": "xlsx"}).content
    rows = list(openpyxl.load_workbook(BytesIO(book)).active.iter_rows(values_only=True))
    assert any(made.code in row and "Trần Văn Ba" in row for row in rows)
