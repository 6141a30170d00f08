"""Workbooks with a password, opened in memory. Neither the password nor the opened file is written anywhere."""

from __future__ import annotations

import io
import re
from types import SimpleNamespace

import msoffcrypto
import olefile
from msoffcrypto.format import xls97

from ansinh.kernel.errors import InvalidInput

# The library would put the opened workbook of the old kind into a file on the disk.
xls97.tempfile = SimpleNamespace(TemporaryFile=io.BytesIO)

# Excel locks a workbook whose structure is protected with this word, and opens it without asking.
_NO_PASSWORD = "VelvetSweatshop"
_MOST_SPINS = 1_000_000
_SPINS = re.compile(rb"spinCount=\"(\d+)\"")


class Locked(InvalidInput):
    """The file has a password, and none, or another one, was given."""


def is_locked(data: bytes) -> bool:
    """Whether a workbook of the old kind has a password. False for one too broken to tell."""
    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(data)).is_encrypted())
    except Exception:  # foreign bytes may fail the library in any way
        return False


def unlock(data: bytes, filename: str, password: str | None) -> bytes:
    """The workbook inside. Raises Locked without the right password, InvalidInput for a way of locking nobody knows."""
    _refuse_endless_work(data, filename)
    if (plain := _opened(data, filename, _NO_PASSWORD)) is not None:
        return plain
    if not password:
        raise Locked(f"Tệp “{filename}” có đặt mật khẩu. Hãy ghi mật khẩu của tệp để đọc.", field="password")
    if (plain := _opened(data, filename, password)) is None:
        raise Locked(f"Mật khẩu không mở được tệp “{filename}”. Hãy xem lại chữ hoa, chữ thường và bộ gõ.", field="password")
    return plain


def _opened(data: bytes, filename: str, password: str) -> bytes | None:
    target = io.BytesIO()
    try:
        file = msoffcrypto.OfficeFile(io.BytesIO(data))
        if file.format == "ooxml":
            file.load_key(password=password, verify_password=True)
        else:
            file.load_key(password=password)  # always looks whether it fits
        file.decrypt(target)
    except msoffcrypto.exceptions.InvalidKeyError:
        return None
    except Exception:  # foreign bytes may fail the library in any way
        raise InvalidInput(
            f"Tệp “{filename}” có đặt mật khẩu theo cách không đọc được. Hãy mở bằng Excel, bỏ mật khẩu rồi lưu lại."
        ) from None
    return target.getvalue()


def _refuse_endless_work(data: bytes, filename: str) -> None:
    """A file may ask for any number of rounds before it opens; Excel asks for 100,000."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as ole:
            told = ole.openstream("EncryptionInfo").read(20_000) if ole.exists("EncryptionInfo") else b""
    except Exception:  # a broken file is said by the opening itself
        return
    if any(int(spins) > _MOST_SPINS for spins in _SPINS.findall(told)):
        raise InvalidInput(f"Tệp “{filename}” có đặt mật khẩu theo cách lạ, mở quá lâu nên không được đọc.")
