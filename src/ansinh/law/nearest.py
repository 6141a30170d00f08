"""What would have to be true for somebody who gets nothing: the nearest rules and the facts they miss, derived from the rules.

Only what may come about or may have been left unrecorded is told: an age to be reached soon, a class, a certificate, nobody to
support. Never a death, an illness, a childhood. An income that stands in the way is told as such and never as something to lose.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ansinh.kernel.periods import last_day, month_text
from ansinh.kernel.words import gettext as _
from ansinh.law.engine.expressions import pairs
from ansinh.law.engine.lawfile import InForce
from ansinh.law.engine.rules import Rule
from ansinh.law.engine.words import Words, opposite
from ansinh.law.reckoning import Reckoning
from ansinh.law.situation import Situation

OWN = ("monthly_allowance", "social_pension")
YEARS_AHEAD = 5
MOST = 4
TOO_FAR = 3  # a rule that misses more things than this is not near
BARRIERS = frozenset({"wage", "insurance_income", "survivor_benefit", "other_allowance", "other_allowance_excludes_pension"})


@dataclass(frozen=True)
class Missing:
    """One thing a rule asks that is not so: in words; `on` the day it comes by itself (an age); or a barrier that stands in the way."""

    text: str
    on: date | None = None
    is_barrier: bool = False


@dataclass(frozen=True)
class Nearest:
    """A rule that a person does not meet, with what is missing."""

    rule: str
    kind: str
    category: str
    title: str
    basis: str
    missing: tuple[Missing, ...]

    @property
    def barriers(self) -> int:
        """How many of the missing things stand in the way."""
        return sum(one.is_barrier for one in self.missing)


@dataclass(frozen=True)
class _Need:
    """A comparison or a fact that must turn out as wanted; alternatives of one named choice share a need."""

    names: tuple[str, ...]
    node: ast.expr
    wanted: bool = True
    bound: int = 0


def what_is_missing(
    situation: Situation, month: date, person: str, *, tells_sensitive: bool, english: bool = False
) -> tuple[Nearest, ...]:  # fmt: skip
    """The nearest rules for a person and month, fewest missing things first. Empty for whoever has died, is not born or lives in a facility.

    `tells_sensitive`: whether the reader may be told an illness; without it no rule that names one is mentioned.
    """
    return nearest(Reckoning(situation), month, person, tells_sensitive=tells_sensitive, english=english)


def nearest(
    reckoning: Reckoning, month: date, person: str, *, tells_sensitive: bool, english: bool = False
) -> tuple[Nearest, ...]:  # fmt: skip
    """The same for a situation already being reckoned."""
    day, law = last_day(month), reckoning.law(month)
    if reckoning.age(person, day) < 0 or reckoning.ended(person, day):
        return ()
    facts = reckoning.facts(person, day, law)
    if facts["in_facility"]:
        return ()
    words = Words(reckoning.book, law.numbers, english=english)
    found: list[tuple[Rule, tuple[_Need, ...], Nearest]] = []
    for rule in law.rules:
        if rule.kind not in OWN or (_is_sensitive(rule, reckoning) and not tells_sensitive):
            continue
        needs = _needs_of(rule, facts)
        if needs and len(needs) <= TOO_FAR and (told := _told(rule, needs, facts, reckoning, person, day, words, law)):
            found.append((rule, needs, told))
    has_disability = reckoning.person(person).at("disability", day) != "none"
    ordered = sorted(_lesser_degree_first(found), key=lambda row: _order(row, has_disability=has_disability))
    return tuple(one for _rule, _needs, one in ordered)[:MOST]


def _is_sensitive(rule: Rule, reckoning: Reckoning) -> bool:
    category = reckoning.book.categories.get(rule.category)
    return "hiv" in rule.when.names and (category is None or category.is_sensitive)


def _order(row: tuple[Rule, tuple[_Need, ...], Nearest], *, has_disability: bool) -> tuple[int, int, bool, date, int]:
    """Fewest barriers, fewest missing things, soonest. A certificate comes last among equals where no disability is recorded."""
    rule, needs, one = row
    comes = max((missing.on for missing in one.missing if missing.on), default=date.min)
    unlikely = not has_disability and any(name.startswith("disability_") for need in needs for name in need.names)
    return one.barriers, len(one.missing), unlikely, comes, rule.order


def _lesser_degree_first(
    found: list[tuple[Rule, tuple[_Need, ...], Nearest]],
) -> list[tuple[Rule, tuple[_Need, ...], Nearest]]:
    """Where the severe degree would do, the extremely severe one is not mentioned beside it."""
    named = {name for _rule, needs, _one in found for need in needs for name in need.names}
    if "disability_severe" not in named:
        return found
    return [row for row in found if not any("disability_extreme" in need.names for need in row[1])]


# --- needs -----------------------------------------------------------------------------------------------------------


def _needs_of(rule: Rule, facts: Mapping[str, Any]) -> tuple[_Need, ...] | None:
    """What the rule misses: first with the age of today, then with the age that would have to be reached."""
    needs = _needs(rule.when.tree, facts)
    ages = [need for need in needs or () if need.names == ("age",)]
    if not needs or not ages:
        return needs
    reached = max(ages, key=lambda need: need.bound)
    later = _needs(rule.when.tree, {**facts, "age": reached.bound})
    if later is None or any(need.names == ("age",) for need in later):
        return None
    return (reached, *later)


def _needs(node: ast.expr, facts: Mapping[str, Any]) -> tuple[_Need, ...] | None:
    """The fewest things that would make a condition true; None where an age has passed."""
    match node:
        case ast.BoolOp(op=ast.And(), values=values):
            return _all([_needs(value, facts) for value in values])
        case ast.BoolOp(values=values):
            options = [found for value in values if (found := _needs(value, facts)) is not None]
            named = [value.id for value in values if isinstance(value, ast.Name)]
            if len(named) == len(values) and all(options):
                return (_Need(tuple(named), node),)
            return min(options, key=len, default=None)
        case ast.UnaryOp(operand=ast.Name(id=name)):
            return (_Need((name,), node, wanted=False),) if facts[name] else ()
        case ast.UnaryOp(operand=operand):
            turned = opposite(operand)
            return _needs(turned, facts) if turned is not None else None
        case ast.Compare():
            return _all([_comparison(left, op, right, facts) for left, op, right in pairs(node)])
        case ast.Name(id=name):
            return () if facts[name] else (_Need((name,), node),)
    return None


def _all(found: Iterable[tuple[_Need, ...] | None]) -> tuple[_Need, ...] | None:
    needs: list[_Need] = []
    for one in found:
        if one is None:
            return None
        needs += [need for need in one if need not in needs]
    return tuple(needs)


def _comparison(left: ast.expr, op: str, right: ast.expr, facts: Mapping[str, Any]) -> tuple[_Need, ...] | None:
    assert isinstance(left, ast.Name)
    bound = facts[right.id] if isinstance(right, ast.Name) else ast.literal_eval(right)
    node = ast.parse(f"{left.id} {op} {ast.unparse(right)}", mode="eval").body
    value = facts[left.id]
    holds = {"<": value < bound, "<=": value <= bound, ">": value > bound, ">=": value >= bound}
    if holds.get(op, (value == bound) is (op == "==")):
        return ()
    if left.id == "age":
        return (_Need(("age",), node, bound=bound),) if op == ">=" else None
    return (_Need((left.id,), node, bound=bound),)


# --- words -----------------------------------------------------------------------------------------------------------


def _told(
    rule: Rule, needs: tuple[_Need, ...], facts: Mapping[str, Any], reckoning: Reckoning, person: str, day: date, words: Words,
    law: InForce,
) -> Nearest | None:  # fmt: skip
    missing: list[Missing] = []
    for need in needs:
        one = _missing(need, facts, reckoning, person, day, words, law)
        if one is None:
            return None
        missing.append(one)
    title = rule.title_en if words.english else rule.title
    ordered = tuple(sorted(missing, key=lambda one: (one.is_barrier, one.on or date.min)))
    return Nearest(rule.key, rule.kind, rule.category, title, rule.basis, ordered)


def _missing(
    need: _Need, facts: Mapping[str, Any], reckoning: Reckoning, person: str, day: date, words: Words, law: InForce
) -> Missing | None:  # fmt: skip
    """One need in words; None where it is nothing to tell anybody."""
    if need.names == ("age",):
        return _age(need.bound, reckoning, person, day)
    if need.names[0] in BARRIERS:
        found = words.value(need.names[0], facts[need.names[0]])
        if need.wanted and isinstance(need.node, ast.Compare):
            found = _("{0} (luật yêu cầu: {1})").format(found, words.condition(need.node))
        return Missing(found, is_barrier=True)
    if need.names == ("children_counted",):
        grown = law.numbers["age_child"] <= facts["age"] < law.numbers["age_elder"]
        return Missing(words.condition(need.node)) if grown else None
    text = _recognised().get(need.names) if need.wanted else None
    return Missing(text) if text else None


def _age(bound: int, reckoning: Reckoning, person: str, day: date) -> Missing | None:
    reached = reckoning.birthday(person, bound)
    if reached is None or reached > day.replace(year=day.year + YEARS_AHEAD, day=min(day.day, 28)):
        return None
    birth = reckoning.person(person).birth
    if birth and not birth.exact:
        return Missing(_("đủ {0} tuổi trong năm {1} (chưa rõ ngày sinh)").format(bound, reached.year), on=reached)
    return Missing(_("đủ {0} tuổi vào {1}").format(bound, month_text(reached)), on=reached)


def _recognised() -> dict[tuple[str, ...], str]:
    """Facts that an office recognises or records, each as what would have to be shown."""
    return {
        ("poor",): _("hộ được công nhận là hộ nghèo"),
        ("poor", "near_poor"): _("hộ được công nhận là hộ nghèo hoặc hộ cận nghèo"),
        ("disability_severe",): _("có giấy xác nhận khuyết tật mức độ nặng"),
        ("disability_extreme",): _("có giấy xác nhận khuyết tật mức độ đặc biệt nặng"),
        ("supporter_absent",): _("được xác nhận không có người có nghĩa vụ và quyền phụng dưỡng"),
        ("supporter_absent", "supporter_on_allowance"): _(
            "được xác nhận không có người có nghĩa vụ và quyền phụng dưỡng, hoặc người đó cũng đang hưởng trợ cấp xã hội hằng tháng"
        ),
        ("studying",): _("đang đi học ở bậc học quy định"),
        ("study_continuous",): _("học liên tục"),
        ("fostered",): _("có hộ gia đình, cá nhân nhận chăm sóc"),
        ("cannot_live_alone",): _("không có điều kiện sống ở cộng đồng, đủ điều kiện vào cơ sở trợ giúp xã hội"),
    }
