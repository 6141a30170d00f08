"""One benefit on one day as a text a lawyer can read and sign: rules by article, coefficients, numbers, what is not certain yet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from ansinh.kernel.money import amount_of, coefficient_text, money_text
from ansinh.kernel.periods import month_of, months_between, months_text
from ansinh.kernel.words import gettext as _
from ansinh.law.engine.lawfile import LawBook, Unread, load
from ansinh.law.engine.parameters import DatedValue, Instrument, OpenQuestion, Parameter
from ansinh.law.engine.phrases import english_words
from ansinh.law.engine.rules import Procedure, Regime, Rule
from ansinh.law.engine.words import Words
from ansinh.law.one_off_words import facility_provisions, has_words, one_off_provisions, told_kinds
from ansinh.law.provisions import Provision, provisions

OWN = frozenset({"monthly_allowance", "social_pension"})
MONTHLY = OWN | {"carer_money", "disabled_parent_support", "residential_upbringing"}
ONCE = frozenset({"funeral", "emergency_burial", "injury", "rice", "housing", "protection_food", "essential_goods"})
# Which benefits a point concerns. One that is not named here is told under every benefit: better twice than never.
CONCERNS: Mapping[str, frozenset[str]] = {
    "adjust_down_month_r1": MONTHLY,
    "age22_last_month": frozenset({"monthly_allowance"}),
    "age22_stopped_before_r3": frozenset({"monthly_allowance"}),
    "poverty_lapse_month": OWN,
    "r2_disability_start": frozenset({"monthly_allowance", "carer_money", "disabled_parent_support"}),
    "r3_5a_75_from": frozenset({"monthly_allowance"}),
    "social_pension_low_pension_mode": frozenset({"social_pension"}),
    "one_off_level_from": frozenset({"funeral", "emergency_burial", "injury"}),
    "funeral_level_date": frozenset({"funeral"}),
    "resume_months_r1_r2": MONTHLY,
    "pension_tie": OWN,
    "war_merit_beside_allowance": frozenset({"monthly_allowance"}),
    "war_merit_beside_pension": frozenset({"social_pension"}),
    "birth_year_only": MONTHLY,
    "birth_month_only": MONTHLY,
    "birth_29_february": MONTHLY,
    "hung_yen_815": MONTHLY | {"funeral", "emergency_burial", "injury"},
    "thai_binh_19": MONTHLY,
    "decree_147_details": ONCE | {"residential_upbringing"},
    "poverty_line_2027": OWN,
    "payment_fee": MONTHLY,
    "decree_335_levels": MONTHLY | ONCE,
    "funeral_days_r2": frozenset({"funeral"}),
    "move_r2": OWN,
    "survivor_beside_pension": frozenset({"social_pension"}),
    "carer_of_disabled_orphan": frozenset({"carer_money"}),
    "old_arrears": MONTHLY,
    "overpaid": MONTHLY,
    "decree_136_care": ONCE | {"carer_money", "residential_upbringing"},
    "household_without_earner": frozenset({"essential_goods"}),
    "protection_hired_vehicle": frozenset({"protection_food"}),
    "facility_personal_items": frozenset({"residential_upbringing"}),
    "health_insurance_r3": frozenset({"health_insurance"}),
    "health_insurance_pensioners": frozenset({"health_insurance"}),
    "dossier_review_r3": MONTHLY,
    "social_pension_early_filing": frozenset({"social_pension"}),
    "household_care_alone": frozenset({"carer_money"}),
    "decree_335_annex": MONTHLY | ONCE,
    "detained_acquitted": MONTHLY,
    "single_parent_beside_pension": OWN,
    "facility_severe": frozenset({"residential_upbringing"}),
    "holiday_24_november": OWN | {"funeral"},
    "urgent_relief_r3": frozenset({"rice", "injury", "emergency_burial", "housing", "essential_goods"}),
}
ONCE_NUMBERS: Mapping[str, tuple[str, ...]] = {
    "funeral": (
        "standard", "funeral_multiple", "residential_funeral_multiple", "social_pension_level", "age_funeral_other", "age_funeral_survivor_poor",
        "decide_funeral_days",
    ),
    "emergency_burial": ("standard", "emergency_burial_multiple"),
    "injury": ("standard", "injury_multiple", "injury_treatment_days"),
    "rice": ("rice_kg", "rice_months_tet", "rice_months_limit"),
    "housing": ("housing_total_vnd", "housing_relocation_vnd", "housing_heavy_vnd"),
    "protection_food": ("protection_food_vnd", "protection_months_limit", "protection_fuel_hundredths"),
    "leader_gifts": tuple(
        f"gift_{giver}_{recipient}{goods}_vnd"
        for giver in ("central", "ministry_or_province")
        for recipient in ("organisation", "household", "individual")
        for goods in ("", "_goods")
    ),
    "essential_goods": (),
    "health_insurance": (),
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One coefficient of a rule: when it holds ("": always), hundredths, and đồng a month at the level of the day's month."""

    when: str
    coefficient: int
    amount_vnd: int


