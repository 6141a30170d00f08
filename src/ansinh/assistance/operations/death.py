"""What a list says of deaths, and what the register already knows of them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

from ansinh.imports.models import Row
from ansinh.imports.operations.examine import room_problem
from ansinh.kernel.periods import month_of, month_text
from ansinh.people.models import Person

# With marks “mất” (dead) and “mắt” (eye) are two words; “mất sức lao động” and “mất tích” are no deaths.
_DEATH = re.compile(
    r"\b(chết|mất|từ trần|qua đời|tử vong)\b(?!\s+(sức|khả năng|giấy|tích|liên lạc|năng lực|thẻ|sổ|đất|nhà|việc))"
)
_DEATH_UNMARKED = re.compile(
    r"(?<!vang )\b(chet|mat|tu tran|qua doi|tu vong)\b(?!\s+(suc|kha nang|giay|tich|lien lac|nang luc|the|so|dat|nha|viec))"
)


def is_death(text: str) -> bool:
    """Whether a reason typed by an officer says that the person died."""
    typed = unicodedata.normalize("NFC", text).lower()
    return bool((_DEATH_UNMARKED if typed.isascii() else _DEATH).search(typed))


def day_of(row: Row) -> date | None:
    """The day of the change, if it stands in the row."""
    value = row.values.get("happened_on")
    return date.fromisoformat(value["on"] if isinstance(value, dict) else value) if value else None


def the_dead(rows: Iterable[Row]) -> dict[int, Person]:
    """Those of the chosen people who are recorded as dead: one query."""
    keys = [row.person_key for row in rows if row.person_key is not None]
    return {person.id: person for person in Person.objects.filter(id__in=keys, died_on__isnull=False)}


def check_death(row: Row, dead: dict[int, Person], month: date) -> None:
    """Nobody is granted anything from a month after their death."""
    person = dead.get(row.person_key)
    if person and person.died_on and month_of(person.died_on) < month:
        _add(row, f"{person.full_name} đã ghi là mất ngày {person.died_on:%d/%m/%Y}, trước tháng {month_text(month)}.", "error")


def check_deaths(rows: Iterable[Row]) -> None:
    """A death must lie after the birth; one recorded before with another day is said, and stays as it is. One query."""
    keys = [row.person_key for row in rows if row.person_key is not None]
    people = Person.objects.in_bulk(keys)
    for row in rows:
        on, person = day_of(row), people.get(row.person_key)
        words = row.values.get("reason") or row.values.get("change") or ""
        if on is None or person is None or not is_death(words):
            continue
        if person.born_on and on < person.born_on:
            _add(row, f"Ngày chết {on:%d/%m/%Y} trước ngày sinh {person.born_on:%d/%m/%Y}.", "error", "Ngày chết/chuyển đi")
        elif person.died_on and person.died_on != on:
            _add(row, f"Sổ đã ghi mất ngày {person.died_on:%d/%m/%Y}; ngày trong danh sách không thay ngày đã ghi.", "warning")


def _add(row: Row, message: str, level: str, column: str = "Họ và tên") -> None:
    name = row.values.get("name") or ""
    row.problems.append(room_problem(column=column, level=level, found=name, expected="", message=message))
