"""Who each row is about, and where: the commune it names, and the known people it may be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from ansinh.access.models import Post
from ansinh.access.queries import communes_of
from ansinh.imports.models import Batch, Row
from ansinh.imports.operations.examine import room_problem
from ansinh.journal import operations as journal
from ansinh.localities.queries import find_by_name, scope_ids
from ansinh.localities.queries.names import bare_name
from ansinh.people.queries.matching import MatchRow, match


def birth_of(values: dict) -> tuple[date | None, str]:
    """Birth date and its precision, under whichever heading it stood."""
    for key in ("born", "born_male", "born_female"):
        if found := values.get(key):
            return date.fromisoformat(found["on"]), found["precision"]
    return None, "day"


def sex_of(values: dict) -> str:
    """Sex as typed, or told by the column the birth date stood in, or by the personal number."""
    if values.get("sex") in ("male", "female"):
        return values["sex"]
    if values.get("born_male"):
        return "male"
    if values.get("born_female"):
        return "female"
    number = values.get("personal_number") or ""
    return ("male", "female")[int(number[3]) % 2] if len(number) == 12 else "unknown"


def check_places(batch: Batch, rows: Iterable[Row], *, on: date) -> None:
    """The commune a row names must be the one the list is for; old names count. Each different name is looked up once."""
    known: dict[str, bool] = {"": True, bare_name(batch.unit.name): True}
    for row in rows:
        text = row.values.get("commune") or ""
        name = bare_name(text)
        if name not in known:
            found = find_by_name(text, on=on)
            known[name] = any(candidate.today.id == batch.unit_id for candidate in found)
        if not known[name]:
            row.problems.append(
                room_problem(
                    column="Xã/Phường",
                    level="error",
                    found=text,
                    expected=batch.unit.name,
                    message=f"Xã/Phường “{text}” không thuộc {batch.unit.name} (kể cả tên cũ).",
                )
            )


def find_people(batch: Batch, rows: list[Row], *, by: Post, now) -> None:
    """Set candidates of each row; an equal personal number in one's own places is chosen by itself. One query."""
    own = {
        unit for commune in communes_of(by, on=now.date()).filter(id=batch.unit_id) for unit in scope_ids(commune, on=now.date())
    }
    asked = []
    for row in rows:
        born, precision = birth_of(row.values)
        number = row.values.get("personal_number") or row.values.get("old_number")
        asked.append(MatchRow(row.number, row.values.get("name") or "", born, precision, number, batch.unit_id))
    found = match(asked, units=own) if asked else {}
    elsewhere = 0
    for row in rows:
        candidates = found.get(row.number, [])
        row.candidates = [candidate.as_json() for candidate in candidates]
        elsewhere += sum(not candidate.in_scope for candidate in candidates)
        _choose(row)
    if elsewhere:
        journal.note_read(by=by.actor, act="match_across", noun="batch", key=batch.code, detail={"people": elsewhere}, at=now)


def _choose(row: Row) -> None:
    """An equal number decides; somebody elsewhere with the number must move first; an officer's choice is kept while it stands."""
    sure = [c for c in row.candidates if c["sure"]]
    if sure and not sure[0]["in_scope"]:
        row.problems.append(
            room_problem(
                column="Số CCCD/định danh cá nhân",
                level="error",
                found=sure[0]["name"],
                expected="người đang ở xã này",
                message=f"Số định danh này đã ghi cho {sure[0]['name']} ở {sure[0]['commune']}. Hãy làm thủ tục chuyển nơi cư trú trước.",
            )
        )
    elif sure:
        row.person_key, row.is_new = sure[0]["person_id"], False
        if sure[0]["score"] < 80:
            row.problems.append(
                room_problem(
                    column="Họ và tên",
                    level="warning",
                    found=row.values.get("name") or "",
                    expected=sure[0]["name"],
                    message=f"Số định danh trùng với {sure[0]['name']} trong sổ nhưng họ tên khác.",
                )
            )
    elif row.person_key is not None and row.person_key not in {c["person_id"] for c in row.candidates}:
        row.person_key = None
    if row.candidates and all(not c["in_scope"] for c in row.candidates) and not sure and row.person_key is None:
        # People of the same name elsewhere tell the officer something, but are no reason to stop the row.
        row.is_new = True
