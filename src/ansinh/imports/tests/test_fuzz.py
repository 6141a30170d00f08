"""Whatever comes in, the reader gives rows or refuses in Vietnamese; and a good list with one bad cell says exactly that row."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ansinh.imports.reading.lists import read_list, read_pasted
from ansinh.imports.tests.building import HEADINGS, SAMPLE, csv_text, ods, repacked, xls, xlsx
from ansinh.imports.tests.locking import locked_xls, locked_xlsx
from ansinh.kernel.errors import InvalidInput

VIETNAMESE = re.compile("[ăâđêôơưĂÂĐÊÔƠƯạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹáàãéèíìóòúùý]")
often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
seldom = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])

LIST = [
    [str(n), name, f"{n:02d}/03/19{40 + n}", f"034{n % 2}{40 + n}{n:06d}", "1,5", "540.000", "07/2025"]
    for n, name in enumerate(
        ["Nguyễn Thị Hoà", "Trần Văn Ưởng", "Lê Bá Tú", "Y Ka Niê", "Phạm Quỳnh Nga", "Vũ Đình Khuê"], start=1
    )
]
GOOD = {"xlsx": xlsx([HEADINGS, *LIST]), "xls": xls([HEADINGS, *LIST]), "ods": ods([HEADINGS, *LIST])}
LOCKED = {"xlsx": locked_xlsx(GOOD["xlsx"], "mk"), "xls": locked_xls(GOOD["xls"], "mk")}
cells = st.one_of(
    st.none(), st.text(max_size=30), st.integers(), st.floats(), st.booleans(), st.dates(),
    st.sampled_from(["STT", "Họ và tên", "Năm sinh", "Số CCCD", "Hệ số", "Tổng cộng", "I", "Thôn Đông", "1", "x", "#REF!", "=1+1", "1E+40", "-0"]),
)  # fmt: skip


def rows_or_words(read) -> None:
    """The reading ends in rows that can be stored, or in a Vietnamese sentence."""
    try:
        result = read()
    except InvalidInput as refusal:
        assert VIETNAMESE.search(str(refusal)) and len(str(refusal)) > 20, refusal
        return
    assert result.rows
    for row in result.rows:
        assert all(VIETNAMESE.search(problem.message) for problem in row.problems)
        assert all("\x00" not in text for text in row.raw.values())
        row.values_as_json()


@often
@given(st.lists(st.lists(cells, max_size=9), max_size=12), st.booleans())
def test_any_cells_are_rows_or_a_refusal(rows, with_headings):
    typed = csv_text([HEADINGS, *rows] if with_headings else rows, "\t")
    rows_or_words(lambda: read_pasted(typed, [SAMPLE]))


@often
@given(
    st.one_of(
        st.binary(max_size=3000), st.text(max_size=2000).map(str.encode), st.text(max_size=1000).map(lambda t: t.encode("utf-16"))
    )
)
def test_any_bytes_are_rows_or_a_refusal(data):
    rows_or_words(lambda: read_list(data, "tệp.xlsx", [SAMPLE]))


@often
@given(st.sampled_from(sorted(GOOD)), st.integers(0), st.binary(min_size=1, max_size=40), st.booleans())
def test_a_good_file_with_bytes_overwritten_is_rows_or_a_refusal(kind, at, noise, cut):
    data = GOOD[kind]
    place = at % len(data)
    spoiled = data[:place] + noise + (b"" if cut else data[place + len(noise) :])
    rows_or_words(lambda: read_list(spoiled, f"tệp.{kind}", [SAMPLE]))


@often
@given(st.sampled_from(["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml", "xl/styles.xml"]),
       st.one_of(st.binary(max_size=400), st.text(alphabet="<>/=\"' crvfstaA1230xmlns:", max_size=400).map(str.encode)))  # fmt: skip
def test_any_part_of_a_workbook_is_rows_or_a_refusal(part, content):
    rows_or_words(lambda: read_list(repacked(GOOD["xlsx"], {part: content}), "tệp.xlsx", [SAMPLE]))


@seldom
@given(st.sampled_from(sorted(LOCKED)), st.integers(0), st.binary(min_size=1, max_size=20), st.sampled_from(["mk", "khác", None]))
def test_a_locked_file_with_bytes_overwritten_is_rows_or_a_refusal(kind, at, noise, password):
    data = LOCKED[kind]
    place = at % len(data)
    spoiled = data[:place] + noise + data[place + len(noise) :]
    rows_or_words(lambda: read_list(spoiled, f"tệp.{kind}", [SAMPLE], password=password))


WRONG = {
    1: ["", "12345", "?" * 5, "Nguyễn " * 30],
    2: ["31/02/1950", "không rõ", "13/13/1950", "1650", ""],
    3: ["12345", "03414x000123", "3,41E+10", "0341470001239"],
    4: ["hai", "25", "1,505", "#REF!"],
    5: ["năm trăm", "5", "540.000,5", "#N/A", "9" * 30],
    6: ["2025", "tháng sau", "13/2025"],
}


@often
@given(st.data())
def test_one_bad_cell_is_said_in_exactly_its_row_and_column(data):
    at = data.draw(st.integers(0, len(LIST) - 1))
    column = data.draw(st.sampled_from(sorted(WRONG)))
    rows = [list(row) for row in LIST]
    rows[at][column] = data.draw(st.sampled_from(WRONG[column]))
    read = read_pasted(csv_text([HEADINGS, *rows], "\t"), [SAMPLE])

    assert [row.number for row in read.rows if row.has_errors] == [at + 2]
    labels = {"Số CCCD": "Số định danh cá nhân"}
    heading = HEADINGS[column]
    assert {p.column for row in read.rows for p in row.problems if p.level == "error"} == {labels.get(heading, heading)}


def test_the_four_kinds_of_files_give_the_same_rows():
    text = csv_text([HEADINGS, *LIST], ";").encode("utf-8-sig")
    read = {kind: read_list(data, f"a.{kind}", [SAMPLE]) for kind, data in {**GOOD, "csv": text}.items()}
    told = {
        kind: [(row.number, row.values_as_json(), row.raw, [p.as_json() for p in row.problems]) for row in result.rows]
        for kind, result in read.items()
    }

    assert told["xls"] == told["xlsx"] and told["ods"] == told["xlsx"] and told["csv"] == told["xlsx"]
    assert len(told["xlsx"]) == len(LIST)
