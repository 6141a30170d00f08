"""Checks before a packed spreadsheet is opened: does it swell when unpacked, does it claim a sheet without end."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator

from ansinh.kernel.errors import InvalidInput

MAX_UNPACKED = 300 * 1024 * 1024
MAX_RATIO = 250
MAX_ENTRIES = 3000
MAX_ROWS = 120_000
MAX_COLUMNS = 200
_SMALL_ENOUGH = 20 * 1024 * 1024
_CHUNK = 1024 * 1024

# Cells closed at once (<c r="A1" s="2"/>) carry only a look, and officers format whole columns: they do not count.
_XLSX_CELL = re.compile(rb"<(?:\w+:)?c\s(?:[^<>]*?\s)?r=[\"']([A-Z]{1,4})(\d{1,9})[\"'][^<>]*?(?<!/)>")
_ODS_TAG = re.compile(rb"<(/?)table:(table-row|table-cell|covered-table-cell|table)\b([^<>]*?)(/?)>")
_ODS_ROWS = re.compile(rb"number-rows-repeated=[\"'](\d+)")
_ODS_COLUMNS = re.compile(rb"number-columns-repeated=[\"'](\d+)")


def refuse_swelling(archive: zipfile.ZipFile, packed_size: int) -> None:
    """Refuse an archive whose parts unpack to too much; the sizes it declares are not believed but measured."""
    entries = archive.infolist()
    declared = sum(entry.file_size for entry in entries)
    if len(entries) > MAX_ENTRIES or declared > MAX_UNPACKED or _swells(declared, packed_size):
        raise _too_swollen()
    total = 0
    for entry in entries:
        for size in _unpacked_sizes(archive, entry):
            total += size
            if total > declared:
                raise _too_swollen()


def _swells(unpacked: int, packed: int) -> bool:
    return unpacked > _SMALL_ENOUGH and unpacked > packed * MAX_RATIO


_TYPE_DECLARATION = re.compile(b"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def refuse_entities(archive: zipfile.ZipFile) -> None:
    """Refuse parts that declare a document type: office programs write none, and entities are the way to swell or to fetch files."""
    for entry in archive.infolist():
        if entry.filename.endswith((".xml", ".rels")):
            page = archive.read(entry)
            if _TYPE_DECLARATION.search(page if b"\x00" not in page[:64] else page.replace(b"\x00", b"")):
                raise InvalidInput(
                    f"Phần “{entry.filename}” trong tệp có khai báo DOCTYPE, thường thấy ở tệp phá hoại, nên không được đọc. "
                    "Hãy chép danh sách sang một bảng tính mới rồi lưu lại thành tệp .xlsx."
                )


def _too_swollen() -> InvalidInput:
    return InvalidInput(
        "Tệp nở quá lớn khi mở ra nên không được đọc (có thể là tệp phá hoại). "
        "Hãy chép danh sách sang một bảng tính mới rồi lưu lại thành tệp .xlsx."
    )


def _unpacked_sizes(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> Iterator[int]:
    """Sizes of the unpacked pieces of an entry, from the packed bytes themselves."""
    packed = archive.fp
    assert packed is not None
    packed.seek(entry.header_offset)
    header = packed.read(30)
    packed.seek(entry.header_offset + 30 + int.from_bytes(header[26:28], "little") + int.from_bytes(header[28:30], "little"))
    left = entry.compress_size
    if entry.compress_type == zipfile.ZIP_STORED:
        yield left
        return
    if entry.compress_type != zipfile.ZIP_DEFLATED:
        raise InvalidInput("Tệp nén theo cách lạ, không đọc được. Hãy mở bằng Excel rồi lưu lại thành tệp .xlsx.")
    unpacker = zlib.decompressobj(-15)
    while left > 0 and not unpacker.eof:
        piece = packed.read(min(_CHUNK, left))
        if not piece:
            break
        left -= len(piece)
        while piece:
            yield len(unpacker.decompress(piece, _CHUNK))
            piece = unpacker.unconsumed_tail


def refuse_endless_xlsx(archive: zipfile.ZipFile) -> None:
    """Refuse a sheet with a value so far out that reading its whole rectangle would fill the memory."""
    for entry in archive.infolist():
        if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
            last_row = last_column = 0
            for letters, digits in set(_XLSX_CELL.findall(archive.read(entry))):
                last_row, last_column = max(last_row, int(digits)), max(last_column, column_number(letters))
            refuse_size(last_row, last_column)


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def refuse_endless_ods(archive: zipfile.ZipFile) -> None:
    """The same for OpenDocument, where empty and equal rows are written once with a count."""
    row = column = repeated = last_row = last_column = 0
    for closing, name, attributes, alone in _ODS_TAG.findall(archive.read("content.xml")):
        if name == b"table":
            row = 0
        elif name == b"table-row" and not closing:
            column, repeated = 0, _count(_ODS_ROWS, attributes)
            row += repeated
        elif name != b"table-row" and not closing:
            column += _count(_ODS_COLUMNS, attributes)
            if not alone:
                last_row, last_column = max(last_row, row), max(last_column, column)
    refuse_size(last_row, last_column)


def _count(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    found = pattern.search(attributes)
    return int(found.group(1)) if found else 1


def refuse_size(rows: int, columns: int) -> None:
    """Refuse a table larger than any list of a province."""
    if rows > MAX_ROWS:
        raise InvalidInput(
            f"Bảng tính có tới {rows:,} dòng; mỗi lần chỉ nhập tối đa {MAX_ROWS:,} dòng. "
            "Hãy xóa các dòng thừa ở cuối bảng hoặc tách danh sách.".replace(",", ".")
        )
    if columns > MAX_COLUMNS:
        raise InvalidInput(f"Bảng tính có tới {columns} cột; tối đa {MAX_COLUMNS} cột. Hãy xóa các cột thừa bên phải bảng.")
