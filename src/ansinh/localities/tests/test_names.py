"""An old name in a list: whose area it was, and where that is today."""

from __future__ import annotations

from datetime import date

import pytest

from ansinh.localities.models import Level, Unit
from ansinh.localities.queries import find_by_name, search_units, unit_on, where_today

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


def names(candidates) -> set[tuple[str, str]]:
    return {(c.named.name, c.today.name) for c in candidates}


@pytest.mark.parametrize("typed", ["Xã Quỳnh Phụ", "quynh phu", "  XÃ   Quỳnh  Phụ ", "x. quỳnh phụ"])
def test_a_commune_of_today_is_found_however_it_is_typed(typed):
    (found,) = find_by_name(typed, on=TODAY, province_codes=("33",))
    assert (found.today.code, found.is_old) == ("12472", False)


def test_an_old_commune_is_found_with_the_one_that_took_it_over():
    (found,) = find_by_name("Thị trấn Quỳnh Côi", on=TODAY)
    assert found.is_old and found.named.parent.name == "Huyện Quỳnh Phụ" and found.today.name == "Xã Quỳnh Phụ"


def test_an_old_name_on_a_day_it_still_held_is_not_old():
    (found,) = find_by_name("Thị trấn Quỳnh Côi", on=date(2024, 1, 1))
    assert not found.is_old and found.today == found.named


def duplicated_old_name() -> str:
    """A name that communes of two districts had, and whose areas now belong to different communes."""
    seen: dict[str, set] = {}
    old = Unit.objects.filter(level=Level.COMMUNE, period__endswith=date(2025, 7, 1)).select_related("parent")
    for unit in old:
        seen.setdefault(unit.name_folded, set()).add(unit.parent_id)
    return next(name for name in sorted(seen) if len(seen[name]) > 1 and len(find_by_name(name, on=TODAY)) > 1)


def test_the_same_old_name_in_two_districts_is_told_apart_by_the_district():
    name = duplicated_old_name()
    both = find_by_name(name, on=TODAY)
    districts = {c.named.parent.name for c in both if c.is_old}
    assert len(both) > 1 and len(districts) > 1
    for district in districts:
        only = find_by_name(name, on=TODAY, district=district)
        assert {c.named.parent.name for c in only if c.is_old} == {district}


def test_nothing_typed_finds_nothing():
    assert find_by_name("  ", on=TODAY) == [] == search_units("", on=TODAY)


def test_a_part_of_a_name_finds_places_of_today_first():
    found = search_units("quỳnh", on=TODAY)
    assert {"Xã Quỳnh Phụ", "Huyện Quỳnh Phụ"} <= {c.named.name for c in found}
    assert [c.is_old for c in found] == sorted(c.is_old for c in found)
    district = next(c for c in found if c.named.name == "Huyện Quỳnh Phụ")
    assert district.is_old


def test_a_code_is_no_identity():
    before, after = unit_on("12472", date(2024, 1, 1)), unit_on("12472", TODAY)
    assert before is not None and after is not None and before.key != after.key


def test_whole_successions_lead_to_one_commune_and_a_split_one_to_several():
    whole = Unit.objects.get(code="12475", period__contains=date(2024, 1, 1))
    assert [s.is_whole for s in where_today(whole, on=TODAY)] == [True]
    split = Unit.objects.get(code="12382", period__contains=date(2024, 1, 1))
    heirs = where_today(split, on=TODAY)
    assert len(heirs) > 1 and not any(s.is_whole for s in heirs)
    assert sum(s.is_default for s in heirs) == 1


def test_a_unit_whose_row_goes_on_is_where_it_was():
    unit = unit_on("12472", TODAY)
    assert [(s.unit, s.is_whole) for s in where_today(unit, on=TODAY)] == [(unit, True)]
