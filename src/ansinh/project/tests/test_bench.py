import json
import os
import subprocess
import sys

import pytest

from ansinh.project.bench.figures import Figure, as_table, percentile


def test_a_yardstick_twice_as_slow_is_a_ratio_of_two():
    figure = Figure("a", "Việc", "giây", 2.0, "từng dòng", 4.0, "10 dòng", 50.0)

    assert figure.as_json()["ratio"] == 2.0
    assert "× 2.0" in as_table([figure])


def test_percentiles_are_values_that_were_measured():
    assert percentile([1.0, 2.0, 3.0, 4.0], 0.5) == 3.0
    assert percentile([1.0, 2.0, 3.0, 4.0], 0.95) == 4.0


@pytest.mark.slow
def test_the_whole_table_is_measured_on_a_tiny_province_without_touching_ours(tmp_path):
    told = tmp_path / "bench.json"
    command = [sys.executable, "-m", "ansinh.project.cli", "bench", "--people", "2000", "--rows", "50", "--json", str(told)]

    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ, timeout=300)

    assert done.returncode == 0, done.stderr
    figures = {figure["key"]: figure for figure in json.loads(told.read_text())["figures"]}
    assert {"law_scalar", "law_tree", "law_month", "arrears", "run", "run_compared", "run_files", "statistics"} <= figures.keys()
    assert {"write_people", "import_check", "import_commit", "search_typo_commune_officer_p95", "watch"} <= figures.keys()
    assert {"duplicates", "duplicates_shown_recall", "duplicates_sure_precision"} <= figures.keys()
    assert {
        "search_exact_division_officer_p95",
        "search_prefix_inspector_p50",
        "page_people_deep_division_officer_p95",
        "desk_open_commune_officer_p95",
        "desk_all_division_officer_p95",
    } <= figures.keys()
    assert all(figure["value"] > 0 and figure["yardstick_value"] > 0 and figure["peak_mb"] > 0 for figure in figures.values())
    assert "Trang một người" in done.stdout
