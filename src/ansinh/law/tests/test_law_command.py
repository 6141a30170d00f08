"""`ansinh law`: exit codes, the last line, a failure told in full, the explanation tree."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from ansinh.kernel.money import money_text
from ansinh.law.caseformat import poverty
from ansinh.law.cli import main
from ansinh.law.tests.factories import CASE, changed, write

POVERTY = {
    "id": "PV-1", "kind": "balance", "title": "a small commune", "facts": {"start": 50, "thoat": 12}, "expect": {"end": 38},
    "legal_basis": ["report form"], "confidence": "K",
}  # fmt: skip
Output = pytest.CaptureFixture[str]


def last_line(capsys: Output) -> tuple[str, str]:
    text = capsys.readouterr().out
    return text, text.splitlines()[-1]


def alive(**more: Any) -> dict[str, Any]:
    return {**{key: value for key, value in CASE.items() if key not in ("events", "law")}, **more}


def test_all_passing_is_success(tmp_path: Path, capsys: Output) -> None:
    assert main(["check", str(write(tmp_path, alive()))]) == 0
    assert last_line(capsys)[1] == "1 passed, 0 failed"


def test_a_failure_is_told_with_expected_got_and_basis(tmp_path: Path, capsys: Output) -> None:
    wrong = alive(expect=[{"ask": "monthly", "month": "2026-11", "total_vnd": 750000}])

    assert main(["check", str(write(tmp_path, wrong, alive(id="TC-2")))]) == 1

    text, last = last_line(capsys)
    assert last == "1 passed, 1 failed"
    assert "TC-1 severe [high]" in text
    assert f"phải là: {money_text(750_000)}" in text
    assert f"đã ra:   {money_text(810_000)}" in text
    assert "Khoản 6 Điều 5 NĐ 335/2026/NĐ-CP" in text
    assert "căn cứ của trường hợp: NĐ 335 Đ5.6" in text
    assert "TC-2" not in text


def test_a_wrong_line_is_told_as_lines(tmp_path: Path, capsys: Output) -> None:
    main(["check", str(write(tmp_path, changed("expect/0/lines/0/coefficient", "2")))])

    text, _ = last_line(capsys)
    assert "DISABLED_SEVERE ND335.5.6 self 2 x 540000" in text
    assert "DISABLED_SEVERE ND335.5.6 self 1.5 x 540000" in text


def test_only_selects_by_kind(tmp_path: Path, capsys: Output) -> None:
    wrong = alive(id="TC-2", expect=[{"ask": "one_off", "kind": "rice", "kg": 1}])

    assert main(["check", "--only", "monthly_allowance,social_pension", str(write(tmp_path, alive(), wrong))]) == 0
    assert last_line(capsys)[1] == "1 passed, 0 failed"


def test_none_selected_is_a_failure(tmp_path: Path, capsys: Output) -> None:
    assert main(["check", "--only", "rice", str(write(tmp_path, alive()))]) == 1
    assert last_line(capsys)[1] == "0 passed, 0 failed"


def test_a_refused_file_is_a_failure_beside_a_passing_one(tmp_path: Path, capsys: Output) -> None:
    good = write(tmp_path, alive())
    (tmp_path / "bad").mkdir()
    bad = write(tmp_path / "bad", changed("procedure", "quick"))

    assert main(["check", str(good), str(bad)]) == 1

    text, last = last_line(capsys)
    assert last == "1 passed, 1 failed"
    assert "TC-1: procedure" in text


def test_an_answer_the_engine_cannot_give_is_a_failure(tmp_path: Path, capsys: Output) -> None:
    impossible = alive(expect=[{"ask": "arrears", "lines": [], "total_vnd": 0}])

    assert main(["check", str(write(tmp_path, impossible))]) == 1
    assert "Không có quyết định" in last_line(capsys)[0]


def test_explain_prints_the_tree_with_articles_and_numbers(tmp_path: Path, capsys: Output) -> None:
    assert main(["explain", str(write(tmp_path, alive())), "--month", "2026-11"]) == 0

    text = capsys.readouterr().out
    assert "adult, tháng hưởng 11/2026 — Nghị định 335/2026/NĐ-CP" in text
    assert "[ĐƯỢC HƯỞNG] ND335.5.6 Người khuyết tật nặng (Khoản 6 Điều 5 NĐ 335/2026/NĐ-CP)" in text
    assert "Hệ số 1,5" in text and f"số tiền {money_text(810_000)}" in text
    assert f"Mức chuẩn trợ giúp xã hội: {money_text(540_000)}" in text and "tính cho tháng hưởng từ 07/2026" in text
    assert "[KHÔNG THUỘC] ND335.5.8" in text
    assert "✗ nhiễm HIV/AIDS" in text
    assert "Bản luật: " in text


def test_explain_tells_what_lost_and_why(tmp_path: Path, capsys: Output) -> None:
    case = alive(persons={"elder": {"birth": "1955-01-01", "disability": "extremely_severe", "supporter": "none"}}, expect=[
        {"ask": "monthly", "month": "2026-11", "total_vnd": 1350000}
    ])  # fmt: skip

    assert main(["explain", str(write(tmp_path, case))]) == 0

    text = capsys.readouterr().out
    assert "[ĐỦ ĐIỀU KIỆN, KHÔNG HƯỞNG] ND335.5.5.a" in text
    assert "Chỉ hưởng một mức cao nhất" in text


def test_explain_takes_plain_facts_and_a_month(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("month: '2026-11'\npersons: {elder: {birth: '1949-02-10'}}\n", encoding="utf-8")
    assert main(["explain", str(path)]) == 0
    assert "[ĐƯỢC HƯỞNG] ND176.2.1" in capsys.readouterr().out

    path.write_text("month: '2026-11'\npersons: {elder: {birthday: '1949-02-10'}}\n", encoding="utf-8")
    assert main(["explain", str(path)]) == 2
    assert "birthday" in capsys.readouterr().err


def test_explain_tells_who_gets_nothing_what_is_missing_and_nobody_else(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "facts.yaml"
    path.write_text("month: '2026-11'\npersons: {elder: {birth: '1952-12-10'}}\n", encoding="utf-8")
    assert main(["explain", str(path)]) == 0
    text = capsys.readouterr().out
    assert "Để được hưởng còn thiếu:" in text
    assert "người từ đủ 75 tuổi (Khoản 1 Điều 2 NĐ 176/2025/NĐ-CP): đủ 75 tuổi vào 12/2027" in text

    path.write_text("month: '2026-11'\npersons: {elder: {birth: '1949-02-10'}}\n", encoding="utf-8")
    assert main(["explain", str(path)]) == 0
    assert "còn thiếu" not in capsys.readouterr().out


@pytest.mark.parametrize("arguments", [["--case", "TC-9"], ["--month", "2026-14"]])
def test_explain_refuses_what_does_not_exist(tmp_path: Path, capsys: Output, arguments: list[str]) -> None:
    assert main(["explain", str(write(tmp_path, alive())), *arguments]) == 2
    assert capsys.readouterr().err.strip()


def test_a_poverty_case_is_read_and_not_silently_passed(tmp_path: Path, capsys: Output) -> None:
    path = write(tmp_path, POVERTY, name=poverty.FORMAT)

    assert main(["check", str(path)]) == 1
    assert main(["check", "--only", "income", str(path)]) == 1


def test_the_schema_is_printed_as_json(capsys: Output) -> None:
    assert main(["schema"]) == 0
    assert json.loads(capsys.readouterr().out)["oneOf"]


def test_a_change_of_law_is_told_person_by_person_with_what_is_owed(tmp_path: Path, capsys: Output) -> None:
    path = str(write(tmp_path, alive()))

    assert main(["transition", path, "--change", "2026", "--decided-in", "2026-11"]) == 0

    text = capsys.readouterr().out
    assert f"ND20.5.6 hệ số 1,5 {money_text(750_000)} → ND335.5.6 hệ số 1,5 {money_text(810_000)}" in text
    assert f"10/2026: được hưởng {money_text(810_000)}, đã chi {money_text(750_000)}, truy lĩnh {money_text(60_000)}" in text
    assert f"Cộng truy lĩnh {money_text(240_000)}." in text
    assert "Điều 32 NĐ 335/2026/NĐ-CP" in text


def test_a_change_of_law_nobody_knows_is_refused(tmp_path: Path, capsys: Output) -> None:
    assert main(["transition", str(write(tmp_path, alive())), "--change", "2019"]) == 2
    assert "có: 2021, 2024, 2025, 2026" in capsys.readouterr().err


def test_a_change_of_law_tells_what_must_be_asked_for_and_when_nobody_draws_anything(tmp_path: Path, capsys: Output) -> None:
    old = alive(persons={"adult": {"birth": "1949-01-01"}}, household={"poverty": "not_poor"})
    none = alive(id="TC-2", persons={"adult": {"birth": "1990-01-01"}})

    assert main(["transition", str(write(tmp_path, old, none)), "--change", "2025"]) == 0

    text = capsys.readouterr().out
    assert "không hưởng → ND176.2.1" in text and "phải có đề nghị" in text
    assert "Không ai hưởng khoản nào" in text
