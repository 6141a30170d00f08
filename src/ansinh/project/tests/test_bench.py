import json
import os
import subprocess
import sys
from datetime import date
from itertools import islice

import pytest

from ansinh import law
from ansinh.demo.eligible import situation
from ansinh.demo.population import communes
from ansinh.law import bulk
from ansinh.project.bench.figures import Figure, as_table, percentile
from ansinh.project.bench.laws import columns_of

MONTH = date(2026, 11, 1)


def test_the_columns_that_are_measured_give_what_the_scalar_law_gives():
    commune = next(islice(communes(people=60_000, seed=3, on=date(2026, 11, 20)), 1))
    result = bulk.month(columns_of(commune, MONTH), MONTH, {"social_pension_low_pension_mode": "full"})

    compared = 0
    for house in commune.households:
        members = [m for m in house.members if commune.humans[m].precision == "day"]
        lines = law.monthly(situation(commune.humans, house, MONTH), MONTH).lines
        for member in members:
            if result.recheck[member] or commune.humans[member].died:
                continue
            owed = sum(line.amount_vnd for line in lines if line.person == f"p{member}")
            assert result.total_vnd[member] == owed, (commune.humans[member], lines)
            compared += owed > 0
    assert compared > 10


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
    command = [sys.executable, "-m", "ansinh.project.cli", "bench", "--people", "500", "--rows", "50", "--json", str(told)]

    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ, timeout=300)

    assert done.returncode == 0, done.stderr
    figures = {figure["key"]: figure for figure in json.loads(told.read_text())["figures"]}
    assert {"law_scalar", "law_tree", "law_month", "run", "import_check", "import_commit"} <= figures.keys()
    assert {"search_typo_p95", "page_home_p50", "page_person_p95"} <= figures.keys()
    assert all(figure["value"] > 0 and figure["yardstick_value"] > 0 and figure["peak_mb"] > 0 for figure in figures.values())
    assert "Trang một người" in done.stdout
