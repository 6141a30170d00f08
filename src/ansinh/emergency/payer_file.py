"""The file of money of a decided list for whoever pays it out: a row a line, with its stable code and columns for the answer.

In the columns of the monthly lists, so that the payer reads one kind of file. No ground and no group stands on it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from io import BytesIO
from itertools import groupby

from django.utils.translation import override

from ansinh.emergency.models import AidLine, AidList
from ansinh.people.models import BankAccount, Payee, Person
from ansinh.rendering.sheets import Column, Group, Sheet, SignBlock
from ansinh.rendering.workbooks import write_workbook

_COLUMNS = (
    Column("code", "Mã dòng", 12, "code"),
    Column("index", "STT", 5, "index"),
    Column("book", "Mã đối tượng", 13, "code"),
    Column("name", "Họ và tên", 24),
    Column("born", "Năm sinh", 11, "code"),
    Column("decision", "Số quyết định", 16, "code"),
    Column("total", "Tổng số tiền", 14, "money", summed=True),
    Column("account", "Số tài khoản", 17, "code"),
    Column("bank", "Ngân hàng", 16),
    Column("payee", "Người nhận thay (họ tên, quan hệ, số giấy tờ)", 26),
    Column("received", "Đã nhận (x)", 8, editable=True),
    Column("received_on", "Ngày nhận", 11, "date", editable=True),
    Column("received_by", "Người nhận", 18, editable=True),
    Column("reason", "Lý do chưa nhận", 20, editable=True),
)
_SIGN = (SignBlock("NGƯỜI LẬP BIỂU"), SignBlock("KẾ TOÁN"), SignBlock("CHỦ TỊCH", "(Ký tên, đóng dấu)"))


@override("vi")
def payer_workbook(aid_list: AidList, *, on: date) -> bytes:
    """Money that still waits to be received, village by village: one sheet in cash, one into accounts, each with its total."""
    lines = aid_list.lines.filter(state="to_give", amount_vnd__gt=0).select_related("person")
    lines = list(lines.order_by("village_name", "sort_key", "id"))
    people = [line.person_id for line in lines if line.person_id]
    accounts = {row.person_id: row for row in BankAccount.objects.filter(person__in=people, period__contains=on)}
    payees = {row.person_id: row for row in Payee.objects.filter(person__in=people, period__contains=on)}
    sheets = []
    for label, wanted in (("Tiền mặt", False), ("Tài khoản", True)):
        mine = [line for line in lines if (line.person_id in accounts) is wanted]
        if mine:
            sheets.append(_sheet(aid_list, label, _by_village(aid_list, mine, accounts, payees)))
    target = BytesIO()
    write_workbook(target, sheets or [_sheet(aid_list, "Tiền mặt", iter(()))])
    return target.getvalue()


def _sheet(aid_list: AidList, label: str, groups: Iterable[Group]) -> Sheet:
    return Sheet(
        label, _COLUMNS, groups, title_lines=("DANH SÁCH CHI TRẢ", aid_list.occasion.name, f"{aid_list.unit.name}, hình thức: {label.lower()}"),
        letterhead=(
            (f"UBND {aid_list.unit.name.upper()}", f"Số: {aid_list.decision_number}"),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        ),
        total_label="Tổng cộng", in_words_of="total", sign_blocks=_SIGN, footer=f"{aid_list.code} – {aid_list.unit.name}",
    )  # fmt: skip


def _by_village(
    aid_list: AidList, lines: Iterable[AidLine], accounts: dict[int, BankAccount], payees: dict[int, Payee]
) -> Iterator[Group]:
    for village, rows in groupby(lines, key=lambda line: line.village_name):
        told = (_row(aid_list, one, accounts.get(one.person_id), payees.get(one.person_id)) for one in rows)
        yield Group(told, title=village or "Chưa rõ thôn")


def _row(aid_list: AidList, line: AidLine, account: BankAccount | None, payee: Payee | None) -> dict:
    return {
        "code": line.code, "book": _book(line.person), "name": line.recipient, "born": line.born_text,
        "decision": aid_list.decision_number, "total": line.amount_vnd,
        "account": account.number if account else "", "bank": account.bank if account else "",
        "payee": ", ".join(part for part in (payee.name, payee.relation, payee.number) if part) if payee else "",
    }  # fmt: skip


def _book(person: Person | None) -> str:
    return (person.payment_book or person.code) if person else ""
