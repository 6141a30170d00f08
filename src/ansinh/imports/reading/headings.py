"""Finding the table in a sheet: loose matching of headings over one to three rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cached_property, lru_cache

from ansinh.imports.reading.files import Cell
from ansinh.imports.reading.values import Kind, is_blank, shown
from ansinh.kernel.folding import fold

DEEPEST_HEADING = 3
_LOOK_AT_ROWS = 60
_LONGEST_HEADING = 200

_IN_BRACKETS = re.compile(r"\([^()]*\)")
_FIGURES = re.compile(r"^\s*\d[\d\s./,\-]{2,}$")
_DIGIT = re.compile(r"\d")
_NOT_WORD = re.compile(r"[^a-z0-9]+")
# Offices write the same thing in several ways; after folding these become one.
_SAME = (
    (r"\btro giup\b", "tro cap"),
    (r"\bhang thang\b", ""),
    (r"\b(ho va ten|ho ten|ho va ten dem va ten|ten doi tuong)\b", "ho ten"),
    (r"\b(cccd|cmnd|cmt|cmtnd|can cuoc cong dan|can cuoc|dinh danh ca nhan|so dinh danh|dinh danh)\b", "dinh danh"),
    (r"\b(tdp|to dan pho|khu pho|xom|ap|ban)\b", "thon"),
    (r"\b(phuong|thi tran)\b", "xa"),
    (r"\bqd\b", "quyet dinh"),
    (r"\bstk\b", "so tai khoan"),
    (r"\bs ?t ?t\b|\bso tt\b|\bso thu tu\b|^tt$", "stt"),
    (r"\bthoi gian\b", "thoi diem"),
    (r"\bso dinh danh\b", "dinh danh"),
    (r"\b((?:\w+ ){0,2}?\w+)(?: \1\b)+", r"\1"),
)
_EXACT, _SAME_WORDS, _BEGINS, _LIKE = 100, 95, 80, 70
_ENOUGH_LIKE = 0.86
_SHORTEST_LIKE = 5
_EXTRA_WORDS = 3
_SURE_ONES = 2
_ALONE_PENALTY = 1


@dataclass(frozen=True)
class LayoutColumn:
    """A column a list may have. `synonyms` are other headings for it; for a two-row heading write both: 'Năm sinh Nam'.

    A `required` column must stand in the file, and be filled in each row unless it `may_be_blank`.
    """

    key: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    kind: Kind = "text"
    may_be_blank: bool = False


@dataclass(frozen=True)
class Layout:
    """A list of a known kind. `one_of` are sets of columns of which one must be there and, in a row, filled.

    `products` are (coefficient, amount) keys checked against the standard above the table; `sums` are (total, plus, minus).
    `unique` are keys that stand only once in a list.
    """

    key: str
    title: str
    columns: tuple[LayoutColumn, ...]
    one_of: tuple[tuple[str, ...], ...] = ()
    products: tuple[tuple[str, str], ...] = ()
    sums: tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...] = ()
    unique: tuple[str, ...] = ("personal_number",)
    by_key: dict[str, LayoutColumn] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_key.update({column.key: column for column in self.columns})

    def label(self, key: str) -> str:
        return self.by_key[key].label


@dataclass(frozen=True)
class Heading:
    """Where a layout's columns stand in a sheet."""

    layout: Layout
    first_row: int
    depth: int
    places: dict[str, int]
    texts: dict[int, str]
    doubled: dict[str, list[int]]
    score: int

    @property
    def body_row(self) -> int:
        return self.first_row + self.depth

    @property
    def missing(self) -> list[str]:
        """Labels of required columns that were not found."""
        lost = [column.label for column in self.layout.columns if column.required and column.key not in self.places]
        for keys in self.layout.one_of:
            if not any(key in self.places for key in keys):
                lost.append(" hoặc ".join(self.layout.label(key) for key in keys))
        return lost

    @cached_property
    def keys(self) -> dict[int, str]:
        """Under which key the text of each column is kept: the layout's, else the heading as printed."""
        known = {place: key for key, place in self.places.items()}
        printed = list(self.texts.values())

        def key(place: int, text: str) -> str:
            ambiguous = text in self.layout.by_key or printed.count(text) > 1
            return known.get(place) or f"{text}" + (f" [{place + 1}]" if ambiguous else "")

        return {place: key(place, text) for place, text in self.texts.items()}

    @property
    def unknown(self) -> dict[int, str]:
        """Columns of the file that the layout does not know; they are kept, not read."""
        known = set(self.places.values())
        return {place: text for place, text in self.texts.items() if place not in known}


@lru_cache(maxsize=20_000)
def normal(text: str) -> str:
    """A heading reduced to what it means: 'Mức trợ giúp hằng tháng (đồng)' as 'muc tro cap'."""
    words = _NOT_WORD.sub(" ", fold(_IN_BRACKETS.sub(" ", text[:_LONGEST_HEADING]))).strip()
    for pattern, replacement in _SAME:
        words = " ".join(re.sub(pattern, replacement, words).split())
    return words


def find_heading(rows: Sequence[Sequence[Cell]], layouts: Sequence[Layout]) -> Heading | None:
    """The place and layout whose headings fit best; None when nothing on the sheet looks like any of them."""
    best: Heading | None = None
    for first in range(min(len(rows), _LOOK_AT_ROWS)):
        if all(is_blank(cell) for cell in rows[first]):
            continue
        for depth in range(1, DEEPEST_HEADING + 1):
            block = rows[first : first + depth]
            if len(block) < depth or not all(_may_be_heading(row) for row in block):
                break
            for layout in layouts:
                found = _match(block, first, layout)
                if found and (best is None or _rank(found) > _rank(best)):
                    best = found
    return best


