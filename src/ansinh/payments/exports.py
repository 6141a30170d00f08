"""The payer's file and the signing sheet. No category stands on them, for anyone, so that its absence tells nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import groupby

from django.utils.translation import override

from ansinh.entitlements.models import Benefit, DecisionItem
from ansinh.kernel.money import number_text
from ansinh.kernel.periods import months_text, parse_month
from ansinh.payments.models import LineKind, PaymentLine, PaymentList
from ansinh.payments.queries.comparing import REASONS
from ansinh.payments.queries.sums import sums_on_paper
from ansinh.rendering.pdf import PLAIN, signing_sheet
from ansinh.rendering.sheets import Column, Group, Sheet, SignBlock, one_group
from ansinh.rendering.workbooks import write_workbook

_SIGN = (SignBlock("NGƯỜI LẬP BIỂU"), SignBlock("KẾ TOÁN"), SignBlock("CHỦ TỊCH", "(Ký tên, đóng dấu)"))

PAYER_COLUMNS = (
    Column("code", "Mã dòng", 12, "code"),
    Column("index", "STT", 5, "index"),
    Column("book", "Mã đối tượng", 13, "code"),
    Column("name", "Họ và tên", 24),
    Column("born", "Năm sinh", 11, "code"),
    Column("decision", "Số quyết định", 16, "code"),
    Column("coefficient", "Hệ số", 7, "coefficient"),
    Column("month_amount", "Số tiền tháng này", 13, "money", summed=True),
    Column("arrears", "Truy lĩnh", 12, "money", summed=True),
    Column("recovery", "Thu hồi", 11, "money", summed=True),
    Column("total", "Tổng số tiền", 14, "money", summed=True),
    Column("for_month", "Cho tháng", 12, "code"),
    Column("account", "Số tài khoản", 17, "code"),
    Column("bank", "Ngân hàng", 16),
    Column("payee", "Người nhận thay (họ tên, quan hệ, số giấy tờ)", 26),
    Column("received", "Đã nhận (x)", 8, editable=True),
    Column("received_on", "Ngày nhận", 11, "date", editable=True),
    Column("received_by", "Người nhận", 18, editable=True),
    Column("reason", "Lý do chưa nhận", 20, editable=True),
)
SIGNING_COLUMNS = (
    Column("index", "STT", 5, "index"),
    Column("code", "Mã dòng", 12, "code"),
    Column("name", "Họ và tên", 28),
    Column("born", "Năm sinh", 12, "code"),
    Column("for_month", "Cho tháng", 12, "code"),
    Column("total", "Số tiền (đồng)", 15, "money", summed=True),
    Column("payee", "Người nhận thay", 24),
    Column("sign", "Ký nhận", 22, "sign"),
)


_LINES = (
    Column("index", "STT", 6, "index"),
    Column("code", "Mã dòng", 13, "code"),
    Column("name", "Họ và tên", 26),
    Column("born", "Năm sinh", 11, "code"),
    Column("village", "Thôn, tổ dân phố", 20),
    Column("for_month", "Cho tháng", 11, "code"),
    Column("kind", "Loại", 22),
    Column("amount", "Số tiền (đồng)", 16, "money", summed=True),
    Column("method", "Hình thức", 13),
    Column("state", "Tình trạng", 13),
    Column("reason", "Lý do dừng, chưa nhận", 30),
)


@override("vi")
def lines_workbook(payment_list: PaymentList, lines: Iterable[PaymentLine]) -> bytes:
    """The lines of a list as they stand on the screen, filtered and in its order. A held line carries no sum."""
    rows = (
        {
            "code": line.code, "name": line.person_name, "born": line.born_text, "village": line.village_name,
            "for_month": f"{line.benefit_month:%m/%Y}", "kind": line.get_kind_display(),
            "amount": None if line.state == "held" else line.amount_vnd, "method": line.get_method_display(),
            "state": line.get_state_display(), "reason": line.hold_reason or line.return_note,
        }
        for line in lines
    )  # fmt: skip
    month = payment_list.run.benefit_month
    title = (f"CÁC DÒNG CHI TRẢ THÁNG {month:%m/%Y}", f"{payment_list.unit.name}, mã danh sách {payment_list.code}")
    target = BytesIO()
    sheet = Sheet(f"{month:%m-%Y}", _LINES, one_group(rows), title_lines=title, total_label="Tổng cộng", in_words_of="amount")
    write_workbook(target, [sheet])
    return target.getvalue()


@override("vi")
def payer_workbook(payment_list: PaymentList, lines: Iterable[PaymentLine], *, method: str) -> bytes:
    """The file of one payer and method: a row a person, with the stable code of their first line and columns for the answer."""
    target = BytesIO()
    write_workbook(target, [_sheet(payment_list, lines, PAYER_COLUMNS, method)])
    return target.getvalue()


_APPROVAL = tuple(
    column for column in PAYER_COLUMNS if not column.editable and column.key not in ("account", "bank", "decision", "payee")
)


@override("vi")
def approval_pdf(payment_list: PaymentList, lines: Iterable[PaymentLine]) -> bytes:
    """The list on paper for the chairman: checked, printed, signed, then recorded with its scan and the sums that stand on it."""
    sheet, sums = _sheet(payment_list, lines, _APPROVAL, "tất cả"), sums_on_paper(payment_list)
    told = f"Tổng cộng: {number_text(sums.people)} người, {number_text(sums.total_vnd)} đồng"
    return signing_sheet([replace(sheet, title_lines=(*sheet.title_lines, told))], look=PLAIN)


@override("vi")
def signing_pdf(payment_list: PaymentList, lines: Iterable[PaymentLine], *, method: str) -> bytes:
    """The large-print sheet people sign on."""
    return signing_sheet([_sheet(payment_list, lines, SIGNING_COLUMNS, method)])


def _sheet(payment_list: PaymentList, lines: Iterable[PaymentLine], columns: tuple[Column, ...], method: str) -> Sheet:
    month = payment_list.run.benefit_month
    return Sheet(
        name=f"{month:%m-%Y}",
        columns=columns,
        groups=_by_village(lines),
        letterhead=(
            (f"UBND {payment_list.unit.name.upper()}", f"Số: {payment_list.approved_number}"),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        ),
        title_lines=(
            f"DANH SÁCH CHI TRẢ THÁNG {month:%m/%Y}",
            f"{payment_list.unit.name}, hình thức: {method.lower()}, mã danh sách {payment_list.code}",
        ),
        total_label="Tổng cộng",
        in_words_of="total",
        sign_blocks=_SIGN,
        footer=f"{payment_list.code} – {payment_list.unit.name}",
    )


def rows_of(lines: Iterable[PaymentLine]) -> dict[str, list[PaymentLine]]:
    """The lines of each row of a file, under the code that stands on it: a person is one row, however many months it holds.
    What is given for a funeral goes to somebody else and is a row of its own.

    The code is that of the person's first line. Lines of a handed-over file never change, so the code never does.
    """
    by_person: dict[tuple[int, bool], list[PaymentLine]] = {}
    for line in lines:
        by_person.setdefault((line.person_id, line.benefit == Benefit.FUNERAL), []).append(line)
    first = [sorted(mine, key=lambda line: (line.kind != LineKind.REGULAR, line.id)) for mine in by_person.values()]
    return {mine[0].code: mine for mine in first}


def _by_village(lines: Iterable[PaymentLine]) -> Iterator[Group]:
    for village, rows in groupby(rows_of(lines).items(), key=lambda row: row[1][0].village_name):
        yield Group((_row(code, mine) for code, mine in rows), title=village or "Chưa rõ thôn")


def _row(code: str, mine: list[PaymentLine]) -> dict:
    line = mine[0]
    regular = [one for one in mine if one.kind == LineKind.REGULAR]
    sums = {LineKind.REGULAR: "month_amount", LineKind.ONCE: "month_amount", LineKind.RECOVERY: "recovery"}
    amounts: dict[str, int] = {}
    for one in mine:
        column = sums.get(one.kind, "arrears")
        amounts[column] = amounts.get(column, 0) + abs(one.amount_vnd)
    return {
        "code": code,
        "book": line.book,
        "name": line.person_name,
        "born": line.born_text,
        "decision": "; ".join(dict.fromkeys(one.decision_number for one in mine if one.decision_number)),
        "coefficient": sum(one.coefficient * one.count for one in regular) or None,
        **amounts,
        "total": sum(one.amount_vnd for one in mine),
        "for_month": months_text({one.benefit_month for one in mine}),
        "account": line.account_number,
        "bank": line.bank,
        "payee": ", ".join(part for part in (line.payee_name, line.payee_relation, line.payee_number) if part),
    }


_CHANGES = (
    Column("index", "STT", 6, "index"),
    Column("code", "Mã đối tượng", 13, "code"),
    Column("name", "Họ và tên", 28),
    Column("reason", "Lý do", 30),
    Column("before", "Tháng trước (đồng)", 16, "money", summed=True),
    Column("now", "Tháng này (đồng)", 16, "money", summed=True),
    Column("difference", "Chênh lệch (đồng)", 16, "money", summed=True),
    Column("basis", "Căn cứ", 30),
)


@override("vi")
def changes_workbook(payment_list: PaymentList, changes: Iterable) -> bytes:
    """The sheet of increases and decreases, person by person."""
    rows = [
        {
            "code": c.code, "name": c.name, "reason": REASONS[c.reason], "before": c.before_vnd, "now": c.now_vnd,
            "difference": c.amount_vnd, "basis": c.basis,
        }
        for c in changes
    ]  # fmt: skip
    title = (
        f"TĂNG, GIẢM THÁNG {payment_list.run.benefit_month:%m/%Y}",
        f"{payment_list.unit.name}, mã danh sách {payment_list.code}",
    )
    target = BytesIO()
    sheet = Sheet("Tăng giảm", _CHANGES, one_group(rows), title_lines=title, total_label="Tổng cộng")
    write_workbook(target, [sheet])
    return target.getvalue()


_CLAIMS = (
    Column("index", "STT", 6, "index"),
    Column("code", "Mã đối tượng", 13, "code"),
    Column("name", "Họ và tên", 26),
    Column("commune", "Xã, phường", 20),
    Column("decision", "Quyết định thu hồi", 18, "code"),
    Column("signed_on", "Ngày ký", 11, "date"),
    Column("months", "Các tháng", 24),
    Column("total", "Phải thu (đồng)", 15, "money", summed=True),
    Column("taken", "Đã trừ (đồng)", 15, "money", summed=True),
    Column("repaid", "Đã nộp (đồng)", 15, "money", summed=True),
    Column("written", "Đã xóa nợ (đồng)", 15, "money", summed=True),
    Column("left", "Còn lại (đồng)", 15, "money", summed=True),
    Column("reason", "Lý do", 40),
)


@override("vi")
def claims_workbook(claims: Iterable[DecisionItem], *, on: date) -> bytes:
    """Money to be paid back as it stands on a day, with what is left of each claim."""
    rows = (
        {
            "code": one.person.code, "name": one.person.full_name, "commune": one.decision.unit.name,
            "decision": one.decision.number, "signed_on": one.decision.signed_on,
            "months": months_text(map(parse_month, one.months)), "total": one.total, "taken": one.taken, "repaid": one.repaid,
            "written": one.written, "left": one.left, "reason": one.reason,
        }
        for one in claims
    )  # fmt: skip
    title = ("CÁC KHOẢN PHẢI THU HỒI", f"Đến ngày {on:%d/%m/%Y}")
    target = BytesIO()
    sheet = Sheet(
        "Phải thu", _CLAIMS, one_group(rows), title_lines=title, total_label="Tổng cộng", in_words_of="left", sign_blocks=_SIGN
    )
    write_workbook(target, [sheet])
    return target.getvalue()
