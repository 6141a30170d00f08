"""An old workbook on which its reader aborts the whole process: refused in words, and nobody goes down with it."""

import struct
import subprocess
import sys

import pytest

from ansinh.imports.reading.lists import read_list
from ansinh.imports.tests.building import GOOD_ROW, HEADINGS, SAMPLE, xls
from ansinh.kernel.errors import InvalidInput

_CELL_OF_TEXT = struct.pack("<HH", 0x00FD, 10)  # BIFF8 LABELSST: row, column, format, number of the text


def _cell_in_the_last_row_and_column() -> bytes:
    """A cell that says it stands in row and column 65,536: the reader asks for room for all cells up to it."""
    data = bytearray(xls([HEADINGS, GOOD_ROW]))
    place = data.rindex(_CELL_OF_TEXT) + len(_CELL_OF_TEXT)
    data[place : place + 4] = b"\xff\xff\xff\xff"
    return bytes(data)


ABORTING = _cell_in_the_last_row_and_column()


def test_the_reader_of_old_workbooks_does_abort_on_it():
    command = [sys.executable, "-m", "ansinh.imports.reading.aside", "danh sach.xls"]

    assert subprocess.run(command, input=ABORTING, capture_output=True, check=False).returncode != 0
    assert subprocess.run(command, input=xls([HEADINGS, GOOD_ROW]), capture_output=True, check=False).returncode == 0


def test_an_officer_is_told_that_the_file_is_broken_and_what_to_do():
    with pytest.raises(InvalidInput, match="“danh sach.xls” bị hỏng .* lưu lại thành .xlsx"):
        read_list(ABORTING, "danh sach.xls", [SAMPLE])
