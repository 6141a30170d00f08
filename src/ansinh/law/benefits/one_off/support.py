"""Funeral, emergency burial, injury, rice, housing and food: what one event gives, as amounts or kilograms."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from ansinh.kernel.periods import add_months, last_day, month_of
from ansinh.law.benefit_month import lines_of_month
from ansinh.law.benefits.monthly_allowance.months import regime_key
from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.reckoning import Reckoning
from ansinh.law.resolutions import EXTRA, group_of, highest_amount, highest_level
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
    unconfirmed: tuple[str, ...] = ()


def one_off(reckoning: Reckoning, kind: str, person: str | None = None) -> OneOff:
    """What one kind of one-off support comes to for the events of the situation. Raises NotAnswerable for another kind.

    `unconfirmed`: open points nobody answered on which the amount or the article hangs.
    """
    if kind not in _KINDS:
        raise NotAnswerable(f"Không có khoản một lần “{kind}”.")
    found = _KINDS[kind](reckoning, person)
    asked = reckoning.consulted - reckoning.situation.parameters.keys()
    return replace(found, unconfirmed=tuple(key for key in sorted(asked) if _hangs_on(reckoning, key, kind, person, found)))


def _hangs_on(reckoning: Reckoning, question: str, kind: str, person: str | None, found: OneOff) -> bool:
    """Whether another answer to an open question gives another result."""
    for choice in reckoning.book.questions[question].choices:
        other = _KINDS[kind](Reckoning(reckoning.situation, answers={question: choice.value}), person)
        if (other.code, other.amount_vnd, other.kg) != (found.code, found.amount_vnd, found.kg):
            return True
    return False


def number_on(reckoning: Reckoning, key: str, day: date) -> int:
    """A number of the law for an event of this day."""
    return reckoning.book.parameters[key].on_day(day).value


def standard_on_event(reckoning: Reckoning, day: date, scope: str, level: str = "standard") -> tuple[int, str]:
    """The level that multiples of an event are counted from: national, or the province's if its words reach so far.

    The level of 540,000 reaches one-off events from 2026-10-05, or from 2026-07-01 if an officer confirms so.
    Basis: Điều 11, 13, 14, 25 NĐ 20/2021/NĐ-CP (khoản 2 Điều 4, tối thiểu); Điều 32 NĐ 335/2026/NĐ-CP (open point).
    """
    source = reckoning.book.parameters[level].on_day(day)
    if date(2026, 7, 1) <= day < date(2026, 10, 5) and reckoning.answer("one_off_level_from") == "2026-07-01":
        source = reckoning.book.parameters[level].on(date(2026, 7, 1))
    month = month_of(day)
    return highest_level(reckoning.resolutions(month), scope, month, (source.value, source.basis))


def _one(reckoning: Reckoning, person: str | None, *kinds: str) -> Event | None:
    found = [e for e in reckoning.situation.events if e.kind in kinds and (person is None or e.person == person)]
    return max(found, key=lambda event: event.day or event.month or date.min, default=None)


# --- funeral ---------------------------------------------------------------------------------------------------------


def funeral(reckoning: Reckoning, person: str | None) -> OneOff:
    """Funeral support of a beneficiary, a child of one, or an old recipient of another allowance.

    Only the highest document pays: of several grounds the highest, and where burial support of an emergency is due and
    not lower, that one instead. The level is that of the day of death, or of the dossier when decisions count (open point).
    Basis: Điều 11, 14, 25 NĐ 20/2021/NĐ-CP; NĐ 176/2025/NĐ-CP; Điều 11, 12, 22, 31 NĐ 335/2026/NĐ-CP.
    """
    best = _best_funeral(reckoning, person)
    rival = _emergency_burial(reckoning, best.person)
    return OneOff("funeral", best.person) if best.amount_vnd and (rival.amount_vnd or 0) >= best.amount_vnd else best


def _best_funeral(reckoning: Reckoning, person: str | None) -> OneOff:
    death = _one(reckoning, person, "died")
    if death is None or death.day is None or death.person is None:
        return OneOff("funeral", person)
    found = [_funeral_of(reckoning, death.person, death.day, ground) for ground in _grounds(reckoning, death.person, death.day)]
    return max(found, key=lambda one: one.amount_vnd or 0, default=OneOff("funeral", death.person))


class _Ground(NamedTuple):
    """Why a funeral is supported: the point, the item of the law's numbers, the level it is counted from."""

    code: str
    item: str = "funeral"
    level: str = "standard"


