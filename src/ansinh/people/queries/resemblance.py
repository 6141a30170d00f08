"""How much two rows of the register speak for one human being: what is compared, and the weight of each answer.

The weight is that of Fellegi and Sunter, a binary logarithm: how much more often an answer is met between two rows of one person
(`m`) than between rows of two (`u`). Both shares stand in `reference/resemblance.yaml` with their source. A name weighs as much as it
is rare, and a missing personal number as much as numbers are rarely missing: these two are counted in the register itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from math import log2
from pathlib import Path

import yaml
from django.utils.translation import gettext_lazy as _

from ansinh.imports.reading.dates import PartialDate
from ansinh.imports.reading.personal_number import compare

FILE = Path(__file__).resolve().parent.parent / "reference" / "resemblance.yaml"
WORDS: dict[str, object] = {
    "name": _("Trùng họ tên"),
    "name_marks": _("Họ tên chỉ khác dấu"),
    "name_order": _("Họ tên cùng các chữ, khác thứ tự hoặc i/y"),
    "name_part": _("Một bên thiếu tên đệm"),
    "name_letter": _("Họ tên lệch một chữ cái"),
    "name_near": _("Họ tên gần giống"),
    "name_far": _("Họ tên khác nhau"),
    "birth": _("Trùng ngày sinh"),
    "birth_year": _("Trùng năm sinh, một bên chỉ biết năm"),
    "birth_turned": _("Ngày, tháng sinh đảo chỗ"),
    "birth_near": _("Ngày sinh lệch một phần: ngày, tháng hoặc năm"),
    "birth_far": _("Ngày sinh khác nhau"),
    "number": _("Trùng số giấy tờ khác (chứng minh nhân dân cũ …)"),
    "number_near": _("Hai số định danh lệch một chữ số hoặc đảo hai chữ số"),
    "number_next": _("Hai số định danh liền nhau, như cấp cùng đợt"),
    "number_unfit": _("Hai số định danh khác nhau, có số không khớp năm sinh, giới tính"),
    "number_far": _("Hai số định danh khác nhau"),
    "number_missing": _("Một bên chưa có số định danh"),
    "sex_far": _("Giới tính khác nhau"),
    "telephone": _("Trùng số điện thoại"),
    "book": _("Trùng sổ lĩnh tiền"),
    "account": _("Trùng số tài khoản"),
    "household": _("Cùng hộ"),
    "relative": _("Trùng tên cha, mẹ hoặc vợ, chồng"),
    "commune": _("Cùng xã, phường"),
    "commune_far": _("Khác xã, phường"),
    "village": _("Cùng thôn, tổ dân phố"),
    "village_far": _("Khác thôn, tổ dân phố"),
    "twins": _("Cùng ngày sinh, cùng hộ hoặc cha mẹ, tên khác: thường là sinh đôi"),
}
NAMED = ("name", "name_marks", "name_order")  # weighed by how rare the name is
_BESIDE = ("household", "relative")


@dataclass(frozen=True)
class Shares:
    """The file of weights: what is assumed before anything is compared, from which likelihood (per mille) a pair is shown or called
    very likely, and how often each answer is met."""

    prior: int
    shown: int
    sure: int
    common_name: float
    taken_for: int
    shares: dict[str, tuple[float, float]]

    def weight(self, key: str, u: float | None = None) -> int:
        m, usual = self.shares[key]
        return round(log2(m / (u or usual)))


@cache
def shares() -> Shares:
    """The weights as they stand in the file. Raises KeyError where an answer has none."""
    data = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    found = {key: (float(data["shares"][key]["m"]), float(data["shares"][key]["u"])) for key in WORDS}
    return Shares(data["prior"], data["shown"], data["sure"], data["common_name"]["u"], data["common_name"]["taken_for"], found)


@dataclass(frozen=True)
class Size:
    """The register the pairs come from: how many people, how many of them with a personal number."""

    people: int
    numbered: int

    @property
    def one_missing(self) -> float:
        """How often exactly one of two people has no number; never below one in a thousand, however complete the register."""
        share = self.numbered / self.people if self.people else 0.5
        return max(0.001, 2 * share * (1 - share))

    def rarity(self, namesakes: int) -> float:
        """How often two people share this name; a small register says little of it, so a common name's share is mixed in."""
        known = shares()
        return (namesakes + known.common_name * known.taken_for) / (self.people + known.taken_for)


@dataclass(frozen=True)
class Row:
    """One of the two, as far as it is compared."""

    name: str
    folded: str
    born: date | None
    exact: bool
    sex: str
    number: str | None


