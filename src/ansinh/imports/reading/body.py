"""Telling the rows of a table apart: people, villages, totals, column numbers, signatures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from ansinh.imports.reading.files import Cell
from ansinh.imports.reading.headings import Heading
from ansinh.imports.reading.values import is_blank, shown
from ansinh.kernel.folding import fold

RowKind = Literal["data", "blank", "numbers", "group", "total", "end"]

_TOTAL = re.compile(r"^(tong cong|tong so|tong|cong|cong don|luy ke|chung)\b(?! hoa)")
_TOTAL_OF = re.compile(r"^cong (thon|xom|to|khu|xa|phuong|ap|ban|trang)\b")
_PLACE = re.compile(
    r"^(thon|xom|to dan pho|tdp|to|khu pho|khu|ap|ban|lang|buon|khoi|doi|xa|phuong|thi tran|phum|soc|bon)\b\.?\s*\S"
)
_ROMAN = re.compile(r"^([ivx]{1,6}|[a-h])[.)]?$")
_ROMAN_PLACE = re.compile(r"^([ivx]{1,6}|[a-h]|\d{1,2})[.)]\s+(?=(thon|xom|to|tdp|khu|ap|ban|lang|buon|khoi|xa|phuong)\b)")
_END = re.compile(
    r"^\(?(nguoi lap|ke toan|thu truong|chu tich|pho chu tich|tm\. ?|tm uy ban|kt\. ?|tl\. ?|uy ban nhan dan|truong phong|"
    r"cong chuc|nguoi kiem tra|nguoi nhan tien|thu quy|an dinh|danh sach (nay )?(co|gom)|danh sach tren|bang chu|viet bang chu|"
    r"(tong )?so tien (viet )?bang chu|tong so tien viet bang chu|noi nhan|ky, ghi ro|ky ten|nguoi duyet)"
)
_PLACE_AND_DAY = re.compile(r"\bngay\s*[\d.…]*\s*thang\s*[\d.…]*\s*nam\b")
_COLUMN_NUMBER = re.compile(r"^\(?(\d{1,3}|[a-z])\)?(\s*=.*)?$")


def kind_of(row: Sequence[Cell], heading: Heading) -> RowKind:
    """What a row of the body is. In doubt it is data, so that nobody is lost silently."""
    filled = [(place, cell) for place, cell in enumerate(row) if not is_blank(cell)]
    if not filled:
        return "blank"
    if _is_numbers([shown(cell) for _, cell in filled], len(heading.texts)):
        return "numbers"
    if _numbered(row, heading):
        return "data" if len(filled) > 1 else "blank"  # a spare row: a number was printed, nobody was written down
    texts = [fold(shown(cell)) for _, cell in filled]
    place, first = filled[0][0], texts[0]
    if _END.match(first) or (len(filled) <= 2 and any(_PLACE_AND_DAY.search(text) for text in texts)):
        return "end"
    if _is_total(first) or (len(texts) > 1 and _is_total(texts[1]) and place == heading.places.get("index")):
        return "total"
    return "group" if _is_group(filled, texts, heading) else "data"


def _numbered(row: Sequence[Cell], heading: Heading) -> bool:
    """The row has a plain number under STT."""
    place = heading.places.get("index")
    return place is not None and place < len(row) and shown(row[place]).rstrip(".").isdigit()


def _is_numbers(texts: list[str], width: int) -> bool:
    """The row of column numbers: 1 2 3 …, or (1) (2) …, or A B 1 2 3."""
    if len(texts) < 3 or len(texts) < width * 0.6:
        return False
    found = []
    for text in texts:
        if (match := _COLUMN_NUMBER.match(fold(text))) is None:
            return False
        found.append(match.group(1))
    digits = [int(text) for text in found if text.isdigit()]
    return len(digits) >= 2 and all(after - before == 1 for before, after in zip(digits, digits[1:], strict=False))


def _is_total(text: str) -> bool:
    return bool(_TOTAL.match(text) or _TOTAL_OF.match(text))


def _is_group(filled: list[tuple[int, Cell]], texts: list[str], heading: Heading) -> bool:
    """A village's row: its name alone, or with a Roman numeral before it or figures after it."""
    if len(filled) > 1 and _ROMAN.match(texts[0]):
        return len(filled) == 2 or _PLACE.match(texts[1]) is not None
    if len(filled) == 1:
        place = filled[0][0]
        if texts[0].rstrip(".").isdigit():
            return False
        return bool(_PLACE.match(texts[0]) or _ROMAN_PLACE.match(texts[0]) or place == heading.places.get("index"))
    words = [text for text in texts if not re.fullmatch(r"[\d.,\s]+", text)]
    return (
        len(words) == 1
        and words[0] == texts[0]
        and bool(_PLACE.match(texts[0]))
        and filled[0][0] != heading.places.get("village")
    )


def group_name(row: Sequence[Cell]) -> str:
    """The name on a village's row, without its numeral."""
    texts = [shown(cell) for cell in row if not is_blank(cell)]
    if len(texts) > 1 and _ROMAN.match(fold(texts[0])):
        return texts[1]
    return re.sub(r"^([IVX]{1,6}|[A-H]|\d{1,2})[.)]\s+", "", texts[0])
