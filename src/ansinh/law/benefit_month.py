"""The law of one benefit month for one situation: lines, what lost and why, what waits for an officer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from ansinh.kernel.periods import last_day, month_of, months_between
from ansinh.law.benefits.monthly_allowance import months as month_rules
from ansinh.law.benefits.monthly_allowance.concurrence import IN_FACILITY, Choice, choose, one_share_for_couples
from ansinh.law.effective import effective
from ansinh.law.grants import granted
from ansinh.law.levels import worth
from ansinh.law.reckoning import Candidate, Reckoning
from ansinh.law.situation import Event, Line, MonthResult

RENEWING = ("monthly_allowance", "social_pension", "residential_upbringing")  # decisions that end a suspension
NOT_GRANTED = "Đủ điều kiện theo dữ liệu nhưng chưa có quyết định cho hưởng."
SUSPENDED = "Đang tạm dừng chi trả."
OWN = ("rest", "single_parent", "pension", "residential")


class PersonMonth:
    """One person's lines of one month, before couples share."""

    def __init__(self, own: Choice, care: Choice, parent: Choice, aside: list[Line]) -> None:
        self.own, self.care, self.parent, self.aside = own, care, parent, aside


def lines_of_month(reckoning: Reckoning, month: date, only: str | None = None) -> tuple[list[Line], list[Line]]:
    """All lines of the situation for a month, and all that lost; those of one person alone, where only they are asked for."""
    if only:
        found = person_month(reckoning, only, month)
        if not found.parent.winners:  # else husband and wife may have to share
            lost_alone = [*found.own.losers, *found.care.losers, *found.parent.losers, *found.aside]
            return [*found.own.winners, *found.care.winners], lost_alone
        everybody = lines_of_month(reckoning, month)
        return [one for one in everybody[0] if one.person == only], [one for one in everybody[1] if one.person == only]
    won: list[Line] = []
    lost: list[Line] = []
    shares: list[Line] = []
    for person in reckoning.situation.persons:
        found = person_month(reckoning, person, month)
        won += [*found.own.winners, *found.care.winners]
        shares += found.parent.winners
        lost += [*found.own.losers, *found.care.losers, *found.parent.losers, *found.aside]
    kept, second = one_share_for_couples(
        shares, spouse_of=lambda one: spouse_of(reckoning, one), first=lambda one: _order_of(reckoning, one, month)
    )
    return won + kept, lost + second


def spouse_of(reckoning: Reckoning, person: str) -> str | None:
    """Husband or wife in this situation, whichever of the two names the other."""
    named = reckoning.person(person).values.get("spouse")
    if named:
        return str(named)
    for other, facts in reckoning.situation.persons.items():
        if facts.values.get("spouse") == person:
            return other
    return None


def _order_of(reckoning: Reckoning, person: str, month: date) -> tuple[int, int]:
    """Between equal coefficients the pregnant one comes first, then the order in which the persons are given."""
    pregnant = reckoning.person(person).at("pregnant", last_day(month))
    return (0 if pregnant else 1, list(reckoning.situation.persons).index(person))


def person_month(reckoning: Reckoning, person: str, month: date) -> PersonMonth:
    """One person's lines of a month: facts, month rules, decisions, suspension, concurrence."""
    key = ("person_month", person, month)
    if key not in reckoning.memory:
        reckoning.memory[key] = _person_month(reckoning, person, month)
    found: PersonMonth = reckoning.memory[key]
    return found


