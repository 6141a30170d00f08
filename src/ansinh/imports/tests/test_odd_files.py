"""Files as they go wrong in offices. Each ends in one Vietnamese sentence that says where, what was found and what is expected; or is
read, with a word on what was odd. What refuses the whole file stands in `test_broken_files`."""

import io
import zipfile
from datetime import date

import pytest
import xlwt

from ansinh.imports.reading.lists import read_list
from ansinh.imports.reading.locked import Locked
from ansinh.imports.tests.building import (
    FIRST_SHEET,
    GOOD_ROW,
    HEADINGS,
    SAMPLE,
    changed_sheet,
    csv,
    drawn,
    ods,
    one_row,
    packed,
    repacked,
    xls,
    xlsx,
)
from ansinh.imports.tests.locking import locked_xls, locked_xlsx
from ansinh.imports.tests.test_broken_files import BROKEN
from ansinh.kernel.errors import InvalidInput

GOOD = [HEADINGS, GOOD_ROW]
SECOND = [2, "Lê Văn Hai", "01/02/1950", "034050000456", "2", "720.000", "07/2025"]


def _xls_with(draw) -> bytes:
    book = xlwt.Workbook()
    page = book.add_sheet("Danh sách")
    for at, row in enumerate(GOOD):
        for column, cell in enumerate(row):
            if (at, column) != (1, 5):
                page.write(at, column, cell)
    draw(page)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _formula(value):
    """A formula in the cell of the amount, with the value it had when the file was saved (None: never reckoned)."""

    def draw(_book, page):
        page.write_formula(1, 5, "=2*360000", None, 0 if value is None else value)

    data = drawn(draw, GOOD)
    return changed_sheet(data, (b"<f>2*360000</f><v>0</v>", b"<f>2*360000</f>")) if value is None else data


def _ods_formula(result: bytes) -> bytes:
    data = ods(GOOD)
    page = zipfile.ZipFile(io.BytesIO(data)).read("content.xml")
    cell = b'office:value-type="string"><text:p>540.000</text:p>'
    assert cell in page
    return repacked(data, {"content.xml": page.replace(cell, b'table:formula="of:=[.A1]*2" ' + result)})


def _said(data: bytes) -> str:
    with pytest.raises(InvalidInput) as refusal:
        read_list(data, "danh sach.xlsx", [SAMPLE])
    return str(refusal.value)


