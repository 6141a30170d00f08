"""Opening a list by what it is, not by what it is called. Every refusal says what was found and what to do."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from ansinh.imports.reading import guards
from ansinh.kernel.errors import InvalidInput

MAX_SIZE = 20 * 1024 * 1024

Cell = str | int | float | bool | date | datetime | time | timedelta | None

_WANTED = "Hãy chọn tệp bảng tính .xlsx, .xls, .ods hoặc .csv, hoặc chép các dòng trong Excel rồi dán vào ô."
_FOREIGN = (
    (b"%PDF-", "tệp PDF"),
    (b"\x89PNG\r\n\x1a\n", "tệp ảnh PNG"),
    (b"\xff\xd8\xff", "tệp ảnh JPEG"),
    (b"GIF8", "tệp ảnh GIF"),
    (b"BM", "tệp ảnh BMP"),
    (b"II*\x00", "tệp ảnh TIFF"),
    (b"{\\rtf", "tệp văn bản RTF"),
    (b"Rar!", "tệp nén RAR"),
    (b"7z\xbc\xaf", "tệp nén 7z"),
    (b"\x1f\x8b", "tệp nén gzip"),
    (b"MZ", "tệp chương trình"),
    (b"SQLite format 3", "tệp cơ sở dữ liệu"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_TCVN3_SIGNS = re.compile("[\u00a9\u00ae\u00b8\u00b5\u00b6\u00b7\u00a8\u00be\u00bb\u00bc\u00bd\u00c6\u00a7\u00b9\u00ad]")


@dataclass(frozen=True)
class Grid:
    """The cells of one sheet, from its first row and column on."""

    name: str
    rows: list[list[Cell]]


@dataclass(frozen=True)
class Opened:
    """The sheets of a file, and remarks for the officer."""

    grids: list[Grid]
    remarks: tuple[str, ...] = ()


def open_file(data: bytes, filename: str) -> Opened:
    """Open a spreadsheet or delimited text. Raises InvalidInput with what was found and what is expected."""
    if not data.strip(b"\x00 \r\n\t"):
        raise InvalidInput(f"Tệp “{filename}” rỗng, không có gì để đọc. {_WANTED}")
    if len(data) > MAX_SIZE:
        raise InvalidInput(
            f"Tệp “{filename}” nặng {len(data) // 1024 // 1024} MB; mỗi lần chỉ nhận tệp tối đa {MAX_SIZE // 1024 // 1024} MB."
        )
    for start, what in _FOREIGN:
        if data.startswith(start):
            raise _not_a_list(filename, what)
    if data.startswith(b"PK"):
        return _open_packed(data, filename)
    if data.startswith(_OLE):
        return _open_ole(data, filename)
    return _open_text(data, filename)


def open_pasted(text: str) -> Opened:
    """Cells pasted from Excel or Word: tabs between cells, lines between rows."""
    if not text.strip():
        raise InvalidInput(
            "Chưa có gì được dán vào. Hãy chọn các dòng trong Excel (cả dòng tiêu đề cột), chép rồi dán vào ô này."
        )
    if len(text) > MAX_SIZE:
        raise InvalidInput("Phần dán vào quá dài. Hãy lưu danh sách thành tệp .xlsx rồi chọn tệp.")
    return Opened([_text_grid(text, "Phần dán vào", "\t" if "\t" in text else _delimiter(text))])


def _not_a_list(filename: str, what: str) -> InvalidInput:
    return InvalidInput(f"“{filename}” là {what}, không phải bảng tính. {_WANTED}")


# --- packed: xlsx, xlsm, ods


def _open_packed(data: bytes, filename: str) -> Opened:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            guards.refuse_swelling(archive, len(data))
            remarks = _look_inside(archive, filename)
            errors = guards.error_cells(archive) if "xl/workbook.xml" in archive.namelist() else {}
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError, IndexError):
        raise _broken(filename) from None
    grids = _read_sheets(data, filename)
    for grid in grids:
        for (row, column), text in errors.get(grid.name, {}).items():
            if row < len(grid.rows) and column < len(grid.rows[row]):
                grid.rows[row][column] = text
    return Opened(grids, remarks)


def _look_inside(archive: zipfile.ZipFile, filename: str) -> tuple[str, ...]:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        guards.refuse_endless_xlsx(archive)
        macros = any(name.endswith("vbaProject.bin") for name in names)
        return ("Tệp có macro. Macro không được chạy; chỉ đọc dữ liệu trong các ô.",) if macros else ()
    if "mimetype" in names and b"spreadsheet" in archive.read("mimetype") and "content.xml" in names:
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise _locked(filename)
        guards.refuse_endless_ods(archive)
        return ()
    if any(name.startswith("word/") for name in names):
        raise _not_a_list(filename, "tệp Word")
    if any(name.startswith("ppt/") for name in names):
        raise _not_a_list(filename, "tệp PowerPoint")
    if "xl/workbook.bin" in names:
        raise _not_a_list(filename, "bảng tính dạng .xlsb; hãy mở bằng Excel và lưu lại thành .xlsx (vì vậy hệ thống xem như")
    raise _not_a_list(filename, "tệp nén (zip)")


# --- the old binary format


def _open_ole(data: bytes, filename: str) -> Opened:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise _locked(filename)
    if has("WordDocument"):
        raise _not_a_list(filename, "tệp Word")
    if not (has("Workbook") or has("Book")):
        raise _not_a_list(filename, "tệp Office không phải Excel")
    return Opened(_read_sheets(data, filename))


def _read_sheets(data: bytes, filename: str) -> list[Grid]:
    grids = []
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(meta.name)
            guards.refuse_size(sheet.total_height, sheet.total_width)
            grids.append(Grid(meta.name, sheet.to_python(skip_empty_area=False)))
    except InvalidInput:
        raise
    except calamine.PasswordError:
        raise _locked(filename) from None
    except Exception as error:  # the reader of foreign bytes may fail in any way, and each is a broken file to the officer
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise _locked(filename) from None
        raise _broken(filename) from None
    return grids


def _locked(filename: str) -> InvalidInput:
    return InvalidInput(f"Tệp “{filename}” có đặt mật khẩu nên không đọc được. Hãy mở bằng Excel, bỏ mật khẩu rồi lưu lại.")


def _broken(filename: str) -> InvalidInput:
    return InvalidInput(
        f"Tệp “{filename}” bị hỏng hoặc chưa tải lên hết, không đọc được. Hãy mở bằng Excel và lưu lại thành .xlsx."
    )


# --- text


def _open_text(data: bytes, filename: str) -> Opened:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<div")):
        raise _not_a_list(filename, "trang web (HTML) mang tên bảng tính; hãy mở bằng Excel và lưu thành .xlsx. Tệp này")
    if start.startswith(b"<?xml") or start.startswith(b"<"):
        raise _not_a_list(filename, "tệp XML; hãy mở bằng Excel và lưu thành .xlsx. Tệp này")
    text, remarks = _decode(data, filename)
    return Opened([_text_grid(text, filename, _delimiter(text))], remarks)


def _decode(data: bytes, filename: str) -> tuple[str, tuple[str, ...]]:
    encoding = next((name for start, name in _BOMS if data.startswith(start)), "utf-8")
    try:
        text = data.decode(encoding)
        if "\x00" in text:
            raise _not_a_list(filename, "tệp nhị phân không nhận ra loại")
        return text, ()
    except UnicodeDecodeError:
        pass
    if b"\x00" in data:
        return _decode_bare_utf16(data, filename)
    text = data.decode("cp1258", errors="replace")
    if text.count("\ufffd") > len(text) // 50:
        raise _not_a_list(filename, "tệp không nhận ra loại chữ")
    if len(_TCVN3_SIGNS.findall(text)) > len(text) // 20:
        raise InvalidInput(
            f"Tệp “{filename}” dùng phông chữ cũ (TCVN3, .VnTime) nên tên sẽ bị sai. "
            "Hãy chuyển mã sang Unicode (ví dụ bằng Unikey) rồi nhập lại."
        )
    return text, ("Tệp không phải mã Unicode (UTF-8); đã đọc theo mã Windows tiếng Việt. Hãy xem kỹ dấu trong họ tên.",)


def _decode_bare_utf16(data: bytes, filename: str) -> tuple[str, tuple[str, ...]]:
    """UTF-16 without a mark: every other byte of plain letters is zero."""
    encoding = "utf-16-le" if data[1::2].count(0) > data[::2].count(0) else "utf-16-be"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise _not_a_list(filename, "tệp nhị phân không nhận ra loại") from None
    if sum(character.isprintable() or character.isspace() for character in text) < len(text) * 0.98:
        raise _not_a_list(filename, "tệp nhị phân không nhận ra loại")
    return text, ()


def _delimiter(text: str) -> str:
    """The mark that splits most lines into the same number of cells."""
    lines = [line for line in text.splitlines()[:60] if line.strip()]

    def regular(mark: str) -> tuple[int, int]:
        counts = [line.count(mark) for line in lines]
        common = max(set(counts), key=lambda n: (counts.count(n) if n else 0, n), default=0)
        return (counts.count(common) * min(common, 3) if common else 0, common)

    return max("\t;,|", key=regular)


def _text_grid(text: str, name: str, delimiter: str) -> Grid:
    rows: list[list[Cell]] = []
    text = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            rows.append(list(row))
            guards.refuse_size(len(rows), len(row))
    except csv.Error:
        raise InvalidInput(f"“{name}”: có ô quá dài hoặc dấu ngoặc kép không khép lại; không tách được thành các ô.") from None
    return Grid(name, rows)
