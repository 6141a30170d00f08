"""Figures as a workbook, and as two sentences to paste."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from django.utils.translation import override

from ansinh import law
from ansinh.entitlements.models import Benefit, Entitlement
from ansinh.entitlements.queries import Naming
from ansinh.kernel.money import number_text
from ansinh.pages.own_words import own_words
from ansinh.rendering.sheets import Column, Sheet, one_group
from ansinh.rendering.workbooks import write_workbook
from ansinh.statistics.queries import Cell, Table


def labels() -> dict[str, str]:
    """Heads of columns: categories, or the benefits where no category is told."""
    return {value: str(words) for value, words in Benefit.choices} | {
        category.key: own_words(category, "short") for category in law.categories().values()
    }


_BENEFIT_WORDS = {
    "": "trợ cấp xã hội, trợ cấp hưu trí xã hội hằng tháng",
    "monthly_allowance": "trợ cấp xã hội hằng tháng",
    "social_pension": "trợ cấp hưu trí xã hội",
    "carer_money": "kinh phí chăm sóc, nuôi dưỡng hằng tháng",
    "disabled_parent_support": "hỗ trợ khi mang thai, nuôi con nhỏ hằng tháng",
    "funeral": "hỗ trợ chi phí mai táng trong tháng",
}


@override("vi")
def sentences(table: Table, described: str, *, benefit: str = "") -> str:
    """Two sentences for this afternoon: the whole, then the largest groups and the commune with most."""
    on, money, people = f"{table.on:%d/%m/%Y}", number_text(table.total.money_vnd), number_text(table.total.people)
    words = _BENEFIT_WORDS.get(benefit, _BENEFIT_WORDS[""])
    if not table.rows:
        return f"Đến ngày {on}, {described} không có ai hưởng {words}."
    whole = f"Đến ngày {on}, {described} có {people} người hưởng {words}, tổng số tiền {money} đồng mỗi tháng."
    named = labels()
    groups = sorted(table.totals.items(), key=lambda item: -item[1].people)[:3]
    parts = "; ".join(f"{_inside(named.get(key, key))}: {number_text(cell.people)} người" for key, cell in groups)
    if len(table.rows) == 1:
        return f"{whole} Trong đó {parts}."
    most = max(table.rows, key=lambda row: row.total.people)
    return f"{whole} Trong đó {parts}; nhiều nhất là {most.unit.name} với {number_text(most.total.people)} người."


def _inside(label: str) -> str:
    """A label inside a sentence: only the first letter is lowered, unless it begins an abbreviation."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


@override("vi")
def people_workbook(entries: Iterable[Entitlement], title: str, naming: Naming) -> bytes:
    """The people behind a figure. Numbers are left out: the code finds somebody again."""
    rows = (
        {
            "code": entry.person.code,
            "name": entry.person.full_name,
            "year": f"{entry.person.born_on:%Y}" if entry.person.born_on else "",
            "unit": entry.unit.name,
            "category": naming.category(entry),
            "money": entry.amount_vnd,
        }
        for entry in entries
    )
    target = BytesIO()
    sheet = Sheet(
        "Danh sách", _PEOPLE, one_group(rows), title_lines=("NGƯỜI HƯỞNG", title), total_label="Tổng cộng", in_words_of="money"
    )
    write_workbook(target, [sheet])
    return target.getvalue()


_PEOPLE = (
    Column("index", "STT", 6, "index"),
    Column("code", "Mã", 13, "code"),
    Column("name", "Họ và tên", 28),
    Column("year", "Năm sinh", 10, "code"),
    Column("unit", "Xã, phường", 22),
    Column("category", "Loại đối tượng", 30),
    Column("money", "Mức (đồng)", 15, "money", summed=True),
)


@override("vi")
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
