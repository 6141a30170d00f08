"""Load units and successions from CSV files of the shape of `localities/reference`. Safe to run again."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.periods import Period
from ansinh.localities.models import Succession, Unit

REFERENCE = Path(__file__).resolve().parent.parent / "reference"
UNIT_COLUMNS = ("key", "code", "name", "kind", "level", "parent_code", "province_code", "valid_from", "valid_to")
SUCCESSION_COLUMNS = ("event_on", "old_code", "new_code", "extent", "is_default")
WIDTHS = {1: 2, 2: 3, 3: 5}
EXTENTS = ("whole", "partial", "abolished")


def load_reference() -> tuple[int, int]:
    """Load the project's own files: (units, successions) there are afterwards."""
    return load_units(units=REFERENCE / "units.csv", successions=REFERENCE / "successions.csv")


@transaction.atomic
def load_units(*, units: Path, successions: Path | None = None) -> tuple[int, int]:
    """Load a file of units, and one of successions. All or nothing; raises InvalidInput naming row, column and value."""
    rows = _read(units, UNIT_COLUMNS)
    parsed = [_unit(row, f"{units.name}, dòng {number}") for number, row in rows]
    _check_keys(parsed, [f"{units.name}, dòng {number}" for number, _ in rows])
    Unit.objects.bulk_create(
        parsed,
        update_conflicts=True,
        unique_fields=["key"],
        update_fields=["name", "kind", "period", "area_km2", "population_2019", "basis", "source", "mark"],
        batch_size=2000,
    )
    provinces = {unit.province_code for unit in parsed}
    mine = list(Unit.objects.filter(province_code__in=provinces))
    _link_parents(mine, {row["key"]: (row["parent_code"], f"{units.name}, dòng {number}") for number, row in rows})
    events = _read(successions, SUCCESSION_COLUMNS) if successions else []
    _link_successions(mine, events, successions.name if successions else "")
    return Unit.objects.count(), Succession.objects.count()


def _read(path: Path, needed: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restval="")
            missing = [name for name in needed if name not in (reader.fieldnames or [])]
            if missing:
                raise InvalidInput(f"Tệp {path.name} thiếu cột: {', '.join(missing)}.")
            return [(number, row) for number, row in enumerate(reader, start=2)]
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"Không đọc được tệp {path.name} (cần CSV mã UTF-8): {error.__class__.__name__}.") from None


def _unit(row: dict[str, str], where: str) -> Unit:
    level = _number(row["level"], "level", where)
    if level not in WIDTHS or len(row["code"]) != WIDTHS[level] or not row["code"].isdigit():
        raise InvalidInput(
            f"{where}, cột code: “{row['code']}” không phải mã {WIDTHS.get(level, '2, 3 hoặc 5')} chữ số của cấp {level}."
        )
    if not row["name"].strip():
        raise InvalidInput(f"{where}, cột name: bỏ trống, cần tên đơn vị.")
    if not row["key"].strip():
        raise InvalidInput(f"{where}, cột key: bỏ trống, cần khóa dạng mã@từ-ngày.")
    if len(row["province_code"]) != WIDTHS[1] or not row["province_code"].isdigit():
        raise InvalidInput(f"{where}, cột province_code: “{row['province_code']}” không phải mã tỉnh 2 chữ số.")
    return Unit(
        key=row["key"],
        code=row["code"],
        name=row["name"].strip(),
        kind=row["kind"],
        level=level,
        province_code=row["province_code"],
        period=_period(row, where),
        area_km2=_area(row.get("area_km2", ""), where),
        population_2019=_number(row["population_2019"], "population_2019", where) if row.get("population_2019") else None,
        basis=row.get("basis", ""),
        source=row.get("source", ""),
        mark=row.get("mark", ""),
    )


def _period(row: dict[str, str], where: str) -> DateRange:
    start, end = _day(row["valid_from"], "valid_from", where), _day(row["valid_to"], "valid_to", where)
    if start and end and start >= end:
        raise InvalidInput(f"{where}, cột valid_to: “{row['valid_to']}” phải sau valid_from “{row['valid_from']}”.")
    return DateRange(start, end)


def _check_keys(units: list[Unit], places: list[str]) -> None:
    """A key stands once, and the rows of one code do not hold on the same day."""
    seen: dict[str, str] = {}
    by_code: dict[str, list[tuple[Unit, str]]] = defaultdict(list)
    for unit, where in zip(units, places, strict=True):
        if unit.key in seen:
            raise InvalidInput(f"{where}, cột key: “{unit.key}” đã có ở {seen[unit.key]}.")
        seen[unit.key] = where
        for other, _ in by_code[unit.code]:
            if _period_of(unit).overlaps(_period_of(other)):
                raise InvalidInput(f"{where}, cột valid_from: mã “{unit.code}” trùng thời gian với {seen[other.key]}.")
        by_code[unit.code].append((unit, where))


