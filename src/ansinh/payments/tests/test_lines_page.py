"""Lines of a list: found by village and kind, taken out to a workbook, and printed for the signature."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from ansinh.access.models import Role
from ansinh.access.tests.factories import at
from ansinh.entitlements.tests.factories import grant
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person
from ansinh.people.tests.signing_in import signed_in

pytestmark = pytest.mark.django_db
JUL = date(2026, 7, 1)


@pytest.fixture(autouse=True)
def demo_day(settings):
    settings.ANSINH_TODAY = date(2026, 6, 20)


def test_the_list_is_printed_for_the_signature_before_it_is_signed():
    grant(person("Nguyễn Thị Tư"))
    found = month.proposed(JUL)
    door = reverse("payments:approval_sheet", args=[found.code])
    assert door in signed_in().get(reverse("payments:list", args=[found.code])).text
    assert signed_in(Role.CLERK).get(door).content[:5] == b"%PDF-"


def test_a_kind_chosen_leaves_the_other_lines_out_of_page_and_workbook():
    grant(person("Người Đúng Hạn"))
    grant(person("Người Truy Lĩnh"), months_from=JUL, signed=at(2026, 6, 19))
    month.paid(JUL)
    found = month.proposed(date(2026, 8, 1))
    door = reverse("payments:lines", args=[found.code])
    text = signed_in().get(door, {"loai": "arrears"}).text
    assert "Người Truy Lĩnh" in text and "Người Đúng Hạn" not in text
    book = openpyxl.load_workbook(BytesIO(signed_in().get(door, {"loai": "arrears", "xuat": "xlsx"}).content))
    cells = [cell for row in book.active.iter_rows(values_only=True) for cell in row]
    assert "Người Truy Lĩnh" in cells and "Người Đúng Hạn" not in cells and 500_000 in cells
