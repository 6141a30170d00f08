"""Random lives in the format of worked cases: a household of up to four, facts that begin and end."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import strategies as st

LAW_CHANGES = {2021: (6, 7), 2024: (6, 7), 2025: (6, 7), 2026: (6, 7, 9, 10, 11)}
MONTHS = st.one_of(
    st.dates(date(2015, 1, 1), date(2028, 12, 1)),
    st.sampled_from([date(year, month, 1) for year, months in LAW_CHANGES.items() for month in months]),
).map(lambda day: day.replace(day=1))
AGES = (0, 3, 4, 15, 16, 17, 22, 30, 59, 60, 70, 75, 76, 80, 85)
STATES = ["alive_present", "dead", "missing_declared", "in_social_facility", "prison_or_measure", "unidentified"]
STUDIES = [
    "none", "general", "continuing", "vocational", "secondary_professional", "college", "first_degree", "listed_level",
]  # fmt: skip


RESOLUTIONS = st.fixed_dictionaries(
    {
        "standard_vnd": st.sampled_from([300_000, 400_000, 520_000, 650_000]),
        "from": st.sampled_from(["2016-01", "2022-01", "2026-01"]),
        "applies_to": st.lists(st.sampled_from(["monthly", "carers", "residential", "social_pension"]), min_size=1, unique=True),
    }
)


def days_near(month: date) -> st.SearchStrategy:
    """Days, half of them in the month asked about or beside it, where month rules act."""
    near = st.integers(-32, 62).map(lambda days: month + timedelta(days=days))
    return st.one_of(st.dates(date(2014, 1, 1), date(2028, 12, 31)), near).map(date.isoformat)


def _in_time(values: st.SearchStrategy, default, days: st.SearchStrategy) -> st.SearchStrategy:
    """A constant, or one value from one day to another (open ends too) with the default outside."""

    def rows(parts):
        value, first, second = parts
        if first and second:
            first, second = min(first, second), max(first, second)
        if first == second:
            second = ""
        return [{"value": value} | ({"from": first} if first else {}) | ({"to": second} if second else {})]

    period = st.tuples(values, st.one_of(days, st.just("")), st.one_of(days, st.just(""))).map(rows)
    return st.one_of(st.just(default), values, period)


def _person(births: st.SearchStrategy, days: st.SearchStrategy) -> st.SearchStrategy:
    flags = st.booleans()

    def in_time(values, default):
        return _in_time(values, default, days)

    return st.fixed_dictionaries(
        {"birth": births},
        optional={
            "parents": in_time(st.lists(st.sampled_from(STATES), min_size=2, max_size=2), ["alive_present", "alive_present"]),
            "abandoned": st.booleans(),
            "study": in_time(st.sampled_from(STUDIES), "none"),
            "study_continuous": flags,
            "hiv": in_time(flags, False),
            "wage": in_time(flags, False),
            "marital": in_time(
                st.sampled_from(["unmarried", "widowed", "divorced", "separated", "spouse_missing"]), "married"
            ),
            "supporter": in_time(st.sampled_from(["none", "on_monthly_allowance"]), "has"),
            "disability": in_time(st.sampled_from(["mild", "severe", "extremely_severe"]), "none"),
            "pregnant": in_time(flags, False),
            "survivor_benefit": in_time(flags, False),
            "other_monthly_allowance": in_time(flags, False),
            "cared_by": in_time(st.sampled_from(["own_household", "foster_household"]), "none"),
            "cannot_live_alone": flags,
            "lives_in": in_time(st.just("facility"), "community"),
        },
    )  # fmt: skip


def _births(month: date, ages: tuple[int, ...]) -> st.SearchStrategy:
    """Births, most of them within two months of an age that matters."""
    near = st.tuples(st.sampled_from(ages), st.integers(-62, 62)).map(
        lambda parts: date(month.year - parts[0], month.month, 1) + timedelta(days=parts[1])
    )
    anyone = st.dates(date(1930, 1, 1), date(2027, 12, 31))
    return st.one_of(near, near, anyone).map(date.isoformat)


@st.composite
def questions(draw) -> tuple[dict, date]:
    """A settled case and a month: somebody, perhaps with children, in one household."""
    month = draw(MONTHS)
    days = days_near(month)
    persons = {"one": draw(_person(_births(month, AGES), days))}
    for name in draw(st.sampled_from([(), ("child_a",), ("child_a", "child_b")])):
        persons[name] = draw(_person(_births(month, AGES[:7]), days))
    if len(persons) > 1 and draw(st.booleans()):
        # A poor parent alone with a student: khoản 4 across the ages of 16 and 22.
        persons["one"]["marital"] = "widowed"
        persons["child_a"] |= {
            "birth": draw(_births(month, (16, 17, 19, 21, 22, 23))),
            "study": draw(_in_time(st.sampled_from(STUDIES[1:]), "college", days)),
            "lives_in": "community",
        }
    children = [name for name in persons if name != "one" and persons[name]["birth"] > persons["one"]["birth"]]
    if children:
        persons["one"]["children"] = children
    household = {
        "poverty": draw(_in_time(st.sampled_from(["poor", "near_poor"]), "not_poor", days)),
        "place": {"hard_area": draw(_in_time(st.booleans(), False, days))},
    }
    events = (
        [{"kind": "died", "person": draw(st.sampled_from(sorted(persons))), "date": draw(days)}] if draw(st.booleans()) else []
    )
    events = [e for e in events if e["date"] > persons[e["person"]]["birth"]]
    case = {
        "id": "RANDOM", "title": "random", "regimes": ["R1"], "procedure": "settled", "persons": persons,
        "household": household, "events": events, "law": {"provincial": draw(st.lists(RESOLUTIONS, max_size=1))}, "expect": [],
        "legal_basis": [], "confidence": "low",
    }  # fmt: skip
    return case, month
