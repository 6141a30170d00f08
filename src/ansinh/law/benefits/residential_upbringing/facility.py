"""What a facility may spend beside the upbringing level, and until when a resident who grew up stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from ansinh.kernel.periods import add_months, month_of
from ansinh.law.benefits.monthly_allowance.months import R3_START, listed_levels, regime_key
from ansinh.law.engine.lawfile import load
from ansinh.law.reckoning import DAY, Reckoning
from ansinh.law.resolutions import Provincial, highest_level
from ansinh.law.situation import Situation
from ansinh.law.supports import regime_of, value_on

_MULTIPLES = ("facility_personal_multiple", "facility_medicine_multiple", "facility_utilities_multiple")


@dataclass(frozen=True)
class Ceiling:
    """The most a facility may spend on one thing: đồng a year (a month: `per_month`), for all residents together."""

    key: str
    label: str
    amount_vnd: int
    basis: str
    per_month: bool = False


@dataclass(frozen=True)
class Stay:
    """Whether a resident still belongs in the facility on a day; `support_until`: first month without support any more."""

    stays: bool
    since: date | None = None
    support_until: date | None = None
    basis: str = ""
    reason: str = ""


def ceilings(
    on: date, residents: int, resolutions: Sequence[Provincial] = (), *, normal_meal_vnd: int | None = None
) -> tuple[Ceiling, ...]:
    """The ceilings of a day for so many residents. `normal_meal_vnd`: the day's meals a person, for holidays and sick days.

    Before 2026-10-05 only ordinary medicine had one (goods of daily life are given in kind).
    Basis: khoản 4 Điều 25 NĐ 20/2021/NĐ-CP, TT 76/2021/TT-BTC; Điều 22 NĐ 335/2026/NĐ-CP.
    """
    if regime_of(on, since="R1") != "R3":
        medicine = value_on("facility_medicine_month_vnd", on)
        label = load().parameters["facility_medicine_month_vnd"].label
        return (Ceiling("facility_medicine_month_vnd", label, medicine.value * residents, medicine.basis, per_month=True),)
    month, national = month_of(on), value_on("standard", on)
    standard, _ = highest_level(resolutions, "residential", month, (national.value, national.basis))
    amounts = {key: value_on(key, on).value * standard * residents for key in _MULTIPLES}
    whole = value_on("facility_equipment_facility_vnd", on).value
    amounts["facility_equipment_person_vnd"] = min(value_on("facility_equipment_person_vnd", on).value * residents, whole)
    if normal_meal_vnd is not None:
        amounts["facility_feast_multiple"] = value_on("facility_feast_multiple", on).value * normal_meal_vnd * residents
    parameters = load().parameters
    return tuple(Ceiling(key, parameters[key].label, amount, value_on(key, on).basis) for key, amount in amounts.items())


def stay(situation: Situation, person: str, on: date) -> Stay:
    """Whether a resident who came as a child stays: under 16, studying, disabled or old; else since when not.

    Until 2026-10-04 those of 16 and more who do not study leave and are supported up to 24 months more while they settle;
    study counts to 22. From 2026-10-05 study counts until it ends; whoever does not study gets a plan of return instead.
    Basis: Điều 25, Điều 30 NĐ 20/2021/NĐ-CP; Điều 22 NĐ 335/2026/NĐ-CP.
    """
    regime_of(on, since="R1")
    reckoning = Reckoning(situation)
    if _belongs(reckoning, person, on):
        return Stay(True, basis=_basis(on))
    since = _left_off(reckoning, person, on)
    if regime_key(since) == "R3":
        return Stay(False, since, basis=_basis(since), reason="Có kế hoạch đưa về gia đình, tái hòa nhập cộng đồng.")
    months = value_on("stay_support_months", since)
    until = add_months(month_of(since), months.value)
    return Stay(False, since, until, months.basis, "Rời cơ sở; tiếp tục được hỗ trợ trong thời gian ổn định cuộc sống.")


def _belongs(reckoning: Reckoning, person: str, day: date) -> bool:
    facts, age = reckoning.person(person), reckoning.age(person, day)
    if age < 16 or age >= 60 or facts.at("disability", day) in ("severe", "extremely_severe"):
        return True
    regime = regime_key(day)
    if facts.at("study", day) not in listed_levels(regime):
        return False
    return bool(facts.at("study_continuous", day)) if regime == "R3" else age < 22


def _left_off(reckoning: Reckoning, person: str, day: date) -> date:
    """The first day since which the person no longer belongs there."""
    days = [one for one in (*reckoning.change_days(person), R3_START) if one <= day]
    for one in sorted(days, reverse=True):
        if _belongs(reckoning, person, one - DAY):
            return one
    return day


def _basis(day: date) -> str:
    return "Điều 22 NĐ 335/2026/NĐ-CP" if regime_key(day) == "R3" else "Điều 25, Điều 30 NĐ 20/2021/NĐ-CP"