def _person_month(reckoning: Reckoning, person: str, month: date) -> PersonMonth:
    fits = effective(reckoning, person, month)
    suspended = is_suspended(reckoning, person, month)
    groups: dict[str, list[Line]] = {}
    aside: list[Line] = []
    for group, candidates in fits.groups.items():
        for candidate in candidates:
            line = _line(reckoning, person, candidate, month)
            if suspended:
                aside.append(replace(line, reason=SUSPENDED))
            elif not granted(reckoning, person, candidate.rule, month):
                aside.append(replace(line, reason=NOT_GRANTED))
            else:
                groups.setdefault(group, []).append(line)
    seen = {line.rule for lines in groups.values() for line in lines} | {line.rule for line in aside}
    for candidate in fits.displaced:
        if candidate.rule.key not in seen:
            aside.append(replace(_line(reckoning, person, candidate, month), reason=IN_FACILITY))
    clauses = {c.rule.key: c.rule.clause for cs in fits.groups.values() for c in cs}
    orders = {c.rule.key: c.rule.order for cs in fits.groups.values() for c in cs}

    def pick(names: Iterable[str]) -> Choice:
        return choose(
            {("rest" if name in ("care", "parent") else name): groups.get(name, []) for name in names},
            clause=lambda line: clauses[line.rule],
            order=lambda line: orders[line.rule],
            tie=lambda: tie_winner(reckoning, person, month),
        )

    return PersonMonth(pick(OWN), pick(["care"]), pick(["parent"]), aside)


def _line(reckoning: Reckoning, person: str, candidate: Candidate, month: date) -> Line:
    rule = candidate.rule
    coefficient, standard, basis = worth(reckoning, rule, candidate.coefficient, month)
    return Line(
        person=person, kind=rule.kind, category=rule.category, code=candidate.code, payee=rule.payee,
        coefficient=coefficient, standard_vnd=standard, count=candidate.count,
        deduction_vnd=candidate.deduction_vnd, basis=tuple(dict.fromkeys((rule.basis, rule.coefficient_basis, basis))),
        rule=rule.key,
    )  # fmt: skip


def tie_winner(reckoning: Reckoning, person: str, month: date) -> str:
    """Which kind wins an equal sum; by default the one that was drawn the month before.

    Basis: section 3.5 of the law notes (open point `pension_tie`).
    """
    answer = reckoning.answer("pension_tie")
    if answer in ("allowance", "pension"):
        return answer
    if month <= month_rules.PENSION_START:
        return "allowance"
    for earlier in months_between(month_rules.PENSION_START, month):
        before = person_month(reckoning, person, earlier).own.winners  # forwards: each answer is remembered for the next
    return "pension" if any(line.kind == "social_pension" for line in before) else "allowance"


def suspensions(reckoning: Reckoning, person: str) -> list[tuple[date, date | None, Event | None]]:
    """Suspended months of a person: first month not paid, month of what ended it (None: still), and that event."""
    starts = [event.month for event in reckoning.events(person, "suspended") if event.month]
    for event in reckoning.events(person, "detained"):
        decided = event.day and any(start >= month_of(event.day) for start in starts)
        if event.day and not decided and month_rules.rules_on(event.day).detention_suspends:
            starts.append(month_rules.detention_month(event.day))
    starts.sort()
    found: list[tuple[date, date | None, Event | None]] = []
    for start, following in zip(starts, (*starts[1:], date.max), strict=False):
        after = _end_of_suspension(reckoning, person, start, following)
        found.append((start, _month(after) if after else None, after))
    return found


def _end_of_suspension(reckoning: Reckoning, person: str, start: date, following: date) -> Event | None:
    """What ended a suspension: its resumption, else a new decision; both before the next suspension."""
    resumed = [event for event in reckoning.events(person, "resumed") if _month(event) >= start]
    decided = [e for e in reckoning.events(person, "decision_signed") if e.benefit in RENEWING and _month(e) > start]
    here = [event for event in (*resumed, *decided) if _month(event) < following]
    return next(iter([*here, *resumed]), None)


def _month(event: Event) -> date:
    return event.month or month_of(event.day or date.max)


