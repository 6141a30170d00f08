"""Procedures as data: every regime, the sums of days, what the other law files say of the same, and files that are refused."""

from datetime import date
from pathlib import Path

import pytest

from ansinh.law.engine.errors import LawFileError
from ansinh.law.engine.lawfile import load
from ansinh.law.procedures import load_sheets, load_years, sheet, step_days
from ansinh.law.procedures.files import FOLDER, ProcedureSheet

ALLOWANCE = ("allowance_grant", "allowance_change", "allowance_stop", "allowance_suspend", "allowance_resume", "carer_grant")
PARAMETERS = dict.fromkeys(ALLOWANCE, "decide_monthly_allowance_days") | {
    "social_pension": "decide_social_pension_days", "funeral": "decide_funeral_days",
}  # fmt: skip


def test_every_procedure_of_assistance_is_there():
    assert load_sheets().keys() >= {*PARAMETERS, "move"}


@pytest.mark.parametrize("key", ALLOWANCE)
def test_an_allowance_has_a_version_for_every_day_since_the_decree_of_2021(key):
    days = {regime: sheet(key).on(date.fromisoformat(day)).days for regime, day in LAST_DAYS}
    assert days == {"R1": 22, "R2": 10, "R3": 7}
    assert sheet(key).on(date(2021, 6, 30)) is None


LAST_DAYS = (("R1", "2025-06-30"), ("R2", "2026-10-04"), ("R3", "2026-10-05"))


@pytest.mark.parametrize(("key", "parameter"), PARAMETERS.items())
def test_the_time_is_that_of_the_law_of_deadlines(key, parameter):
    numbers = load().parameters[parameter]
    for version in sheet(key).versions:
        assert version.days == numbers.on_day(version.start).value, version.regime


@pytest.mark.parametrize("made", load_sheets().values(), ids=lambda made: made.key)
def test_versions_begin_and_end_with_the_regimes_of_the_law(made: ProcedureSheet):
    spans = {regime.key: (regime.start, regime.end) for regime in load().regimes}
    for version in made.versions:
        assert (version.start, version.end) == spans[version.regime]


@pytest.mark.parametrize("made", load_sheets().values(), ids=lambda made: made.key)
def test_no_form_of_a_dossier_asks_what_tells_an_illness(made: ProcedureSheet):
    assert all("hiv" not in case.asks for case in made.cases)


def test_the_districts_decide_until_the_districts_end():
    levels = {version.regime: version.steps[-1].level for version in sheet("allowance_grant").versions}
    assert levels == {"R1": "district", "R2": "commune", "R3": "commune"}


def test_steps_with_days_of_their_own_follow_each_other():
    version = sheet("allowance_grant").on(date(2024, 3, 1))
    days = [day for _, day in step_days(version, date(2024, 3, 1), load_years())]
    assert days == [None, date(2024, 3, 12), date(2024, 3, 14), date(2024, 3, 19), date(2024, 3, 28), date(2024, 4, 2)]


def test_what_nobody_read_is_marked():
    assert [version.mark for version in sheet("allowance_stop").versions] == ["?", "?", "?"]
    assert sheet("move").code_mark == "?" and sheet("funeral").on(date(2025, 8, 1)).mark == "?"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("unit: working", "unit: workin", "workin"),
        ("days: 22", "days: 21", "tổng các bước 22 ngày khác thời hạn 21 ngày"),
        ("start: '2025-07-01'", "start: '2025-07-02'", "R1 và R2 không nối tiếp nhau"),
        ("cases: [elder]", "cases: [eldr]", "không có trường hợp eldr"),
        ("key: allowance_grant", "key: allowance_other", "khác tên tệp"),
        ("key: forward", "key: review", "hai bước cùng khóa"),
    ],
)
def test_a_file_that_does_not_fit_is_refused(tmp_path: Path, old: str, new: str, said: str):
    text = (FOLDER / "allowance_grant.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "allowance_grant.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(LawFileError, match=said):
        load_sheets(tmp_path)


def test_a_procedure_nobody_wrote_is_refused():
    with pytest.raises(LawFileError, match="khác"):
        sheet("khác")


def test_a_new_regime_is_new_data_alone(tmp_path: Path):
    text = (FOLDER / "allowance_grant.yaml").read_text(encoding="utf-8")
    head, last = text.split("- regime: R3")
    ended = "- regime: R3" + last.replace("start: '2026-10-05'", "start: '2026-10-05'\n  end: '2030-01-01'")
    new = "- regime: R3" + last.replace("2026-10-05", "2030-01-01").replace("days: 7", "days: 5")
    (tmp_path / "allowance_grant.yaml").write_text(head + ended + new, encoding="utf-8")
    made = load_sheets(tmp_path)["allowance_grant"]
    assert (made.on(date(2029, 12, 31)).days, made.on(date(2030, 1, 1)).days) == (7, 5)


@pytest.mark.parametrize(
    ("procedure", "case", "numbers"),
    [
        ("allowance_grant", "child", ("Mẫu 1a", "Mẫu 1a", "Mẫu số 01")),
        ("allowance_grant", "disabled", ("Mẫu 1đ", "Mẫu 1đ", "Mẫu số 01")),
        ("allowance_grant", "unsettled", ("Mẫu 1a, 1b, 1c, 1d hoặc 1đ, theo khoản",) * 2 + ("Mẫu số 01",)),
        ("carer_grant", "household", ("Mẫu số 2a", "Mẫu số 2a", "Mẫu số 02")),
        ("carer_grant", "foster_child", ("Mẫu số 2b và Mẫu số 03",) * 2 + ("Mẫu số 02",)),
        ("funeral", "beneficiary", ("Mẫu số 04", "Mẫu số 04", "Mẫu số 03")),
        ("funeral", "pensioner", ("Mẫu số 04", "Mẫu số 02 (NĐ 176/2025/NĐ-CP)", "Mẫu số 03")),
    ],
)
def test_every_form_is_called_as_the_decree_of_its_day_calls_it(procedure: str, case: str, numbers: tuple[str, str, str]):
    days = (date(2024, 3, 1), date(2025, 9, 1), date(2026, 11, 1))
    assert tuple(sheet(procedure).on(day).form_for(case).number for day in days) == numbers
