"""Any worked case the format allows, drawn at random: every fact, event, answer, level and question of its vocabulary."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from ansinh.law.caseformat import social

CAUSES = (
    "storm", "flood", "landslide", "other_disaster", "fire", "epidemic", "traffic_accident", "work_accident", "crop_failure",
    "between_harvest", "tet", "other_force_majeure",
)  # fmt: skip
PARENTS = ("alive_present", "dead", "missing_declared", "in_social_facility", "prison_or_measure", "unidentified")
FACTS: dict[str, tuple[Any, ...]] = {
    "parents": tuple([one, two] for one in PARENTS for two in PARENTS),
    "study": ("none", "general", "continuing", "vocational", "secondary_professional", "college", "first_degree", "listed_level"),
    "marital": ("unmarried", "married", "widowed", "divorced", "separated", "spouse_missing"),
    "supporter": ("has", "none", "on_monthly_allowance"),
    "disability": ("none", "mild", "severe", "extremely_severe"),
    "cared_by": ("none", "own_household", "foster_household"),
    "lives_in": ("community", "facility"),
    "pension_vnd": (0, 300_000, 900_000),
    "insurance_allowance_vnd": (0, 200_000),
    **dict.fromkeys(
        ("abandoned", "study_continuous", "hiv", "wage", "pregnant", "survivor_benefit", "other_monthly_allowance",
         "cannot_live_alone"),
        (True, False),
    ),
}  # fmt: skip
ANCHORS = (
    date(2019, 5, 1), date(2021, 7, 1), date(2023, 1, 1), date(2024, 2, 29), date(2024, 7, 1), date(2025, 7, 1),
    date(2026, 7, 1), date(2026, 10, 5), date(2027, 2, 28),
)  # fmt: skip
AGES = (0, 1, 3, 4, 10, 15, 16, 18, 22, 40, 60, 66, 70, 75, 80, 90)


class AnyCase:
    """Draws one case from a source of randomness."""

    def __init__(self, random: Random) -> None:
        self.random = random
        self.keys = [f"p{index}" for index in range(random.randint(1, 4))]

    def drawn(self) -> dict[str, Any]:
        """The case."""
        case: dict[str, Any] = {
            "id": "ANY-1", "title": "any", "regimes": ["R1"], "procedure": self.pick("settled", "by_events"), "holidays": [],
            "persons": {key: self.person(key) for key in self.keys}, "legal_basis": ["any"], "confidence": "low",
            "household": {"poverty": self.in_time("poor", "near_poor", "not_poor"), "in_difficulty": self.maybe(3),
                          "place": {"hard_area": self.in_time(True, False)}},
            "expect": [self.question() for _ in range(3)] + [self.open_question()],
        }  # fmt: skip
        events = [self.event() for _ in range(self.random.randint(0, 6))]
        parameters = {key: self.pick(*values) for key, values in social.PARAMETERS.items() if self.maybe(4)}
        level = {"standard_vnd": self.pick(400_000, 520_000, 700_000), "from": self.month(), "applies_to": ["monthly", "funeral"]}
        law = ({"parameters": parameters} if parameters else {}) | ({"provincial": [level]} if self.maybe(4) else {})
        return case | ({"events": events} if events else {}) | ({"law": law} if law else {})

    def pick(self, *values: Any) -> Any:
        return self.random.choice(values)

    def maybe(self, in_so_many: int) -> bool:
        return self.random.randrange(in_so_many) == 0

    def day(self) -> date:
        return self.pick(*ANCHORS) + timedelta(days=self.pick(-400, -31, -1, 0, 0, 1, 4, 30, 200))

    def month(self) -> str:
        return self.day().isoformat()[:7]

    def in_time(self, *values: Any) -> Any:
        """A constant, or a timeline with gaps."""
        if not self.maybe(3):
            return self.pick(*values)
        first, second = sorted(
            self.random.sample(sorted({self.day() for _ in range(9)} | {date(2020, 1, 1), date(2022, 2, 2)}), 2)
        )
        rows = [{"value": self.pick(*values), "from": first.isoformat(), "to": second.isoformat()}]
        return [*rows, {"value": self.pick(*values), "from": second.isoformat()}] if self.maybe(2) else rows

    def birth(self) -> str:
        day = self.day()
        text = f"{day.year - self.pick(*AGES)}-{day:%m-%d}".replace("-02-29", "-02-28")
        return "1996-02-29" if self.maybe(15) else text[: self.pick(10, 10, 10, 7, 4)]

    def person(self, key: str) -> dict[str, Any]:
        facts: dict[str, Any] = {name: self.in_time(*values) for name, values in FACTS.items() if self.maybe(5)}
        others = [other for other in self.keys if other != key]
        if not self.maybe(8):
            facts["birth"] = self.birth()
        if others and self.maybe(2):
            facts["children"] = others[: self.random.randint(1, len(others))]
        if others and self.maybe(5):
            facts["spouse"] = self.pick(*others)
        return facts | ({"orphan_allowance_at_16": self.maybe(2)} if self.maybe(8) else {})

    def event(self) -> dict[str, Any]:
        who, on, month = {"person": self.pick(*self.keys)}, {"date": self.day().isoformat()}, {"month": self.month()}
        benefit, cause = {"benefit": self.pick(*social.BENEFITS)}, {"cause": self.pick(*CAUSES)}
        kind, more = self.pick(
            ("in_payment", who | benefit | month),
            ("applied", who | benefit | on | {"verified": self.maybe(2)}),
            ("received_complete", who | on | {"benefit": self.pick(*social.BENEFITS, "funeral")}),
            ("certificate_issued", who | on),
            ("decision_signed", who | benefit | on),
            ("level_switch_decided", who | month),
            ("paid", who | benefit | {"months": [self.month()], "per_month_vnd": self.pick(0, 360_000, 750_000)}),
            ("moved", who | on | {"between": self.pick("communes", "districts", "provinces"), "last_month_paid": self.month()}),
            ("suspended", who | month | {"ground": self.pick("not_collected", "no_redetermination", "detained")}),
            ("resumed", who | month | {"conditions": self.pick("unchanged", "changed", "lost")}),
            ("adopted", who | on), ("imprisoned", who | on), ("detained", who | on), ("refused_by_person", who | on),
            ("died", who | on), ("died", who | on | cause), ("missing", who | on | cause),
            ("injured", who | on | cause | {"treatment_days": self.pick(0, 2, 3, 9), "away_from_home": self.maybe(2)}),
            ("hunger", month | cause | {"months": self.pick(1, 2, 3)}),
            ("house_damaged", on | cause | {"damage": self.pick("total", "heavy"), "nowhere_to_live": self.maybe(2)}),
            ("relocation_ordered", on | cause),
            ("emergency_protection", who | month | {"days": self.pick(1, 30, 100)}),
        )  # fmt: skip
        return {"kind": kind, **more}

    def question(self) -> dict[str, Any]:
        who, month = self.pick(*self.keys), self.month()
        after = {"person": who, "after": self.pick("decision_signed", "moved", "resumed", "level_switch_decided"), "month": month}
        asked: dict[str, Any] = self.pick(
            {"ask": "monthly", "month": month, "lines": [], "total_vnd": 0},
            {"ask": "first_benefit_month", **after},
            {"ask": "first_payment", **after, "months_covered": [month], "total_vnd": 0},
            {"ask": "arrears", "lines": [], "total_vnd": 0},
            {"ask": "one_off", "kind": self.pick(*social.ONE_OFF_KINDS), "person": who, "amount_vnd": 0},
            {"ask": "one_off", "kind": self.pick(*social.ONE_OFF_KINDS), "amount_vnd": 0},
            {"ask": "deadline", "act": self.pick(*social.ACTS), "date": "2026-01-01"},
            {"ask": "year_total", "year": self.pick(2014, 2020, 2021, 2025, 2026), "total_vnd": 0},
        )
        return asked

    def open_question(self) -> dict[str, Any]:
        name = self.pick(*social.PARAMETERS)
        choices = [{"value": value, "expect": [self.question()]} for value in social.PARAMETERS[name]]
        return {"ask": "options", "parameter": name, "choices": choices} | ({"auto_pay": False} if self.maybe(2) else {})
