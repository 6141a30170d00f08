"""What an old workbook (.xls) tells beside its values: cells whose formula failed, hidden rows. Source: [MS-XLS] 2.4."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterator

import olefile

from ansinh.imports.reading.parts import Told

_EOF, _FORMULA, _BOUND_SHEET, _BOOLEAN_OR_ERROR, _ROW = 0x0A, 0x06, 0x85, 0x205, 0x208
_HIDDEN = 0x20
_ERRORS = {0x00: "#NULL!", 0x07: "#DIV/0!", 0x0F: "#VALUE!", 0x17: "#REF!", 0x1D: "#NAME?", 0x24: "#NUM!", 0x2A: "#N/A"}


def look(data: bytes) -> dict[str, Told]:
    """What is to be told of each sheet, by its name. Nothing of a workbook this cannot follow: its values are read anyway."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            book = ole.openstream("Workbook" if ole.exists("Workbook") else "Book").read()
        sheets = [body for number, body in _records(book, 0) if number == _BOUND_SHEET]
        return {_name(body): _sheet(book, struct.unpack_from("<L", body)[0]) for body in sheets}
    except Exception:  # foreign bytes may fail in any way
        return {}


def _name(body: bytes) -> str:
    text = body[8:]
    return text.decode("utf-16-le") if body[7] & 1 else text.decode("latin-1")


def _records(book: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """Records of one part of the stream, up to its end."""
    while at + 4 <= len(book):
        number, size = struct.unpack_from("<HH", book, at)
        if number == _EOF:
            return
        yield number, book[at + 4 : at + 4 + size]
        at += 4 + size


def _sheet(book: bytes, start: int) -> Told:
    told = Told()
    for number, body in _records(book, start):
        if number == _ROW and len(body) >= 16 and struct.unpack_from("<H", body, 12)[0] & _HIDDEN:
            told.hidden.append(struct.unpack_from("<H", body)[0] + 1)
        elif number == _BOOLEAN_OR_ERROR and len(body) >= 8 and body[7]:
            told.cells[struct.unpack_from("<HH", body)] = _ERRORS.get(body[6], "#N/A")
        elif number == _FORMULA and len(body) >= 14 and body[6] == 2 and body[12:14] == b"\xff\xff":
            told.cells[struct.unpack_from("<HH", body)] = _ERRORS.get(body[8], "#N/A")
    return told
