"""Numbers in words, against tables and against a second reader written another way."""

import pytest

from ansinh.kernel.errors import InvalidInput
from ansinh.rendering.words import money_in_words, number_in_words


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "không"),
        (4, "bốn"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (101, "một trăm linh một"),
        (105, "một trăm linh năm"),
        (110, "một trăm mười"),
        (2_021, "hai nghìn không trăm hai mươi mốt"),
        (21_000, "hai mươi mốt nghìn"),
        (500_000, "năm trăm nghìn"),
        (1_005_000, "một triệu không trăm linh năm nghìn"),
        (1_050_000, "một triệu không trăm năm mươi nghìn"),
        (1_005_000_000, "một tỷ không trăm linh năm triệu"),
        (1_000_000_005, "một tỷ không trăm linh năm"),
        (1_005_000_000_000, "một nghìn không trăm linh năm tỷ"),
        (10**15, "một triệu tỷ"),
        (10**18, "một tỷ tỷ"),
        (-5, "âm năm"),
        (-1000, "âm một nghìn"),
    ],
)
def test_a_number_is_read_as_officers_read_it(value, words):
    assert number_in_words(value) == words


def test_money_starts_with_a_capital_and_ends_with_dong():
    assert money_in_words(1_423_440_000) == "Một tỷ bốn trăm hai mươi ba triệu bốn trăm bốn mươi nghìn đồng"
    assert money_in_words(540_000, ending="./.") == "Năm trăm bốn mươi nghìn đồng./."
    assert money_in_words(-360_000) == "Âm ba trăm sáu mươi nghìn đồng"


def test_a_number_too_large_is_refused_in_words():
    with pytest.raises(InvalidInput, match="quá lớn"):
        number_in_words(10**19)


def _second_reader(value: int) -> str:
    """Another way: read the padded digits of groups one by one, then drop what does not stand at the front."""
    digits = str(value)
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[i : i + 3] for i in range(0, len(digits), 3)]
    names = dict(enumerate(["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]))
    said: list[str] = []
    for place, group in enumerate(reversed(groups)):
        h, t, u = map(int, group)
        if h == t == u == 0:
            continue
        words = [names[h], "trăm"]
        if t == 0 and u:
            words += ["linh", names[u]]
        elif t == 1:
            words += ["mười"] + ([{5: "lăm"}.get(u, names[u])] if u else [])
        elif t:
            words += [names[t], "mươi"] + ([{1: "mốt", 4: "tư", 5: "lăm"}.get(u, names[u])] if u else [])
        said.insert(0, " ".join(words) + ["", " nghìn", " triệu"][place])
    text = " ".join(said)
    return text.removeprefix("không trăm ").removeprefix("linh ")


def test_all_multiples_of_500_up_to_100_million_agree_with_a_second_reader():
    differing = [value for value in range(500, 100_000_001, 500) if number_in_words(value) != _second_reader(value)]

    assert differing == []
