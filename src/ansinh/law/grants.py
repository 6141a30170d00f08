"""When nothing starts by itself: decisions, what they grant from which month, and whether a grant still runs."""

from __future__ import annotations

from datetime import date

from ansinh.kernel.periods import month_of, next_month
from ansinh.law.benefits.monthly_allowance import months as month_rules
from ansinh.law.effective import effective
from ansinh.law.engine.rules import Rule
from ansinh.law.reckoning import DAY, Reckoning
from ansinh.law.situation import Event

GROUPS = {
    "monthly_allowance": ("rest", "single_parent"),
    "social_pension": ("pension",),
    "carer_money": ("care",),
    "disabled_parent_support": ("parent",),
    "residential_upbringing": ("residential",),
}
CARRIED = ("carer_money", "disabled_parent_support")
SWITCHED = ("ELDER_80", "ELDER_75_HARD_AREA")
_AGES = {"ELDER_80": 80, "ELDER_75_HARD_AREA": 75}


def granted(reckoning: Reckoning, person: str, rule: Rule, month: date) -> bool:
    """Whether a decision covers this rule for this person in this month.

    Monthly allowance carries the two kinds that go with it unless they have events of their own. Those on 5.5.b and
    5.5.c on 2025-06-30 hold the social pension without a new application.
    Basis: NĐ 176/2025/NĐ-CP (transition), section 3.3 of the law notes.
    """
    if reckoning.situation.procedure == "settled":
        return True
    for kind, event in sources(reckoning, person, rule.kind):
        start = start_month(reckoning, person, event, rule)
        if start <= month and runs(reckoning, person, kind, earliest(reckoning, person, event, kind), month):
            return True
    return rule.kind == "social_pension" and _switched(reckoning, person, month)


def sources(reckoning: Reckoning, person: str, kind: str) -> list[tuple[str, Event]]:
    """The events that grant a kind, with the kind whose running they follow."""
    events = reckoning.events(person, "in_payment", "decision_signed")
    own = [(kind, event) for event in events if event.benefit == kind]
    if not own and kind in CARRIED:
        return [("monthly_allowance", event) for event in events if event.benefit == "monthly_allowance"]
    return own


def start_month(reckoning: Reckoning, person: str, event: Event, rule: Rule) -> date:
    """First benefit month of a grant for one rule, by the regime of the day of signing.

    R1: ordinary grants the month of signing; khoản 6 (and the money that goes with it) the month of the certificate;
    5.5.b, 5.5.c the month of the birthday. R2, R3: the month of signing (R2 certificate month: open point).
    Basis: Điều 8 NĐ 20/2021/NĐ-CP; điểm b khoản 2 Điều 5 NĐ 147/2025/NĐ-CP; Điều 8 NĐ 335/2026/NĐ-CP.
    """
    if event.month:
        return event.month
    assert event.day is not None
    signed = month_of(event.day)
    regime = month_rules.regime_key(event.day)
    anchor = _anchor(reckoning, rule, regime)
    if anchor == "certificate":
        month = min(signed, _certificate_month(reckoning, person, event.day))
        if regime == "R1" or month == signed:
            return month
        return month if reckoning.answer("r2_disability_start") == "certificate_month" else signed
    if anchor == "age":
        reached = reckoning.birthday(person, _AGES[rule.category])
        return min(signed, month_of(reached)) if reached else signed
    return signed


def _anchor(reckoning: Reckoning, rule: Rule, regime: str) -> str:
    """The anchor of the rule under the regime of signing; R2 keeps the certificate as an open point."""
    for version in reckoning.book.rules:
        if version.key == rule.key and version.anchors:
            if regime == "R2" and version.anchor("R1") == "certificate":
                return "certificate"
            return version.anchor(regime)
    return "signing"


def _certificate_month(reckoning: Reckoning, person: str, signed_on: date) -> date:
    """The month of the disability certificate: the recorded event, or the day the degree began to hold."""
    issued = [e.day for e in reckoning.events(person, "certificate_issued") if e.day and e.day <= signed_on]
    if issued:
        return month_of(issued[-1])
    day = signed_on
    for change in sorted(reckoning.person(person).changes(), reverse=True):
        if change <= day and reckoning.person(person).at("disability", change - DAY) in ("none", "mild"):
            return month_of(change)
    return month_of(signed_on)


def earliest(reckoning: Reckoning, person: str, event: Event, kind: str) -> date:
    """The earliest month any rule of the kind may count from by this event."""
    starts = [
        start_month(reckoning, person, event, rule)
        for rule in reckoning.book.rules
        if rule.kind == kind and (rule.anchors or event.month)
    ]
    signed = event.month or (month_of(event.day) if event.day else date.max)
    return min([signed, *starts])


def runs(reckoning: Reckoning, person: str, kind: str, first: date, month: date) -> bool:
    """Whether a grant that began in `first` still runs in `month`.

    Once nothing of the kind is due for a month, the grant has ended; only a new decision starts it again.
    Basis: section 2.1 of the case format ("a benefit starts only by an event").
    """
    if month < first:
        return False
    ends = reckoning.memory.setdefault(("ends", person, kind, first), _end(reckoning, person, kind, first))
    return ends is None or month < ends


def _end(reckoning: Reckoning, person: str, kind: str, first: date) -> date | None:
    begun = False
    for month in _checkpoints(reckoning, person, first):
        groups = effective(reckoning, person, month).groups
        if any(groups.get(group) for group in GROUPS[kind]):
            begun = True
        elif begun and not _revived(reckoning, person, kind, month):
            return month
    return None


def _revived(reckoning: Reckoning, person: str, kind: str, month: date) -> bool:
    """People stopped at 22 come back by themselves only if the officer answered so; until R3 the grant sleeps.

    Basis: Điều 32 NĐ 335/2026/NĐ-CP (open point `age22_stopped_before_r3`).
    """
    if kind != "monthly_allowance" or reckoning.answers["age22_stopped_before_r3"] != "revived":
        return False
    reached = reckoning.birthday(person, 22)
    return bool(reached and month_of(reached) <= month < month_rules.R3_FIRST_MONTH)


def _checkpoints(reckoning: Reckoning, person: str, first: date) -> list[date]:
    """Months in which a kind may come to an end: of each change, after each change, and at changes of law."""
    found = {first, date(2021, 7, 1), month_rules.PENSION_START, month_rules.R3_FIRST_MONTH}
    for resolution in reckoning.situation.provincial:
        found |= {month for month in (resolution.start, resolution.end) if month}
    for day in reckoning.change_days(person):
        found |= {month_of(day), next_month(month_of(day))}
    return sorted(month for month in found if month >= first)


def _switched(reckoning: Reckoning, person: str, month: date) -> bool:
    """Whether the person drew 5.5.b or 5.5.c in 2025-06 and so holds the pension since 2025-07."""
    if month < month_rules.PENSION_START:
        return False
    before = date(2025, 6, 1)
    drawn = [
        candidate
        for candidate in effective(reckoning, person, before).groups.get("rest", ())
        if granted(reckoning, person, candidate.rule, before)
    ]
    best = max((candidate.coefficient for candidate in drawn), default=0)
    if not any(candidate.rule.category in SWITCHED and candidate.coefficient == best for candidate in drawn):
        return False
    return runs(reckoning, person, "social_pension", month_rules.PENSION_START, month)
