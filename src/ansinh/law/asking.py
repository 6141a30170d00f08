"""The questions other rooms ask the law. Every function is pure: same facts, same dates, same answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from ansinh.kernel.periods import add_months, last_day, month_of, months_between
from ansinh.law import between_months, transitions
from ansinh.law.benefit_month import monthly_result
from ansinh.law.benefits.health_insurance import cards
from ansinh.law.benefits.health_insurance.cards import Card, CardChange
from ansinh.law.benefits.monthly_allowance.months import rules_on
from ansinh.law.benefits.one_off import deadlines, support
from ansinh.law.benefits.one_off.support import OneOff
from ansinh.law.between_months import ArrearsLine, Payment
from ansinh.law.candidates import birth_limits
from ansinh.law.engine.lawfile import Unread, load
from ansinh.law.engine.parameters import Instrument, OpenQuestion, Parameter
from ansinh.law.engine.rules import Category, ChangeOfLaw, Fact, Regime, Rule
from ansinh.law.engine.words import Words
from ansinh.law.explanation import Explanation, explanation_of, sentence
from ansinh.law.reckoning import Reckoning
from ansinh.law.resolutions import EXTRA, condition_of, highest_level
from ansinh.law.situation import MonthResult, Provincial, Situation
from ansinh.law.transitions import Transition


def monthly(situation: Situation, month: date, *, known_on: date | None = None, only: str | None = None) -> MonthResult:
    """What the law gives for a benefit month; `known_on` asks what the law was known to give on that day, `only` about one person."""
    return monthly_result(Reckoning(situation, known_on=known_on), month, only)


def monthly_through(situation: Situation, months: Iterable[date], *, only: str | None = None) -> dict[date, MonthResult]:
    """What the law gives for several benefit months; what one month found out serves the next. `only`: one person's lines."""
    ask = asked_by_month(situation, only=only)
    return {month: ask(month) for month in months}


def asked_by_month(situation: Situation, *, only: str | None = None) -> Callable[[date], MonthResult]:
    """The law about one situation, asked for one month after the other; what one month found out serves the next."""
    reckoning = Reckoning(situation)
    return lambda month: monthly_result(reckoning, month, only)


def explain(situation: Situation, month: date, person: str) -> Explanation:
    """Why: every rule with its facts and articles, what won and what lost, for one person and month."""
    return explanation_of(Reckoning(situation), month, person)


def fits_extra_group(situation: Situation, month: date, person: str) -> bool:
    """Whether somebody fits a group that the province adds, on any day that matters to the month. Cheaper than the month itself."""
    reckoning = Reckoning(situation)
    law = reckoning.law(month)
    rules = [rule for rule in law.rules if rule.category == EXTRA]
    days = [month - timedelta(days=1), *reckoning.changes_in(person, month), last_day(month)] if rules else []
    return any(rule.when.scalar(facts) for facts in (reckoning.facts(person, day, law) for day in days) for rule in rules)


def births_of_groups(resolutions: Sequence[Provincial], month: date) -> tuple[date | None, date | None]:
    """Births that the groups of these resolutions may take in at all: after the first day, up to the second; None: any."""
    book = load()
    conditions = [condition_of(group, book) for one in resolutions if one.in_force(month) for group in one.groups]
    return birth_limits([condition.tree for condition in conditions], book.at(month).numbers, month)


def first_benefit_month(situation: Situation, person: str, after: str) -> date:
    """First benefit month due by the last event of a kind (`decision_signed`, `moved`, `resumed`, …)."""
    return between_months.first_benefit_month(Reckoning(situation), person, after)


def first_payment(situation: Situation, person: str, after: str) -> Payment:
    """The first payment after an event, with the months it covers."""
    return between_months.first_payment(Reckoning(situation), person, after)


def pays_suspended_months(resumed: date, confirmations: Mapping[str, str] | None = None) -> bool | None:
    """Whether a resumption from this month with unchanged conditions brings the suspended months; None: not confirmed yet.

    Basis: Điều 9 NĐ 335/2026/NĐ-CP; before it điểm b khoản 1 Điều 6 TT 02/2021/TT-BLĐTBXH (open point).
    """
    known = confirmations or {}
    reckoning = Reckoning(Situation(persons={}, parameters=known))
    pays = rules_on(last_day(resumed)).resumes_with_arrears(reckoning.answer)
    return pays if reckoning.consulted <= known.keys() else None


def arrears(situation: Situation) -> list[ArrearsLine]:
    """What is owed for months before the month of the decisive event."""
    return between_months.arrears(Reckoning(situation))


def one_off(situation: Situation, kind: str, person: str | None = None) -> OneOff:
    """Funeral, burial, injury, rice, housing or protection food for the events of the situation."""
    return support.one_off(Reckoning(situation), kind, person)


def transition(situation: Situation, change: ChangeOfLaw, *, decided_in: date | None = None) -> tuple[Transition, ...]:
    """What a change of law (one of `changes_of_law()`) does to each person: old, new, from which month, owed month by month."""
    return transitions.transition(situation, change, decided_in=decided_in)


def drew_before(situation: Situation, change: ChangeOfLaw, person: str) -> bool:
    """Whether the law before a change gave this person money of their own."""
    return transitions.drew_before(situation, change, person)


def changes_of_law() -> tuple[ChangeOfLaw, ...]:
    """The days on which everybody in payment moved to new rules or money, in order of time."""
    return load().changes


def health_insurance(situation: Situation, month: date) -> dict[str, Card]:
    """The health-insurance card of each person in a month."""
    return cards.cards(monthly(situation, month).lines, month, situation.provincial)


