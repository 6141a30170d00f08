"""Reading a file of worked cases: an unknown key or value refuses the whole file, with the case and the place."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansinh.law.caseformat import poverty, social
from ansinh.law.caseformat.reading import read_cases
from ansinh.law.engine.errors import CaseFileError
from ansinh.law.tests.factories import CASE, changed, write


def refusal(path: Path) -> str:
    with pytest.raises(CaseFileError) as caught:
        read_cases(path)
    return str(caught.value)


def test_a_good_file_gives_its_format_and_cases(tmp_path: Path) -> None:
    assert read_cases(write(tmp_path, CASE)) == (social.FORMAT, [CASE])


@pytest.mark.parametrize("key", ["remark", "persons/adult/salary", "household/poor", "events/0/hour", "expect/0/sum", "law/note"])
def test_an_unknown_key_is_refused_with_case_and_place(tmp_path: Path, key: str) -> None:
    text = refusal(write(tmp_path, changed(key, 1)))

    parent, _, name = key.rpartition("/")
    assert f"TC-1: {parent or '(trường hợp)'}: " in text
    assert name in text


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ("persons/adult/disability", "heavy"),
        ("persons/adult/birth", "06/05/1990"),
        ("household/poverty", "rich"),
        ("procedure", "quick"),
        ("confidence", "sure"),
        ("events/0/date", "2027-02-30"),
        ("law/parameters/pension_tie", "both"),
        ("expect/0/month", "2026-13"),
        ("expect/0/total_vnd", 810000.5),
        ("expect/0/lines/0/coefficient", 1.5),
        ("expect/0/lines/0/category", "RICH"),
        ("expect/0/lines/0/payee", "bank"),
    ],
)
def test_an_unknown_value_is_refused_with_case_and_place(tmp_path: Path, place: str, value: Any) -> None:
    text = refusal(write(tmp_path, changed(place, value)))

    assert "TC-1: " in text
    assert place in text


@pytest.mark.parametrize("kind", ["born", "died_twice", ""])
def test_an_unknown_kind_of_event_is_refused(tmp_path: Path, kind: str) -> None:
    text = refusal(write(tmp_path, changed("events/0/kind", kind)))

    assert "TC-1: events/0" in text


def test_an_unknown_question_is_refused(tmp_path: Path) -> None:
    assert "TC-1: expect/0" in refusal(write(tmp_path, changed("expect/0/ask", "weekly")))


def test_a_line_of_somebody_not_in_the_case_is_refused(tmp_path: Path) -> None:
    text = refusal(write(tmp_path, changed("expect/0/lines/0/person", "nobody")))

    assert "TC-1: expect/0/person: không có người “nobody”" in text


def test_every_fault_of_every_case_is_told_and_nothing_is_read(tmp_path: Path) -> None:
    second = changed("confidence", "sure")
    second["id"] = "TC-2"

    text = refusal(write(tmp_path, changed("procedure", "quick"), second))

    assert "TC-1: procedure" in text
    assert "TC-2: confidence" in text


def test_a_doubled_id_is_refused(tmp_path: Path) -> None:
    assert "TC-1: id: lặp lại" in refusal(write(tmp_path, CASE, CASE))


def test_a_deadline_needs_the_list_of_holidays(tmp_path: Path) -> None:
    case = changed("expect", [{"ask": "deadline", "act": "decide_monthly_allowance", "date": "2026-11-10"}])

    assert "holidays" in refusal(write(tmp_path, case))


def test_an_unknown_format_is_refused(tmp_path: Path) -> None:
    text = refusal(write(tmp_path, CASE, name="ansinh-cases-social-assistance/1"))

    assert "không biết khuôn dạng" in text
    assert social.FORMAT in text and poverty.FORMAT in text


@pytest.mark.parametrize(
    "text",
    ["", "- 1", "format: x", "cases: []\nformat: ansinh-cases-social-assistance/2", "a: [", "format: a\nformat: b\ncases: []",
     "format: ansinh-cases-social-assistance/2\ncases: [1, text]"],
)  # fmt: skip
def test_what_is_no_case_file_ends_in_a_clear_refusal(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(text, encoding="utf-8")

    assert str(path) in refusal(path)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    assert "nowhere.yaml" in refusal(tmp_path / "nowhere.yaml")


def test_a_date_without_quotes_stays_text(tmp_path: Path) -> None:
    path = write(tmp_path, CASE)
    path.write_text(path.read_text(encoding="utf-8").replace("'1990-05-06'", "1990-05-06"), encoding="utf-8")

    assert read_cases(path)[1][0]["persons"]["adult"]["birth"] == "1990-05-06"
