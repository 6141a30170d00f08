"""Funeral, emergency burial, injury, rice, housing and food: what one event gives, as amounts or kilograms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from ansinh.kernel.periods import add_months, last_day, month_of
from ansinh.law.benefit_month import lines_of_month
from ansinh.law.benefits.monthly_allowance.months import regime_key
from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.reckoning import Reckoning
from ansinh.law.resolutions import highest_level
from ansinh.law.situation import Event, Line

DISASTERS = frozenset({"storm", "flood", "landslide", "other_disaster", "fire", "other_force_majeure"})
INJURY_CAUSES = DISASTERS | {"traffic_accident", "work_accident"}
BURIAL_CAUSES = INJURY_CAUSES | {"epidemic"}
HUNGER_CAUSES = DISASTERS | {"crop_failure", "between_harvest", "tet", "epidemic"}


@dataclass(frozen=True)
class OneOff:
    """A one-off support. Fields that do not apply are None; `amount_vnd` 0 with nothing else means not due."""

    kind: str
    person: str | None = None
    code: str | None = None
    multiple: int | None = None
    standard_vnd: int | None = None
    per_day_vnd: int | None = None
    days: int | None = None
    kg: int | None = None
    amount_vnd: int | None = 0
    is_minimum: bool = False
    basis: tuple[str, ...] = ()


def one_off(reckoning: Reckoning, kind: str, person: str | None = None) -> OneOff:
    """What one kind of one-off support comes to for the events of the situation."""
    return _KINDS[kind](reckoning, person)


def number_on(reckoning: Reckoning, key: str, day: date) -> int:
    """A number of the law for an event of this day."""
    return reckoning.book.parameters[key].on_day(day).value


def standard_on_event(reckoning: Reckoning, day: date, scope: str) -> tuple[int, str]:
    """The standard that multiples of an event are counted from: national, or the province's if its words reach so far.

    The level of 540,000 reaches one-off events from 2026-10-05, or from 2026-07-01 if an officer confirms so.
    Basis: Điều 11, 13, 14, 25 NĐ 20/2021/NĐ-CP (khoản 2 Điều 4, tối thiểu); Điều 32 NĐ 335/2026/NĐ-CP (open point).
    """
    source = reckoning.book.parameters["standard"].on_day(day)
    if date(2026, 7, 1) <= day < date(2026, 10, 5) and reckoning.answer("one_off_level_from") == "2026-07-01":
        source = reckoning.book.parameters["standard"].on(date(2026, 7, 1))
    month = month_of(day)
    return highest_level(reckoning.resolutions(month), scope, month, (source.value, source.basis))


def _one(reckoning: Reckoning, person: str | None, *kinds: str) -> Event | None:
    found = [e for e in reckoning.situation.events if e.kind in kinds and (person is None or e.person == person)]
    return max(found, key=lambda event: event.day or event.month or date.min, default=None)


# --- funeral ---------------------------------------------------------------------------------------------------------


def funeral(reckoning: Reckoning, person: str | None) -> OneOff:
    """Funeral support of a beneficiary, a child of one, or an old recipient of another allowance.

    Only the highest document pays: a death for which emergency burial support is due gives that one instead. The level
    is that of the day of death, or of the dossier when decisions count (open point).
    Basis: Điều 11, 25 NĐ 20/2021/NĐ-CP; NĐ 176/2025/NĐ-CP; Điều 11, 22, 31 NĐ 335/2026/NĐ-CP.
    """
    death = _one(reckoning, person, "died")
    if death is None or death.day is None or death.person is None:
        return OneOff("funeral", person)
    if burial(reckoning, death.person).amount_vnd:
        return OneOff("funeral", death.person)
    ground = _funeral_ground(reckoning, death.person, death.day)
    if ground is None:
        return OneOff("funeral", death.person)
    code, residential, pension = ground
    day = _level_day(reckoning, death.person, death.day)
    multiple = number_on(reckoning, "residential_funeral_multiple" if residential else "funeral_multiple", death.day)
    standard, basis = standard_on_event(reckoning, day, "residential" if residential else "funeral")
    if pension:
        standard, basis = _pension_level(reckoning, day)
    return OneOff(
        "funeral", death.person, code, multiple, standard, amount_vnd=multiple * standard, is_minimum=True,
        basis=(basis,),
    )  # fmt: skip


def _pension_level(reckoning: Reckoning, day: date) -> tuple[int, str]:
    source = reckoning.book.parameters["social_pension_level"].on_day(day)
    if date(2026, 7, 1) <= day < date(2026, 10, 5) and reckoning.answer("one_off_level_from") == "2026-07-01":
        source = reckoning.book.parameters["social_pension_level"].on(date(2026, 7, 1))
    month = month_of(day)
    return highest_level(reckoning.resolutions(month), "funeral", month, (source.value, source.basis))


def _level_day(reckoning: Reckoning, person: str, died_on: date) -> date:
    dossier = [e for e in reckoning.events(person, "received_complete") if e.benefit == "funeral" and e.day]
    if not dossier or reckoning.answer("funeral_level_date") != "decision":
        return died_on
    return max(died_on, dossier[-1].day or died_on)


def _funeral_ground(reckoning: Reckoning, person: str, day: date) -> tuple[str, bool, bool] | None:
    """(code, resident of a facility, social pensioner) of the first ground that fits."""
    regime = regime_key(day)
    article = {"R3": "ND335.11.1", "R0": "ND136.11.1"}.get(regime, "ND20.11.1")
    lines = lines_of_month(reckoning, month_of(day))[0]
    kinds = {line.kind for line in lines if line.person == person}
    if "residential_upbringing" in kinds:
        return ("ND335.22" if regime == "R3" else "ND20.25"), True, False
    if "monthly_allowance" in kinds or _applied(reckoning, person, day, "monthly_allowance", ("R3",)):
        return f"{article}.a", False, False
    if "social_pension" in kinds or _applied(reckoning, person, day, "social_pension", ("R2", "R3")):
        return ("ND335.31" if regime == "R3" else "ND176.5"), False, True
    if _child_of_single_parent(reckoning, person, day, lines):
        return f"{article}.b", False, False
    point = _old_recipient(reckoning, person, day, regime)
    return (f"{article}.{point}", False, False) if point else None


def _applied(reckoning: Reckoning, person: str, day: date, kind: str, regimes: tuple[str, ...]) -> bool:
    """Declared, verified as eligible, and died before the decision (R3; the social pension since NĐ 176)."""
    if regime_key(day) not in regimes:
        return False
    return any(
        event.benefit == kind and event.day and event.day <= day and event.more.get("verified")
        for event in reckoning.events(person, "applied")
    )


def _child_of_single_parent(reckoning: Reckoning, person: str, day: date, lines: list[Line]) -> bool:
    return any(line.category == "SINGLE_PARENT" and person in reckoning.related(line.person)[1:] for line in lines)


def _old_recipient(reckoning: Reckoning, person: str, day: date, regime: str) -> str | None:
    facts = reckoning.person(person)
    survivor = facts.at("survivor_benefit", day)
    age = reckoning.age(person, day)
    if age >= number_on(reckoning, "age_funeral_other", day) and (survivor or facts.at("other_monthly_allowance", day)):
        return "c"
    poor = reckoning.situation.household.at("poverty", day) in ("poor", "near_poor")
    return "d" if regime == "R3" and survivor and poor and 70 <= age < 75 else None


# --- emergency -------------------------------------------------------------------------------------------------------


def burial(reckoning: Reckoning, person: str | None) -> OneOff:
    """Death or disappearance in an emergency: to the household, at least 50 x the standard.

    Basis: khoản 1 Điều 14 NĐ 20/2021/NĐ-CP; Điều 12 NĐ 335/2026/NĐ-CP.
    """
    event = _one(reckoning, person, "died", "missing")
    if event is None or event.day is None or event.more.get("cause") not in BURIAL_CAUSES:
        return OneOff("emergency_burial", person)
    return _multiple(reckoning, "emergency_burial", event, "emergency_burial_multiple", "ND20.14.1")


def injury(reckoning: Reckoning, person: str | None) -> OneOff:
    """Serious injury in an emergency (treated 3 days or more); epidemic is not named.

    Basis: Điều 2, Điều 13 NĐ 20/2021/NĐ-CP; Điều 12 NĐ 335/2026/NĐ-CP.
    """
    event = _one(reckoning, person, "injured")
    if event is None or event.day is None or event.more.get("cause") not in INJURY_CAUSES:
        return OneOff("injury", person)
    if event.more["treatment_days"] < number_on(reckoning, "injury_treatment_days", event.day):
        return OneOff("injury", event.person)
    code = "ND20.13.2" if event.more.get("away_from_home") else "ND20.13.1"
    return _multiple(reckoning, "injury", event, "injury_multiple", code)


def _multiple(reckoning: Reckoning, kind: str, event: Event, key: str, code: str) -> OneOff:
    assert event.day is not None
    multiple = number_on(reckoning, key, event.day)
    standard, basis = standard_on_event(reckoning, event.day, "emergency")
    code = "ND335.12" if regime_key(event.day) == "R3" else code
    return OneOff(kind, event.person, code, multiple, standard, amount_vnd=multiple * standard, is_minimum=True, basis=(basis,))


def rice(reckoning: Reckoning, person: str | None) -> OneOff:
    """15 kg for each member and month: one month at Tết, at most three otherwise.

    Basis: khoản 1 Điều 12 NĐ 20/2021/NĐ-CP; Điều 12 NĐ 335/2026/NĐ-CP.
    """
    event = _one(reckoning, None, "hunger")
    if event is None or event.month is None or event.more["cause"] not in HUNGER_CAUSES:
        return OneOff("rice", kg=0)
    day = last_day(event.month)
    limit = "rice_months_tet" if event.more["cause"] == "tet" else "rice_months_limit"
    months = min(event.more["months"], number_on(reckoning, limit, day))
    members = reckoning.situation.household.members
    members = len(reckoning.situation.persons) if members is None else members
    code = "ND335.12" if regime_key(day) == "R3" else "ND20.12.1"
    return OneOff("rice", code=code, kg=number_on(reckoning, "rice_kg", day) * members * months, amount_vnd=None)


def housing(reckoning: Reckoning, person: str | None) -> OneOff:
    """House wholly lost, emergency relocation, house heavily damaged; the highest when several fit.

    Total and heavy damage need a poor, near-poor or difficult household; relocation any. Causes that destroy no house
    (hunger, traffic, work, epidemic) do not count.
    Basis: Điều 15 NĐ 20/2021/NĐ-CP; Điều 12 NĐ 335/2026/NĐ-CP.
    """
    best = OneOff("housing")
    for event in reckoning.situation.events:
        found = _house(reckoning, event) if event.kind in ("house_damaged", "relocation_ordered") else None
        if found and (found.amount_vnd or 0) > (best.amount_vnd or 0):
            best = found
    return best


def _house(reckoning: Reckoning, event: Event) -> OneOff | None:
    assert event.day is not None
    if event.more.get("cause", "other_disaster") not in DISASTERS:
        return None
    household = reckoning.situation.household
    needy = household.at("poverty", event.day) in ("poor", "near_poor") or household.in_difficulty
    if event.kind == "relocation_ordered":
        key, code = "housing_relocation_vnd", "ND20.15.2"
    elif not needy:
        return None
    elif event.more["damage"] == "total":
        if not event.more.get("nowhere_to_live"):
            return None
        key, code = "housing_total_vnd", "ND20.15.1"
    else:
        key, code = "housing_heavy_vnd", "ND20.15.3"
    code = "ND335.12" if regime_key(event.day) == "R3" else code
    return OneOff("housing", code=code, amount_vnd=number_on(reckoning, key, event.day), is_minimum=True)


def protection_food(reckoning: Reckoning, person: str | None) -> OneOff:
    """Food of a person taken in for emergency protection: days of stay, at most three months.

    Basis: khoản 2 Điều 19 NĐ 20/2021/NĐ-CP, Điều 3 TT 02/2021/TT-BLĐTBXH; Điều 16 NĐ 335/2026/NĐ-CP.
    """
    event = _one(reckoning, person, "emergency_protection")
    if event is None or event.month is None:
        return OneOff("protection_food", person)
    day = last_day(event.month)
    months = number_on(reckoning, "protection_months_limit", day)
    days = min(event.more["days"], (add_months(event.month, months) - event.month).days)
    per_day = number_on(reckoning, "protection_food_vnd", day)
    code = "ND335.16" if regime_key(day) == "R3" else "ND20.19.2"
    return OneOff("protection_food", event.person, code, per_day_vnd=per_day, days=days, amount_vnd=per_day * days)


_KINDS: dict[str, Callable[[Reckoning, str | None], OneOff]] = {
    "funeral": funeral,
    "emergency_burial": burial,
    "injury": injury,
    "rice": rice,
    "housing": housing,
    "protection_food": protection_food,
}


def not_due(result: OneOff) -> bool:
    """Whether nothing is due."""
    return not result.amount_vnd and not result.kg


def require(reckoning: Reckoning, kind: str) -> None:
    """Refuse a kind the law files do not know."""
    if kind not in _KINDS:
        raise NotAnswerable(f"Không có khoản một lần “{kind}”.")
