"""Examine the three lists attached to decisions: place, person, category, amount, and the ledger they would change."""

from __future__ import annotations

from datetime import date, datetime

from ansinh import law
from ansinh.access.models import Post
from ansinh.assistance.operations.death import check_death, check_deaths, the_dead
from ansinh.assistance.operations.twice import claim, refuse_twice
from ansinh.assistance.operations.under_the_law import Reading, read_row
from ansinh.assistance.operations.who import check_places, find_people, must_be_known
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.queries import months_to_decide
from ansinh.imports.kinds import kind_of
from ansinh.imports.models import Batch, Row
from ansinh.imports.operations.examine import ask_month, room_problem, without_month
from ansinh.kernel.money import number_text
from ansinh.kernel.periods import last_day, month_text
from ansinh.lawbook.queries import provincial_at


def examine_enrolments(*, batch: Batch, rows: list[Row], by: Post, now: datetime) -> None:
    """New people: who, under which category, from when; somebody already in the ledger for it is said."""
    _common(batch, rows, by, now)
    running, dead, province = _running(rows), the_dead(rows), provincial_at(batch.unit_id)
    months = _months(rows, "from_month", batch, now.date())
    for row in rows:
        if (month := months[row.number]) is None:
            continue
        reading = read_row(
            row, category="category", coefficient="coefficient", amount="amount", month=month, resolutions=province
        )
        row.result = {"reading": reading.as_json()} if reading else {}
        check_death(row, dead, month)
        if reading:
            claim(row, _who(row), reading.benefit, reading.category)
        for entry in running.get(row.person_key, ()) if reading else ():
            if (entry.benefit, entry.category) == (reading.benefit, reading.category):
                _problem(
                    row, "Họ và tên", "error", row.values.get("name", ""), "người chưa hưởng chế độ này",
                    f"Người này đang hưởng chế độ này từ tháng {month_text(entry.months.lower)} (dòng sổ hưởng {entry.code}).",
                )  # fmt: skip
    refuse_twice(batch, rows)


def examine_adjustments(*, batch: Batch, rows: list[Row], by: Post, now: datetime) -> None:
    """Changed amounts: which entry, from what to what. People the ledger does not know yet are taken in as they are adjusted."""
    _common(batch, rows, by, now)
    running, dead, province = _running(rows), the_dead(rows), provincial_at(batch.unit_id)
    months = _months(rows, "from_month", batch, now.date())
    for row in rows:
        if (month := months[row.number]) is None:
            continue
        reading = read_row(
            row, category="category_after", coefficient="coefficient_after", amount="amount_after", month=month,
            resolutions=province,
        )  # fmt: skip
        entry = _entry(row, running.get(row.person_key, []), row.values.get("category_before") or "", month)
        row.result = {"reading": reading.as_json() if reading else None, "entitlement": entry.id if entry else None}
        check_death(row, dead, month)
        _check_adjusted(row, entry, reading, month)
    refuse_twice(batch, rows)


def _check_adjusted(row: Row, entry: Entitlement | None, reading: Reading | None, month: date) -> None:
    """What the ledger says of the entry a row adjusts."""
    if entry:
        claim(row, "entry", entry.id)
    elif reading:
        claim(row, _who(row), reading.benefit, reading.category)
    if entry is None and reading and (row.person_key is not None or not row.candidates or row.is_new):
        _problem(
            row, "Họ và tên", "warning", row.values.get("name", ""), "người đang hưởng",
            f"Chưa có trong sổ hưởng; sẽ ghi là hưởng từ tháng {month_text(month)} theo mức sau điều chỉnh.",
        )  # fmt: skip
    if entry and month <= entry.months.lower:
        _problem(
            row, "Thời gian hưởng trợ cấp", "error", month_text(month), f"sau tháng {month_text(entry.months.lower)}",
            f"Điều chỉnh từ tháng {month_text(month)}, nhưng dòng sổ hưởng {entry.code} mới bắt đầu từ tháng {month_text(entry.months.lower)}.",
        )  # fmt: skip
    before = row.values.get("amount_before")
    if entry and before and before != entry.amount_vnd:
        _problem(
            row, "Mức trợ cấp hàng tháng trước khi điều chỉnh", "warning", number_text(before), number_text(entry.amount_vnd),
            f"Mức trước điều chỉnh khác sổ hưởng ({number_text(entry.amount_vnd)}).",
        )  # fmt: skip