def health_insurance_changes(situation: Situation, month: date) -> tuple[CardChange, ...]:
    """Cards that begin, end or change group with a month: the list of increases and decreases."""
    return cards.card_changes(health_insurance(situation, add_months(month, -1)), health_insurance(situation, month), month)


def insured_months(situation: Situation, person: str, first: date, end: date) -> list[tuple[date, date]]:
    """From which month to which (excluded) a person has a card, among the months from `first` up to but without `end`."""
    return cards.insured_months({month: health_insurance(situation, month) for month in months_between(first, end)}, person)


def deadline(situation: Situation, act: str) -> tuple[date, int]:
    """Last day and working days for an act, from the complete dossier of the situation."""
    return deadlines.deadline(Reckoning(situation), act)


def with_confirmations(situation: Situation, confirmations: Mapping[str, str]) -> Situation:
    """The situation with an officer's confirmed answers to open questions (checked against their choices)."""
    book = load()
    for key, value in confirmations.items():
        book.questions[key].check(value)
    return replace(situation, parameters={**situation.parameters, **confirmations})


def standard_on(month: date, territory: Sequence[Provincial] | None = None) -> tuple[int, str]:
    """The social assistance standard of a benefit month and what set it; `territory`: the province's resolutions."""
    return _level("standard", "monthly", month, territory or ())


def pension_level_on(month: date, territory: Sequence[Provincial] | None = None) -> tuple[int, str]:
    """The social pension of a benefit month and what set it."""
    return _level("social_pension_level", "social_pension", month, territory or ())


def _level(key: str, scope: str, month: date, territory: Iterable[Provincial]) -> tuple[int, str]:
    source = load().parameters[key].on(month)
    return highest_level(tuple(territory), scope, month, (source.value, source.basis))


def regime_on(day: date) -> Regime | None:
    """The regime in force on a day (None before 2015)."""
    return load().regime_on(day)


def regimes() -> tuple[Regime, ...]:
    """All regimes in order of time."""
    return load().regimes


def categories() -> Mapping[str, Category]:
    """Stable categories by key, with labels, benefit and codes."""
    return load().categories


def kinds() -> Mapping[str, tuple[str, str]]:
    """Benefits by key: Vietnamese and English label."""
    return load().kinds


def rules(regime: str | None = None) -> tuple[Rule, ...]:
    """The rules of a regime (None: all versions), in order of benefit and point."""
    book = load()
    if regime is None:
        return book.rules
    start = next(one.start for one in book.regimes if one.key == regime)
    return tuple(rule for rule in book.rules if rule.in_force(start))


def sentence_of(rule: Rule, regime: str) -> str:
    """A rule as one Vietnamese sentence, with the numbers of a regime's first month."""
    return sentence(rule, _words_of(regime))


def citation_of(code: str) -> str:
    """The article behind a rule's code as the gazette writes it: ND335.5.6 is "Khoản 6 Điều 5 NĐ 335/2026/NĐ-CP".

    A point of a clause whose points share one rule ("ND335.5.1.*") is named with its clause. Codes of one-off support
    and of extra groups are spelt out by their parts. An unknown code stays itself.
    """
    for rule in load().rules:
        if rule.code == code:
            return rule.basis
        stem, star, _rest = rule.code.partition(".*")
        if star and code.startswith(f"{stem}."):
            return f"Điểm {code.removeprefix(f'{stem}.')} {rule.basis[:1].lower()}{rule.basis[1:]}"
    return _spelt(code)


def _spelt(code: str) -> str:
    """A code of no rule (one-off support, groups of a province) by its parts: decree, article, clause, point."""
    decree, *parts = code.split(".")
    instrument = load().instruments.get(decree)
    if instrument is None or not parts or len(parts) > 3 or not parts[0].isdigit():
        return code
    words = [f"{word} {part}" for word, part in zip(("Điều", "khoản", "điểm"), parts, strict=False)]
    text = " ".join([*reversed(words), f"NĐ {instrument.number}"])
    return f"{text[0].upper()}{text[1:]}"


def article_of(rule: Rule, regime: str, *, english: bool = False) -> tuple[list[str], str]:
    """A rule as an article is written: its conditions one by one, and what it gives; `english`: in translation."""
    words = _words_of(regime, english=english)
    return words.clauses(rule.when.tree), words.level(rule)


def _words_of(regime: str, *, english: bool = False) -> Words:
    book = load()
    start = next(one.start for one in book.regimes if one.key == regime)
    return Words(book, book.at(month_of(start)).numbers, english=english)


def parameters() -> Mapping[str, Parameter]:
    """Every dated number with its history."""
    return load().parameters


def facts() -> Mapping[str, Fact]:
    """Every fact an expression may name, with its label."""
    return load().facts


def instruments() -> Mapping[str, Instrument]:
    """The legal documents."""
    return load().instruments


def questions() -> Mapping[str, OpenQuestion]:
    """Open questions of law with their choices and default."""
    return load().questions


def unconfirmed(confirmations: Mapping[str, str] | None = None) -> tuple[OpenQuestion, ...]:
    """Open questions nobody has confirmed yet."""
    return tuple(question for key, question in load().questions.items() if key not in (confirmations or {}))


def unread() -> tuple[Unread, ...]:
    """Texts of law that were not seen yet."""
    return load().unread


def law_hash() -> str:
    """A hash over all law files; a decision stores it."""
    return load().hash


@cache
def coefficient_options(category: str, month: date) -> tuple[int, ...]:
    """Every coefficient (hundredths) the category may have in a benefit month, lowest first."""
    rules = (rule for rule in load().at(month).rules if rule.category == category)
    return tuple(sorted({coefficient for rule in rules for coefficient in rule.coefficient.outcomes}))
