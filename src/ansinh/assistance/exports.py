"""The sheet a village head fills each month, without a network."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from django.utils.translation import override

from ansinh.localities.models import Village
from ansinh.people.models import Person
from ansinh.rendering.sheets import Column, Sheet, one_group
from ansinh.rendering.workbooks import write_workbook

SPARE_ROWS = 20
_COLUMNS = (
    Column("index", "STT", 6, "index"),
    Column("code", "Mã đối tượng", 14, "code"),
    Column("name", "Họ và tên", 28, editable=True),
    Column("born", "Năm sinh", 12, "code", editable=True),
    Column("personal_number", "Số CCCD/định danh cá nhân", 18, "code", editable=True),
    Column("change", "Thay đổi (mới, chết, đi, về)", 20, editable=True),
    Column("happened_on", "Ngày", 13, "code", editable=True),
    Column("note", "Ghi chú", 30, editable=True),
)


@override("vi")
def change_sheet(village: Village, *, month: date) -> bytes:
    """Those of the village who receive money, and empty rows for newcomers. Numbers are not printed: the code is enough."""
    people = (
        Person.objects.filter(
            village=village, died_on__isnull=True, entitlements__months__contains=month, entitlements__ended_by__isnull=True
        )
        .distinct()
        .order_by("sort_key", "id")
    )
    rows = [{"code": p.code, "name": p.full_name, "born": f"{p.born_on:%Y}" if p.born_on else ""} for p in people]
    target = BytesIO()
    sheet = Sheet(
        name="Biến động",
        columns=_COLUMNS,
        groups=one_group([*rows, *({} for _ in range(SPARE_ROWS))]),
        title_lines=(f"PHIẾU BIẾN ĐỘNG THÁNG {month:%m/%Y}", f"{village.name}, {village.unit.name}"),
        above_table=(
            "Ghi vào cột Thay đổi: mới (người mới đủ điều kiện), chết, đi (đi xa), về (đã về). Bỏ trống nếu không có gì mới.",
        ),
    )
    write_workbook(target, [sheet])
    return target.getvalue()