def examine_ends(*, batch: Batch, rows: list[Row], by: Post, now: datetime) -> None:
    """People who no longer receive: which entries end, from which month."""
    _common(batch, rows, by, now)
    running, months = _running(rows), _months(rows, "end_month", batch, now.date())
    for row in rows:
        row.result = {}
        must_be_known(row)
        if (month := months[row.number]) is None:
            continue
        entries = running.get(row.person_key, [])
        if text := row.values.get("category"):
            one = _entry(row, entries, text, month)
            entries = [one] if one else entries
        ending = [entry for entry in entries if entry.months.lower < month]
        row.result = {**row.result, "entitlements": [entry.id for entry in ending]}
        for entry in ending:
            claim(row, "entry", entry.id)
        if row.person_key is not None and not ending:
            _problem(
                row, "Thôi hưởng từ tháng", "error", month_text(month), "tháng sau khi bắt đầu hưởng",
                "Người này không có dòng sổ hưởng nào đang chạy trước tháng này.",
            )  # fmt: skip
    check_deaths(rows)
    refuse_twice(batch, rows)


def _common(batch: Batch, rows: list[Row], by: Post, now: datetime) -> None:
    check_places(batch, rows, on=now.date())
    find_people(batch, rows, by=by, now=now)


def _months(rows: list[Row], column: str, batch: Batch, on: date) -> dict[int, date | None]:
    """The month each row speaks of, else the one the list is for. Where neither is there the row has an error; where no row of a
    new list has one, the list has it, once. A month the law here does not know, or far ahead of `on`, is an error of its row."""
    label = kind_of(batch.layout).layout.label(column)
    months = {row.number: _first_day(row.values.get(column)) or batch.month for row in rows}
    typed_wrongly = {row.number for row in rows if any(problem.get("column") == label for problem in row.problems)}
    if batch.state == "read" and batch.month is None and not any(months.values()) and not typed_wrongly:
        ask_month(batch, label)
    for row in rows:
        if months[row.number] is None and row.number not in typed_wrongly and not without_month(batch):
            _problem(
                row, label, "error", "ô trống", "tháng/năm, ví dụ 07/2025",
                f"Thiếu “{label}”; danh sách cũng không ghi tính theo tháng nào.",
            )  # fmt: skip
    first, last = months_to_decide(on)
    for row in rows:
        if (month := months[row.number]) and not first <= month <= last:
            expected = f"từ tháng {month_text(first)} đến tháng {month_text(last)}"
            _problem(
                row, label, "error", month_text(month), expected, f"Tháng {month_text(month)} ở ngoài khoảng ghi được: {expected}."
            )  # fmt: skip
            months[row.number] = None
    return months


def _first_day(text: str | None) -> date | None:
    return date.fromisoformat(text).replace(day=1) if text else None


def _who(row: Row) -> str:
    """The person of a row, known or not yet."""
    if row.person_key is not None:
        return f"person {row.person_key}"
    return f"number {row.values['personal_number']}" if row.values.get("personal_number") else f"row {row.number}"


def _running(rows: list[Row]) -> dict[int, list[Entitlement]]:
    """Entries that have not ended, by person: one query."""
    keys = [row.person_key for row in rows if row.person_key is not None]
    found: dict[int, list[Entitlement]] = {}
    for entry in Entitlement.objects.filter(person__in=keys, ended_by__isnull=True).order_by("id"):
        found.setdefault(entry.person_id, []).append(entry)
    return found


def _entry(row: Row, entries: list[Entitlement], text: str, month: date) -> Entitlement | None:
    """The entry a row means: by its category where the words tell, else the only one."""
    keys = {key for key, _ in law.category_from_text(text, last_day(month))} if text else set()
    named = [entry for entry in entries if entry.category in keys]
    if len(named) == 1:
        return named[0]
    if len(entries) == 1:
        return entries[0]
    if len(entries) > 1:
        _problem(
            row, "Loại đối tượng", "error", text, "một dòng sổ hưởng",
            f"Người này có {len(entries)} dòng sổ hưởng đang chạy; ghi rõ loại đối tượng nào.",
        )  # fmt: skip
    return None


def _problem(row: Row, column: str, level: str, found: str, expected: str, message: str) -> None:
    row.problems.append(room_problem(column=column, level=level, found=found, expected=expected, message=message))


def reading_of(row: Row) -> Reading:
    """The reading kept with an examined row."""
    return Reading(**row.result["reading"])
