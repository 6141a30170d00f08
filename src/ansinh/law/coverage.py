"""What of the monthly benefits and the one-off support the project's own worked cases touch, and what they miss.

What is wanted is computed from the law files, what is there from the expectations of the cases. Only facts (ages, states)
are derived by the engine; amounts are never asked of it, so a wrong rule cannot cover itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

from ansinh.kernel.money import coefficient_plain, hundredths
from ansinh.kernel.periods import add_months, last_day, month_of, month_text, parse_month
from ansinh.law.benefits.monthly_allowance.orphans import NEW_PAIRS, OLD_PAIRS
from ansinh.law.caseformat import social, support
from ansinh.law.caseformat.reading import read_cases
from ansinh.law.coverage_of_events import event_gaps
from ansinh.law.coverage_of_provinces import province_gaps
from ansinh.law.coverage_of_supports import support_gaps
from ansinh.law.engine.expressions import pairs
from ansinh.law.engine.lawfile import ROOT, LawBook, load
from ansinh.law.engine.rules import Regime, Rule
from ansinh.law.reckoning import Reckoning
from ansinh.law.situation import Situation

KINDS = ("monthly_allowance", "social_pension", "carer_money", "disabled_parent_support", "residential_upbringing")
REGIMES = ("R0", "R1", "R2", "R3")
DATED_NUMBERS = ("standard", "social_pension_level", "age_elder_alone_higher")
NOT_STATED = {("detained", "R0")}  # whether the old decree suspends in custody was not read
EVENTS = (
    "decision_signed", "died", "missing", "imprisoned", "refused_by_person", "moved", "suspended", "resumed", "adopted",
    "detained", "certificate_issued",
)  # fmt: skip
# Khoản 4 counts children by age in a cited function, not in an expression.
AGES_OF_CHILDREN = ("age_child", "age_student_limit")


@dataclass(frozen=True)
class Asked:
    """One case: for each month it asks about with lines, the lines it expects."""

    case: Mapping[str, Any]
    months: Mapping[date, Sequence[Mapping[str, Any]]]

    @cached_property
    def reckoning(self) -> Reckoning:
        """Facts of the case."""
        return Reckoning(Situation.from_case(self.case))

    def grants(self, month: date, category: str, person: str | None = None) -> bool:
        """Whether a line of the category is expected in a month."""
        return any(row["category"] == category and person in (None, row["person"]) for row in self.months.get(month, ()))

    def levels(self, month: date, category: str, person: str) -> list[tuple[str, str]]:
        """Code and coefficient a person is expected to have by a category in a month."""
        rows = self.months.get(month, ())
        return [(row["code"], row["coefficient"]) for row in rows if (row["category"], row["person"]) == (category, person)]


@cache
def own_cases(wanted: str = social.FORMAT) -> list[dict[str, Any]]:
    """Every case of a format in the folders of the benefits, read once."""
    found: list[dict[str, Any]] = []
    for path in sorted((ROOT / "benefits").glob("*/cases/*.yaml")):
        name, cases = _read(path)
        found += cases if name == wanted else []
    return found


@cache
def given_cases() -> list[dict[str, Any]]:
    """The cases given to measure by. They pass like our own, and cover nothing in their place."""
    return _read(ROOT / "given_cases" / "social_assistance.yaml")[1]


_read = cache(read_cases)


def missing(cases: Sequence[Mapping[str, Any]], book: LawBook | None = None) -> list[str]:
    """Everything without a case, one sentence each."""
    book = book or load()
    asked = [_asked(case) for case in cases]
    return [
        *_rules_and_coefficients(book, asked),
        *_points(asked),
        *_boundary_ages(book, asked),
        *_change_dates(book, asked),
        *_deciding_facts(book, asked),
        *_open_questions(cases, book),
        *_events(cases, book),
        *event_gaps(cases, book),
        *province_gaps(cases),
    ]


def print_coverage() -> int:
    """Print what is missing; 0 when nothing is."""
    cases, supports = own_cases(), own_cases(support.FORMAT)
    gaps = [*missing(cases), *support_gaps(supports, load())]
    print("\n".join([*gaps, f"{len(cases) + len(supports)} cases, {len(gaps)} missing"]))
    return 1 if gaps or not cases or not supports else 0


def _asked(case: Mapping[str, Any]) -> Asked:
    months: dict[date, list[Mapping[str, Any]]] = {}
    for question in _questions(case["expect"]):
        if question["ask"] == "monthly" and "lines" in question:
            months.setdefault(parse_month(question["month"]), []).extend(question["lines"])
    return Asked(case, months)


def _questions(expect: Sequence[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    for question in expect:
        yield question
        for choice in question.get("choices", ()):
            yield from _questions(choice["expect"])


def _versions(book: LawBook) -> Iterator[tuple[Rule, Regime]]:
    """Every rule of a monthly benefit with every regime it is law in."""
    for rule in book.rules:
        for regime in book.regimes:
            if rule.kind in KINDS and rule.in_force(regime.start):
                yield rule, regime


def _regime_of(book: LawBook, day: date) -> str:
    regime = book.regime_on(day)
    return regime.key if regime else ""


def _rules_and_coefficients(book: LawBook, asked: Sequence[Asked]) -> Iterator[str]:
    seen = {
        (row["category"], _regime_of(book, last_day(month)), hundredths(row["coefficient"]))
        for one in asked
        for month, lines in one.months.items()
        for row in lines
    }
    rules = {(category, regime) for category, regime, _ in seen}
    for rule, regime in _versions(book):
        if (rule.category, regime.key) not in rules:
            yield f"rule {rule.key} in {regime.key}: no line expected"
        for coefficient in sorted(rule.coefficient.outcomes):
            if (rule.category, regime.key, coefficient) not in seen:
                yield f"rule {rule.key} in {regime.key}: coefficient {coefficient_plain(coefficient)} not expected"


def _points(asked: Sequence[Asked]) -> Iterator[str]:
    seen = set()
    for one in asked:
        for month, lines in one.months.items():
            for row in lines:
                if row["category"] == "CHILD_NO_SUPPORT":
                    person = one.reckoning.person(row["person"])
                    parents = frozenset(person.at("parents", last_day(month)))
                    regime = _regime_of(one.reckoning.book, last_day(month))
                    abandoned = person.at("abandoned", last_day(month))
                    point = (
                        "a" if abandoned else (NEW_PAIRS if regime == "R3" else OLD_PAIRS)[*person.at("parents", last_day(month))]
                    )
                    if row["code"] in (f"{row['code'].rpartition('.')[0]}.{point}", "ND136.5.1"):
                        seen.add((regime, point, None if abandoned else parents))
    for regime in REGIMES:
        table = NEW_PAIRS if regime == "R3" else OLD_PAIRS
        wanted = {("a", None)} | {(point, frozenset(pair)) for pair, point in table.items()}
        for point, pair in sorted(wanted, key=repr):
            if (regime, point, pair) not in seen:
                yield f"khoản 1 điểm {point} in {regime}: no case with parents {sorted(pair or ['abandoned'])}"


def _boundary_ages(book: LawBook, asked: Sequence[Asked]) -> Iterator[str]:
    limits: dict[str, set[int]] = {}
    for rule, regime in _versions(book):
        numbers = book.at(month_of(regime.start)).numbers
        limits.setdefault(rule.key, set()).update(_ages_in(rule, numbers))
    for rule, regime in _versions(book):
        own = _ages_in(rule, book.at(month_of(regime.start)).numbers)
        for age in sorted(limits[rule.key]):
            shows = age in own and "children_counted" not in rule.when.names
            if not any(_crosses(one, book, rule, regime, age, shows=shows) for one in asked):
                yield f"rule {rule.key} in {regime.key}: no case before, in and after the month of the age of {age}"


def _ages_in(rule: Rule, numbers: Mapping[str, int]) -> set[int]:
    """Ages the rule compares with, outside its exclusions (the ages of another rule)."""
    if "children_counted" in rule.when.names:
        return {numbers[name] for name in AGES_OF_CHILDREN}
    found: set[int] = set()
    open_nodes: list[ast.AST] = [rule.when.tree, rule.coefficient.tree]
    while open_nodes:
        node = open_nodes.pop()
        if isinstance(node, ast.UnaryOp):
            continue
        if isinstance(node, ast.Compare):
            for left, _, right in pairs(node):
                if isinstance(left, ast.Name) and left.id == "age" and isinstance(right, ast.Name):
                    found.add(numbers[right.id])
        open_nodes.extend(ast.iter_child_nodes(node))
    return found


def _crosses(one: Asked, book: LawBook, rule: Rule, regime: Regime, age: int, *, shows: bool) -> bool:
    """Whether a case asks before, in and after the month of a birthday; `shows`: and expects it to make a difference."""
    for person, facts in one.reckoning.situation.persons.items():
        of_children = "children_counted" in rule.when.names
        for aged in facts.values.get("children", ()) if of_children else [person]:
            day = one.reckoning.birthday(aged, age)
            if day is None or _regime_of(book, day) != regime.key:
                continue
            around = [add_months(month_of(day), step) for step in (-1, 0, 1)]
            if set(around) <= set(one.months) and any(one.grants(m, rule.category, person) for m in around):
                before, after = one.levels(around[0], rule.category, person), one.levels(around[2], rule.category, person)
                if not shows or before != after:
                    return True
    return False


def change_months(book: LawBook) -> list[date]:
    """Benefit months with which the rules or the money of the monthly benefits changed; the law before the first regime is not kept."""
    found = {month_of(regime.start) for regime in book.regimes}
    found |= {value.applies_to_months_from for key in DATED_NUMBERS for value in book.parameters[key].values}
    return sorted(month for month in found if month > book.regimes[0].start)


def _change_dates(book: LawBook, asked: Sequence[Asked]) -> Iterator[str]:
    for change in change_months(book):
        around = [add_months(change, step) for step in (-1, 0, 1)]
        in_force: dict[str, set[date]] = {}
        for month in around:
            for rule in book.at(month).rules:
                if rule.kind in KINDS:
                    in_force.setdefault(rule.category, set()).add(month)
        for category, months in in_force.items():
            if not any(set(around) <= set(o.months) and all(o.grants(m, category) for m in months) for o in asked):
                yield f"{category}: no case before, in and after the change of {month_text(change)}"


def _deciding_facts(book: LawBook, asked: Sequence[Asked]) -> Iterator[str]:
    """For every fact of every rule one person who fails by this fact alone, and is expected to get nothing by it."""
    wanted = {
        (rule.key, regime.key, name): f"rule {rule.key} in {regime.key}: nobody fails by “{name}” alone"
        for rule, regime in _versions(book)
        for name in sorted((rule.when.names - {"age"}) - set(book.parameters))
    }
    for one in asked:
        for month in one.months:
            law = book.at(month)
            regime = law.regime.key if law.regime else ""
            for person in one.reckoning.situation.persons:
                facts = one.reckoning.facts(person, last_day(month), law)
                for rule in law.rules:
                    if rule.kind in KINDS and not rule.when.scalar(facts) and not one.grants(month, rule.category, person):
                        for name in rule.when.names & book.facts.keys():
                            if rule.when.scalar({**facts, name: _turned(facts[name])}):
                                wanted.pop((rule.key, regime, name), None)
    yield from wanted.values()


def _turned(value: Any) -> Any:
    """The other side of a fact: no for yes, none for some, some for none."""
    if isinstance(value, bool):
        return not value
    return 0 if value else 1


def _open_questions(cases: Sequence[Mapping[str, Any]], book: LawBook) -> Iterator[str]:
    tried = {
        (question["parameter"], choice["value"])
        for case in cases
        for question in _questions(case["expect"])
        if question["ask"] == "options"
        for choice in question["choices"]
    }
    held = {q["parameter"] for case in cases for q in _questions(case["expect"]) if q.get("auto_pay") is False}
    for name, question in book.questions.items():
        for choice in question.choices if name in social.PARAMETERS else ():
            # "officer" is no answer: until one is given the line is held.
            if choice.value != "officer" and (name, choice.value) not in tried:
                yield f"open question {name}: answer {choice.value} not tried"
        if name in social.PARAMETERS and question.while_unconfirmed == "hold" and name not in held:
            yield f"open question {name}: no case in which payment waits for the answer"


def _events(cases: Sequence[Mapping[str, Any]], book: LawBook) -> Iterator[str]:
    happened = set()
    for case in cases:
        for event in case.get("events", ()):
            if event["kind"] not in EVENTS:
                continue
            day = date.fromisoformat(event["date"]) if "date" in event else last_day(parse_month(event["month"]))
            happened.add((event["kind"], _regime_of(book, day)))
    yield from (f"event {kind} in {r}: no case" for kind in EVENTS for r in REGIMES if (kind, r) not in happened | NOT_STATED)
