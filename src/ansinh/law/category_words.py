"""Recognising a category in what officers type: a point of the decree, a code, or words."""

from __future__ import annotations

import re
from datetime import date
from functools import cache, lru_cache

from ansinh.kernel.folding import fold
from ansinh.kernel.periods import month_of
from ansinh.law.engine.lawfile import load
from ansinh.law.engine.rules import Rule

_CODE = re.compile(r"nd\s*-?\s*(\d{2,3})\s*\.\s*(\d+(?:\s*\.\s*[0-9a-eđghikl]+)*)", re.IGNORECASE)
_DOTTED = re.compile(r"^\s*(?:đ|d|điều|dieu)?\s*(\d{1,2}(?:\s*[.\-,/]\s*[0-9a-eđghikl]{1,2})+)\s*$", re.IGNORECASE)
_PARTS = {
    "article": re.compile(r"(?:điều|đ(?=\s*\d))\s*\.?\s*(\d{1,2})", re.IGNORECASE),
    "clause": re.compile(r"(?:khoản|k(?=\s*\d))\s*\.?\s*(\d{1,2})", re.IGNORECASE),
    "point": re.compile(r"điểm\s*\.?\s*([a-eđghikl])(?![a-zà-ỹ])", re.IGNORECASE),
}
Found = tuple[str, str]


def category_from_text(text: str, on: date) -> list[Found]:
    """(category, code) candidates for a text of a list, best first; empty when nothing fits.

    Reads codes ("ND20.5.5.a", "5.5.a", "5.6"), citations ("điểm a khoản 5 Điều 5"), and words ("NKT nặng").
    """
    return list(_found(text, on))


@lru_cache(maxsize=4096)  # a list says the same few words on every row
def _found(text: str, on: date) -> tuple[Found, ...]:
    return tuple(_by_code(text, on) or _by_words(text, on))


def _by_code(text: str, on: date) -> list[Found]:
    path = _path(text)
    if path is None:
        return []
    decree, steps = path
    wanted = ".".join(steps)
    found: list[Found] = []
    for rule in _rules(on, decree):
        own = rule.code.removesuffix(".*").split(".", 1)[1]
        if rule.code.endswith(".*") and wanted.startswith(own + "."):
            found.append((rule.category, f"{rule.code[:-2]}.{steps[-1]}"))
        elif own == wanted or own.startswith(wanted + "."):
            found.append((rule.category, rule.code.removesuffix(".*")))
    return list(dict.fromkeys(found))


def _rules(on: date, decree: str | None) -> list[Rule]:
    book = load()
    in_force = [rule for rule in book.rules if rule.in_force(on)]
    if decree is None:
        return in_force
    named = [rule for rule in in_force if rule.code.startswith(f"ND{decree}.")]
    return named or [rule for rule in book.rules if rule.code.startswith(f"ND{decree}.")]


def _path(text: str) -> tuple[str | None, list[str]] | None:
    """(decree, steps) of a code or citation in the text."""
    code = _CODE.search(text)
    if code:
        return code.group(1), [step.strip().lower() for step in code.group(2).split(".")]
    dotted = _DOTTED.match(text)
    if dotted:
        return None, [step.strip().lower() for step in re.split(r"[.\-,/]", dotted.group(1))]
    parts = {name: pattern.search(text) for name, pattern in _PARTS.items()}
    if not parts["clause"] and not (parts["point"] and parts["article"]):
        return None
    article = parts["article"].group(1) if parts["article"] else "5"
    steps = [article]
    for name in ("clause", "point"):
        match = parts[name]
        if match:
            steps.append(match.group(1).lower())
    return None, steps


@cache
def _vocabulary() -> tuple[tuple[frozenset[str], str, str], ...]:
    rows = []
    for category in load().categories.values():
        for phrase in (category.label, category.short, *category.words):
            folded = _words(phrase)
            rows.append((frozenset(folded.split()), folded, category.key))
    return tuple(rows)


_SHORT = (
    (r"\bnct\b", "nguoi cao tuoi"),
    (r"\bnkt\b", "nguoi khuyet tat"),
    (r"\b(kt|ktat)\b", "khuyet tat"),
    (r"\bte\b", "tre em"),
    (r"\b(dbn|db nang|dac biet)\b(?! nang)", "dac biet nang"),
    (r"\bktdbn\b", "khuyet tat dac biet nang"),
    (r"\bktn\b", "khuyet tat nang"),
    (r"\btchtxh\b|\bhtxh\b", "tro cap huu tri xa hoi"),
    (r"\bhn\b", "ho ngheo"),
    (r"\bhcn\b", "ho can ngheo"),
)


def _words(text: str) -> str:
    folded = re.sub(r"[^a-z0-9]+", " ", fold(text)).strip()
    for pattern, full in _SHORT:
        folded = re.sub(pattern, full, folded)
    return folded


def _by_words(text: str, on: date) -> list[Found]:
    wanted = _words(text)
    words = frozenset(wanted.split())
    if not words:
        return []
    scores: dict[str, float] = {}
    for tokens, phrase, key in _vocabulary():
        score = 2.0 if phrase == wanted else _overlap(tokens, words)
        if score >= 0.75:
            scores[key] = max(scores.get(key, 0.0), score + len(tokens & words) / 100)
    if "dac" not in words:
        scores.pop("DISABLED_EXTREME", None)
    if {"dac", "biet", "nang"} <= words and "DISABLED_EXTREME" in scores:
        scores.pop("DISABLED_SEVERE", None)
    ranked = sorted(scores, key=lambda key: -scores[key])
    return [(key, _code_on(key, on)) for key in ranked]


def _overlap(tokens: frozenset[str], words: frozenset[str]) -> float:
    common = len(tokens & words)
    return min(common / len(tokens), 1.0) * (0.5 + 0.5 * common / len(words)) if common else 0.0


def _code_on(category: str, on: date) -> str:
    law = load().at(month_of(on))
    for rule in law.rules:
        if rule.category == category:
            return rule.code.removesuffix(".*")
    past = [rule.code.removesuffix(".*") for rule in load().rules if rule.category == category]
    return past[-1] if past else ""
