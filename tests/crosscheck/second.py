"""A second reading of the monthly law, written from the tables of the decrees alone. It shares no line with the product.

Facts come as a worked case has them (a value, or a list of {value, from, to}), money goes out in đồng. It knows the
settled procedure only: whatever the facts support was claimed and decided in time. Development only, never shipped.
"""

from __future__ import annotations

import calendar
from datetime import date, timedelta

R1, R2, R3 = date(2021, 7, 1), date(2025, 7, 1), date(2026, 10, 5)
STANDARDS = [(date(2026, 7, 1), 540_000), (date(2024, 7, 1), 500_000), (date(2021, 7, 1), 360_000), (date(2015, 1, 1), 270_000)]
PENSIONS = [(date(2026, 7, 1), 540_000), (date(2025, 7, 1), 500_000)]
LACKING = ("dead", "missing_declared", "in_social_facility", "prison_or_measure")
LISTED = {
    1: ("general", "vocational", "secondary_professional", "college", "first_degree", "listed_level"),
    3: ("general", "continuing", "vocational", "secondary_professional", "college", "first_degree", "listed_level"),
}


def level(table: list[tuple[date, int]], month: date) -> int:
    """The newest value that counts for a month; 0 before the first."""
    return next((value for start, value in table if month >= start), 0)


def regime(day: date) -> int:
    """0 to 3: NĐ 136, NĐ 20, NĐ 20 with NĐ 147 and NĐ 176, NĐ 335."""
    return sum(day >= start for start in (R1, R2, R3))