def _rank(found: Heading) -> tuple[bool, int, float, int, int]:
    share = len(found.places) / len(found.layout.columns)
    return (not found.missing, len(found.places), share, found.score, -found.depth)


def _may_be_heading(row: Sequence[Cell]) -> bool:
    """Headings are words; a row with numbers or dates is data or the row of column numbers."""
    filled = [cell for cell in row if not is_blank(cell)]
    if not filled or not all(isinstance(cell, str) and not _FIGURES.match(cell) for cell in filled):
        return False
    return any(normal(shown(cell)) for cell in filled)


def _match(block: Sequence[Sequence[Cell]], first: int, layout: Layout) -> Heading | None:
    names = _column_names(block)
    known = _known_names(layout)
    if sum(any(reading in known for reading, _ in readings) for readings, _ in names.values()) < _SURE_ONES:
        return None  # comparing loosely is slow: only rows where some headings are sure deserve it
    pairs = []
    for place, (readings, _) in names.items():
        for order, column in enumerate(layout.columns):
            score = max(_score(reading, column) - penalty for reading, penalty in readings)
            if score >= _LIKE - _ALONE_PENALTY:
                pairs.append((score, -place, -order, column.key))
    places: dict[str, int] = {}
    scores: dict[str, int] = {}
    doubled: dict[str, list[int]] = {}
    taken: set[int] = set()
    for score, minus_place, _, key in sorted(pairs, reverse=True):
        place = -minus_place
        if place in taken:
            continue
        if key not in places:
            places[key], scores[key] = place, score
            taken.add(place)
        elif score >= _SAME_WORDS - _ALONE_PENALTY and score == scores[key]:
            doubled.setdefault(key, []).append(place)
            taken.add(place)
    if len(places) < 2:
        return None
    texts = {place: text for place, (_, text) in names.items()}
    return Heading(layout, first, len(block), places, texts, doubled, sum(scores.values()))


@lru_cache(maxsize=100)
def _known_names(layout: Layout) -> frozenset[str]:
    return frozenset(normal(name) for column in layout.columns for name in (column.label, *column.synonyms))


def _column_names(block: Sequence[Sequence[Cell]]) -> dict[int, tuple[list[tuple[str, int]], str]]:
    """For each column the ways to read its heading, best first, and its text as printed.

    A blank above a sub-heading belongs to the merged heading on its left; but it may also be just a blank, so both are tried.
    """
    width = max(len(row) for row in block)
    names = {}
    for place in range(width):
        own = [shown(row[place]) if place < len(row) else "" for row in block]
        if not any(own):
            continue
        spanned = [
            text or (_left_of(row, place) if any(own[level + 1 :]) else "")
            for level, (text, row) in enumerate(zip(own, block, strict=True))
        ]
        full = " ".join(text for text in spanned if text)
        plain = " ".join(text for text in own if text)
        lowest = next(text for text in reversed(own) if text)
        readings = [(normal(full), 0), (normal(plain), _ALONE_PENALTY), (normal(lowest), 2 * _ALONE_PENALTY)]
        names[place] = ([reading for reading in readings if reading[0]] or [("", 100)], full)
    return names


def _left_of(row: Sequence[Cell], place: int) -> str:
    for cell in reversed(row[:place]):
        if not is_blank(cell):
            return shown(cell)
    return ""


@lru_cache(maxsize=200_000)
def _score(reading: str, column: LayoutColumn) -> int:
    return max(_likeness(reading, normal(name)) for name in (column.label, *column.synonyms))


def _likeness(found: str, known: str) -> int:
    if not found or not known:
        return 0
    if found == known:
        return _EXACT
    words, wanted = found.split(), known.split()
    if sorted(words) == sorted(wanted):
        return _SAME_WORDS
    if words[: len(wanted)] == wanted and len(words) - len(wanted) <= _EXTRA_WORDS and len(wanted) > 1:
        return _BEGINS - (len(words) - len(wanted))
    shorter, longer = sorted((len(found), len(known)))
    if shorter < _SHORTEST_LIKE or 2 * shorter < _ENOUGH_LIKE * (shorter + longer):
        return 0
    likeness = SequenceMatcher(None, found, known)
    return _LIKE if likeness.quick_ratio() >= _ENOUGH_LIKE and likeness.ratio() >= _ENOUGH_LIKE else 0


def headings_in(row: Sequence[Cell], heading: Heading) -> int:
    """How many cells of a row of the body are names of columns. None of a row with figures, as people's rows are: this must be quick."""
    texts = [cell for cell in row if not is_blank(cell)]
    if not all(isinstance(cell, str) for cell in texts) or _DIGIT.search(" ".join(map(str, texts))):
        return 0
    known = _known_names(heading.layout)
    return sum(normal(str(cell)) in known for cell in texts)


def again_at_its_place(row: Sequence[Cell], heading: Heading) -> bool:
    """The heading printed again: each of its cells says what the heading above it says."""
    printed = {place: normal(shown(cell)) for place, cell in enumerate(row) if not is_blank(cell)}
    return all(place in heading.texts and text in normal(heading.texts[place]) for place, text in printed.items())
