"""Who each row is about, and where: the commune it names, and the known people it may be."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from ansinh.access.models import Post
from ansinh.access.queries import communes_of
from ansinh.imports.models import Batch, Row
from ansinh.imports.operations.examine import room_problem
from ansinh.journal import operations as journal
from ansinh.kernel.folding import fold
from ansinh.localities.queries import find_by_name, scope_ids
from ansinh.localities.queries.names import bare_name
from ansinh.people.models import Person
from ansinh.people.queries.matching import Match, MatchRow, match

CODE_COLUMNS = ("code", "book")
_VILLAGE_WORDS = ("thon ", "xom ", "to dan pho ", "tdp ", "to ", "khu ", "ap ", "ban ")
_COMMUNE_WORDS = ("xa ", "phuong ", "thi tran ", "tt ", "x. ", "p. ")


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
        column = "commune" if row.values.get("commune") else "address"
        text = row.values.get("commune") or _part_of(row, _COMMUNE_WORDS)
        name = bare_name(text)
        if name not in known:
            found = find_by_name(text, on=on)
            known[name] = any(candidate.today.id == batch.unit_id for candidate in found)
        if not known[name]:
            row.problems.append(
                room_problem(
                    column={"commune": "Xã/Phường", "address": "Nơi thường trú"}[column],
                    level="error",
                    found=text,
                    expected=batch.unit.name,
                    message=f"“{text}” không thuộc {batch.unit.name} (kể cả tên cũ).",
                )
            )


def village_text(row: Row) -> str:
    """The village a row names: in its own column, above the rows, or inside the address."""
    return (row.values.get("village") or _part_of(row, _VILLAGE_WORDS)).strip()


def _part_of(row: Row, words: tuple[str, ...]) -> str:
    """The part of the address that begins with one of these words: 'Thôn Đông, xã Quỳnh Hồng' has a village and a commune."""
    parts = (row.values.get("address") or "").replace(";", ",").replace(" - ", ",").split(",")
    return next((part.strip() for part in parts if fold(part).strip().startswith(words)), "")


def find_people(batch: Batch, rows: list[Row], *, by: Post, now: datetime) -> None:
    """Set candidates of each row; an equal code or personal number in one's own places is chosen by itself. Two queries."""
    own = {
        unit for commune in communes_of(by, on=now.date()).filter(id=batch.unit_id) for unit in scope_ids(commune, on=now.date())
    }
    asked = []
    for row in rows:
        born, precision = birth_of(row.values)
        number = row.values.get("personal_number") or row.values.get("old_number")
        asked.append(MatchRow(row.number, row.values.get("name") or "", born, precision, number, batch.unit_id))
    found = match(asked, units=own) if asked else {}
    coded = _by_code(rows, own)
    elsewhere = 0
    for row in rows:
        candidates = found.get(row.number, [])
        person = next((coded[code] for code in _codes(row) if code in coded), None)
        if person is not None:
            candidates = [_as_match(person), *(c for c in candidates if c.person_id != person.id)]
        row.candidates = [candidate.as_json() for candidate in candidates]
        elsewhere += sum(not candidate.in_scope for candidate in candidates)
        _choose(row)
    if elsewhere:
        journal.note_read(by=by.actor, act="match_across", noun="batch", key=batch.code, detail={"people": elsewhere}, at=now)


def _codes(row: Row) -> list[str]:
    return [text.upper() for column in CODE_COLUMNS if (text := str(row.values.get(column) or "").strip())]


def _by_code(rows: list[Row], units: set[int]) -> dict[str, Person]:
    """People of these places by the code, or the payment book, that a row carries."""
    wanted = {code for row in rows for code in _codes(row)}
    if not wanted:
        return {}
    people = Person.objects.filter(unit__in=units, same_as__isnull=True).select_related("unit")
    found: dict[str, Person] = {}
    doubled = set()
    for person in people.filter(payment_book__in=wanted):
        if found.setdefault(person.payment_book.upper(), person) is not person:
            doubled.add(person.payment_book.upper())
    found = {code: person for code, person in found.items() if code not in doubled}
    return found | {person.code: person for person in people.filter(code__in=wanted)}


def _as_match(person: Person) -> Match:
    return Match(
        person_id=person.id,
        code=person.code,
        name=person.full_name,
        birth_year=person.born_on.year if person.born_on else None,
        commune=person.unit.name,
        number=f"…{person.personal_number[-3:]}" if person.personal_number else "",
        score=100,
        reason="trùng mã đối tượng",
        in_scope=True,
        sure=True,
    )


def _choose(row: Row) -> None:
    """An equal code or number decides; somebody elsewhere must move first; an officer's choice is kept while it stands."""
    sure = [c for c in row.candidates if c["sure"]]
    people = {c["person_id"] for c in sure}
    if len(people) > 1:
        _refuse(row, "Mã đối tượng", sure[0]["name"], "mã và số định danh của một người",
                f"Mã và số định danh của dòng này là của hai người khác nhau: {sure[0]['name']} và {sure[1]['name']}.")  # fmt: skip
    elif sure and not sure[0]["in_scope"]:
        _refuse(row, "Số CCCD/định danh cá nhân", sure[0]["name"], "người đang ở xã này",
                f"Số định danh này đã ghi cho {sure[0]['name']} ở {sure[0]['commune']}. Hãy làm thủ tục chuyển nơi cư trú trước.")  # fmt: skip
    elif sure:
        row.person_key, row.is_new = sure[0]["person_id"], False
        _compare_names(row, sure[0])
    elif row.person_key is not None and row.person_key not in {c["person_id"] for c in row.candidates if c["in_scope"]}:
        row.person_key = None
    if row.candidates and all(not c["in_scope"] for c in row.candidates) and not sure and row.person_key is None:
        # People of the same name elsewhere tell the officer something, but are no reason to stop the row.
        row.is_new = True


def _compare_names(row: Row, chosen: dict) -> None:
    typed = row.values.get("name") or ""
    if typed and fold(typed) != fold(chosen["name"]):
        row.problems.append(
            room_problem(
                column="Họ và tên",
                level="warning",
                found=typed,
                expected=chosen["name"],
                message=f"Số hoặc mã trùng với {chosen['name']} trong sổ nhưng họ tên trong danh sách khác.",
            )
        )


def must_be_known(row: Row) -> None:
    """Lists of ends and payments, and all changes but newcomers, speak of people in the register: nobody in it is an error."""
    row.is_new, row.result = False, {**row.result, "known_only": True}
    name = row.values.get("name") or ""
    here = [c for c in row.candidates if c["in_scope"]]
    if row.person_key is not None or here or any(p.get("by") and p["level"] == "error" for p in row.problems):
        return
    places = ", ".join(sorted({c["commune"] for c in row.candidates}))
    hint = f" Có người trùng họ tên ở {places}." if places else " Kiểm tra họ tên, năm sinh, số định danh."
    _refuse(row, "Họ và tên", name, "người có trong sổ", f"Không tìm thấy “{name}” trong sổ của xã.{hint}")


def _refuse(row: Row, column: str, found: str, expected: str, message: str) -> None:
    row.problems.append(room_problem(column=column, level="error", found=found, expected=expected, message=message))