def last_of(month: date) -> date:
    """The last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def fact(facts: dict, name: str, day: date, default):
    """A fact on a day: half-open periods, the default outside them."""
    value = facts.get(name, default)
    if not (isinstance(value, list) and value and isinstance(value[0], dict)):
        return value
    text = day.isoformat()
    for row in value:
        if row.get("from", "") <= text and text < row.get("to", "9999"):
            return row["value"]
    return default


def starts_and_ends(values) -> set[date]:
    """Every day on which a period of some fact begins or ends."""
    parts = [part for row in values if isinstance(row, list) for part in row if isinstance(part, dict)]
    return {date.fromisoformat(part[k]) for part in parts for k in ("from", "to") if k in part}


def birthday(born: date, years: int) -> date:
    """The day an age is reached; born on 29 February: 1 March in common years."""
    try:
        return born.replace(year=born.year + years)
    except ValueError:
        return date(born.year + years, 3, 1)


class Second:
    """One case, asked month by month."""

    def __init__(self, case: dict) -> None:
        self.persons: dict[str, dict] = case.get("persons", {})
        self.household: dict = case.get("household", {})
        self.provincial: list[dict] = case.get("law", {}).get("provincial", [])
        ends = ("died", "imprisoned", "refused_by_person")
        self.ended = {e["person"]: date.fromisoformat(e["date"]) for e in case.get("events", ()) if e["kind"] in ends}
        self.died = {e["person"]: date.fromisoformat(e["date"]) for e in case.get("events", ()) if e["kind"] == "died"}

    def month(self, month: date) -> dict[tuple[str, str], int]:
        """(person, kind) -> đồng for a benefit month; allowance and pension are one kind, "own". Husband and wife share one disabled parent's support."""
        sums: dict[tuple[str, str], int] = {}
        shares: dict[frozenset, tuple[int, bool, int, str]] = {}
        for key in self.persons:
            own = self._effective(key, month)
            sums |= {(key, kind): vnd for kind, vnd in self._money(own, month).items() if vnd}
            if own["parent"]:
                pair = frozenset({key, self.persons[key].get("spouse", key)})
                pregnant = bool(self.get(key, "pregnant", last_of(month), False))
                share = (own["parent"], pregnant, -list(self.persons).index(key), key)
                shares[pair] = max(shares.get(pair, share), share)
        carers = self._standard("carers", month)
        for coefficient, _pregnant, _order, key in shares.values():
            sums[key, "disabled_parent_support"] = coefficient * carers // 10
        return sums

    # --- one day ---------------------------------------------------------------------------------------------------

    def born(self, key: str) -> date | None:
        """The birth; nobody without one is a child or old."""
        text = self.persons[key].get("birth")
        return date.fromisoformat(text) if text else None

    def age(self, key: str, day: date) -> int:
        """Completed years; 35 where the birth is not given."""
        born = self.born(key)
        if born is None:
            return 35
        years = day.year - born.year
        return years if birthday(born, years) <= day else years - 1

    def get(self, key: str, name: str, day: date, default):
        """A person's fact."""
        return fact(self.persons[key], name, day, default)

    def house(self, name: str, day: date, default):
        """A fact of the household."""
        found = self.household if name == "poverty" else self.household.get("place", {})
        return fact(found, name, day, default)

    def orphan(self, key: str, day: date, law: int) -> bool:
        """Khoản 1, of any age."""
        if self.get(key, "abandoned", day, False):
            return True
        states = set(LACKING)
        pair = sorted(self.get(key, "parents", day, ["alive_present", "alive_present"]))
        if law == 3 and "unidentified" in pair:
            other = pair[0] if pair[1] == "unidentified" else pair[1]
            return other in states
        return all(state in states for state in pair)

    def studies(self, key: str, day: date, law: int) -> bool:
        """A level the regime lists; R3 asks for continuous study."""
        listed = LISTED[3 if law == 3 else 1]
        return self.get(key, "study", day, "none") in listed and (law < 3 or self.get(key, "study_continuous", day, True))

    def state(self, key: str, day: date, law: int) -> dict[str, int]:
        """Tenths of the standard that the facts of a day support, by kind of money."""
        nothing = dict.fromkeys(("rest", "joined", "single", "pension", "home", "care", "parent"), 0)
        born = self.born(key)
        if (key in self.ended and day >= self.ended[key]) or (born and day < born):
            return nothing
        age = self.age(key, day)
        if self.get(key, "lives_in", day, "community") == "facility":
            return nothing | {"home": 0 if law == 0 else 50 if age < 4 else 40}
        poverty = self.house("poverty", day, "not_poor")
        found = self._children_and_students(key, day, law, age, poverty == "poor")
        joined = self._disabled_elders_hiv(key, day, law, age, poverty)
        hard = self.house("hard_area", day, False) and poverty in ("poor", "near_poor")
        if law > 0 and age < 3 and hard and not found and not self._degree(key, day):
            found.append(15)
        return {
            "rest": max([*found, *joined], default=0),
            "joined": max(joined, default=0),
            "single": self._single_parent(key, day, law, poverty),
            "pension": self._pension(key, day, law, age, poverty),
            "home": 0,
            "care": max(self._carers(key, day, law, age, poverty), default=0),
            "parent": self._disabled_parent(key, day, law),
        }

    def _children_and_students(self, key: str, day: date, law: int, age: int, poor: bool) -> list[int]:
        found = []
        if age < 16 and self.orphan(key, day, law):
            found.append(25 if age < 4 else 15)
        if age >= 16 and (age < 22 or law == 3) and self.studies(key, day, law) and self._was_orphan(key, day, law):
            found.append(15)
        if age < 16 and self.get(key, "hiv", day, False) and poor:
            found.append(25 if age < 4 else 20)
        return found

    def _was_orphan(self, key: str, day: date, law: int) -> bool:
        born, said = self.born(key), self.persons[key].get("orphan_allowance_at_16")
        if born and law == 3 and birthday(born, 22) < R3:
            return False  # stopped at 22 under the old rules, not revived
        if said is not None or born is None:
            return bool(said)
        eve = birthday(born, 16) - timedelta(days=1)
        at_home = self.get(key, "lives_in", eve, "community") == "community"
        return at_home and self.orphan(key, eve, regime(eve))

    def _degree(self, key: str, day: date) -> str:
        degree = self.get(key, "disability", day, "none")
        return degree if degree in ("severe", "extremely_severe") else ""

    def _disabled_elders_hiv(self, key: str, day: date, law: int, age: int, poverty: str) -> list[int]:
        """Khoản 5, 6 and 8."""
        found = []
        degree, poor = self._degree(key, day), poverty == "poor"
        if degree:
            found.append((20 if degree == "extremely_severe" else 15) + (5 if age < 16 or age >= 60 else 0))
        supporter = self.get(key, "supporter", day, "has")
        alone = age >= 60 and poor and supporter in ("none", "on_monthly_allowance")
        if alone:
            found.append(20 if age >= 80 or (age >= 75 and self.month_asked >= date(2026, 7, 1)) else 15)
        if self._fostered_elder(key, day, age, poor):
            found.append(30)
        incomes = [self.get(key, name, day, 0) for name in ("pension_vnd", "insurance_allowance_vnd")]
        no_insurance = not any(incomes) and not self.get(key, "survivor_benefit", day, False)
        other = self.get(key, "other_monthly_allowance", day, False)
        if age >= 16 and poor and self.get(key, "hiv", day, False) and no_insurance and not self.get(key, "wage", day, False):
            found.append(15)
        if law < 2 and not alone:
            hard = self.house("hard_area", day, False)
            if law == 1 and 75 <= age < 80 and hard and poverty in ("poor", "near_poor"):
                found.append(10)
            if age >= 80 and no_insurance and not other:
                found.append(10)
        return found

    def _fostered_elder(self, key: str, day: date, age: int, poor: bool) -> bool:
        alone = self.get(key, "supporter", day, "has") == "none" and self.get(key, "cannot_live_alone", day, False)
        return age >= 60 and poor and alone and self.get(key, "cared_by", day, "none") == "foster_household"

    def _single_parent(self, key: str, day: date, law: int, poverty: str) -> int:
        if not self._single(key, day, law, poverty):
            return 0
        children = [child for child in self.persons[key].get("children", ()) if self._counts(key, child, day, law)]
        return 10 * (min(len(children), 2) if law == 0 else len(children))

    def _single(self, key: str, day: date, law: int, poverty: str) -> bool:
        alone = self.get(key, "marital", day, "married") in ("unmarried", "widowed", "spouse_missing")
        return alone and (poverty == "poor" or (law > 0 and poverty == "near_poor"))

    def _counts(self, parent: str, child: str, day: date, law: int) -> bool:
        born = self.born(child)
        if born is None or not self._raised(child, day):
            return False
        age = self.age(child, day)
        if age < 16:
            return True
        if law < 3:
            return age < 22 and self.studies(child, day, law)
        return birthday(born, 22) >= R3 and self._kept(parent, child, max(birthday(born, 16), R3), day)

    def _kept(self, parent: str, child: str, start: date, day: date) -> bool:
        """NĐ 335 keeps what was received when the child turned 16, or when the decree began, while study goes on."""
        eve = start - timedelta(days=1)
        received = self._single(parent, eve, regime(eve), self.house("poverty", eve, "not_poor"))
        if not received or not self._counts(parent, child, eve, min(regime(eve), 2)):
            return False
        days = {start, day} | {one for one in self._own_days(child) if start <= one <= day}
        return all(self.studies(child, one, 3) and self._raised(child, one) for one in days)

    def _raised(self, child: str, day: date) -> bool:
        """Born, alive, and not brought up by a facility."""
        born = self.born(child)
        here = self.get(child, "lives_in", day, "community") == "community"
        return here and born is not None and born <= day and not (child in self.died and day >= self.died[child])

    def _pension(self, key: str, day: date, law: int, age: int, poverty: str) -> int:
        incomes = [self.get(key, name, day, 0) for name in ("pension_vnd", "insurance_allowance_vnd")]
        others = self.get(key, "survivor_benefit", day, False) or self.get(key, "other_monthly_allowance", day, False)
        if law < 2 or any(incomes) or others:
            return 0
        return 10 if age >= 75 or (age >= 70 and poverty in ("poor", "near_poor")) else 0

    def _carers(self, key: str, day: date, law: int, age: int, poverty: str) -> list[int]:
        by = self.get(key, "cared_by", day, "none")
        if law == 0 or by == "none":
            return []
        found = []
        extreme = self._degree(key, day) == "extremely_severe"
        if by == "own_household":
            return [10] if extreme else []
        if age < 16 and self.orphan(key, day, law):
            found.append(25 if age < 4 else 15)
        if self._fostered_elder(key, day, age, poverty == "poor"):
            found.append(15)
        if extreme:
            found.append(25 if age < 16 else 15)
        return found

    def _disabled_parent(self, key: str, day: date, law: int) -> int:
        if law == 0 or not self._degree(key, day):
            return 0
        toddlers = [c for c in self.persons[key].get("children", ()) if self._raised(c, day) and self.age(c, day) < 3]
        pregnant = bool(self.get(key, "pregnant", day, False))
        return {0: 0, 1: 15}.get(pregnant + len(toddlers), 20)

    # --- one month -------------------------------------------------------------------------------------------------

    def _days(self, key: str, month: date) -> list[date]:
        """Days of the month on which a fact or an age of the person, the household or a child changes."""
        found: set[date] = set()
        rows = [self.household.get("poverty"), self.household.get("place", {}).get("hard_area")]
        for who in (key, *self.persons[key].get("children", ())):
            found |= self._own_days(who)
            born = self.born(who)
            found |= {birthday(born, month.year - born.year)} if born and born.year <= month.year else set()
        found |= starts_and_ends(rows)
        return sorted(day for day in found if month <= day <= last_of(month))

    def _own_days(self, who: str) -> set[date]:
        """Days on which a fact of somebody begins or ends."""
        return ({self.ended[who]} if who in self.ended else set()) | starts_and_ends(self.persons[who].values())

    def _effective(self, key: str, month: date) -> dict[str, int]:
        """What counts for the month: a gain from its month, a loss from the month after, a new level by the rule of the day."""
        self.month_asked = month
        law = regime(last_of(month))
        counted = self.state(key, month - timedelta(days=1), law)
        for day in self._days(key, month):
            before = dict(counted)
            after = self.state(key, day, law)
            waits = regime(day) == 2
            for kind in ("rest", "single", "pension", "home", "care", "parent"):
                second = kind in ("rest", "single") and before["single" if kind == "rest" else "rest"] > 0
                # Carers of a new category wait with the allowance that makes it (a shared reading of NĐ 147).
                follows = kind == "care" and 0 < before["rest"] != after["rest"] > 0
                if after[kind] == 0 or (waits and (before[kind] > 0 or second or follows)):
                    continue
                counted[kind] = after[kind]
                if kind == "rest":
                    counted["joined"] = after["joined"]
        return counted

    def _standard(self, scope: str, month: date, table: list[tuple[date, int]] = STANDARDS) -> int:
        text = f"{month:%Y-%m}"
        own = [
            row["standard_vnd"]
            for row in self.provincial
            if scope in row["applies_to"] and row["from"] <= text and text < row.get("to", "9999")
        ]
        return max([level(table, month), *own])

    def _money(self, own: dict[str, int], month: date) -> dict[str, int]:
        care = own["care"] * self._standard("carers", month) // 10
        if own["home"]:
            # The month of entering or leaving is the facility's; who cared for part of it at home keeps the month too.
            return {"residential_upbringing": own["home"] * self._standard("residential", month) // 10, "carer_money": care}
        best = max(own["rest"], own["single"], own["single"] + own["joined"] if own["single"] and own["joined"] else 0)
        allowance = best * self._standard("monthly", month) // 10
        pension = self._standard("social_pension", month, PENSIONS) if own["pension"] else 0
        return {"own": max(allowance, pension), "carer_money": care}