@dataclass(frozen=True)
class Article:
    """One rule as an article is written."""

    rule: Rule
    title: str
    code: str
    conditions: tuple[str, ...]
    level: str
    cases: tuple[Case, ...]
    payee: str


@dataclass(frozen=True)
class Number:
    """A number with what set it, its three dates, and `meanwhile`: what is paid until a level that reaches back is in force."""

    key: str
    label: str
    shown: str
    value: DatedValue
    instrument: Instrument
    meanwhile: str = ""


@dataclass(frozen=True)
class Uncertain:
    """A point that is not certain: its question, the answers it may have, what holds until an officer confirms."""

    key: str
    label: str
    question: str
    basis: str
    choices: tuple[tuple[str, str], ...] = ()
    default: str = ""
    holds: bool = False


@dataclass(frozen=True)
class BenefitText:
    """A benefit on a day. Months of the day's month are counted with everything that is known now."""

    kind: str
    label: str
    on: date
    regime: Regime
    articles: tuple[Article, ...]
    provisions: tuple[Provision, ...]
    procedures: tuple[Procedure, ...]
    numbers: tuple[Number, ...]
    uncertain: tuple[Uncertain, ...]
    instruments: tuple[Instrument, ...]
    law_hash: str

    @property
    def is_empty(self) -> bool:
        """Whether nothing of this benefit is law on the day, as far as the law files go."""
        return not self.articles and not (has_words(self.kind) and self.provisions)


def benefit_text(kind: str, on: date, *, english: bool = False, book: LawBook | None = None) -> BenefitText:
    """The text of a benefit on a day. `english`: names and conditions in translation. A day before 2015 reads as its first day."""
    book = book or load()
    regime = book.regime_on(on) or book.regimes[0]
    on = max(on, regime.start)
    rules = tuple(rule for rule in book.rules if rule.kind == kind and rule.in_force(on))
    numbers = numbers_on(book, on)
    words = Words(book, numbers, english=english)
    told = one_off_provisions(book, kind, on) if has_words(kind) else provisions_of(kind, regime.key)
    if not rules and not has_words(kind):
        told = ()
    elif kind == "residential_upbringing":
        told = (*told, *facility_provisions(book, on))
    steps = tuple(step for step in book.procedures if kind in step.kinds and step.in_force(on))
    used = tuple(_number(book, key, on, english, has_words(kind)) for key in _keys(book, kind, rules) if key in numbers)
    points = tuple(point for point in uncertain_points(book, on, english) if kind in CONCERNS.get(point.key, {kind}))
    cited = [
        *(r.basis for r in rules),
        *(r.coefficient_basis for r in rules),
        *(p.basis for p in told),
        *(p.basis for p in steps),
        *(n.value.basis for n in used),
    ]
    return BenefitText(
        kind=kind, label=told_kinds(book, english=english)[kind], on=on, regime=regime,
        articles=tuple(_article(rule, words, book, on) for rule in rules),
        provisions=told, procedures=steps, numbers=used, uncertain=points,
        instruments=tuple(sorted(cited_instruments(book, cited), key=lambda one: (one.in_force_from, one.key))),
        law_hash=book.hash,
    )  # fmt: skip


