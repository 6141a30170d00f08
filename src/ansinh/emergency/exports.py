"""Lists to fill in, to sign for and to keep; the proposal, the report of results and the summary of a fund as papers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from io import BytesIO
from itertools import groupby

from django.utils.translation import override

from ansinh.access.models import Office
from ansinh.documents.letterhead import full_name, long_day, place_of
from ansinh.emergency.models import (
    AidKind,
    AidLine,
    AidList,
    FundEntry,
    FundEntryKind,
    Occasion,
    OccasionKind,
    Protection,
    ReliefFund,
)
from ansinh.emergency.queries import Balance, KindTotal, LeftOut, PlaceRow, Stay, VillageTotal
from ansinh.emergency.sheet import COLUMNS
from ansinh.kernel.money import money_text, number_text
from ansinh.rendering.papers import Grid, Paper, Paragraph, write_paper
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


def _paper(office: Office, kind: str, summary: str, blocks: tuple, on: date) -> bytes:
    return write_paper(
        Paper(
            parent="", office=full_name(office), place=place_of(office), dated=long_day(on), kind=kind, summary=summary,
            blocks=blocks, sign_blocks=(SignBlock("NGƯỜI LẬP BIỂU"), SignBlock("CHỦ TỊCH", "(Ký tên, đóng dấu)")),
        )
    )  # fmt: skip


@override("vi")
def proposal_docx(aid_list: AidList, lines: Iterable[AidLine], *, on: date) -> bytes:
    """The commune's proposal with its list, to be signed (in the place of Mẫu 5b; the annex of NĐ 335 was not read)."""
    rows = []
    for village, mine in groupby(lines, key=lambda line: line.village_name):
        rows.append((f"{village or 'Chưa rõ thôn'}",))
        rows += [
            (
                str(place), line.recipient, line.born_text, line.get_kind_display(), str(line.persons or ""),
                number_text(line.rice_kg) if line.rice_kg else "", line.goods,
                number_text(line.amount_vnd) if line.amount_vnd else "",
            )
            for place, line in enumerate(mine, 1)
        ]  # fmt: skip
    grid = Grid(
        ("STT", "Họ và tên", "Năm sinh", "Khoản", "Số người", "Gạo (kg)", "Hiện vật", "Số tiền (đồng)"),
        (8, 20, 10, 18, 9, 8, 13, 14), tuple(rows), right=frozenset({4, 5, 7}), centred=frozenset({0, 2}),
    )  # fmt: skip
    review = (
        f"Đã họp bình xét ngày {aid_list.reviewed_on:%d/%m/%Y}."
        if aid_list.reviewed_on
        else "Trường hợp cấp bách, không tổ chức bình xét." if aid_list.skipped_review else ""
    )  # fmt: skip
    texts = [text for text in (aid_list.occasion.note, review) if text]
    blocks = (*(Paragraph(text) for text in texts), grid)
    return _paper(aid_list.office, "DANH SÁCH ĐỀ NGHỊ TRỢ GIÚP XÃ HỘI KHẨN CẤP", aid_list.occasion.name, blocks, on)


def _kinds_grid(kinds: list[KindTotal]) -> Grid:
    heads = ("Khoản", "Số dòng", "Gạo (kg)", "Số tiền (đồng)", "Đã nhận", "Gạo đã nhận (kg)", "Tiền đã nhận (đồng)")
    rows = tuple(
        (row.label, *(number_text(n) for n in (row.lines, row.rice_kg, row.amount_vnd, row.given, row.given_kg, row.given_vnd)))
        for row in kinds
    )
    return Grid(heads, (24, 9, 10, 15, 9, 12, 15), rows, right=frozenset(range(1, 7)))


