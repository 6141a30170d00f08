"""Opening a list by what it is, not by what it is called. Every refusal says what was found and what to do."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

import python_calamine as calamine

from ansinh.imports.reading import guards, old_workbook, parts
from ansinh.imports.reading.aside import read_aside
from ansinh.imports.reading.locked import Locked, is_locked, unlock
from ansinh.imports.reading.text import NotText, decode, delimiter
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
_MACROS = "Tệp có macro. Macro không được chạy; chỉ đọc dữ liệu trong các ô."
_MOST_NAMED = 8


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


def open_file(data: bytes, filename: str, *, password: str | None = None) -> Opened:
    """Open a spreadsheet or delimited text. Raises InvalidInput with what was found and what is expected, Locked for a password."""
    try:
        return _open(data, filename, password)
    except calamine.PasswordError:
        raise _locked_ods(filename) from None
    except InvalidInput as error:
        if filename in str(error):
            raise
        raise InvalidInput(f"Tệp “{filename}”: {error}") from None


def _open(data: bytes, filename: str, password: str | None) -> Opened:
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
        return _open_ole(data, filename, password)
    return _open_text(data, filename)


def open_pasted(text: str) -> Opened:
    """Cells pasted from Excel or Word: tabs between cells, lines between rows."""
    if not text.strip():
        raise InvalidInput(
            "Chưa có gì được dán vào. Hãy chọn các dòng trong Excel (cả dòng tiêu đề cột), chép rồi dán vào ô này."
        )
    if len(text) > MAX_SIZE:
        raise InvalidInput("Phần dán vào quá dài. Hãy lưu danh sách thành tệp .xlsx rồi chọn tệp.")
    return Opened([_text_grid(text, "Phần dán vào", "\t" if "\t" in text else delimiter(text))])


def _not_a_list(filename: str, what: str) -> InvalidInput:
    return InvalidInput(f"“{filename}” là {what}, không phải bảng tính. {_WANTED}")


# --- packed: xlsx, xlsm, ods


def _open_packed(data: bytes, filename: str) -> Opened:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            guards.refuse_swelling(archive, len(data))
            remarks = _look_inside(archive, filename)
            told = parts.look(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, RuntimeError, ValueError, IndexError):
        raise _broken(filename) from None
    grids, hidden = read_sheets(data, filename)
    for grid in grids:
        hidden += _tell(grid, told.get(grid.name, parts.Told()))
    return Opened(grids, remarks + hidden)


def _tell(grid: Grid, told: parts.Told) -> tuple[str, ...]:
    """Put what the parts say into cells that the reader gives as empty: empty is not the truth. Gives remarks on hidden rows."""
    for (row, column), text in told.cells.items():
        if row < len(grid.rows):
            cells = grid.rows[row]
            cells.extend([None] * (column + 1 - len(cells)))
            cells[column] = text
    return _hidden_rows(grid, told.hidden)


def _hidden_rows(grid: Grid, numbers: list[int]) -> tuple[str, ...]:
    rows = [
        number for number in numbers if number <= len(grid.rows) and any(cell not in (None, "") for cell in grid.rows[number - 1])
    ]
    if not rows:
        return ()
    named = ", ".join(map(str, rows[:_MOST_NAMED])) + ("…" if len(rows) > _MOST_NAMED else "")
    return (f"Trang “{grid.name}” có {len(rows)} dòng đang ẩn (dòng {named}); các dòng này vẫn được đọc.",)


def _look_inside(archive: zipfile.ZipFile, filename: str) -> tuple[str, ...]:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        guards.refuse_entities(archive)
        guards.refuse_endless_xlsx(archive)
        return (_MACROS,) if any(name.endswith("vbaProject.bin") for name in names) else ()
    if "mimetype" in names and b"spreadsheet" in archive.read("mimetype") and "content.xml" in names:
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise _locked_ods(filename)
        guards.refuse_entities(archive)
        guards.refuse_endless_ods(archive)
        return (_MACROS,) if any(name.startswith(("Basic/", "Scripts/")) for name in names) else ()
    if any(name.startswith("word/") for name in names):
        raise _not_a_list(filename, "tệp Word")
    if any(name.startswith("ppt/") for name in names):
        raise _not_a_list(filename, "tệp PowerPoint")
    if "xl/workbook.bin" in names:
        raise _not_a_list(filename, "bảng tính dạng .xlsb; hãy mở bằng Excel và lưu lại thành .xlsx (vì vậy hệ thống xem như")
    raise _not_a_list(filename, "tệp nén (zip)")


# --- the old binary format


def _open_ole(data: bytes, filename: str, password: str | None) -> Opened:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        return _open_unlocked(unlock(data, filename, password), filename)
    if has("WordDocument"):
        raise _not_a_list(filename, "tệp Word")
    if not (has("Workbook") or has("Book")):
        raise _not_a_list(filename, "tệp Office không phải Excel")
    if is_locked(data):
        return _open_unlocked(unlock(data, filename, password), filename)
    found = read_aside(data, filename)
    if found is None:
        raise _broken(filename)
    grids, hidden = found
    told = old_workbook.look(data)
    for grid in grids:
        hidden += _tell(grid, told.get(grid.name, parts.Told()))
    return Opened(grids, ((_MACROS,) if has("_VBA_PROJECT") else ()) + hidden)


def _open_unlocked(plain: bytes, filename: str) -> Opened:
    try:
        return _open(plain, filename, None)
    except (calamine.PasswordError, Locked):
        raise _broken(filename) from None


def read_sheets(data: bytes, filename: str) -> tuple[list[Grid], tuple[str, ...]]:
    """The sheets an officer sees, and a remark for those that are hidden. Raises PasswordError for an old workbook with a password."""
    grids, hidden = [], []
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
        for meta in book.sheets_metadata:
            if meta.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if meta.visible != calamine.SheetVisibleEnum.Visible:
                hidden.append(meta.name)
                continue
            sheet = book.get_sheet_by_name(meta.name)
            guards.refuse_size(sheet.total_height, sheet.total_width)
            cells: list[list[Cell]] = [list(row) for row in sheet.to_python(skip_empty_area=False)]
            grids.append(Grid(meta.name, cells))
    except (InvalidInput, calamine.PasswordError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # the reader of foreign bytes may fail in any way; its panics are no Exception
        if "password" in str(error).lower() or "encrypt" in str(error).lower():
            raise calamine.PasswordError(str(error)) from None
        raise _broken(filename) from None
    names = ", ".join(f"“{name}”" for name in hidden[:_MOST_NAMED])
    return grids, (f"Trang đang ẩn không được đọc: {names}.",) if hidden else ()


def _locked_ods(filename: str) -> InvalidInput:
    return InvalidInput(
        f"Tệp “{filename}” là tệp .ods có đặt mật khẩu, chưa đọc được. Hãy mở bằng LibreOffice, bỏ mật khẩu rồi lưu lại."
    )


def _broken(filename: str) -> InvalidInput:
    return InvalidInput(
        f"Tệp “{filename}” bị hỏng hoặc chưa tải lên hết, không đọc được. Hãy mở bằng Excel và lưu lại thành .xlsx."
    )


# --- text


def _open_text(data: bytes, filename: str) -> Opened:
    start = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<div")):
        raise _not_a_list(filename, "trang web (HTML) mang tên bảng tính; hãy mở bằng Excel và lưu thành .xlsx. Tệp này")
    if start.startswith(b"<"):
        raise _not_a_list(filename, "tệp XML; hãy mở bằng Excel và lưu thành .xlsx. Tệp này")
    try:
        text, remarks = decode(data, filename)
    except NotText as error:
        raise _not_a_list(filename, str(error)) from None
    return Opened([_text_grid(text, filename, delimiter(text))], remarks)


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