def _funeral_of(reckoning: Reckoning, person: str, died_on: date, ground: _Ground) -> OneOff:
    day = _level_day(reckoning, person, died_on)
    times = number_on(reckoning, f"{ground.item}_multiple", died_on)
    scope = "residential" if ground.item == "residential_funeral" else "funeral"
    return _times(reckoning, OneOff("funeral", person, ground.code), ground.item, times, day, scope, ground.level)


def _level_day(reckoning: Reckoning, person: str, died_on: date) -> date:
    dossier = [e for e in reckoning.events(person, "received_complete") if e.benefit == "funeral" and e.day]
    if not dossier or reckoning.answer("funeral_level_date") != "decision":
        return died_on
    return max(died_on, dossier[-1].day or died_on)


def _grounds(reckoning: Reckoning, person: str, day: date) -> Iterator[_Ground]:
    """Every ground that fits, in the order in which equal ones are preferred."""
    regime = regime_key(day)
    article = {"R3": "ND335.11.1", "R0": "ND136.11.1"}.get(regime, "ND20.11.1")
    lines = lines_of_month(reckoning, month_of(day))[0]
    kinds = _drawn(reckoning, person, {line.kind for line in lines if line.person == person and _brings_funeral(reckoning, line)})
    if "residential_upbringing" in kinds:
        yield _Ground("ND335.22" if regime == "R3" else "ND20.25", "residential_funeral")
        return
    if "monthly_allowance" in kinds or _applied(reckoning, person, day, "monthly_allowance", ("R3",)):
        yield _Ground(f"{article}.a")
    if "social_pension" in kinds or _applied(reckoning, person, day, "social_pension", ("R2", "R3")):
        yield _Ground("ND335.31" if regime == "R3" else "ND176.5", level="social_pension_level")
    if _child_of_single_parent(reckoning, person, day, lines):
        yield _Ground(f"{article}.b")
    point = _old_recipient(reckoning, person, day, regime)
    if point:
        yield _Ground(f"{article}.{point}")


def _drawn(reckoning: Reckoning, person: str, given: set[str]) -> set[str]:
    """What the person drew when dying: as the ledger tells ("drawn", without a benefit: nothing), else what the law gives.

    Whoever lives in a facility stands in no ledger; what a group of the province brings, its resolution says.
    """
    told = reckoning.events(person, "drawn")
    if not told:
        return given
    decided = {event.benefit for event in told if event.benefit and event.more.get("category") != EXTRA}
    extra = {event.benefit for event in told if event.benefit and event.more.get("category") == EXTRA}
    return decided | (extra & given) | (given & {"residential_upbringing"})


def _brings_funeral(reckoning: Reckoning, line: Line) -> bool:
    """An extra group of the province is not in Điều 5: its funeral is supported only if the resolution says so."""
    group = group_of(reckoning.situation.provincial, line.rule)
    return group is None or "funeral" in group.brings


def _applied(reckoning: Reckoning, person: str, day: date, kind: str, regimes: tuple[str, ...]) -> bool:
    """Declared, verified as eligible, and died before the decision (R3; the social pension since NĐ 176)."""
    if regime_key(day) not in regimes:
        return False
    return any(
        event.benefit == kind and event.day and event.day <= day and event.more.get("verified")
        for event in reckoning.events(person, "applied")
    )


def _child_of_single_parent(reckoning: Reckoning, person: str, day: date, lines: list[Line]) -> bool:
    """A child whom khoản 4 counted on the eve of the death, of a parent who draws it."""
    eve = day - timedelta(days=1)
    parents = [line.person for line in lines if line.category == "SINGLE_PARENT" and _draws(reckoning, line)]
    return any(person in reckoning.counted_children(parent, eve, regime_key(day)) for parent in parents)


def _draws(reckoning: Reckoning, line: Line) -> bool:
    told = reckoning.events(line.person, "drawn")
    return not told or any(event.more.get("category") == line.category for event in told)