def _villages_grid(villages: list[VillageTotal]) -> Grid:
    heads = ("Thôn, tổ dân phố", "Số dòng", "Đã nhận", "Gạo (kg)", "Số tiền (đồng)")
    rows = tuple(
        (row.name or "Chưa rõ thôn", *(number_text(n) for n in (row.lines, row.given, row.rice_kg, row.amount_vnd)))
        for row in villages
    )
    return Grid(heads, (30, 12, 12, 14, 20), rows, right=frozenset(range(1, 5)))


def _sources_grid(balances: list[Balance]) -> Grid:
    """Money by level with what is left; rice as received, given, left."""
    heads = ("Nguồn", "Được cấp (đồng)", "Đã phát (đồng)", "Nộp trả (đồng)", "Còn lại (đồng)", "Gạo được cấp, phát, còn (kg)")
    rows = tuple(
        (
            row.label,
            *(number_text(n) for n in (row.received_vnd, row.given_vnd, row.returned_vnd)),
            number_text(row.left_vnd) if row.is_tracked else "",
            "; ".join(number_text(n) for n in (row.received_kg, row.given_kg, row.left_kg)) if row.is_tracked else "",
        )
        for row in balances
    )
    return Grid(heads, (22, 15, 15, 15, 15, 22), rows, right=frozenset(range(1, 5)))


@override("vi")
def report_docx(
    aid_list: AidList, kinds: list[KindTotal], villages: list[VillageTotal], rows: list[Balance], *, absent: int, note: str, on: date
) -> bytes:  # fmt: skip
    """The result of the round: by kind, by village, by source, what was left over, and what the office says of it."""
    blocks = [
        Paragraph(f"Quyết định số {aid_list.decision_number}. Số dòng chưa nhận, đã nộp lại: {number_text(absent)}."),
        Paragraph("", label="1. Theo khoản hỗ trợ"), _kinds_grid(kinds),
        Paragraph("", label="2. Theo thôn, tổ dân phố"), _villages_grid(villages),
        Paragraph("", label="3. Theo nguồn"), _sources_grid(rows),
    ]  # fmt: skip
    if note:
        blocks += [Paragraph("", label="4. Nhận xét, kiến nghị"), Paragraph(note)]
    return _paper(aid_list.office, "BÁO CÁO", f"Kết quả {aid_list.occasion.name}", tuple(blocks), on)


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


@override("vi")
def fund_notice_docx(
    fund: ReliefFund, entries: Iterable[FundEntry], sums: Mapping[str, int], *, office: Office, on: date
) -> bytes:
    """What is published of a fund: who gave what, where it went, what remains. Entries that were taken back are left out."""
    standing = [one for one in entries if not one.is_taken_back and one.corrects_id is None]
    blocks: list = [
        Paragraph(
            f"Tồn đầu kỳ {money_text(sums['opening'])}; tiếp nhận {money_text(sums['received'])}; phân bổ "
            f"{money_text(sums['allocated'])}; còn lại {money_text(sums['left'])}. Hiện vật còn lại trị giá {money_text(sums['goods'])}."
        )
    ]
    for kind, title in ((FundEntryKind.RECEIVED, "1. Tiếp nhận"), (FundEntryKind.ALLOCATED, "2. Phân bổ")):
        rows = tuple(
            (
                str(place), f"{one.on:%d/%m/%Y}", one.party or (one.list.occasion.name if one.list else ""), one.receipt,
                number_text(one.amount_vnd) if one.amount_vnd else "", one.goods,
            ) for place, one in enumerate((one for one in standing if one.kind == kind), 1)
        )  # fmt: skip
        heads = ("STT", "Ngày", "Người ủng hộ, nơi nhận", "Chứng từ", "Số tiền (đồng)", "Hiện vật")
        grid = Grid(heads, (8, 13, 30, 12, 16, 20), rows, right=frozenset({4}), centred=frozenset({0, 1}))
        blocks += [Paragraph("", label=title), grid]
    return _paper(office, "CÔNG KHAI", f"Thu, phân bổ {fund.name}", tuple(blocks), on)
