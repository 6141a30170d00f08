"""Figures as a workbook, and as two sentences to paste."""

from __future__ import annotations

from io import BytesIO

from ansinh import law
from ansinh.kernel.money import number_text
from ansinh.rendering.sheets import Column, Sheet, one_group
from ansinh.rendering.workbooks import write_workbook
from ansinh.statistics.queries import Cell, Table


def labels() -> dict[str, str]:
    return {category.key: category.short for category in law.categories().values()}


def sentences(table: Table, described: str) -> str:
    """Two sentences for this afternoon: the whole, then the largest groups and the commune with most."""
    whole = (
        f"Đến ngày {table.on:%d/%m/%Y}, {described} có {number_text(table.total.people)} người hưởng trợ cấp xã hội, "
        f"trợ cấp hưu trí xã hội hằng tháng, tổng số tiền {number_text(table.total.money_vnd)} đồng mỗi tháng."
    )
    if not table.rows:
        return whole
    named = labels()
    groups = sorted(table.totals.items(), key=lambda item: -item[1].people)[:3]
    parts = "; ".join(f"{named.get(key, key).lower()}: {number_text(cell.people)} người" for key, cell in groups)
    most = max(table.rows, key=lambda row: row.total.people)
    return f"{whole} Trong đó {parts}; nhiều nhất là {most.unit.name} với {number_text(most.total.people)} người."


def table_workbook(table: Table) -> bytes:
    """People and money by commune and category."""
    named = labels()
    columns = [Column("index", "STT", 6, "index"), Column("unit", "Xã, phường", 24)]
    for key in table.categories:
        columns.append(Column(f"{key}.people", "Người", 9, "number", parent=named.get(key, key), summed=True))
        columns.append(Column(f"{key}.money", "Tiền (đồng)", 15, "money", parent=named.get(key, key), summed=True))
    columns += [
        Column("people", "Người", 9, "number", parent="Cộng", summed=True),
        Column("money", "Tiền (đồng)", 16, "money", parent="Cộng", summed=True),
    ]
    rows = []
    for row in table.rows:
        values: dict = {"unit": row.unit.name + (" (ước tính)" if row.is_estimated else "")}
        for key in table.categories:
            cell = row.cells.get(key, Cell())
            values |= {f"{key}.people": cell.people, f"{key}.money": cell.money_vnd}
        rows.append(values | {"people": row.total.people, "money": row.total.money_vnd})
    title = (
        "SỐ NGƯỜI VÀ KINH PHÍ THEO XÃ, PHƯỜNG VÀ LOẠI ĐỐI TƯỢNG",
        f"Ngày {table.on:%d/%m/%Y}, địa giới ngày {table.map_on:%d/%m/%Y}",
    )
    target = BytesIO()
    sheet = Sheet("Số liệu", tuple(columns), one_group(rows), title_lines=title, total_label="Tổng cộng", in_words_of="money")
    write_workbook(target, [sheet])
    return target.getvalue()