def weigh(one: Row, other: Row, *, near: float, holds: Mapping[str, bool | None], namesakes: int, size: Size) -> dict[str, int]:
    """What speaks for and against, each with its weight. `near`: likeness of the names, 0 to 1; `holds`: what the database compared,
    None where one side says nothing."""
    known = shares()
    name, birth, number = (
        name_answer(one, other, near),
        birth_answer(one, other),
        number_answer(one, other, bool(holds.get("number"))),
    )
    counted = dict.fromkeys(NAMED, size.rarity(namesakes)) | {"number_missing": size.one_missing}
    keys = [name, birth, number, _sex(one, other), *_places(holds)]
    if birth == "birth" and _another_child(one, other) and any(holds.get(key) for key in _BESIDE):
        # Twins share house, telephone and parents, and often have neighbouring numbers: nothing of it speaks for one person.
        keys = [key for key in keys if key not in ("number_near", "number_next")] + ["twins"]
    else:
        keys += [key for key in ("telephone", "book", "account", *_BESIDE) if holds.get(key)]
    return {key: known.weight(key, counted.get(key)) for key in keys if key}


def per_mille(weights: Mapping[str, int]) -> int:
    """How likely a pair with these weights is one person; never certain."""
    return min(999, round(1000 / (1 + 2.0 ** -(shares().prior + sum(weights.values())))))


def name_answer(one: Row, other: Row, near: float) -> str:
    """How the names compare; marks are no difference, neither are `i` and `y`."""
    if one.folded == other.folded:
        return "name" if one.name.lower() == other.name.lower() else "name_marks"
    mine, theirs = (row.folded.replace("y", "i").split() for row in (one, other))
    if sorted(mine) == sorted(theirs):
        return "name_order"
    if mine[0] == theirs[0] and mine[-1] == theirs[-1] and (set(mine) <= set(theirs) or set(theirs) <= set(mine)):
        return "name_part"
    if _one_slip(one.folded, other.folded):
        return "name_letter"
    return "name_near" if near >= 0.5 and mine[-1] == theirs[-1] else "name_far"


def birth_answer(one: Row, other: Row) -> str | None:
    """How the births compare; None where one is unknown."""
    a, b = one.born, other.born
    if a is None or b is None:
        return None
    if not (one.exact and other.exact):
        return "birth_year" if a.year == b.year else "birth_far"
    if a == b:
        return "birth"
    if (a.year, a.month, a.day) == (b.year, b.day, b.month):
        return "birth_turned"
    return "birth_near" if (a.year == b.year) + (a.month == b.month) + (a.day == b.day) == 2 else "birth_far"


def number_answer(one: Row, other: Row, another_agrees: bool) -> str | None:
    """How the personal numbers compare; `another_agrees`: an old number of one is a number of the other. None where both have none."""
    if another_agrees:
        return "number"
    if not one.number or not other.number:
        return "number_missing" if one.number or other.number else None
    if _one_slip(one.number, other.number):
        # Numbers given one after another in an office differ in their last digits too.
        return "number_near" if one.number[:-2] != other.number[:-2] or one.number[-2:] == other.number[:-3:-1] else "number_next"
    return "number_far" if _fits(one) and _fits(other) else "number_unfit"


def _fits(row: Row) -> bool:
    born = PartialDate(row.born, "day" if row.exact else "year") if row.born else None
    return not compare(row.number or "", sex=row.sex if row.sex in ("male", "female") else None, born=born)


def _sex(one: Row, other: Row) -> str | None:
    return "sex_far" if one.sex != other.sex and "unknown" not in (one.sex, other.sex) else None


def _places(holds: Mapping[str, bool | None]) -> Iterator[str]:
    if not holds["commune"]:
        yield "commune_far"
        return
    yield "commune"
    if holds["village"] is not None:
        yield "village" if holds["village"] else "village_far"


def _another_child(one: Row, other: Row) -> bool:
    return one.folded.rsplit(" ", 1)[-1].replace("y", "i") != other.folded.rsplit(" ", 1)[-1].replace("y", "i")


def _one_slip(one: str, other: str) -> bool:
    """One sign wrong, missing or too many, or two neighbours turned."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    rest, theirs = one[start:], other[start:]
    if len(one) != len(other):
        return rest[1:] == theirs or rest == theirs[1:]
    return rest[1:] == theirs[1:] or (rest[:2] == theirs[:2][::-1] and rest[2:] == theirs[2:])
