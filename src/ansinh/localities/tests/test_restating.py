"""Figures of one map on another: whole successors exactly, split communes marked, no total ever lost."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.localities.models import Level, Succession, Unit
from ansinh.localities.queries import restate, unit_on

pytestmark = pytest.mark.django_db
OLD, NEW = date(2024, 6, 1), date(2026, 11, 20)


def units(day: date, *provinces: str) -> list[Unit]:
    return list(Unit.objects.filter(level=Level.COMMUNE, period__contains=day, province_code__in=provinces))


def split_units() -> set[int]:
    return set(Succession.objects.filter(extent="partial").values_list("old_id", flat=True))


def test_a_commune_taken_over_whole_is_restated_exactly():
    parts = [unit_on(code, OLD) for code in ("12472", "12475")]
    assert all(parts)
    figures, estimated = restate({unit.id: 100 for unit in parts}, from_day=OLD, to_day=NEW)
    assert sum(figures.values()) == 200 and estimated == set()


def test_a_day_on_its_own_map_stays_as_it_is():
    figures = {unit.id: number for number, unit in enumerate(units(NEW, "33"), start=1)}
    assert restate(figures, from_day=NEW, to_day=NEW) == (figures, set())


def test_every_total_is_kept_forwards():
    figures = {unit.id: 7 for unit in units(OLD, "33", "34")}
    forward, _ = restate(figures, from_day=OLD, to_day=NEW)
    assert sum(forward.values()) == sum(figures.values())
    assert set(forward) <= {unit.id for unit in units(NEW, "33")}


def test_every_total_is_kept_backwards_and_shares_follow_the_census():
    here = unit_on("12472", NEW)
    back, estimated = restate({here.id: 1001}, from_day=NEW, to_day=OLD)
    assert sum(back.values()) == 1001 and len(back) > 1
    assert estimated == set(back)
    weights = dict(Unit.objects.filter(id__in=back).values_list("id", "population_2019"))
    total = sum(weights.values())
    for key, value in back.items():
        assert abs(value - 1001 * weights[key] / total) < 1


def test_the_three_split_communes_and_only_what_they_touch_are_marked_estimated():
    split = [unit for unit in Unit.objects.filter(id__in=split_units()) if unit.period.upper == date(2025, 7, 1)]
    assert len(split) == 3
    day = date(2025, 6, 1)
    for unit in split:
        figures, estimated = restate({unit.id: 50}, from_day=day, to_day=NEW)
        assert sum(figures.values()) == 50 and estimated == set(figures)
    others = {unit.id: 50 for unit in units(day, "33", "34") if unit.id not in {u.id for u in split}}
    assert restate(others, from_day=day, to_day=NEW)[1] == set()


def test_a_whole_commune_beside_a_split_one_shares_its_mark():
    """The figure of a commune that received a part is an estimate as a whole."""
    edge = Succession.objects.filter(extent="partial", is_default=True, event_on=date(2025, 7, 1)).first()
    whole = Succession.objects.filter(new=edge.new, extent="whole").first()
    _, estimated = restate({edge.old_id: 5, whole.old_id: 5}, from_day=date(2025, 6, 1), to_day=NEW)
    assert edge.new_id in estimated
