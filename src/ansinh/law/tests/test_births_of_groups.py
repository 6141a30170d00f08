"""Whom an extra group may take in, told by the birth alone: nobody outside the limits fits it."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from ansinh import law
from ansinh.law.resolutions import ExtraGroup, Provincial
from ansinh.law.situation import Birth, HouseholdFacts, PersonFacts, Situation

NOV = date(2026, 11, 1)
CONDITIONS = (
    "age >= 60 and age < 70 and near_poor", "age >= age_elder and near_poor", "age < 6 or age >= 80", "near_poor",
    "near_poor and (age < 16 or age >= 60)", "age < 16 or near_poor", "not (age < 60) and near_poor", "age == 65 and near_poor",
)  # fmt: skip


def adding(*conditions: str) -> tuple[Provincial, ...]:
    groups = tuple(ExtraGroup(f"g{n}", "Nhóm", when, 100) for n, when in enumerate(conditions))
    return (Provincial(0, date(2026, 1, 1), frozenset(), instrument="NQ 1/2025/NQ-HĐND", groups=groups),)


def test_the_limits_are_those_of_the_ages_and_open_where_another_way_leads_in() -> None:
    assert law.births_of_groups(adding(CONDITIONS[0]), NOV) == (date(1956, 10, 30), date(1966, 12, 1))
    assert law.births_of_groups(adding("near_poor"), NOV) == (None, None)
    assert law.births_of_groups(adding(CONDITIONS[0], "age >= 80"), NOV) == (None, date(1966, 12, 1))
    assert law.births_of_groups(adding("age < 16 or near_poor"), NOV) == (None, None)


@given(
    st.dates(date(1920, 1, 1), date(2026, 11, 30)),
    st.lists(st.sampled_from(CONDITIONS), min_size=1, max_size=3),
    st.sampled_from([NOV, date(2026, 3, 1), date(2026, 10, 1)]),
)
def test_whoever_fits_was_born_within_them(born: date, conditions: list[str], month: date) -> None:
    given_ = adding(*conditions)
    asked = Situation({"one": PersonFacts(Birth(born, born))}, HouseholdFacts("near_poor"), provincial=given_)
    after, until = law.births_of_groups(given_, month)

    if any(line.category == "PROVINCE_EXTRA" for line in law.monthly(asked, month).lines):
        assert law.fits_extra_group(asked, month, "one")
        assert (after is None or born > after) and (until is None or born <= until)
