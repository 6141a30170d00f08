"""People as a workbook. Numbers are masked: the code is enough to find somebody again."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from django.utils.translation import override

from ansinh.people.models import DuplicatePair, Person
from ansinh.people.queries.duplicates import in_words
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


_PAIRS = (
    Column("index", "STT", 6, "index"),
    Column("first", "Mã hồ sơ thứ nhất", 13, "code"),
    Column("name", "Họ và tên", 26),
    Column("commune", "Xã, phường", 20),
    Column("second", "Mã hồ sơ thứ hai", 13, "code"),
    Column("other", "Họ và tên", 26),
    Column("other_commune", "Xã, phường", 20),
    Column("likely", "Khả năng là một (%)", 10, "code"),
    Column("because", "Vì sao", 50),
    Column("state", "Trạng thái", 18),
    Column("note", "Lý do của cán bộ", 30),
)


@override("vi")
def duplicates_workbook(pairs: Iterable[DuplicatePair]) -> bytes:
    """Pairs that may be one person, as the list is filtered."""
    rows = (
        {
            "first": one.first.code, "name": one.first.full_name, "commune": one.first.unit.name, "second": one.second.code,
            "other": one.second.full_name, "other_commune": one.second.unit.name, "likely": f"{one.per_mille / 10:.1f}".replace(".", ","),
            "because": "; ".join(words for words, _weight in in_words(one.agreements)), "state": one.get_state_display(),
            "note": one.note,
        }
        for one in pairs
    )  # fmt: skip
    target = BytesIO()
    write_workbook(target, [Sheet("Có thể trùng", _PAIRS, one_group(rows), title_lines=("HỒ SƠ CÓ THỂ TRÙNG",))])
    return target.getvalue()
