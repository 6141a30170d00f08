"""The journal as a workbook, for the inspector's file."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from django.utils import timezone
from django.utils.translation import override

from ansinh.rendering.sheets import Column, Sheet, one_group
from ansinh.rendering.workbooks import write_workbook
from ansinh.web.journal.words import act_words, noun_words

_COLUMNS = (
    Column("id", "Số", 9, "code"),
    Column("at", "Lúc", 17, "code"),
    Column("actor", "Người làm", 24),
    Column("post", "Chức vụ", 22),
    Column("place", "Cơ quan", 26),
    Column("act", "Việc", 26),
    Column("noun", "Về", 22),
    Column("key", "Mã", 18, "code"),
    Column("hash", "Mã băm", 20, "code"),
)


@override("vi")
def journal_workbook(rows: Iterable, *, title: str, key: str, watermark: str) -> bytes:
    """Entries or reads as they are filtered. `key` names the column of what an act was about; `watermark` says who took it out."""
    lines = (
        {
            "id": str(row.pk),
            "at": f"{timezone.localtime(row.at):%d/%m/%Y %H:%M:%S}",
            "actor": row.actor,
            "post": row.post,
            "place": getattr(row, "place", ""),
            "act": act_words(row.act),
            "noun": noun_words(row.noun) if row.noun else "",
            "key": getattr(row, key),
            "hash": getattr(row, "hash", ""),
        }
        for row in rows
    )
    target = BytesIO()
    write_workbook(
        target, [Sheet("Nhật ký", _COLUMNS, one_group(lines), title_lines=(title,), above_table=(watermark,), footer=watermark)]
    )
    return target.getvalue()
