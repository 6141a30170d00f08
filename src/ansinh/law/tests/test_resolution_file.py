"""A province's resolution as a file: read whole or refused, each fault with its line; the same words as the law files."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansinh.kernel.errors import AnsinhError
from ansinh.law.cli import main
from ansinh.law.resolution_file import FileFaults, read_resolution
from ansinh.law.resolution_words import sentences

GOOD = """\
resolution:
  number: "99/2025/NQ-HĐND"
  title: "Mức chuẩn của tỉnh thử"
  issued_on: '2025-12-10'
  in_force_from: '2026-01-01'
  applies_to_months_from: '2026-01'
  territory: '33@2025-07-01'
levels:
  - {standard_vnd: 650000, applies_to: [monthly, social_pension], basis: "Điều 2"}
amounts:
  - {of: injury, amount_vnd: 13000000, basis: "Điều 3"}
groups:
  - {key: elder, title: "Người cao tuổi hộ cận nghèo", when: "age >= age_elder and near_poor", coefficient: '1.5'}
"""


def faults(text: str) -> list[str]:
    with pytest.raises(FileFaults) as refused:
        read_resolution(text.encode())
    return refused.value.faults


def test_a_file_becomes_parts_that_each_name_their_article() -> None:
    found = read_resolution(GOOD.encode())
    level, amount, group = found.parts()

    assert (level.standard_vnd, level.applies_to, level.start) == (650_000, {"monthly", "social_pension"}, date(2026, 1, 1))
    assert level.instrument == "Điều 2 Nghị quyết số 99/2025/NQ-HĐND ngày 10/12/2025"
    assert (amount.amounts[0].of, amount.amounts[0].amount_vnd, amount.standard_vnd) == ("injury", 13_000_000, 0)
    assert (group.groups[0].coefficient, group.territories) == (150, {"33@2025-07-01"})


def test_it_is_told_in_vietnamese_sentences() -> None:
    told = [sentence.replace("\N{NO-BREAK SPACE}", " ") for sentence in sentences(read_resolution(GOOD.encode()))]

    assert told == [
        "Mức chuẩn 650.000 đ/tháng cho trợ cấp xã hội hằng tháng; trợ cấp hưu trí xã hội (Điều 2).",
        "Hỗ trợ người bị thương nặng: 13.000.000 đ (Điều 3).",
        "Người cao tuổi hộ cận nghèo: người từ đủ 60 tuổi; thuộc hộ cận nghèo. Hưởng hệ số 1,5.",
    ]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("650000", "sáu trăm", "Dòng 9, levels[1].standard_vnd: thấy “sáu trăm”, phải là số nguyên đồng"),
        ("650000", "650.000", "Dòng 9, levels[1].standard_vnd: thấy “650.000”"),
        ("'2026-01'", "01/2026", "Dòng 6, resolution.applies_to_months_from: thấy “01/2026”, phải là tháng"),
        ("'2025-12-10'", "10/12/2025", "Dòng 4, resolution.issued_on: thấy “10/12/2025”, phải là ngày"),
        ("'2025-12-10'", "'1925-12-10'", "Dòng 4, resolution.issued_on: thấy “1925-12-10”, phải là năm từ 2015"),
        ("monthly, ", "lương, ", "Dòng 9, levels[1].applies_to: thấy “danh sách”, phải là danh sách trong: monthly"),
        ("  title:", "  titel:", "Dòng 3, resolution: không có mục “titel”"),
        ("'1.5'", "'0'", "Dòng 13, groups[1].coefficient: thấy “0”, phải là hệ số lớn hơn 0"),
        ("key: elder", "key: người già", "Dòng 13, groups[1].key: thấy “người già”, phải là tên không dấu"),
        ("amounts:\n", "amounts: 5\nx:\n", "Dòng 10, amounts: phải là danh sách"),
        ("levels:", "level:", "Dòng 8, tệp: không có mục “level”"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_what_was_found_and_what_was_expected(before: str, after: str, told: str) -> None:
    assert any(fault.startswith(told) for fault in faults(GOOD.replace(before, after, 1)))


def test_every_fault_is_told_at_once_in_order_of_lines() -> None:
    wrong = GOOD.replace("650000", "x").replace("'2025-12-10'", "y").replace("of: injury", "of: ''")

    assert [fault.split(",")[0] for fault in faults(wrong)] == ["Dòng 4", "Dòng 9", "Dòng 11"]


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "Tệp rỗng"),
        (b"a: [1", "Dòng 1: không đọc được cú pháp YAML"),
        (b"resolution: {}\nresolution: {}", "lặp lại"),
        ("Mức".encode("utf-16"), "không phải văn bản UTF-8"),
        (b"[" * 5000, "không đọc được cú pháp"),
        (b"#" * 300_000, "nặng 300 kB"),
        (b"- 1", "phải là các mục"),
    ],
)
def test_a_broken_file_is_refused_in_words(data: bytes, told: str) -> None:
    with pytest.raises(FileFaults, match=told):
        read_resolution(data)


@given(st.text(max_size=80), st.sampled_from(["650000", "monthly", "'2026-01'", '"99/2025/NQ-HĐND"', "injury", "'1.5'"]))
def test_whatever_is_typed_is_read_or_refused_in_words(typed: str, place: str) -> None:
    try:
        read_resolution(GOOD.replace(place, typed, 1).encode("utf-8", "surrogatepass"))
    except AnsinhError as refusal:
        assert str(refusal)


# The command ---------------------------------------------------------------------------------------------------------
def test_the_command_tells_what_a_good_file_sets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (file := tmp_path / "nq.yaml").write_text(GOOD, encoding="utf-8")

    assert main(["resolution", "check", str(file)]) == 0
    said = capsys.readouterr().out
    assert "Nghị quyết số 99/2025/NQ-HĐND ngày 10/12/2025: tính cho các tháng từ 01/2026" in said
    assert "- Người cao tuổi hộ cận nghèo: người từ đủ 60 tuổi" in said


def test_the_command_refuses_what_lies_below_a_floor_and_what_cannot_be_read(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (low := tmp_path / "low.yaml").write_text(GOOD.replace("650000", "450000"), encoding="utf-8")
    (bad := tmp_path / "bad.yaml").write_text(GOOD.replace("650000", "x"), encoding="utf-8")

    assert main(["resolution", "check", str(low)]) == 1
    assert "thấp hơn mức chung 500.000" in capsys.readouterr().out.replace("\N{NO-BREAK SPACE}", " ")
    assert main(["resolution", "check", str(bad)]) == 2
    assert "Dòng 9" in capsys.readouterr().err
    assert main(["resolution", "check", str(tmp_path / "none.yaml")]) == 2
