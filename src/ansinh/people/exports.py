"""People as a workbook. Numbers are masked: the code is enough to find somebody again."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from django.utils.translation import override

from ansinh.people.models import Person
from ansinh.rendering.sheets import Column, Sheet, one_group
from ansinh.rendering.workbooks import write_workbook

_COLUMNS = (
    Column("index", "STT", 6, "index"),
    Column("code", "Mã", 13, "code"),
    Column("name", "Họ và tên", 28),
    Column("born", "Ngày sinh", 12, "code"),
    Column("sex", "Giới tính", 10),
    Column("village", "Thôn, tổ dân phố", 20),
    Column("commune", "Xã, phường", 22),
)


@override("vi")
def people_workbook(people: Iterable[Person]) -> bytes:
    """The list as it is filtered."""
    rows = (
        {
            "code": p.code,
            "name": p.full_name,
            "born": f"{p.born_on:%Y}"
            if p.born_on and p.birth_precision != "day"
            else f"{p.born_on:%d/%m/%Y}"
            if p.born_on
            else "",
            "sex": p.get_sex_display(),
            "village": p.village.name if p.village else "",
            "commune": p.unit.name,
        }
        for p in people
    )
    target = BytesIO()
    write_workbook(target, [Sheet("Danh sách", _COLUMNS, one_group(rows), title_lines=("DANH SÁCH NGƯỜI",))])
    return target.getvalue()