def _old_recipient(reckoning: Reckoning, person: str, day: date, regime: str) -> str | None:
    facts = reckoning.person(person)
    survivor = facts.at("survivor_benefit", day)
    age = reckoning.age(person, day)
    if age >= number_on(reckoning, "age_funeral_other", day) and (survivor or facts.at("other_monthly_allowance", day)):
        return "c"
    poor = reckoning.situation.household.at("poverty", day) in ("poor", "near_poor")
    limit = number_on(reckoning, "age_funeral_survivor_poor", day) if regime == "R3" else age + 1
    return "d" if survivor and poor and age >= limit else None


# --- emergency -------------------------------------------------------------------------------------------------------


def burial(reckoning: Reckoning, person: str | None) -> OneOff:
    """Death or disappearance in an emergency: to the household, at least 50 x the standard, unless a funeral pays more.

    Basis: khoản 1 Điều 14 NĐ 20/2021/NĐ-CP; Điều 12 NĐ 335/2026/NĐ-CP.
    """
    found = _emergency_burial(reckoning, person)
    rival = _best_funeral(reckoning, found.person) if found.amount_vnd else found
    return OneOff("emergency_burial", found.person) if (rival.amount_vnd or 0) > (found.amount_vnd or 0) else found


def _emergency_burial(reckoning: Reckoning, person: str | None) -> OneOff:
    event = _one(reckoning, person, "died", "missing")
    if event is None or event.day is None or event.more.get("cause") not in BURIAL_CAUSES:
        return OneOff("emergency_burial", person)
    return _multiple(reckoning, "emergency_burial", event, "ND20.14.1")


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
    return _multiple(reckoning, "injury", event, code)


def _multiple(reckoning: Reckoning, kind: str, event: Event, code: str) -> OneOff:
    assert event.day is not None
    code = "ND335.12" if regime_key(event.day) == "R3" else code
    times = number_on(reckoning, f"{kind}_multiple", event.day)
    return _times(reckoning, OneOff(kind, event.person, code), kind, times, event.day, "emergency")


def _times(reckoning: Reckoning, found: OneOff, item: str, times: int, day: date, scope: str, level: str = "standard") -> OneOff:
    """`times` x the level of the day, or the amount that the province's resolution names if that is higher."""
    standard, basis = standard_on_event(reckoning, day, scope, level)
    amount, named = _provincial_amount(reckoning, item, day, (times * standard, basis))
    if amount != times * standard:
        return replace(found, amount_vnd=amount, is_minimum=True, basis=(named,))
    return replace(found, multiple=times, standard_vnd=standard, amount_vnd=amount, is_minimum=True, basis=(basis,))


def _provincial_amount(reckoning: Reckoning, item: str, day: date, national: tuple[int, str]) -> tuple[int, str]:
    month = month_of(day)
    return highest_amount(reckoning.resolutions(month), item, month, national)


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

    Total and heavy damage need a poor, near-poor or difficult household; relocation any. A house wholly lost counts where there is
    nowhere to live, a damaged one where it cannot be lived in (`livable` says it can). Causes that destroy no house (hunger,
    traffic, work, epidemic) do not count.
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
        item, code = "housing_relocation", "ND20.15.2"
    elif not needy:
        return None
    elif event.more["damage"] == "total":
        if not event.more.get("nowhere_to_live"):
            return None
        item, code = "housing_total", "ND20.15.1"
    elif event.more.get("livable"):
        return None
    else:
        item, code = "housing_heavy", "ND20.15.3"
    code = "ND335.12" if regime_key(event.day) == "R3" else code
    source = reckoning.book.parameters[f"{item}_vnd"].on_day(event.day)
    amount, basis = _provincial_amount(reckoning, item, event.day, (source.value, source.basis))
    return OneOff("housing", code=code, amount_vnd=amount, is_minimum=True, basis=(basis,))


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
    source = reckoning.book.parameters["protection_food_vnd"].on_day(day)
    per_day, basis = _provincial_amount(reckoning, "protection_food", event.month, (source.value, source.basis))
    code = "ND335.16" if regime_key(day) == "R3" else "ND20.19.2"
    return OneOff(
        "protection_food", event.person, code, per_day_vnd=per_day, days=days, amount_vnd=per_day * days, basis=(basis,)
    )


_KINDS: dict[str, Callable[[Reckoning, str | None], OneOff]] = {
    "funeral": funeral,
    "emergency_burial": burial,
    "injury": injury,
    "rice": rice,
    "housing": housing,
    "protection_food": protection_food,
}
