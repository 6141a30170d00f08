"""A province's resolution in Vietnamese sentences: what an officer reads before proposing or confirming it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from ansinh.kernel.money import coefficient_text, money_text
from ansinh.law.engine.lawfile import LawBook, load
from ansinh.law.engine.words import Words
from ansinh.law.floors import FIXED, MULTIPLES, SCOPE_WORDS
from ansinh.law.resolution_file import Resolution
from ansinh.law.resolutions import Amount, ExtraGroup, condition_of

_ITEMS = {
    "funeral": "Hỗ trợ chi phí mai táng",
    "residential_funeral": "Hỗ trợ chi phí mai táng người ở cơ sở trợ giúp xã hội",
    "emergency_burial": "Hỗ trợ mai táng khẩn cấp",
    "injury": "Hỗ trợ người bị thương nặng",
}
_BRINGS = {"funeral": "hỗ trợ chi phí mai táng", "health_insurance": "thẻ bảo hiểm y tế"}


def sentences(resolution: Resolution) -> Iterator[str]:
    """Each thing the resolution sets, in words, with its article."""
    book = load()
    for level in resolution.levels:
        yield _with_article(level_words(level.standard_vnd, level.applies_to), level.basis)
    for amount, basis in resolution.amounts:
        yield _with_article(amount_words(amount, book), basis)
    for group in resolution.groups:
        yield _with_article(group_words(group, resolution.start, book), group.basis)


def level_words(standard_vnd: int, applies_to: Iterable[str]) -> str:
    """ "Mức chuẩn 650.000 đ/tháng cho trợ cấp xã hội hằng tháng; trợ cấp hưu trí xã hội"."""
    reached = "; ".join(words for scope, words in SCOPE_WORDS.items() if scope in set(applies_to))
    return f"Mức chuẩn {money_text(standard_vnd)}/tháng cho {reached}"


def amount_words(amount: Amount, book: LawBook | None = None) -> str:
    """An amount of its own for a category or a one-off item."""
    book = book or load()
    once = amount.of in MULTIPLES or amount.of in FIXED
    unit = "" if once else "/tháng"
    narrowed = f" (nhóm hệ số {coefficient_text(amount.coefficient)})" if amount.coefficient is not None else ""
    return f"{item_label(amount.of, book)}{narrowed}: {money_text(amount.amount_vnd)}{unit}"


def item_label(of: str, book: LawBook | None = None) -> str:
    """The words for what an amount is of; the key itself where nothing is known of it."""
    book = book or load()
    if of in _ITEMS:
        return _ITEMS[of]
    if of in FIXED:
        return book.parameters[FIXED[of]].label
    return book.categories[of].label if of in book.categories else of


def group_words(group: ExtraGroup, month: date, book: LawBook | None = None) -> str:
    """An extra group: its name, whom the condition takes in, what it gives."""
    book = book or load()
    given = f"hệ số {coefficient_text(group.coefficient)}" if group.coefficient else f"{money_text(group.amount_vnd)}/tháng"
    more = "".join(f"; kèm {_BRINGS[name]}" for name in sorted(group.brings) if name in _BRINGS)
    return f"{group.title}: người {'; '.join(condition_words(group, month, book))}. Hưởng {given}{more}"


def condition_words(group: ExtraGroup, month: date, book: LawBook | None = None) -> list[str]:
    """The condition as the law page would write it, part by part. Raises LawFileError for one that is none."""
    book = book or load()
    return Words(book, book.at(month).numbers).clauses(condition_of(group, book).tree)


def _with_article(text: str, basis: str) -> str:
    return f"{text} ({basis})." if basis else f"{text}."
