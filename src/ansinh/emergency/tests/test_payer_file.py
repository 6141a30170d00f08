"""The payer's file of a decided list: money that waits, village by village, with accounts and totals; no group on it."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.emergency import operations
from ansinh.emergency.tests.factories import act, gifts, mark
from ansinh.entitlements.tests.factories import grant
from ansinh.people import operations as people
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db


def decided():
    """Three gifts: one into an account, one fetched by a son, one received already."""
    banked, fetched, done = (person(name, "1940-01-01") for name in ("Lê Thị Tài Khoản", "Lê Thị Nhận Thay", "Lê Thị Xong"))
    for who in (banked, fetched, done):
        grant(who)
    with as_post(post(), on=DAY):
        people.set_account(
            person=banked, holder="LE THI TAI KHOAN", bank="Agribank", number="0123456789", since=date(2026, 1, 1),
            source="thẻ", by=post(), now=NOW,
        )  # fmt: skip
        people.set_payee(
            person=fetched, name="Lê Văn Con", relation="con", number="034085000001", basis="giấy ủy quyền",
            since=date(2026, 1, 1), by=post(), now=NOW,
        )  # fmt: skip
    made = gifts()
    with as_post(post(), on=DAY):
        operations.fill_gifts(aid_list=made, by=post(), now=NOW)
    act("submit", made)
    made = act("decide", made, resources={"gift": "province"})
    mark(made, "give", only="Lê Thị Xong")
    return made


def rows(page) -> list[dict]:
    head = next(row for row in page.iter_rows() if row[0].value == "Mã dòng")
    names = [cell.value for cell in head]
    found = [dict(zip(names, (cell.value for cell in row), strict=True)) for row in page.iter_rows(min_row=head[0].row + 1)]
    return [row for row in found if str(row["Mã dòng"] or "").startswith("DT")]


def test_what_waits_stands_by_method_with_account_payee_and_total(settings):
    settings.ANSINH_TODAY = DAY
    made = decided()
    address = reverse("emergency:payer_file", args=[made.code])
    assert address in signed_in(Role.ACCOUNTANT).get(reverse("emergency:list", args=[made.code])).text
    book = openpyxl.load_workbook(BytesIO(signed_in(Role.ACCOUNTANT).get(address).content))
    (cash,), (bank,) = rows(book["Tiền mặt"]), rows(book["Tài khoản"])
    assert (cash["Họ và tên"], cash["Tổng số tiền"]) == ("Lê Thị Nhận Thay", 400_000)
    assert cash["Người nhận thay (họ tên, quan hệ, số giấy tờ)"] == "Lê Văn Con, con, 034085000001"
    assert (bank["Số tài khoản"], bank["Ngân hàng"], bank["Số quyết định"]) == ("0123456789", "Agribank", "45/QĐ-UBND")
    words = [str(cell.value) for row in book["Tài khoản"].iter_rows() for cell in row if cell.value]
    assert any("Bốn trăm nghìn đồng" in word for word in words)


def test_a_list_nobody_decided_gives_no_file_and_who_only_looks_gets_none(settings):
    settings.ANSINH_TODAY = DAY
    grant(person("Lê Thị Một", "1940-01-01"))
    made = gifts()
    address = reverse("emergency:payer_file", args=[made.code])
    assert "chưa được quyết định" in signed_in().get(address, follow=True).text
    assert signed_in(Role.INSPECTOR, office="SYT").get(address).status_code == 403
