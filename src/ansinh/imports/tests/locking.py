"""Locking the files of the tests with a password: the new kind through the library, the old kind by the format's own rule."""

from __future__ import annotations

import io
import struct
from hashlib import md5

import olefile
from cryptography.hazmat.decrepit.ciphers.algorithms import ARC4
from cryptography.hazmat.primitives.ciphers import Cipher
from msoffcrypto.format.ooxml import OOXMLFile
from msoffcrypto.method.rc4 import _makekey

_SALT = bytes(range(16))
_FILE_PASS, _BOUND_SHEET = 0x2F, 0x85
# Records that stay readable in a locked workbook: BOF, FILEPASS, USREXCL, FILELOCK, INTERFACEHDR, RRDINFO, RRDHEAD.
_READABLE = (0x809, _FILE_PASS, 0x194, 0x195, 0xE1, 0x196, 0x138)


def locked_xlsx(data: bytes, password: str) -> bytes:
    target = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt(password, target)
    return target.getvalue()


def locked_xls(data: bytes, password: str) -> bytes:
    """RC4 of [MS-XLS] 2.2.10 and [MS-OFFCRYPTO] 2.3.6: a FILEPASS record, then every record's body XORed in its place."""
    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        book = ole.openstream("Workbook").read()
    records = list(_records(book))
    verifier = bytes(range(100, 116))
    sealed = _rc4(password, 0, verifier + md5(verifier).digest())
    file_pass = (_FILE_PASS, struct.pack("<HHH", 1, 1, 1) + _SALT + sealed)
    if odd := -(sum(4 + len(body) for _, body in [*records, file_pass])) % 4:
        file_pass = (
            _FILE_PASS,
            file_pass[1] + b"\x00" * odd,
        )  # the zeros at the end of the stream are read as records of four bytes
    records.insert(1, file_pass)
    grown = len(file_pass[1]) + 4
    plain, shown, at = b"", [], 0
    for number, body in records:
        if number == _BOUND_SHEET:  # where the sheet begins moved by the new record
            body = struct.pack("<L", struct.unpack("<L", body[:4])[0] + grown) + body[4:]
        plain += struct.pack("<HH", number, len(body)) + body
        open_bytes = 4 + (len(body) if number in _READABLE else 4 if number == _BOUND_SHEET else 0)
        shown.append((at, open_bytes))
        at += 4 + len(body)
    mixed = bytearray(b"".join(_rc4(password, block, plain[block * 1024 :][:1024]) for block in range(len(plain) // 1024 + 1)))
    for start, count in shown:
        mixed[start : start + count] = plain[start : start + count]
    return _with_book(data, book, bytes(mixed))


def _records(book: bytes):
    at = 0
    while at + 4 <= len(book):
        number, size = struct.unpack("<HH", book[at : at + 4])
        if number == 0 and size == 0:
            return
        yield number, book[at + 4 : at + 4 + size]
        at += 4 + size


def _rc4(password: str, block: int, data: bytes) -> bytes:
    return Cipher(ARC4(_makekey(password, _SALT, block)), mode=None).encryptor().update(data)


def _with_book(data: bytes, book: bytes, changed: bytes) -> bytes:
    """The stream may not grow in place: what was free at its end takes the new record."""
    changed = changed[: len(book)] if not changed[len(book) :].strip(b"\x00") else changed
    target = io.BytesIO(data)
    with olefile.OleFileIO(target, write_mode=True) as ole:
        ole.write_stream("Workbook", changed.ljust(len(book), b"\x00"))
    return target.getvalue()
