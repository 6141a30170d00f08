"""Lists to fill in, to sign for and to keep: workbooks, and the sheet people sign on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import groupby

from django.utils.translation import override

from ansinh.emergency.models import (
    AidKind,
    AidLine,
    AidList,
    FundEntry,
    Occasion,
    OccasionKind,
    Protection,
    ReliefFund,
)
from ansinh.emergency.queries import LeftOut, PlaceRow, Stay
from ansinh.emergency.sheet import COLUMNS
from ansinh.kernel.money import money_text
from ansinh.rendering.pdf import signing_sheet
from ansinh.rendering.sheets import Column, Group, Sheet, SignBlock, one_group
from ansinh.rendering.workbooks import write_workbook

_SIGN = (SignBlock("NGƯỜI LẬP BIỂU"), SignBlock("KẾ TOÁN"), SignBlock("CHỦ TỊCH", "(Ký tên, đóng dấu)"))
_NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")

_LINES = (
    Column("code", "Mã dòng", 12, "code"),
    Column("index", "STT", 5, "index"),
    Column("name", "Họ và tên", 26),
    Column("born", "Năm sinh", 11, "code"),
    Column("village", "Thôn, tổ dân phố", 18),
    Column("kind", "Khoản", 24),
    Column("persons", "Số người", 8, "number"),
    Column("rice", "Gạo (kg)", 9, "number", summed=True),
    Column("goods", "Hiện vật", 22),
    Column("amount", "Số tiền (đồng)", 15, "money", summed=True),
    Column("article", "Căn cứ", 28),
    Column("resources", "Nguồn", 18),
    Column("state", "Tình trạng", 13),
    Column("fetched_by", "Người nhận thay", 22),
    Column("note", "Ghi chú", 24),
)
_LEFT_OUT = (
    Column("index", "STT", 5, "index"),
    Column("name", "Họ và tên", 26),
    Column("born", "Năm sinh", 11, "code"),
    Column("village", "Thôn, tổ dân phố", 18),
    Column("reason", "Lý do không có trong danh sách", 60),
)
_SIGNED = (
    Column("index", "STT", 5, "index"),
    Column("code", "Mã dòng", 12, "code"),
    Column("name", "Họ và tên", 26),
    Column("born", "Năm sinh", 11, "code"),
    Column("kind", "Khoản", 20),
    Column("rice", "Gạo (kg)", 9, "number", summed=True),
    Column("goods", "Hiện vật", 18),
    Column("amount", "Số tiền (đồng)", 15, "money", summed=True),
    Column("fetched_by", "Người nhận thay (họ tên, quan hệ)", 22),
    Column("sign", "Ký nhận", 20, "sign"),
)


def _row(line: AidLine) -> dict:
    return {
        "code": line.code, "name": line.recipient, "born": line.born_text, "village": line.village_name,
        "kind": line.get_kind_display(), "persons": line.persons, "rice": line.rice_kg or None, "goods": line.goods,
        "amount": line.amount_vnd or None, "article": line.article, "resources": line.get_resources_display(),
        "state": line.get_state_display(), "fetched_by": line.fetched_by, "note": line.note,
    }  # fmt: skip


def _head(aid_list: AidList, title: str) -> dict:
    decided = f"Kèm theo Quyết định số {aid_list.decision_number}" if aid_list.decision_number else ""
    return {
        "letterhead": ((f"UBND {aid_list.unit.name.upper()}", f"Số: {aid_list.decision_number}"), _NATION),
        "title_lines": tuple(part for part in (title, aid_list.occasion.name, decided) if part),
        "total_label": "Tổng cộng", "footer": f"{aid_list.code} – {aid_list.unit.name}",
    }  # fmt: skip


def _by_village(lines: Iterable[AidLine]) -> Iterator[Group]:
    for village, rows in groupby(lines, key=lambda line: line.village_name):
        yield Group((_row(line) for line in rows), title=village or "Chưa rõ thôn")


@override("vi")
def lines_workbook(aid_list: AidList, lines: Iterable[AidLine], left_out: Sequence[LeftOut] = ()) -> bytes:
    """The lines as they are filtered on the screen, in its order; on a sheet of their own those left out, with the reason."""
    head = _head(aid_list, _title(aid_list))
    target = BytesIO()
    sheet = Sheet("Danh sach", _LINES, one_group(_row(line) for line in lines), in_words_of="amount", sign_blocks=_SIGN, **head)
    write_workbook(target, [sheet, _left_out_sheet(aid_list, left_out)] if left_out else [sheet])
    return target.getvalue()


def _left_out_sheet(aid_list: AidList, left_out: Iterable[LeftOut]) -> Sheet:
    rows = (
        {
            "name": one.recipient.full_name, "born": one.recipient.born_text, "reason": one.reason,
            "village": one.recipient.village.name if one.recipient.village else "",
        }
        for one in left_out
    )  # fmt: skip
    title = ("NGƯỜI KHÔNG CÓ TRONG DANH SÁCH", aid_list.occasion.name)
    return Sheet("Khong co", _LEFT_OUT, one_group(rows), title_lines=title)


def _title(aid_list: AidList) -> str:
    return {
        OccasionKind.RELIEF: "DANH SÁCH TRỢ GIÚP XÃ HỘI KHẨN CẤP", OccasionKind.GIFTS: "DANH SÁCH TẶNG QUÀ",
        OccasionKind.VISIT: "DANH SÁCH THĂM, TẶNG QUÀ",
    }[OccasionKind(aid_list.occasion.kind)]  # fmt: skip


@override("vi")
def signing_pdf(aid_list: AidList, lines: Iterable[AidLine]) -> bytes:
    """The large-print sheet people sign on, village by village. It names no group and no ground of anybody."""
    columns = _SIGNED
    if aid_list.occasion.kind != OccasionKind.RELIEF:
        columns = tuple(column for column in columns if column.key not in ("kind", "rice"))
    head = _head(aid_list, f"{_title(aid_list)} – KÝ NHẬN")
    sheet = Sheet("ky", columns, _by_village(lines), in_words_of="amount", sign_blocks=_SIGN, **head)
    return signing_sheet([sheet])


@override("vi")
def blank_workbook(aid_list: AidList) -> bytes:
    """The sheet a village fills in and sends back."""
    editable = tuple(Column(name, heading, max(12, len(heading)), editable=True) for name, heading in COLUMNS)
    title = ("DANH SÁCH HỘ, NGƯỜI ĐỀ NGHỊ TRỢ GIÚP KHẨN CẤP", aid_list.occasion.name, _kinds_told())
    target = BytesIO()
    rows = one_group({} for _place in range(40))
    write_workbook(target, [Sheet("De nghi", editable, rows, title_lines=title)])
    return target.getvalue()


def _kinds_told() -> str:
    kinds = [kind for kind in AidKind if kind not in (AidKind.GIFT, AidKind.LEADER_GIFT)]
    return f"Khoản đề nghị ghi một trong: {'; '.join(str(kind.label) for kind in kinds)}."


_PLACES = (
    Column("index", "STT", 5, "index"),
    Column("unit", "Xã, phường", 26),
    Column("code", "Mã danh sách", 13, "code"),
    Column("state", "Tình trạng", 16),
    Column("lines", "Số dòng", 10, "number", summed=True),
    Column("given", "Đã nhận", 10, "number", summed=True),
    Column("waiting", "Chưa nhận", 10, "number", summed=True),
    Column("rice", "Gạo (kg)", 11, "number", summed=True),
    Column("amount", "Số tiền (đồng)", 17, "money", summed=True),
)


@override("vi")
def places_workbook(occasion: Occasion, rows: Iterable[PlaceRow]) -> bytes:
    """Where each commune stands with an occasion, those without a list too."""
    told = (
        {
            "unit": row.unit.name, "code": row.found.code if row.found else "",
            "state": row.found.get_state_display() if row.found else "Chưa lập", "lines": row.lines, "given": row.given,
            "waiting": row.waiting, "rice": row.rice_kg, "amount": row.amount_vnd,
        }
        for row in rows
    )  # fmt: skip
    target = BytesIO()
    title = ("TÌNH HÌNH THỰC HIỆN CỦA CÁC XÃ, PHƯỜNG", occasion.name)
    write_workbook(target, [Sheet("Xa phuong", _PLACES, one_group(told), title_lines=title, total_label="Tổng cộng")])
    return target.getvalue()


_STAY = (
    Column("what", "Nội dung", 40),
    Column("days", "Số ngày", 9, "number"),
    Column("level", "Mức (đồng)", 14, "money"),
    Column("amount", "Thành tiền (đồng)", 16, "money", summed=True),
    Column("article", "Căn cứ", 40),
)


@override("vi")
def stay_workbook(row: Protection, stay: Stay) -> bytes:
    """The money sheet of one stay. It names no ground."""
    rows = [
        {"what": "Tiền ăn", "days": stay.days, "level": stay.food_day_vnd, "amount": stay.food_vnd, "article": stay.article},
        {"what": f"Đưa về nơi cư trú, cơ sở: {row.get_transport_display()}", "amount": stay.transport_vnd},
        {"what": "Chi phí điều trị", "amount": stay.treatment_vnd},
    ]
    end = f"{row.ended_on:%d/%m/%Y}" if row.ended_on else "nay"
    title = (
        "BẢNG TÍNH CHI PHÍ BẢO VỆ KHẨN CẤP",
        f"{row.name}, từ {row.taken_in_on:%d/%m/%Y} đến {end}",
        f"Nơi chăm sóc: {row.carer}",
    )
    target = BytesIO()
    sheet = Sheet(
        row.code, _STAY, one_group(rows), title_lines=title, letterhead=((f"UBND {row.unit.name.upper()}",), _NATION),
        total_label="Tổng cộng", in_words_of="amount", sign_blocks=_SIGN,
    )  # fmt: skip
    write_workbook(target, [sheet])
    return target.getvalue()


_ENTRIES = (
    Column("index", "STT", 5, "index"),
    Column("code", "Mã", 12, "code"),
    Column("on", "Ngày", 11, "date"),
    Column("kind", "Loại", 14),
    Column("party", "Người ủng hộ, nơi nhận", 30),
    Column("receipt", "Chứng từ", 14),
    Column("received", "Thu (đồng)", 15, "money", summed=True),
    Column("allocated", "Phân bổ (đồng)", 15, "money", summed=True),
    Column("goods", "Hiện vật", 26),
    Column("goods_vnd", "Trị giá hiện vật (đồng)", 16, "money"),
    Column("note", "Ghi chú", 30),
)


@override("vi")
def fund_workbook(fund: ReliefFund, entries: Iterable[FundEntry], left: tuple[int, int]) -> bytes:
    """The book of a fund with what remains; counter-entries stand with their minus."""
    rows = (
        {
            "code": one.code, "on": one.on, "kind": one.get_kind_display(), "party": one.party or (one.list and one.list.occasion.name),
            "receipt": one.receipt, "goods": one.goods, "goods_vnd": one.goods_vnd or None,
            "allocated" if one.kind == "allocated" else "received": one.amount_vnd,
            "note": f"Đảo {one.corrects.code}: {one.reason}" if one.corrects else "",
        }
        for one in entries
    )  # fmt: skip
    below = (f"Còn lại: {money_text(left[0])} tiền; hiện vật trị giá {money_text(left[1])}.",)
    title = ("SỔ THU, PHÂN BỔ TIỀN, HÀNG CỨU TRỢ", fund.name, fund.purpose)
    target = BytesIO()
    sheet = Sheet(
        fund.code, _ENTRIES, one_group(rows), title_lines=tuple(part for part in title if part), total_label="Tổng cộng",
        letterhead=((f"UBND {fund.unit.name.upper()}",), _NATION), below_table=below, sign_blocks=_SIGN,
    )  # fmt: skip
    write_workbook(target, [sheet])
    return target.getvalue()