def numbers_on(book: LawBook, day: date) -> dict[str, int]:
    """Every number of the law by what is in force on a day, without those whose decree has ended and left no successor."""
    found: dict[str, int] = {}
    for key, parameter in book.parameters.items():
        values = [value for value in parameter.values if value.in_force_from <= day]
        if values:
            newest = max(values, key=lambda value: value.in_force_from)
            ended = book.instruments[newest.instrument].in_force_to
            if ended is None or day < ended:
                found[key] = newest.value
    return found


def provisions_of(kind: str, regime: str) -> tuple[Provision, ...]:
    """The provisions of a regime that speak of a monthly benefit."""
    return tuple(one for one in provisions(regime) if (kind in one.kinds if one.kinds else kind in MONTHLY))


def _article(rule: Rule, words: Words, book: LawBook, on: date) -> Article:
    level = book.parameters["social_pension_level" if rule.kind == "social_pension" else "standard"].on(month_of(on)).value
    cases = tuple(Case(when, c, amount_of(c, level)) for when, c in words.cases(rule.coefficient.tree, rule.when.tree))
    title = rule.title_en if words.english else rule.title
    return Article(
        rule,
        title,
        rule.code.removesuffix(".*"),
        tuple(words.clauses(rule.when.tree)),
        words.level(rule),
        cases,
        payee_words(rule),
    )


def payee_words(rule: Rule) -> str:
    """Who draws the money of a rule, where it is not the person himself."""
    match rule.payee:
        case "own_household":
            return _("Người nhận: hộ gia đình đang trực tiếp chăm sóc.")
        case "foster_household":
            return _("Người nhận: hộ gia đình, cá nhân nhận chăm sóc, nuôi dưỡng.")
    return ""


def _keys(book: LawBook, kind: str, rules: Iterable[Rule]) -> list[str]:
    """Numbers a benefit rests on: its level, those its rules name, the days of its decision."""
    if kind in ONCE_NUMBERS:
        return list(ONCE_NUMBERS[kind])
    named = {name for rule in rules for name in rule.when.names | rule.coefficient.names if name in book.parameters}
    level = "social_pension_level" if kind == "social_pension" else "standard"
    more = [f"decide_{kind}_days"]
    if kind == "residential_upbringing":
        more += [key for key in book.parameters if key.startswith(("facility_", "stay_"))]
    return [level, *sorted(named - {level}), *(key for key in more if key in book.parameters)] if any(rules) else []


def _number(book: LawBook, key: str, on: date, english: bool, once: bool) -> Number:
    """A number of the month of the day; of the day itself where an event counts and no month."""
    parameter = book.parameters[key]
    value = parameter.on_day(on) if once else parameter.find(month_of(on)) or parameter.on_day(on)
    label = parameter.label_en if english else parameter.label
    return Number(
        key, label, with_unit(parameter, value.value), value, book.instruments[value.instrument], _meanwhile(parameter, value, on)
    )


def _meanwhile(parameter: Parameter, value: DatedValue, on: date) -> str:
    """The trap of a value that reaches back: law only later, yet for months before."""
    later = parameter.find(month_of(on))
    if value.in_force_from > on:
        old = with_unit(parameter, parameter.on_day(on).value)
        day = f"{value.in_force_from:%d/%m/%Y}"
        if not parameter.unit.startswith("vnd"):
            return _("Trước ngày {0} quy định đang có hiệu lực là {1}.").format(day, old)
        return _("Đến ngày {0} vẫn chi theo mức {1}; phần chênh lệch được truy lĩnh.").format(day, old)
    if later and later.in_force_from > on and later.value != value.value:
        text = _("Mức {0} tính cho tháng hưởng từ {1} có áp dụng cho khoản một lần hay không là điểm cần xác nhận.")
        return text.format(with_unit(parameter, later.value), f"{later.applies_to_months_from:%m/%Y}")
    return ""


def reaches_back(value: DatedValue) -> str:
    """Months before its own day of force that a value counts for: '07–09/2026'; nothing for most."""
    first = month_of(value.in_force_from)
    return months_text(months_between(value.applies_to_months_from, first))


