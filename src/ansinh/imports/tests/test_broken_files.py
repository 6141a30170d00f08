"""Files that cannot be lists: each is refused with a Vietnamese sentence, none with a traceback."""

import io
import struct
import zipfile

import pytest

from ansinh.imports.reading.lists import read_list, read_pasted
from ansinh.imports.tests.building import GOOD_ROW, HEADINGS, SAMPLE, csv, ods, one_row, packed, repacked, xls, xlsx
from ansinh.kernel.errors import InvalidInput

GOOD = xlsx([HEADINGS, GOOD_ROW])
SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _swelling() -> bytes:
    return repacked(GOOD, {SHEET: b"<worksheet>" + b" " * (60 * 1024 * 1024) + b"</worksheet>"})


def _lying_about_its_size() -> bytes:
    """A zip whose directory says that a part is small while it unpacks to 30 MB."""
    data = bytearray(repacked(GOOD, {"xl/big.xml": b" " * (30 * 1024 * 1024)}))
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        real = archive.getinfo("xl/big.xml").file_size
    return bytes(data).replace(struct.pack("<L", real), struct.pack("<L", 100))


def _endless() -> bytes:
    cell = '<row r="{0}"><c r="{1}{0}" t="inlineStr"><is><t>x</t></is></c></row>'
    body = cell.format(1, "A") + cell.format(1048576, "XFD")
    return repacked(GOOD, {SHEET: f"<worksheet><sheetData>{body}</sheetData></worksheet>".encode()})


def _endless_ods() -> bytes:
    with zipfile.ZipFile(io.BytesIO(ods([HEADINGS, GOOD_ROW]))) as archive:
        content = archive.read("content.xml")
    cell = b'<table:table-cell office:value-type="string"><text:p>x</text:p></table:table-cell>'
    rows = b'<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row><table:table-row>' + cell
    return repacked(
        ods([HEADINGS]), {"content.xml": content.replace(b"</table:table>", rows + b"</table:table-row></table:table>")}
    )


def _locked_ods() -> bytes:
    return repacked(ods([HEADINGS, GOOD_ROW]), {"META-INF/manifest.xml": b"<manifest:encryption-data/>"})