def _period_of(unit: Unit) -> Period:
    return Period(unit.period.lower, unit.period.upper)


def _day(text: str, column: str, where: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise InvalidInput(f"{where}, cột {column}: “{text}” không phải ngày dạng NĂM-THÁNG-NGÀY, ví dụ 2025-07-01.") from None


def _number(text: str, column: str, where: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise InvalidInput(f"{where}, cột {column}: “{text}” không phải số nguyên.") from None


def _area(text: str, where: str) -> Decimal | None:
    try:
        return Decimal(text) if text else None
    except InvalidOperation:
        raise InvalidInput(f"{where}, cột area_km2: “{text}” không phải số.") from None


def _holds(unit: Unit, day: date) -> bool:
    return day in _period_of(unit)


def _link_parents(units: list[Unit], parent_codes: dict[str, tuple[str, str]]) -> None:
    """The parent is the row of its code that held when the child's row began."""
    by_code = defaultdict(list)
    for unit in units:
        by_code[unit.code].append(unit)
    changed = []
    for unit in units:
        code, where = parent_codes.get(unit.key, ("", ""))
        if not code:
            continue
        day = unit.period.lower or date(2004, 1, 1)
        parent = next((p for p in by_code[code] if _holds(p, day) and p.level < unit.level), None)
        if parent is None:
            raise InvalidInput(f"{where}, cột parent_code: không có đơn vị cấp trên mã “{code}” vào ngày {day:%d/%m/%Y}.")
        if unit.parent_id != parent.id:
            unit.parent = parent
            changed.append(unit)
    Unit.objects.bulk_update(changed, ["parent"], batch_size=1000)


def _event_day(row: dict[str, str], where: str) -> date:
    """The day of a succession, after its other columns were looked at."""
    on = _day(row["event_on"], "event_on", where)
    if on is None:
        raise InvalidInput(f"{where}, cột event_on: bỏ trống, cần ngày có hiệu lực.")
    if row["extent"] not in EXTENTS:
        raise InvalidInput(f"{where}, cột extent: “{row['extent']}” không phải một trong {', '.join(EXTENTS)}.")
    if not row["new_code"] and row["extent"] != "abolished":
        raise InvalidInput(f"{where}, cột new_code: bỏ trống; chỉ đơn vị giải thể (abolished) mới không có nơi nhận.")
    if row["new_code"] and row["is_default"] not in ("0", "1"):
        raise InvalidInput(f"{where}, cột is_default: “{row['is_default']}” phải là 0 hoặc 1.")
    return on


def _link_successions(units: list[Unit], events: list[tuple[int, dict[str, str]]], filename: str) -> None:
    """What the file says; and a row that only changed its name, type or parent goes on in the next row of its code."""
    by_code = defaultdict(list)
    for unit in units:
        by_code[unit.code].append(unit)
    found: dict[tuple, Succession] = {}
    for number, row in events:
        where = f"{filename}, dòng {number}"
        on = _event_day(row, where)
        if not row["new_code"]:
            continue
        old = next((u for u in by_code[row["old_code"]] if u.period.upper == on), None)
        new = next((u for u in by_code[row["new_code"]] if _holds(u, on)), None)
        if new is None:
            raise InvalidInput(f"{where}, cột new_code: không có đơn vị mã “{row['new_code']}” vào ngày {on:%d/%m/%Y}.")
        if not by_code[row["old_code"]]:
            raise InvalidInput(f"{where}, cột old_code: không có đơn vị mã “{row['old_code']}”.")
        if old is not None:  # a unit whose row goes on only received others
            found[on, old.id, new.id] = Succession(
                event_on=on, old=old, new=new, extent=row["extent"], is_default=row["is_default"] == "1",
                basis=row.get("basis", ""), mark=row.get("mark", ""),
            )  # fmt: skip
    explained = {(on, old) for on, old, _ in found}
    for rows in by_code.values():
        for old in rows:
            new = next((u for u in rows if old.period.upper and u.period.lower == old.period.upper), None)
            if new and (old.period.upper, old.id) not in explained:
                on = old.period.upper
                found[on, old.id, new.id] = Succession(event_on=on, old=old, new=new, extent="whole", basis=new.basis)
    Succession.objects.bulk_create(
        found.values(),
        update_conflicts=True,
        unique_fields=["event_on", "old", "new"],
        update_fields=["extent", "is_default", "basis", "mark"],
        batch_size=1000,
    )
