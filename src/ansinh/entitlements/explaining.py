""" "Vì sao?" for the page: the law's explanation in the shape of the panel."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh import law
from ansinh.kernel.money import coefficient_text, money_text
from ansinh.kernel.periods import month_text
from ansinh.law.explanation import Condition, Explanation, NumberUsed, RuleOutcome
from ansinh.law.situation import Line
from ansinh.pages import explanations

NOT_MET_SHOWN = 4
PERSONAL = ("monthly_allowance", "social_pension")


def panel(explanation: Explanation) -> explanations.Explanation:
    """The panel of one person and month."""
    won = [outcome for outcome in explanation.rules if outcome.outcome == "won"]
    return {
        "title": _title(explanation),
        "sumline": _sumline(explanation.lines),
        "notes": [_note(text) for text in explanation.notes],
        "tree": [node for outcome in won for node in _winner(outcome)] or [_nobody(explanation)],
        "lost": [_lost(outcome) for outcome in explanation.rules if outcome.outcome in ("lost", "set_aside")]
        + [_lost(outcome) for outcome in _nearly(explanation)],
    }


def _title(explanation: Explanation) -> str:
    """The sums as they stand on the page: the person's own, and care apart."""
    own, care = (_total(lines) for lines in _apart(explanation.lines))
    if own and care:
        return _("Vì sao %(own)s, hỗ trợ chăm sóc %(care)s?") % {"own": money_text(own), "care": money_text(care)}
    if own:
        return _("Vì sao %(amount)s?") % {"amount": money_text(own)}
    if care:
        return _("Vì sao hỗ trợ chăm sóc %(amount)s?") % {"amount": money_text(care)}
    return _("Vì sao tháng %(month)s không được hưởng?") % {"month": month_text(explanation.month)}


def _apart(lines: tuple[Line, ...]) -> tuple[list[Line], list[Line]]:
    """What the person receives, and what is paid for the care of them: two amounts, decided and shown apart."""
    return [line for line in lines if line.kind in PERSONAL], [line for line in lines if line.kind not in PERSONAL]


def _total(lines: list[Line]) -> int:
    return sum(line.amount_vnd for line in lines)


def _sumline(lines: tuple[Line, ...]) -> list[explanations.Part]:
    own, care = _apart(lines)
    return [*_sum(own, _("mỗi tháng")), *_sum(care, _("hỗ trợ chăm sóc mỗi tháng"))]


def _sum(lines: list[Line], label: str) -> list[explanations.Part]:
    parts: list[explanations.Part] = []
    for number, line in enumerate(lines):
        level = _("mức trợ cấp hưu trí xã hội") if line.kind == "social_pension" else _("mức chuẩn trợ giúp xã hội")
        parts.append({"sign": "+" if number else "", "value": coefficient_text(line.coefficient), "label": _("hệ số")})
        parts.append({"sign": "×", "value": money_text(line.standard_vnd), "label": level})
        if line.count != 1:
            parts.append({"sign": "×", "value": str(line.count), "label": _("số con")})
    if lines:
        parts.append({"sign": "=", "value": money_text(_total(lines)), "label": label})
    return parts


def _note(text: str) -> explanations.Note:
    if "chưa được xác nhận" in text.lower():
        return {"kind": "unsure", "text": text, "url": reverse("lawbook:open_questions"), "link": _("Xem điểm cần xác nhận")}
    return {"kind": "now", "text": text}


def _winner(outcome: RuleOutcome) -> list[explanations.Node]:
    return [
        {
            "label": _("Hệ số %(c)s") % {"c": outcome.coefficient},
            "text": outcome.title,
            "children": [{"text": words} for words in _holding(outcome.condition)],
            "law": [{"text": basis} for basis in dict.fromkeys((outcome.basis, outcome.coefficient_basis))],
        },
        *(_number(number) for number in outcome.numbers if number.key in ("standard", "social_pension_level")),
    ]


def _number(number: NumberUsed) -> explanations.Node:
    node: explanations.Node = {
        "label": f"{number.label} {number.value}",
        "text": _("áp dụng cho tháng hưởng từ %(month)s") % {"month": month_text(number.applies_to_months_from)},
        "law": [{"text": _("%(basis)s (hiệu lực %(day)s)") % {"basis": number.basis, "day": f"{number.in_force_from:%d/%m/%Y}"}}],
    }
    if number.mark == "?":
        node["mark"] = {"kind": "unsure", "text": _("Chưa xác nhận")}
    return node


def _holding(condition: Condition) -> list[str]:
    """What was found, in words, for each part that holds."""
    if condition.parts:
        return [words for part in condition.parts if part.satisfied for words in _holding(part)]
    return [condition.found or condition.text]


def _nobody(explanation: Explanation) -> explanations.Node:
    return {"text": explanation.summary, "children": [{"text": fact} for fact in explanation.facts]}


def _lost(outcome: RuleOutcome) -> explanations.Lost:
    reason = outcome.reason or _("Chưa đủ: %(missing)s") % {"missing": "; ".join(_missing(outcome.condition))}
    return {
        "label": outcome.title,
        "amount": outcome.line.amount_vnd if outcome.line else None,
        "reason": reason,
        "law": {"text": outcome.basis},
    }


def _missing(condition: Condition) -> list[str]:
    if condition.satisfied:
        return []
    if condition.parts and " hoặc " not in condition.text:
        return [words for part in condition.parts for words in _missing(part)]
    return [condition.text]


def _nearly(explanation: Explanation) -> list[RuleOutcome]:
    """Monthly benefits that miss the least: what an officer is asked about most."""
    benefits = {key for key in law.kinds() if key in PERSONAL}
    rows = [o for o in explanation.rules if o.outcome == "not_met" and o.kind in benefits]
    return sorted(rows, key=lambda o: len(_missing(o.condition)))[:NOT_MET_SHOWN]
