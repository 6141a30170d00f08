"""Lists of money: what the chairman signs, what people sign, what the payer, the accountant and the insurance office get."""

from __future__ import annotations

from datetime import date

from tests.papers.printing import word_of

from ansinh.access.tests.factories import commune, post
from ansinh.entitlements.exports import insurance_workbook
from ansinh.entitlements.models import DecisionItem
from ansinh.entitlements.queries.insurance import insurance_changes
from ansinh.entitlements.tests.factories import grant
from ansinh.payments import queries
from ansinh.payments.exports import approval_pdf, changes_workbook, claims_workbook, payer_workbook, signing_pdf
from ansinh.payments.models import Handover, PaymentList
from ansinh.payments.papers import minutes_content
from ansinh.payments.tests import factories as month
from ansinh.people.tests.factories import person

MAY, JUN, JUL = date(2026, 5, 1), date(2026, 6, 1), date(2026, 7, 1)
_NAMES = ("Bùi Văn An", "Cao Thị Bé", "Đào Văn Cả", "Hồ Thị Lan Phương", "Nguyễn Thị Tư")


def examples() -> dict[str, bytes]:
    """Each as a file, by name."""
    entries = [grant(person(name, f"194{n}-0{n + 1}-08")) for n, name in enumerate(_NAMES)]
    month.decide(entries[0], "recovery", JUN, recorded=month.before(JUN, 10), amount_vnd=500_000, months=(MAY,))
    month.paid(JUN, absent={"Cao Thị Bé"})
    month.decide(entries[1], "stop", JUL, recorded=month.before(JUL, 10))
    grant(person("Lý Thị Mới", "1950-01-02"), months_from=JUL, signed=month.before(JUL, 11))
    found = month.handed_over(JUL)
    lines = found.lines.order_by("village_name", "sort_key", "id")
    recoveries = DecisionItem.objects.filter(act="recovery").values("pk")
    claims = (
        queries.claims()
        .filter(pk__in=recoveries)
        .select_related("person", "decision__unit")
        .order_by("decision__signed_on", "pk")
    )
    return {
        "danh-sach-chi-tra-trinh-ky.pdf": approval_pdf(found, lines),
        "danh-sach-chi-tra-ky-nhan.pdf": signing_pdf(found, lines, method="Tiền mặt"),
        "tep-to-chuc-chi-tra.xlsx": payer_workbook(found, lines, method="Tiền mặt"),
        "tang-giam.xlsx": changes_workbook(found, queries.comparison(found).changes),
        "khoan-phai-thu.xlsx": claims_workbook(claims, on=JUL),
        "bien-ban-ban-giao.docx": word_of(minutes_content(_handover(found), by=post(), on=date(2026, 6, 23))),
        "bao-hiem-y-te.xlsx": insurance_workbook(
            insurance_changes(unit_ids=[commune().id], month=JUL), JUL, "Xã Quỳnh Phụ"
        ),
    }  # fmt: skip


def _handover(found: PaymentList) -> Handover:
    """The file of its payer; the hash of the workbook tells the moment it was written, so it is left out."""
    made = Handover.objects.select_related("list__run", "payer", "file").get(list=found)
    made.file = None
    return made