def with_unit(parameter: Parameter, value: int) -> str:
    """A number as it is read aloud."""
    units = {
        "vnd": "{0}",
        "vnd_per_month": _("{0}/tháng"),
        "vnd_per_day": _("{0}/ngày"),
        "years": _("{0} tuổi"),
        "times": _("{0} lần"),
        "days": _("{0} ngày"),
        "working_days": _("{0} ngày làm việc"),
        "months": _("{0} tháng"),
        "kg": "{0} kg",
        "hundredths_of_litre_per_km": _("{0} lít/km"),
    }
    if parameter.unit.startswith("hundredths"):
        shown = coefficient_text(value)
    else:
        shown = money_text(value) if parameter.unit.startswith("vnd") else str(value)
    return units[parameter.unit].format(shown)


# --- what is not certain ---------------------------------------------------------------------------------------------


def uncertain_points(book: LawBook, on: date, english: bool = False, *, reaching: bool = True) -> tuple[Uncertain, ...]:
    """Open questions and unread texts that matter on a day: a document they cite is in force (`reaching`: or reaches back so far),
    or they cite none.
    """
    asked = [
        _asked(question, english)
        for question in book.questions.values()
        if stands(book, question.basis, on, reaching=reaching) and (question.end is None or on < question.end)
    ]
    texts = [_unread(one, english) for one in book.unread if stands(book, one.basis, on, reaching=reaching)]
    return (*asked, *texts)


def _unread(one: Unread, english: bool) -> Uncertain:
    words = english_words()["unread"].get(one.key, {}) if english else {}
    return Uncertain(one.key, words.get("label", one.label), words.get("question", one.question), one.basis)


def _asked(question: OpenQuestion, english: bool) -> Uncertain:
    words = english_words()["questions"].get(question.key) if english else None
    labels = words["choices"] if words else {choice.value: choice.label for choice in question.choices}
    return Uncertain(
        question.key, question.label_en if english else question.label, words["question"] if words else question.question,
        question.basis, tuple((choice.value, labels[choice.value]) for choice in question.choices),
        labels.get(question.default or "", ""), question.while_unconfirmed == "hold",
    )  # fmt: skip


def stands(book: LawBook, basis: str, on: date, *, reaching: bool = True) -> bool:
    """Whether what is cited is law on a day, or reaches back to its month; a text that cites no document of ours always stands."""
    cited = cited_instruments(book, [basis])
    begin = _begin if reaching else (lambda _book, one: one.in_force_from)
    return not cited or any(begin(book, one) <= on < (_end(book, one) or date.max) for one in cited)


def _begin(book: LawBook, instrument: Instrument) -> date:
    """The first day a document speaks of: its day of force, or the first month its money reaches back to."""
    values = (value for parameter in book.parameters.values() for value in parameter.values)
    months = [value.applies_to_months_from for value in values if value.instrument == instrument.key]
    return min([instrument.in_force_from, *months])


def _end(book: LawBook, instrument: Instrument) -> date | None:
    """When a document speaks no more of social assistance: its end, or that of the regime it was the main one of."""
    regime = next((one for one in book.regimes if one.instrument == instrument.key), None)
    return instrument.in_force_to or (regime.end if regime else None)


def cited_instruments(book: LawBook, texts: Iterable[str]) -> tuple[Instrument, ...]:
    """The legal documents that citations name by their numbers ("… NĐ 335/2026/NĐ-CP", "NĐ 147/2025")."""
    said = " ".join(texts)
    return tuple(one for one in book.instruments.values() if any(pattern.search(said) for pattern in _patterns(one.number)))


@cache
def _patterns(numbers: str) -> tuple[re.Pattern[str], ...]:
    """A number of a document with or without its tail: 147/2025/NĐ-CP is also cited as 147/2025."""
    stems = ("/".join(number.strip().split("/")[:2]) for number in numbers.split(","))
    return tuple(re.compile(rf"(?<!\d){re.escape(stem)}(?!\d)") for stem in stems)
