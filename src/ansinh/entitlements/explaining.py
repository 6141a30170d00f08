""" "Vì sao?" for the page: the law's explanation in the shape of the panel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from ansinh import law
from ansinh.entitlements.models import PERSONAL
from ansinh.kernel.money import coefficient_text, money_text
from ansinh.kernel.periods import month_text
from ansinh.law.explanation import PROVINCE_AMOUNT, Condition, Explanation, NumberUsed, RuleOutcome
from ansinh.law.nearest import Nearest
from ansinh.law.situation import Line
from ansinh.pages import explanations
from ansinh.pages.own_words import own_words

NOT_MET_SHOWN = 4
_LEVELS = ("standard", "social_pension_level", PROVINCE_AMOUNT)


def panel(explanation: Explanation, near: Sequence[Nearest] = ()) -> explanations.Explanation:
    """The panel of one person and month: title and sum tell what the ledger can hold for them, money for care is a note.

    `near`: for somebody who gets nothing, the nearest rules with what they miss.
    """
    own = [outcome for outcome in explanation.rules if outcome.kind in PERSONAL]
    lines = [line for line in explanation.lines if line.kind in PERSONAL]
    won = [outcome for outcome in own if outcome.outcome == "won"]
    return {
        "title": _title(explanation.month, lines),
        "sumline": _sumline(lines, {outcome.key for outcome in won if _by_amount(outcome)}),
        "notes": [_note(text) for text in explanation.notes]
        + [_care(outcome) for outcome in explanation.rules if outcome.outcome == "won" and outcome not in own],
        "tree": _tree(won) or [_nobody(explanation, own)],
        "lost": [_lost(outcome) for outcome in own if outcome.outcome in ("lost", "set_aside")]
        + ([] if near else [_lost(outcome) for outcome in _nearly(own)]),
        "near": [_near(one) for one in near],
    }


def _near(one: Nearest) -> explanations.Near:
    """What one rule misses: things to come or to be shown, and what stands in the way."""
    words = [_("vướng: %(what)s") % {"what": missing.text} if missing.is_barrier else missing.text for missing in one.missing]
    return {"label": one.title, "missing": words, "law": {"text": one.basis}}


def _title(month: date, lines: list[Line]) -> str:
    if total := sum(line.amount_vnd for line in lines):
        return _("Vì sao %(amount)s?") % {"amount": money_text(total)}
    return _("Vì sao tháng %(month)s không được hưởng?") % {"month": month_text(month)}


def _by_amount(outcome: RuleOutcome) -> bool:
    return any(number.key == PROVINCE_AMOUNT for number in outcome.numbers)


def _sumline(lines: list[Line], by_amount: set[str]) -> list[explanations.Part]:
    parts: list[explanations.Part] = []
    for number, line in enumerate(lines):
        level = _("mức trợ cấp hưu trí xã hội") if line.kind == "social_pension" else _("mức chuẩn trợ giúp xã hội")
        level = _("mức tiền do tỉnh quy định") if line.rule in by_amount else level
        parts.append({"sign": "+" if number else "", "value": coefficient_text(line.coefficient), "label": _("hệ số")})
        parts.append({"sign": "×", "value": money_text(line.standard_vnd), "label": level})
        if line.count != 1:
            parts.append({"sign": "×", "value": str(line.count), "label": _("số con")})
        if line.deduction_vnd:
            parts.append({"sign": "−", "value": money_text(line.deduction_vnd), "label": _("khoản được trừ")})
    if lines:
        total = sum(line.amount_vnd for line in lines)
        parts.append({"sign": "=", "value": money_text(total), "label": _("mỗi tháng")})
    return parts


def _care(outcome: RuleOutcome) -> explanations.Note:
    """Money of the same rules that goes to care: another right, decided apart, so never part of the sum."""
    text = _("Ngoài số trên, luật còn cho %(amount)s mỗi tháng: %(title)s (%(basis)s). Khoản này quyết định riêng.") % {
        "amount": money_text(outcome.line.amount_vnd if outcome.line else 0),
        "title": outcome.title,
        "basis": "; ".join(_articles(outcome)),
    }
    return {"kind": "now", "text": text}


def _articles(outcome: RuleOutcome) -> list[str]:
    """The articles of a rule, each once: condition and coefficient often stand in the same one."""
    return list(dict.fromkeys(text for text in (outcome.basis, outcome.coefficient_basis) if text))


def _note(text: str) -> explanations.Note:
    if "chưa được xác nhận" in text.lower():
        return {"kind": "unsure", "text": text, "url": reverse("lawbook:open_questions"), "link": _("Xem điểm cần xác nhận")}
    return {"kind": "now", "text": text}


def _tree(won: list[RuleOutcome]) -> list[explanations.Node]:
    """Each rule that won, with the level it multiplies; a level two rules share is told once."""
    nodes: list[explanations.Node] = []
    for outcome in won:
        found = [_winner(outcome), *(_number(n) for n in outcome.numbers if n.key in _LEVELS)]
        nodes += [node for node in found if node not in nodes]
    return nodes


def _winner(outcome: RuleOutcome) -> explanations.Node:
    return {
        "label": _("Hệ số %(c)s") % {"c": outcome.coefficient},
        "text": outcome.title,
        "children": [{"text": words} for words in dict.fromkeys(_holding(outcome.condition))],
        "law": [{"text": text} for text in _articles(outcome)],
    }


def _number(number: NumberUsed) -> explanations.Node:
    known = law.parameters().get(number.key)
    label = own_words(known) if known and known.label == number.label else number.label
    node: explanations.Node = {
        "label": f"{label} {number.value}",
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


def _nobody(explanation: Explanation, own: list[RuleOutcome]) -> explanations.Node:
    lost = next((outcome.line.reason for outcome in own if outcome.outcome == "lost" and outcome.line), "")
    why = lost or _("Không thuộc trường hợp nào được hưởng.")
    return {"text": why, "children": [{"text": fact} for fact in explanation.facts]}


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


def _nearly(own: list[RuleOutcome]) -> list[RuleOutcome]:
    """Monthly benefits that miss the least: what an officer is asked about most."""
    rows = [outcome for outcome in own if outcome.outcome == "not_met"]
    return sorted(rows, key=lambda outcome: len(_missing(outcome.condition)))[:NOT_MET_SHOWN]
