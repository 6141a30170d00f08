"""What the law gives a person in a month, and why. What the ledger holds is another question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import get_language

from ansinh import law
from ansinh.entitlements.explaining import panel
from ansinh.entitlements.facts import situation_of, situations
from ansinh.entitlements.models import PERSONAL, Benefit
from ansinh.kernel.periods import add_months, month_of
from ansinh.law.nearest import what_is_missing
from ansinh.law.situation import Line, MonthResult, Situation
from ansinh.pages.explanations import Explanation
from ansinh.people.models import Person


def law_for(person: Person, month: date, kinds: Sequence[str] = PERSONAL) -> tuple[Line, ...]:
    """The lines the law gives this person for a benefit month: of monthly allowance and social pension, unless others are asked."""
    result = law.monthly(situation_of(person), month, only=str(person.id))
    return tuple(line for line in result.lines if line.kind in kinds)


def care_for(person: Person, month: date) -> tuple[Line, ...]:
    """The line of money for whoever cares for this person, as the law gives it for a benefit month; at most one."""
    result = law.monthly(situation_of(person), month, only=str(person.id))
    return tuple(line for line in result.lines if line.kind == Benefit.CARER_MONEY)


@dataclass(frozen=True)
class MonthOfLaw:
    """What the law gives one person for a month: the sum, its articles, and whether it rests on a point nobody confirmed."""

    amount_vnd: int
    article: str
    held: bool


def law_by_month(person_ids: Iterable[int], months: Sequence[date]) -> dict[int, dict[date, MonthOfLaw]]:
    """The law as it is known now for some past months, person by person; suspensions left out of account."""
    found = {}
    for key, situation in situations(person_ids).items():
        events = tuple(one for one in situation.events if one.kind not in ("suspended", "resumed"))
        answers = law.monthly_through(replace(situation, events=events), months, only=str(key))
        found[key] = {month: _of_one(result, str(key)) for month, result in answers.items()}
    return found


def _of_one(result: MonthResult, person: str) -> MonthOfLaw:
    lines = [line for line in result.lines if line.person == person and line.kind in PERSONAL]
    articles = dict.fromkeys(article for line in lines for article in line.basis)
    return MonthOfLaw(sum(line.amount_vnd for line in lines), "; ".join(articles), any(line.held for line in lines))


def given_by_law(person: Person, months: Iterable[date]) -> dict[date, int]:
    """What the law as it is known now gives a person for some months, đồng."""
    return {month: given.amount_vnd for month, given in law_by_month([person.pk], list(months))[person.pk].items()}


def explanation_for(person: Person, month: date, *, situation: Situation | None = None) -> Explanation:
    """The same with every rule, fact and article, for the panel "Vì sao?". `situation`: the person's facts, where already at hand."""
    situation = situation or situation_of(person)
    found = law.explain(situation, month, str(person.id))
    if found.lines:
        return panel(found)
    # The panel is shown only to those who may read every ground, so a rule that names an illness may be told here.
    english = (get_language() or "").startswith("en")
    return panel(found, what_is_missing(situation, month, str(person.id), tells_sensitive=True, english=english))


def months_to_decide(on: date) -> tuple[date, date]:
    """First and last month a decision written on that day may begin with: from the first law known here to a year ahead."""
    return law.regimes()[0].start.replace(day=1), add_months(month_of(on), 12)