BROKEN = {
    "empty": (b"", "rỗng"),
    "only zeros": (b"\x00" * 100, "rỗng"),
    "only line ends": (b"\r\n\r\n", "rỗng"),
    "too heavy": (b"a" * (20 * 1024 * 1024 + 1), "tối đa 20 MB"),
    "pdf": (b"%PDF-1.7\n...", "tệp PDF"),
    "png": (b"\x89PNG\r\n\x1a\n" + b"\x00" * 50, "tệp ảnh PNG"),
    "jpeg": (b"\xff\xd8\xff\xe0" + b"\x01" * 50, "tệp ảnh JPEG"),
    "rtf": (b"{\\rtf1\\ansi}", "RTF"),
    "rar": (b"Rar!\x1a\x07\x00", "RAR"),
    "7z": (b"7z\xbc\xaf\x27\x1c", "7z"),
    "program": (b"MZ\x90\x00\x03", "chương trình"),
    "html called xls": (b"<html><table><tr><td>STT</td></tr></table></html>", "HTML"),
    "html with a mark first": ("\ufeff<!DOCTYPE html><p>x".encode(), "HTML"),
    "xml of 2003": (b'<?xml version="1.0"?><Workbook/>', "XML"),
    "word": (packed({"word/document.xml": b"<w/>"}), "tệp Word"),
    "powerpoint": (packed({"ppt/presentation.xml": b"<p/>"}), "PowerPoint"),
    "plain zip": (packed({"danh sach.txt": b"x"}), "tệp nén"),
    "xlsb": (packed({"xl/workbook.bin": b"x"}), "xlsb"),
    "cut zip": (GOOD[: len(GOOD) // 2], "hỏng"),
    "zip of noise": (b"PK\x03\x04" + b"\x17" * 500, "hỏng"),
    "xlsx without sheets": (packed({"xl/workbook.xml": b"<workbook/>"}), "hỏng"),
    "xlsx with broken xml": (repacked(GOOD, {SHEET: b"<worksheet><sheetData><row><c"}), ""),
    "zip bomb": (_swelling(), "nở quá lớn"),
    "zip that lies": (_lying_about_its_size(), ""),
    "value in the last cell": (_endless(), "dòng"),
    "ods with a far cell": (_endless_ods(), "dòng"),
    "locked xlsx": (OLE + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le"), "mật khẩu"),
    "locked ods": (_locked_ods(), "mật khẩu"),
    "old word": (OLE + b"\x00" * 512 + "WordDocument".encode("utf-16-le"), "tệp Word"),
    "other ole": (OLE + b"\x00" * 512, "không phải Excel"),
    "broken xls": (OLE + b"\x00" * 512 + "Workbook".encode("utf-16-le"), "hỏng"),
    "cut xls": (xls([HEADINGS, GOOD_ROW])[:2000], ""),
    "noise": (bytes(range(1, 256)) * 20, ""),
    "noise with zeros": (bytes(range(256)) * 20, ""),
    "text without a table": ("Kính gửi phòng, xin gửi danh sách.".encode(), "tiêu đề"),
    "old font": ("Sè TT;Hä vµ tªn;N¨m sinh\n1;NguyÔn V¨n §¹t;1950\n".encode("latin-1"), ""),
    "open quote": (b'STT,"' + b"x" * 200_000, "ngoặc kép"),
    "too many columns": (csv([[f"c{n}" for n in range(300)]]), "300 cột"),
    "too many rows": (b"a;b\n" * 120_001, "dòng"),
    "sheets without text": (xlsx([[None]]), "không có ô nào"),
    "headings only": (xlsx([HEADINGS]), "không có dòng dữ liệu"),
    "a column missing": (xlsx([["STT", "Họ và tên", "Hệ số"], [1, "Lê Văn A", 1]]), "thiếu cột “Năm sinh”"),
    "rows without headings": (xlsx([GOOD_ROW, GOOD_ROW]), "tiêu đề"),
    "another list": (xlsx([["Tháng", "Doanh thu"], ["1", 200]]), "tiêu đề"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_file_that_is_no_list_is_refused_in_words(name):
    data, said = BROKEN[name]

    with pytest.raises(InvalidInput) as refusal:
        read_list(data, "danh sach.xlsx", [SAMPLE])

    assert said in str(refusal.value)
    assert len(str(refusal.value)) > 25


def test_nothing_pasted_is_said_so():
    with pytest.raises(InvalidInput, match="Chưa có gì"):
        read_pasted(" \n ", [SAMPLE])


def test_a_sheet_asked_for_must_exist():
    with pytest.raises(InvalidInput, match="Trang khác"):
        read_list(GOOD, "a.xlsx", [SAMPLE], sheet="Trang khác")


def test_every_cut_of_a_good_file_is_refused_or_read():
    refused = 0
    for end in range(50, len(GOOD), 211):
        try:
            read_list(GOOD[:end], "a.xlsx", [SAMPLE])
        except InvalidInput:
            refused += 1

    assert refused > 10


def test_macros_are_named_and_not_run():
    result = read_list(repacked(GOOD, {"xl/vbaProject.bin": b"code"}), "a.xlsm", [SAMPLE])

    assert len(result.rows) == 1
    assert "macro" in result.file_problems[0].message


def test_empty_formatted_cells_far_out_do_no_harm():
    page = zipfile.ZipFile(io.BytesIO(GOOD)).read(SHEET)
    far = page.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')

    result = read_list(repacked(GOOD, {SHEET: far}), "a.xlsx", [SAMPLE])

    assert [row.values["name"] for row in result.rows] == ["Nguyễn Thị Hoà"]


def test_one_row_reads_clean():
    result = read_list(xlsx(one_row()), "a.xlsx", [SAMPLE])

    assert result.rows[0].problems == []