def is_suspended(reckoning: Reckoning, person: str, month: date) -> bool:
    """Whether nothing is due for a month because of a suspension, as known after all events.

    Resumed unchanged or changed: the suspended months are due again where the regime of the resumption pays them.
    Resumed with conditions lost, or ended without compliance: nothing until a new decision grants again.
    Basis: Điều 2, điểm b khoản 1 Điều 6 TT 02/2021/TT-BLĐTBXH; Điều 9 NĐ 335/2026/NĐ-CP.
    """
    for start, resumed, event in suspensions(reckoning, person):
        if month < start:
            continue
        if resumed is None or event is None:
            return True
        if event.kind == "decision_signed":
            if month < resumed:
                return True
            continue
        if event.more.get("conditions") == "lost":
            again = [e for e in reckoning.events(person, "decision_signed") if e.day and e.day >= start]
            return not any(e.day and month_of(e.day) <= month for e in again)
        if month < resumed and not month_rules.rules_on(last_day(resumed)).resumes_with_arrears(reckoning.answer):
            return True
    return False


def monthly_result(reckoning: Reckoning, month: date, only: str | None = None) -> MonthResult:
    """The month with its open points: a line that would differ under another answer is held. `only`: of one person alone."""
    won, lost = lines_of_month(reckoning, month, only)
    held, warned = open_points(reckoning, month, only)
    marked: list[Line] = []
    reasons: dict[str, None] = {}
    for question, differing in held.items():
        for identity in differing:
            reasons[question] = None
            won = [_hold(line, question) if line.identity == identity else line for line in won]
    for line in won:
        person = reckoning.person(line.person)
        if line.kind == "monthly_allowance" and person.at("other_monthly_allowance", last_day(month)):
            if reckoning.situation.parameters.get("war_merit_beside_allowance") != "both":
                line = _hold(line, "war_merit_beside_allowance")
                reasons["war_merit_beside_allowance"] = None
        marked.append(line)
    text = reckoning.book.questions
    return MonthResult(
        month, tuple(marked), tuple(lost), tuple(text[key].label for key in reasons),
        tuple(text[key].label for key in warned),
    )  # fmt: skip


def _hold(line: Line, question: str) -> Line:
    return replace(line, held=True, unconfirmed=tuple(dict.fromkeys((*line.unconfirmed, question))))


def open_points(
    reckoning: Reckoning, month: date, only: str | None = None
) -> tuple[dict[str, list[tuple[object, ...]]], list[str]]:
    """Which unconfirmed questions the lines of a month rest on: held with the differing lines, or only warned of."""
    base = {line.identity for line in lines_of_month(reckoning, month, only)[0]}
    held: dict[str, list[tuple[object, ...]]] = {}
    warned: list[str] = []
    for key in sorted(reckoning.consulted):
        question = reckoning.book.questions[key]
        answered = reckoning.situation.parameters.get(key, "officer")  # "officer": each case is still to be decided
        if answered != "officer" or key == "war_merit_beside_allowance":
            continue
        differing = _differing(reckoning, key, month, base, only)
        if differing:
            if question.while_unconfirmed == "hold":
                held[key] = sorted(differing, key=repr)
            else:
                warned.append(key)
    return held, warned


def _differing(
    reckoning: Reckoning, key: str, month: date, base: set[tuple[object, ...]], only: str | None
) -> set[tuple[object, ...]]:
    question = reckoning.book.questions[key]
    differing: set[tuple[object, ...]] = set()
    for choice in question.choices:
        if choice.value in (reckoning.answers[key], "officer"):
            continue
        other = _under(reckoning, key, choice.value)
        differing |= base ^ {line.identity for line in lines_of_month(other, month, only)[0]}
    return differing


def _under(reckoning: Reckoning, key: str, value: str) -> Reckoning:
    """The same situation with another answer to one question; kept, so that what it found out serves the next month too."""
    name = ("under", key, value)
    if name not in reckoning.memory:
        reckoning.memory[name] = Reckoning(
            reckoning.situation, book=reckoning.book, known_on=reckoning.known_on, answers={**reckoning.answers, key: value}
        )
    found: Reckoning = reckoning.memory[name]
    return found
