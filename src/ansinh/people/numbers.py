"""The personal number: 12 digits is the law's; what the digits say of sex, birth and province is a hint only.

Basis: Luật Căn cước 2023, Điều 12; structure of numbers in use (province of birth registration, century and sex, year, random).
"""

from __future__ import annotations

import re
from datetime import date

from django.utils.translation import gettext as _

from ansinh.imports.reading.dates import PartialDate
from ansinh.imports.reading.personal_number import compare

_TWELVE = re.compile(r"^\d{12}$")


def number_errors(number: str) -> list[str]:
    """Why this is no personal number; empty when it is one."""
    if _TWELVE.match(number):
        return []
    return [_("Số định danh “%(number)s” phải có đúng 12 chữ số; đã nhận %(n)d ký tự.") % {"number": number, "n": len(number)}]


def number_warnings(number: str, *, sex: str, born_on: date | None, precision: str = "day") -> list[str]:
    """What does not fit between the number and the person: worth a look, never a refusal."""
    born = PartialDate(born_on, precision) if born_on else None  # type: ignore[arg-type]
    return [problem.message for problem in compare(number, sex=sex if sex in ("male", "female") else None, born=born)]
