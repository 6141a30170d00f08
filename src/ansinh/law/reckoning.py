"""One situation being reckoned: facts of a day, candidates of a day, who may change when. Everything is remembered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, NamedTuple

from ansinh.kernel.periods import birthday, last_day, month_of
from ansinh.law.benefits.monthly_allowance import months as month_rules
from ansinh.law.benefits.monthly_allowance.orphans import point_of
from ansinh.law.engine.lawfile import InForce, LawBook, load
from ansinh.law.engine.rules import Rule
from ansinh.law.resolutions import Provincial, ages_of_groups, extra_rules, reaching
from ansinh.law.situation import Event, PersonFacts, Situation, Timeline

ADULT_AGE = 30
DAY = timedelta(days=1)
LEGAL_AGES = (0, 3, 4, 16, 22, 60, 70, 75, 80)
ENDINGS = ("died", "missing", "imprisoned", "refused_by_person")
COMMUNITY_ONLY = ("rest", "single_parent", "pension", "care", "parent")


class Candidate(NamedTuple):
    """A rule that fits on a day."""

    rule: Rule
    code: str
    coefficient: int
    count: int  # type: ignore[assignment]  # the number of children, not the method of tuples
    deduction_vnd: int


class State(NamedTuple):
    """What fits on a day: candidates by group, and those that a facility displaces."""

    groups: Mapping[str, tuple[Candidate, ...]]
    displaced: tuple[Candidate, ...]


EMPTY = State({}, ())


class Reckoning:
    """Facts, events and answers of one situation, indexed once."""

    def __init__(
        self, situation: Situation, *, book: LawBook | None = None, known_on: date | None = None,
        answers: Mapping[str, str | None] | None = None,
    ) -> None:  # fmt: skip
        self.situation = situation
        self.book = book or load()
        self.known_on = known_on
        defaults = {key: question.default for key, question in self.book.questions.items()}
        self.answers: dict[str, str | None] = {**defaults, **situation.parameters, **(answers or {})}
        self.consulted: set[str] = set()
        self._states: dict[tuple[str, date, date], State] = {}
        self._changes: dict[str, tuple[date, ...]] = {}
        self._births: dict[str, date | None] = {}
        self._reached: dict[str, frozenset[date]] = {}
        self._laws: dict[date, InForce] = {}
        self._ages = {*LEGAL_AGES, *ages_of_groups(situation.provincial, self.book)}
        self.memory: dict[Any, Any] = {}
        self._events: dict[str | None, list[Event]] = {}
        for event in situation.events:
            self._events.setdefault(event.person, []).append(event)

    # --- answers and law -------------------------------------------------------------------------------------------

    def answer(self, question: str) -> str | None:
        """The answer to an open question; remembers that the result may rest on it."""
        self.consulted.add(question)
        return self.answers[question]

    def law(self, month: date) -> InForce:
        """The law of a benefit month, with the groups that the province adds."""
        if month not in self._laws:
            middle = self.answers["r3_5a_75_from"] or "2026-07-01"
            law = self.book.at(month, known_on=self.known_on, middle_from=middle)
            extra = extra_rules(self.resolutions(month), month, self.book)
            self._laws[month] = replace(law, rules=(*law.rules, *extra), memory={}) if extra else law
        return self._laws[month]

    def resolutions(self, month: date) -> tuple[Provincial, ...]:
        """The resolutions that reach the household where it lives when the month begins, as known on the day asked."""
        if not self.situation.provincial:
            return ()
        territories = self.situation.household.at("territories", month)
        return tuple(reaching(self.situation.provincial, territories, self.known_on))

    # --- people ----------------------------------------------------------------------------------------------------

    def person(self, key: str) -> PersonFacts:
        """The facts of one person."""
        return self.situation.persons[key]

    def events(self, key: str | None, *kinds: str) -> list[Event]:
        """Events of a person, all or of some kinds, in order of time."""
        if key not in self._events:
            return []
        found = [event for event in self._events[key] if not kinds or event.kind in kinds]
        return sorted(found, key=lambda event: event.day or event.month or date.min)

    def birth(self, key: str) -> date | None:
        """The day that counts as day of birth; an unknown day follows the open question (provisionally the first)."""
        if key not in self._births:
            birth = self.person(key).birth
            if birth is None or birth.exact:
                self._births[key] = birth.first if birth else None
            else:
                answer = self.answer(birth.question)
                self._births[key] = birth.last if answer == "last_day" else birth.first
        return self._births[key]

    def birthday(self, key: str, age: int) -> date | None:
        """The day on which a person reaches an age."""
        born = self.birth(key)
        if born is None:
            return None
        if (born.month, born.day) == (2, 29):
            return birthday(born, age, feb29=self.answer("birth_29_february") or "03-01")
        return birthday(born, age)

    def age(self, key: str, day: date) -> int:
        """Age in full years; negative before birth; an adult of working age when the birth is not given."""
        born = self.birth(key)
        if born is None:
            return ADULT_AGE
        years = day.year - born.year
        reached = self.birthday(key, years) if years >= 0 else None
        return years if reached and reached <= day else years - 1

    def ended(self, key: str, day: date) -> bool:
        """Death, disappearance, prison or refusal ends what a person draws, until a later decision grants again."""
        for event in self.events(key, *ENDINGS):
            if event.day and event.day <= day:
                if event.kind in ("died", "missing"):
                    return True
                later = [e for e in self.events(key, "decision_signed") if e.day and event.day < e.day <= day]
                if not later:
                    return True
        return False

    def adopted(self, key: str, day: date) -> bool:
        """Whether the child was adopted by then."""
        return any(event.day and event.day <= day for event in self.events(key, "adopted"))

    # --- changes ---------------------------------------------------------------------------------------------------

    def related(self, key: str) -> list[str]:
        """The person and the children whose facts count, or once counted, for him or her."""
        value = self.person(key).values.get("children", ())
        spans = [row[0] for row in value.periods] if isinstance(value, Timeline) else [value]
        return [key, *dict.fromkeys(child for span in spans for child in span if child in self.situation.persons)]

    def change_days(self, key: str) -> tuple[date, ...]:
        """Every day on which something the law asks about this person may change, legal birthdays included."""
        if key not in self._changes:
            days = set(self.situation.household.changes())
            for one in self.related(key):
                days |= self.person(one).changes()
                days |= {event.day for event in self.events(one, "adopted", *ENDINGS) if event.day}
                days |= self._legal_birthdays(one)
            days |= {event.day for event in self.events(key, "decision_signed") if event.day and self.ended(key, event.day - DAY)}
            self._changes[key] = tuple(sorted(days))
        return self._changes[key]

    def _legal_birthdays(self, key: str) -> frozenset[date]:
        """The days on which a person reaches an age that a rule asks; reckoned once, also for the parents."""
        if key not in self._reached:
            found = (self.birthday(key, age) for age in self._ages) if self.birth(key) else ()
            self._reached[key] = frozenset(day for day in found if day)
        return self._reached[key]

    def changes_in(self, key: str, month: date) -> list[date]:
        """Change days inside one month."""
        end = last_day(month)
        return [day for day in self.change_days(key) if month <= day <= end]

    # --- facts -----------------------------------------------------------------------------------------------------

    def facts(self, key: str, day: date, law: InForce) -> dict[str, Any]:
        """Every fact an expression may name, and the numbers of the month, for one person on one day."""
        person, household = self.person(key), self.situation.household
        regime = law.regime.key if law.regime else "R0"
        age = self.age(key, day)
        poverty = household.at("poverty", day)
        supporter, disability = person.at("supporter", day), person.at("disability", day)
        cared_by = person.at("cared_by", day)
        other = person.at("other_monthly_allowance", day)
        return {
            **law.numbers,
            "age": age,
            "lacks_parental_support": self.orphan_point(key, day, regime) is not None,
            "was_orphan_beneficiary": age >= 16 and self.was_orphan_beneficiary(key),
            "studying": person.at("study", day) in month_rules.listed_levels(regime),
            "study_continuous": person.at("study_continuous", day),
            "stopped_at_limit": age >= 22 and self.stopped_at_limit(key),
            "hiv": person.at("hiv", day),
            "poor": poverty == "poor",
            "near_poor": poverty == "near_poor",
            "hard_area": household.at("hard_area", day),
            "single": person.at("marital", day) in ("unmarried", "widowed", "spouse_missing"),
            "children_counted": self.children_counted(key, day, regime),
            "supporter_absent": supporter == "none",
            "supporter_on_allowance": supporter == "on_monthly_allowance",
            "disability_severe": disability == "severe",
            "disability_extreme": disability == "extremely_severe",
            "wage": person.at("wage", day),
            "insurance_income": person.at("pension_vnd", day) + person.at("insurance_allowance_vnd", day),
            "survivor_benefit": person.at("survivor_benefit", day),
            "other_allowance": other,
            "other_allowance_excludes_pension": other and self._other_excludes(age, law.month),
            "own_household_cares": cared_by == "own_household",
            "fostered": cared_by == "foster_household",
            "cannot_live_alone": person.at("cannot_live_alone", day),
            "in_facility": person.at("lives_in", day) == "facility",
            "pregnant": person.at("pregnant", day),
            "toddlers": self.toddlers(key, day),
        }

    def _other_excludes(self, age: int, month: date) -> bool:
        if age < 70 or month < month_rules.PENSION_START:
            return True
        return self.answer("war_merit_beside_pension") == "excluded"

    def orphan_point(self, key: str, day: date, regime: str) -> str | None:
        """The point of khoản 1 on a day, whatever the age."""
        person = self.person(key)
        if "parents" not in person.values and "abandoned" not in person.values:
            return None
        return point_of(
            person.at("parents", day), abandoned=person.at("abandoned", day), adopted=self.adopted(key, day),
            regime=regime,
        )  # fmt: skip

    def was_orphan_beneficiary(self, key: str) -> bool:
        """Whether the person drew the allowance of khoản 1 when turning 16.

        Without a recorded answer it is derived: the facts fitted on the eve of the birthday, at home, and (when
        procedure goes by events) a grant was running then.
        Basis: khoản 2 Điều 5 NĐ 20/2021/NĐ-CP ("đang hưởng ... mà đủ 16 tuổi").
        """
        stated = self.person(key).values.get("orphan_allowance_at_16")
        if stated is not None:
            return bool(stated)
        reached = self.birthday(key, 16)
        if reached is None:
            return False
        eve = reached - DAY
        if self.orphan_point(key, eve, month_rules.regime_key(eve)) is None:
            return False
        if self.person(key).at("lives_in", eve) == "facility" or self.ended(key, eve):
            return False
        return self.situation.procedure == "settled" or self.drew_by(key, eve)

    def drew_by(self, key: str, day: date) -> bool:
        """Whether a monthly allowance had been granted by then."""
        for event in self.events(key, "in_payment", "decision_signed"):
            start = event.month or (month_of(event.day) if event.day else None)
            if event.benefit == "monthly_allowance" and start and start <= day:
                return True
        return False

    def stopped_at_limit(self, key: str) -> bool:
        """Stopped by the cap of 22 before R3 and, by the default answer, not revived without a new decision.

        Reaching 22 on 1 to 4 October 2026 is no stop before R3: October is still paid, the stop would count from
        November, and by then no cap is in force (unless the month of the birthday itself is not paid).
        Basis: Điều 32 NĐ 335/2026/NĐ-CP, section 10.6 of the law notes (open point).
        """
        reached = self.birthday(key, 22)
        first_free = month_rules.R3_FIRST_MONTH
        if reached and first_free <= reached < month_rules.R3_START:
            first_free = first_free if self.answer("age22_last_month") == "birthday_month" else month_rules.R3_START
        if reached is None or reached >= first_free:
            return False
        again = [e for e in self.events(key, "decision_signed") if e.day and e.day >= month_rules.R3_START]
        return not again and self.answer("age22_stopped_before_r3") == "stays_stopped"

    # --- children --------------------------------------------------------------------------------------------------

    def children(self, key: str, day: date) -> list[str]:
        """Own children the person is raising on a day: alive, born, not adopted away, not in a facility."""
        mine = self.person(key).at("children", day)
        return [
            child
            for child in self.related(key)[1:]
            if child in mine
            and self.age(child, day) >= 0
            and not self.adopted(child, day)
            and not any(e.day and e.day <= day for e in self.events(child, "died", "missing"))
            and self.person(child).at("lives_in", day) == "community"
        ]

    def toddlers(self, key: str, day: date) -> int:
        """Children under 36 months."""
        if "children" not in self.person(key).values:
            return 0
        return sum(1 for child in self.children(key, day) if self.age(child, day) < 3)

    def children_counted(self, key: str, day: date, regime: str) -> int:
        """Children that count for khoản 4: under 16, or older and studying as the regime says.

        Basis: khoản 4 Điều 5 NĐ 20/2021/NĐ-CP (16 to 22, studying); khoản 4 Điều 5 NĐ 335/2026/NĐ-CP (kept when the
        child turns 16 during payment and studies continuously).
        """
        return len(self.counted_children(key, day, regime))

    def counted_children(self, key: str, day: date, regime: str) -> list[str]:
        """Those children."""
        if "children" not in self.person(key).values:
            return []
        return [child for child in self.children(key, day) if self._child_counts(key, child, day, regime)]

    def _child_counts(self, key: str, child: str, day: date, regime: str) -> bool:
        age = self.age(child, day)
        if age < 16:
            return True
        if self.person(child).at("study", day) not in month_rules.listed_levels(regime):
            return False
        if regime != "R3":
            return age < 22
        return self.person(child).at("study_continuous", day) and self._kept_in_r3(key, child, day)

    def _kept_in_r3(self, key: str, child: str, day: date) -> bool:
        """Under R3 a child of 16 or more counts only where payment was running and nothing broke it since."""
        reached = self.birthday(child, 16)
        if reached is None:
            return False
        since = max(reached, month_rules.R3_FIRST_MONTH)
        eve = since - DAY
        if self.situation.procedure == "by_events" and not self.drew_by(key, eve):
            return False
        if self.age(child, eve) >= 22 and self.answer("age22_stopped_before_r3") == "stays_stopped":
            return False
        points = [eve, *(d for d in self.change_days(key) if since <= d <= day)]
        return all(self._raises(key, child, point) for point in points)

    def _raises(self, key: str, child: str, day: date) -> bool:
        single = self.person(key).at("marital", day) in ("unmarried", "widowed", "spouse_missing")
        poor = self.situation.household.at("poverty", day) in ("poor", "near_poor")
        age = self.age(child, day)
        levels = month_rules.listed_levels(month_rules.regime_key(day))
        return single and poor and (age < 16 or self.person(child).at("study", day) in levels)

    # --- candidates of a day ---------------------------------------------------------------------------------------

    def state(self, key: str, day: date, month: date) -> State:
        """What fits on a day, by the law of a benefit month."""
        cached = self._states.get((key, day, month))
        if cached is None:
            cached = self._states[key, day, month] = self._state(key, day, month)
        return cached

    def _state(self, key: str, day: date, month: date) -> State:
        if self.age(key, day) < 0 or self.ended(key, day):
            return EMPTY
        law = self.law(month)
        facts = self.facts(key, day, law)
        groups: dict[str, list[Candidate]] = {}
        displaced: list[Candidate] = []
        for rule in law.rules:
            if rule.when.scalar(facts):
                candidate = self._candidate(key, day, rule, facts)
                if facts["in_facility"] and rule.group in COMMUNITY_ONLY:
                    displaced.append(candidate)
                else:
                    groups.setdefault(rule.group, []).append(candidate)
        return State({group: tuple(found) for group, found in groups.items()}, tuple(displaced))

    def _candidate(self, key: str, day: date, rule: Rule, facts: Mapping[str, Any]) -> Candidate:
        code, deduction = rule.code, 0
        if code.endswith(".*"):
            regime = month_rules.regime_key(rule.start)
            code = code[:-1] + (self.orphan_point(key, day, regime) or "")
        if rule.group == "pension" and facts["insurance_income"]:
            mode = self.answer("social_pension_low_pension_mode")
            deduction = facts["insurance_income"] if mode == "difference" else 0
        if rule.category == "ELDER_POOR_ALONE" and 75 <= facts["age"] < 80:
            self.consulted.add("r3_5a_75_from")
        count = facts[rule.count] if rule.count else 1
        return Candidate(rule, code, rule.coefficient.scalar(facts), count, deduction)