# name: (file, what the sentence says)
REFUSED = {
    "a document type in a part": (
        repacked(xlsx(GOOD), {"xl/sharedStrings.xml": b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "b">]><sst/>'}), "DOCTYPE"),
    "a document type that fetches a file": (
        changed_sheet(xlsx(GOOD), (b"<worksheet", b'<!DOCTYPE w SYSTEM "file:///etc/passwd"><worksheet')), "DOCTYPE"),
    "a million laughs in an ods": (
        repacked(ods(GOOD), {"content.xml": b'<!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><a>&b;</a>'}), "DOCTYPE"),
    "a document type in UTF-16": (
        repacked(xlsx(GOOD), {"xl/styles.xml": '<?xml version="1.0"?><!DOCTYPE s []><s/>'.encode("utf-16")}), "DOCTYPE"),
    "a value in column 20,000": (
        changed_sheet(xlsx(GOOD), (b"</sheetData>", b'<row r="9"><c r="ACOF9"><v>1</v></c></row></sheetData>')), "cột"),
    "a value in row 1,048,576": (
        changed_sheet(xlsx(GOOD), (b"</sheetData>", b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>')), "1.048.576 dòng"),
    "a zip in a zip": (packed({"danh sach.xlsx": xlsx(GOOD)}), "tệp nén (zip)"),
    "an html table called xls": (b"\xef\xbb\xbf<table><tr><td>STT</td></tr></table>", "HTML"),
    "one column of text": (csv([[cell] for cell in HEADINGS], ";"), "chỉ có một cột"),
    "two codes in one text": (csv(GOOD, ";", "utf-8") + b"\n" + "2;Trần Thị Bé;1950;;1;360.000;7/2025".encode("cp1258", "ignore"), "trộn hai bảng mã"),
    "two tables, one below the other": (
        xlsx([*GOOD, [], ["Số CCCD", "STT", "Họ và tên", "Năm sinh", "Hệ số"], ["034050000456", "1", "Lê Văn Hai", "1950", "2"]]),
        "dòng 4: có bảng thứ hai"),
    "all sheets hidden": (drawn(lambda book, page: (page.hide(), book.add_worksheet("Trống").activate()), GOOD), "không có ô nào"),
    "a locked ods": (repacked(ods(GOOD), {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}), ".ods có đặt mật khẩu"),
    "an xlsx of another kind of list": (xlsx([["Mã hộ", "Chủ hộ", "Điểm B1"], ["H1", "Lê A", "120"]]), "Không tìm thấy dòng tiêu đề"),
    "headings in the second sheet without rows": (xlsx([["x", "y"]], more={"Hai": [HEADINGS]}), "Trang “Hai”"),
    "a truncated workbook": (xlsx(GOOD)[:-40], "hỏng"),
    "a truncated ods": (ods(GOOD)[:-60], "hỏng"),
    "a workbook without its sheet": (repacked(xlsx(GOOD), {FIRST_SHEET: b""}), "không"),
}  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_cannot_be_a_list_is_refused_in_one_sentence_that_names_it(name):
    data, said = REFUSED[name]
    sentence = _said(data)

    assert said in sentence
    assert 30 < len(sentence) < 450
    assert any(word in sentence for word in ("Hãy", "Cần", "Mỗi", "kiểm tra", "không", "tối đa")), (
        "what to do, or what is expected"
    )


def _day_for_coefficient(book, page):
    page.write_datetime(1, 4, date(2026, 5, 2), book.add_format({"num_format": "dd/mm/yyyy"}))


def _error(row, column):
    return [problem for problem in row.problems if problem.column == column and problem.level == "error"]


# name: (file, column, what the sentence says)
ROWS = {
    "a formula never reckoned": (_formula(None), "Mức trợ cấp", "Ô F2 có công thức nhưng tệp không giữ kết quả"),
    "an ods formula never reckoned": (_ods_formula(b"><text:p></text:p>"), "Mức trợ cấp", "Ô F2 có công thức"),
    "a formula that failed": (_formula("#DIV/0!"), "Mức trợ cấp", "bị lỗi (#DIV/0!)"),
    "an error in an old workbook": (_xls_with(lambda page: page.row(1).set_cell_error(5, 42)), "Mức trợ cấp", "bị lỗi (#N/A)"),
    "a number in scientific notation": (xlsx(one_row(**{"Số CCCD": "3,4147E+10"})), "Số định danh cá nhân", "mất các chữ số cuối"),
    "a number with an apostrophe short of zeros": (xlsx(one_row(**{"Số CCCD": "'34147000123"})), "Số định danh cá nhân", "034147000123"),
    "thirteen digits": (xlsx(one_row(**{"Số CCCD": "0341470001234"})), "Số định danh cá nhân", "có 13 chữ số"),
    "negative zero and words": (xlsx(one_row(**{"Mức trợ cấp": "âm năm trăm"})), "Mức trợ cấp", "không phải là số tiền"),
    "half a đồng": (xlsx(one_row(**{"Mức trợ cấp": 540000.5})), "Mức trợ cấp", "số đồng nguyên"),
    "money without end": (xlsx(one_row(**{"Mức trợ cấp": 1e40})), "Mức trợ cấp", "quá lớn"),
    "money as a date": (xlsx(one_row(**{"Mức trợ cấp": "12/03/2026"})), "Mức trợ cấp", "không phải là số tiền"),
    "a date of the 32nd": (xlsx(one_row(**{"Năm sinh": "32/01/1950"})), "Năm sinh", "32/01/1950"),
    "a date as a number too large": (xlsx(one_row(**{"Năm sinh": 999999})), "Năm sinh", "không"),
    "29 February of a common year": (xlsx(one_row(**{"Năm sinh": "29/02/1950"})), "Năm sinh", "chỉ có 28 ngày"),
    "a coefficient that Excel made a date": (drawn(_day_for_coefficient, one_row(**{"Hệ số": None})), "Hệ số", "Excel đã đổi hệ số"),
    "a name of digits": (xlsx(one_row(**{"Họ và tên": 12345})), "Họ và tên", "không phải là họ tên"),
    "no name": (xlsx(one_row(**{"Họ và tên": None})), "Họ và tên", "Thiếu “Họ và tên”"),
    "only invisible signs for a name": (xlsx(one_row(**{"Họ và tên": "\u200b\ufeff\u202e"})), "Họ và tên", "Thiếu “Họ và tên”"),
    "a name of 200 letters": (xlsx(one_row(**{"Họ và tên": "Nguyễn " * 40})), "Họ và tên", "quá dài"),
    "a month of a year": (xlsx(one_row(**{"Thời điểm hưởng": "2025"})), "Thời điểm hưởng", "không phải là tháng"),
    "the same number twice": (xlsx([*GOOD, [2, "Lê Văn Hai", "1947", *GOOD_ROW[3:]]]), "Số định danh cá nhân", "đã có ở dòng 2"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_cell_that_is_wrong_is_said_with_its_row_its_column_what_was_found_and_what_is_expected(name):
    data, column, said = ROWS[name]
    row = read_list(data, "danh sach.xlsx", [SAMPLE]).rows[-1]

    (problem,) = _error(row, column)
    assert said in problem.message
    assert problem.row == row.number and problem.found and problem.expected


def _hidden_row(_book, page):
    page.set_row(1, None, None, {"hidden": True})


def _hidden_sheet(book, _page):
    more = book.add_worksheet("Cũ")
    for row, cells in enumerate((HEADINGS, SECOND)):
        for column, cell in enumerate(cells):
            more.write(row, column, cell)
    more.hide()


def _merged_headings(_book, page):
    page.merge_range(0, 0, 0, 6, "DANH SÁCH")


# name: (file, what is said of the file; "" nothing)
READ = {
    "macros of a new workbook": (repacked(xlsx(GOOD), {"xl/vbaProject.bin": b"code"}), "Macro không được chạy"),
    "macros of an old workbook": (xls(GOOD) + "_VBA_PROJECT".encode("utf-16-le"), "Macro không được chạy"),
    "macros of an ods": (repacked(ods(GOOD), {"Basic/Standard/Module1.xml": b"<m/>"}), "Macro không được chạy"),
    "a hidden row": (drawn(_hidden_row, GOOD), "1 dòng đang ẩn (dòng 2)"),
    "a hidden row of an old workbook": (_xls_with(lambda page: (page.write(1, 5, "540.000"), setattr(page.row(1), "hidden", 1))), "1 dòng đang ẩn (dòng 2)"),
    "a hidden sheet": (drawn(_hidden_sheet, GOOD), "Trang đang ẩn không được đọc: “Cũ”"),
    "two sheets": (xlsx(GOOD, more={"Hai": [HEADINGS, SECOND]}), "chưa đọc: “Hai”"),
    "a heading twice": (xlsx([[*HEADINGS, "Họ và tên"], [*GOOD_ROW, "Ai Khác"]]), "2 cột cùng tiêu đề"),
    "a formula with its value": (_formula(540000), ""),
    "an ods formula with its value": (_ods_formula(b'office:value-type="float" office:value="540000"><text:p>540000</text:p>'), ""),
    "dates of 1904": (drawn(lambda book, page: page.write_datetime(1, 2, date(1947, 3, 12), book.add_format({"num_format": "dd/mm/yyyy"})),
                            [HEADINGS, [None if n == 2 else cell for n, cell in enumerate(GOOD_ROW)]], date_1904=True), ""),
    "a date as a number": (xlsx(one_row(**{"Năm sinh": 17238})), ""),
    "a link to another workbook": (repacked(_formula(540000), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"}), ""),
    "a size that lies": (changed_sheet(xlsx(GOOD), (b'<dimension ref="A1:G2"', b'<dimension ref="A1:XFD1048576"')), ""),
    "looks in the last row": (changed_sheet(xlsx(GOOD), (b"</sheetData>", b'<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>')), ""),
    "the heading on each printed page": (xlsx([HEADINGS, HEADINGS, GOOD_ROW]), ""),
    "a total below": (xlsx([*GOOD, [None, "Tổng cộng", None, None, None, "540.000"]]), ""),
    "a title merged over the table": (drawn(_merged_headings, [[None], HEADINGS, GOOD_ROW]), ""),
    "control signs in a cell": (csv(one_row(**{"Họ và tên": "Nguyễn\x07 Thị\x0b Hoà"})), ""),
    "a name in parts": (csv(one_row(**{"Họ và tên": "Nguye\u0302\u0303n Thi\u0323 Hoa\u0300"}), ";", "utf-8"), ""),
    "a workbook called csv": (xlsx(GOOD), ""),
    "semicolons and a mark": (csv(GOOD, ";", "utf-8-sig"), ""),
    "commas": (csv(one_row(**{"Hệ số": "1.5"}), ",", "utf-8"), ""),
    "tabs in UTF-16 the other way round": (b"\xfe\xff" + csv(GOOD, "\t", "utf-16-be"), ""),
    "a password Excel gives itself": (locked_xlsx(xlsx(GOOD), "VelvetSweatshop"), ""),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_an_odd_file_is_read_and_what_is_odd_is_said(name):
    data, said = READ[name]
    read = read_list(data, "danh sach.csv", [SAMPLE])

    (row,) = read.rows
    assert (row.values["name"], str(row.values["born"]), row.values["amount"], row.values["coefficient"]) == (
        "Nguyễn Thị Hoà", "12/03/1947", 540_000, 150,
    )  # fmt: skip
    assert not row.has_errors
    remarks = " ".join(problem.message for problem in read.file_problems)
    assert said in remarks if said else remarks == ""


@pytest.mark.parametrize(
    "locked", [locked_xlsx(xlsx(GOOD), "Mật khẩu 1"), locked_xls(xls(GOOD), "Mật khẩu 1")], ids=["xlsx", "xls"]
)
def test_a_locked_workbook_opens_with_its_password_only(locked):
    with pytest.raises(Locked, match="có đặt mật khẩu"):
        read_list(locked, "khóa.xlsx", [SAMPLE])
    with pytest.raises(Locked, match="không mở được tệp “khóa.xlsx”"):
        read_list(locked, "khóa.xlsx", [SAMPLE], password="mật khẩu 1")

    assert read_list(locked, "khóa.xlsx", [SAMPLE], password="Mật khẩu 1").rows[0].values["name"] == "Nguyễn Thị Hoà"


def test_a_lock_that_would_take_days_to_open_is_refused(monkeypatch):
    monkeypatch.setattr("ansinh.imports.reading.locked._MOST_SPINS", 99_999)  # the test's file asks for 100,000 rounds

    with pytest.raises(InvalidInput, match="mở quá lâu"):
        read_list(locked_xlsx(xlsx(GOOD), "x"), "khóa.xlsx", [SAMPLE], password="x")


def test_every_cut_of_a_locked_workbook_is_refused_in_words():
    for data in (locked_xlsx(xlsx(GOOD), "x"), locked_xls(xls(GOOD), "x")):
        for end in range(600, len(data), 5531):
            with pytest.raises(InvalidInput):
                read_list(data[:end], "khóa.xlsx", [SAMPLE], password="x")


def test_there_are_more_than_sixty_kinds_of_broken_files():
    assert len(BROKEN) + len(REFUSED) + len(ROWS) >= 60
