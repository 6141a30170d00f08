"""Days of complaints, denunciations and petitions: dated, worked out by the holiday calendar."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.law.engine.errors import LawFileError
from ansinh.law.petitions import limit_on, load_limits
from ansinh.law.procedures import load_years

DAYS = load_years()


@pytest.mark.parametrize(
    ("kind", "step", "received", "due", "mark"),
    [
        ("complaint", "admit", date(2026, 3, 2), date(2026, 3, 12), "V"),
        ("complaint", "answer", date(2026, 3, 2), date(2026, 4, 1), "V"),
        ("complaint", "admit", date(2026, 11, 20), date(2026, 11, 30), "?"),
        ("denunciation", "admit", date(2026, 3, 2), date(2026, 3, 11), "V"),
        ("denunciation", "answer", date(2026, 11, 20), date(2026, 12, 21), "?"),
        ("proposal", "admit", date(2026, 3, 2), date(2026, 3, 16), "V"),
        ("posting_opinion", "answer", date(2025, 4, 1), date(2025, 4, 16), "V"),
    ],
)
def test_the_last_day(kind, step, received, due, mark):
    limit = limit_on(kind, step, received)
    assert limit is not None and (limit.due(received, DAYS), limit.mark) == (due, mark)


def test_a_last_day_on_a_holiday_goes_over_to_the_next_working_day():
    limit = limit_on("complaint", "admit", date(2026, 4, 20))
    assert limit is not None and limit.due(date(2026, 4, 20), DAYS) == date(2026, 5, 4)  # 30/4, 1/5, then a weekend


def test_an_extension_has_its_end():
    limit = limit_on("complaint", "answer", date(2026, 3, 2))
    assert limit is not None and limit.latest(date(2026, 3, 2), DAYS) == date(2026, 4, 16)


def test_the_law_sets_no_day_to_answer_a_proposal():
    assert (
        limit_on("proposal", "answer", date(2026, 11, 20)) is None and limit_on("complaint", "admit", date(2012, 6, 30)) is None
    )


def test_rows_of_one_step_do_not_overlap():
    rows = sorted(load_limits(), key=lambda one: (one.kind, one.step, one.start))
    for before, after in zip(rows, rows[1:], strict=False):
        if (before.kind, before.step) == (after.kind, after.step):
            assert before.end == after.start


def test_a_file_that_does_not_fit_is_refused(tmp_path):
    path = tmp_path / "petitions.yaml"
    path.write_text("- {kind: gossip}", encoding="utf-8")
    with pytest.raises(LawFileError, match=r"petitions\.yaml"):
        load_limits(path)
