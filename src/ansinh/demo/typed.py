"""Lists of invented newcomers, typed as officers type them: for measuring and for trying what a kill leaves behind."""

from __future__ import annotations

import random

from ansinh.demo import names

_HEADINGS = (
    "STT",
    "Họ và tên",
    "Giới tính",
    "Năm sinh",
    "Số CCCD",
    "Thôn/TDP",
    "Loại đối tượng",
    "Hệ số",
    "Mức trợ cấp",
    "Thời điểm hưởng",
)


def typed_list(*, rows: int, seed: int, villages: int = 6) -> str:
    """Rows to paste: people nobody knows yet, numbered as born in another province, all severely disabled, paid from July 2026."""
    chance = random.Random(f"{seed}/typed")
    lines = ["\t".join(_HEADINGS)]
    for number in range(1, rows + 1):
        sex, year = chance.choice(("male", "female")), chance.randrange(1970, 1996)
        name = names.full_name(chance, sex=sex, born_year=year, family=names.surname(chance))
        born = f"{chance.randrange(1, 29)}/{chance.randrange(1, 13)}/{year}"
        digits = f"038{int(sex == 'female')}{year % 100:02d}{900_000 - number:06d}"
        word = "Nam" if sex == "male" else "Nữ"
        village = f"Thôn {chance.randrange(villages) + 1}"
        cells = (str(number), name, word, born, digits, village, "Khuyết tật nặng", "1,5", "810.000", "7/2026")
        lines.append("\t".join(cells))
    return "\n".join(lines)
