"""TCVN3, VNI and VIQR: noticed, shown before and after, converted only when told; never seen where they are not."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.demo import names
from ansinh.imports.reading import codings
from ansinh.imports.reading.files import Grid
from ansinh.imports.reading.lists import AsksAboutLetters, read_list
from ansinh.imports.reading.old_letters import to_unicode
from ansinh.imports.reading.syllables import is_syllable
from ansinh.imports.tests.building import GOOD_ROW, HEADINGS, SAMPLE, csv, ods, xls, xlsx
from ansinh.imports.tests.old_typing import LETTERS, typed

_TONES = "\u0300\u0301\u0303\u0309\u0323"
CODINGS = ("tcvn3", "vni", "viqr")
PEOPLE = [
    "Nguyễn Thị Hoà",
    "Trần Văn Ưởng",
    "Đỗ Thị Tuyết",
    "Lê Bá Tú",
    "Phạm Quỳnh Nga",
    "Vũ Đình Khuê",
    "Bùi Thuỷ",
    "Hoàng Ngọc Ánh",
]


def people_list(*people: str) -> list[list]:
    rows = [[n + 1, name, "12/03/1947", f"03414700{n:04d}", "1,5", "540.000", "07/2025"] for n, name in enumerate(people)]
    return [HEADINGS, *rows]


def in_coding(rows: list[list], coding: str) -> list[list]:
    return [[typed(cell, coding) if isinstance(cell, str) else cell for cell in row] for row in rows]


@pytest.mark.parametrize("coding", CODINGS)
def test_every_letter_small_and_capital_comes_back(coding):
    small = {letter: to_unicode(typed(letter, coding), coding) for letter in LETTERS}
    assert {letter: back for letter, back in small.items() if letter != back} == {}
    if coding != "tcvn3":  # has no capitals with a tone
        capitals = {letter.upper(): to_unicode(typed(letter.upper(), coding), coding) for letter in LETTERS}
        assert {letter: back for letter, back in capitals.items() if letter != back} == {}


@given(st.lists(st.text(alphabet=LETTERS + "bcdghklmnpqrstvx", min_size=1, max_size=7), min_size=1, max_size=6).map(" ".join))
def test_any_text_of_these_letters_comes_back_from_tcvn3_and_vni(text):
    assert to_unicode(typed(text, "tcvn3"), "tcvn3") == text
    assert to_unicode(typed(text, "vni"), "vni") == text


@given(
    st.lists(st.text(alphabet=LETTERS.replace("đ", "") + "bcghklmnpqrstvx", min_size=1, max_size=7), min_size=1, max_size=6).map(
        " ".join
    )
)
def test_any_text_of_these_letters_comes_back_from_viqr(text):
    assert to_unicode(typed(text, "viqr"), "viqr") == text


@pytest.mark.parametrize(
    ("cell", "said"),
    [("Hä vµ tªn", "Họ và tên"), ("NguyÔn ThÞ Hoµ", "Nguyễn Thị Hoà"), ("D©n sè vµ Lao ®éng", "Dân số và Lao động"),
     ("HOµNG V¡N T¸", "HOÀNG VĂN TÁ"), ("Lª B¸ Tó", "Lê Bá Tú"), ("TRÇN THÞ Ho¸", "TRẦN THỊ Hoá")],
)  # fmt: skip
def test_tcvn3_as_real_files_have_it(cell, said):
    assert codings.convert_cell(cell, "tcvn3") == said


def test_vni_and_viqr_as_real_files_have_them():
    assert codings.convert_cell("Nguyeãn Vaên Ñaït", "vni") == "Nguyễn Văn Đạt"
    assert codings.convert_cell("NGUYEÃN THÒ HÖÔØNG", "vni") == "NGUYỄN THỊ HƯỜNG"
    assert codings.convert_cell("Nguye^~n Va(n DDa.t, tho^n 3 (xa~ cu~)", "viqr") == "Nguyễn Văn Đạt, thôn 3 (xã cũ)"


@pytest.mark.parametrize("coding", CODINGS)
@pytest.mark.parametrize("write", [xlsx, xls, ods], ids=["xlsx", "xls", "ods"])
def test_a_list_is_asked_about_with_samples_and_then_reads_as_if_typed_in_unicode(write, coding):
    data = write(in_coding(people_list(*PEOPLE), coding))

    with pytest.raises(AsksAboutLetters) as question:
        read_list(data, "cũ.xlsx", [SAMPLE], old_letters="ask")
    assert question.value.found.coding == coding
    samples = dict(question.value.found.samples)
    assert len(samples) >= 4 and all(typed(after, coding) == before for before, after in samples.items())

    read = read_list(data, "cũ.xlsx", [SAMPLE], old_letters="convert")
    assert [row.values["name"] for row in read.rows] == PEOPLE
    assert [row.values for row in read.rows] == [
        row.values for row in read_list(xlsx(people_list(*PEOPLE)), "mới.xlsx", [SAMPLE]).rows
    ]
    assert "Đã chuyển" in read.file_problems[-1].message


@pytest.mark.parametrize(
    ("coding", "bytes_of"), [("tcvn3", "cp1252"), ("vni", "cp1252"), ("viqr", "ascii"), ("tcvn3", "utf-8"), ("vni", "utf-16")]
)
@pytest.mark.parametrize("mark", [";", ",", "\t"])
def test_text_files_of_the_time_are_read_too(coding, bytes_of, mark):
    rows = [[cell.replace(",", ".") if isinstance(cell, str) else cell for cell in row] for row in people_list(*PEOPLE)]
    data = csv(in_coding(rows, coding), mark, bytes_of)

    assert [row.values["name"] for row in read_list(data, "cũ.csv", [SAMPLE], old_letters="convert").rows] == PEOPLE


def test_what_the_officer_wants_kept_is_kept_and_said():
    rows = people_list(*PEOPLE)
    data = xlsx([rows[0], *in_coding(rows[1:], "tcvn3")])
    read = read_list(data, "cũ.xlsx", [SAMPLE], old_letters="keep")

    assert read.rows[0].values["name"] == typed(PEOPLE[0], "tcvn3")
    assert "giữ nguyên" in read.file_problems[-1].message


def test_unicode_cells_of_a_mixed_list_stay_as_they_are():
    rows = people_list(*PEOPLE, "Tô Hà", "Lê Hà")
    mixed = [rows[0], *in_coding(rows[1:7], "tcvn3"), *rows[7:]]
    read = read_list(xlsx(mixed), "lẫn.xlsx", [SAMPLE], old_letters="convert")

    assert [row.values["name"] for row in read.rows][:8] == PEOPLE


def test_names_in_a_font_of_capitals_are_capitals():
    rows = in_coding(people_list(*(name.lower() for name in PEOPLE)), "tcvn3")

    assert [row.values["name"] for row in read_list(xlsx(rows), "H.xlsx", [SAMPLE], old_letters="convert").rows] == [
        n.upper() for n in PEOPLE
    ]


def _invented(count: int, seed: int) -> list[str]:
    chance = random.Random(seed)
    return [
        names.full_name(chance, sex=chance.choice(("male", "female")), born_year=1950, family=names.surname(chance))
        for _ in range(count)
    ]


PLAIN = {
    "Vietnamese": _invented(600, 1),
    "Vietnamese in NFD": [unicodedata.normalize("NFD", name) for name in _invented(600, 2)],
    "Vietnamese in capitals": [name.upper() for name in _invented(600, 3)],
    "names of the highlands": ["Y Ka Niê", "H'Bluê Êban", "Y Wô Niê Kdăm", "K'Brẻo", "Ksor H'Nê", "Rơ Châm Ất", "Đinh Bơh", "Siu Blơl", "H'Hen Niê",
                               "Bnướch Thị Rốp", "A Lăng Bhôm", "Zơrâm Đốc"] * 5,
    "English": ["John O'Neil", "Anne-Marie", "Total (2026)", "e.g. none", "N/A", "a+b", "C++", "x^2", "do+", "Q.A.", "Name?", "data~"] * 5,
    "French and German": ["Jérôme Lefèvre", "Müller", "François", "Gößling", "Ångström", "São Paulo", "Café", "Zoë", "naïve", "Æsop"] * 5,
    "numbers": ["1.080.000", "12/3/1947", "034147000123", "2,5", "(1)", "-540.000", "50%", "a) 12", "3+4", "±5", "½", "25°C", "10 m²"] * 5,
    "accounts and signs": ["0912.345.678", "a.b@c.vn", "§ 5", "© 2026", "№ 12", "«x»", "1º", "µg", "¶", "dd/mm/yyyy", "o(^_^)o"] * 5,
}  # fmt: skip


@pytest.mark.parametrize("kind", PLAIN)
def test_no_coding_is_seen_where_there_is_none(kind):
    assert codings.find([Grid("A", [[cell] for cell in PLAIN[kind]])]) is None


@given(st.lists(st.sampled_from(sum(PLAIN.values(), [])), max_size=60), st.lists(st.text(max_size=20), max_size=10))
def test_no_mixture_of_these_and_noise_is_taken_for_an_old_coding(cells, noise):
    found = codings.find([Grid("A", [[cell] for cell in cells])])
    assert found is None
    codings.find([Grid("A", [cells + noise])])  # noise may look like anything, but never stops the reading


def test_the_rule_of_spelling_knows_the_words_of_names():
    words = {word for name in _invented(3000, 4) for word in name.split()}
    assert {word for word in words if not word.isascii() and not is_syllable(word)} == set()


def test_windows_1258_is_no_old_coding():
    text = "\n".join(";".join(map(str, row)) for row in people_list(*PEOPLE))
    read = read_list("".join(map(_windows, text)).encode("cp1258"), "win.csv", [SAMPLE], old_letters="ask")

    assert [row.values["name"] for row in read.rows] == PEOPLE
    assert "mã Windows" in read.file_problems[0].message


def _windows(letter: str) -> str:
    """A letter as cp1258 has it: with its shape, the tone after."""
    base, *marks = unicodedata.normalize("NFD", letter)
    shape = [mark for mark in marks if mark not in _TONES]
    return unicodedata.normalize("NFC", base + "".join(shape)) + "".join(mark for mark in marks if mark in _TONES)


def test_one_good_row_is_not_asked_about():
    assert read_list(xlsx([HEADINGS, GOOD_ROW]), "a.xlsx", [SAMPLE], old_letters="ask").rows[0].problems == []
