"""Whatever is typed into a form or an address, the site answers in words: never with an error of ours."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from django.test import Client
from tests.security.filling import fill_commune
from tests.security.test_other_communes import codes_of, pages

from ansinh.access.models import Role
from ansinh.access.tests.factories import QUYNH_PHU, commune, post
from ansinh.imports.models import Batch, Row
from ansinh.payments.models import BudgetSource

pytestmark = pytest.mark.django_db


@pytest.fixture
def entered(as_maintenance):
    """A client of a role in a commune where every table has a row, and the addresses of those rows."""
    post(office=f"UBND-{QUYNH_PHU}")
    rows = fill_commune(commune(QUYNH_PHU))

    def enter(role: str, office: str) -> tuple[Client, list[str]]:
        client = Client(raise_request_exception=False)
        client.force_login(post(role, office=office).user)
        return client, ["/", *sorted(path for _, path in pages(codes_of(rows)))]

    return enter


# One of each kind is enough for an address: it goes through the same readers as the forms.
IN_ADDRESSES = ("a\0b", "9" * 30, "²", "x" * 1001, "'\"><script>", "\r\nX: y", "13/2026", "31/12/9999")


def test_no_address_breaks_whatever_stands_in_it(entered):
    client, start = entered(Role.DIVISION_OFFICER, "BTXH")
    names = ("sap", "sau", "truoc", "trang", "thang", "ngay", "q", "tim", "xa", "loai", "don_vi", "ly-do", "trang-thai", "next")
    paths = ["/", "/nguoi/", "/quyet-dinh/", "/so-huong/", "/chi-tra/", "/chi-tra/kinh-phi/", "/so-lieu/", "/so-lieu/nguoi/", "/tim/",
             "/nhap-danh-sach/cho-bo-sung/", "/dia-ban/", "/thanh-phan/"]  # fmt: skip
    paths += [path for path in start if path.startswith(("/nguoi/NT", "/chi-tra/DS", "/nhap-danh-sach/L"))]
    for evil in IN_ADDRESSES:
        for path in paths:
            assert client.get(path, dict.fromkeys(names, evil)).status_code < 500, (path, evil)
        for room in ("nguoi", "ho", "quyet-dinh", "so-huong", "chi-tra", "nhap-danh-sach", "dia-ban", "chinh-sach"):
            for tail in ("", "vi-sao/", "thay-doi/"):
                path = f"/{room}/{quote(evil, safe='')}/{tail}"
                assert client.get(path).status_code in (200, 301, 302, 400, 403, 404), path


def test_filters_of_the_list_of_people_may_all_be_set_at_once(entered):
    client, _ = entered(Role.COMMUNE_OFFICER, f"UBND-{QUYNH_PHU}")
    asked = {"tim": "a", "xa": commune(QUYNH_PHU).id, "hoan_canh": "disability", "tuoi": "60-74", "sap": "75"}
    assert client.get("/nguoi/", asked).status_code == 200


@pytest.mark.parametrize("name", ["sessionid", "csrftoken", "django_language", "look"])
def test_no_cookie_breaks_a_page(client, name):
    client.raise_request_exception = False
    for value in ("\0", '"\\000"', "x" * 3000, "%00"):
        client.cookies[name] = value
        assert client.get("/dang-nhap/").status_code < 500, value


def test_the_zero_character_is_refused_in_words(entered):
    client, _ = entered(Role.COMMUNE_OFFICER, f"UBND-{QUYNH_PHU}")
    response = client.post("/chuc-vu/", {"post": "a\0b"})
    assert response.status_code == 400 and "text/html" in response["Content-Type"]


@pytest.mark.parametrize("amount", ["9223372036854775808", "9" * 30, "-" + "9" * 30, "1.000.000.000.000.000.000"])
def test_a_sum_that_no_column_holds_is_refused_in_words(entered, amount):
    client, _ = entered(Role.ACCOUNTANT, f"UBND-{QUYNH_PHU}")
    asked = {"source": BudgetSource.objects.first().pk, "kind": "estimate", "amount_vnd": amount, "paper": "12/GRDT"}
    response = client.post("/chi-tra/kinh-phi/", asked)
    assert response.status_code == 422 and "Số tiền" in response.text


@pytest.mark.parametrize("number", ["²", "٣", "9" * 30, "-1"])
def test_a_choice_that_is_no_key_chooses_nobody(entered, number, as_maintenance):
    client, _ = entered(Role.COMMUNE_OFFICER, f"UBND-{QUYNH_PHU}")
    with as_maintenance():
        batch = Batch.objects.first()
        row = batch.rows.first()
    page = f"/nhap-danh-sach/{batch.code}/"
    assert client.post(f"{page}chon-nguoi/", {f"dong-{number}": number, f"dong-{row.number}": number}).status_code == 302
    assert client.post(f"{page}dong/{row.number}/", {"act": "choose", "person": number}).status_code in (302, 422)
    with as_maintenance():
        assert not Row.objects.filter(is_new=True).exists() and not Row.objects.exclude(person_key=None).exists()


@pytest.mark.parametrize("number", ["9" * 30, "0", "9223372036854775807"])
def test_a_number_in_an_address_that_is_no_key_is_nothing(entered, number):
    client, _ = entered(Role.INSPECTOR, "SYT")
    assert client.get(f"/nhat-ky/{number}/").status_code == 404
    client, _ = entered(Role.COMMUNE_OFFICER, f"UBND-{QUYNH_PHU}")
    assert client.get(f"/phieu-bien-dong/{number}/").status_code == 404
