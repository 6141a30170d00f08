"""Take a list in: read it, stage its rows, say what is wrong. The register is not touched."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from ansinh.access.models import Post
from ansinh.database.bulk import insert_rows
from ansinh.files import operations as files
from ansinh.imports.kinds import ListKind, all_kinds, kind_of
from ansinh.imports.models import Batch, Row
from ansinh.imports.operations.examine import examine
from ansinh.imports.reading.lists import ReadResult, read_list, read_pasted
from ansinh.journal import operations as journal
from ansinh.localities.models import Unit


@transaction.atomic
def take_list(*, data: bytes, filename: str, layout: str = "", unit: Unit, month: date | None, by: Post, now: datetime) -> Batch:
    """Take in a spreadsheet. `layout` narrows the kinds tried; without it the headings decide.

    Raises InvalidInput when the file as a whole cannot be read; problems of rows stay with the rows.
    """
    kinds = [kind_of(layout)] if layout else list(all_kinds().values())
    read = read_list(data, filename, [kind.layout for kind in kinds], on=now.date())
    stored = files.store(
        name=filename, data=data, media_type="application/octet-stream", purpose="import", unit=unit, by=by, now=now
    )
    return _stage(read=read, title=filename, unit=unit, month=month, by=by, now=now, file=stored)


@transaction.atomic
def take_paste(*, text: str, layout: str, unit: Unit, month: date | None, by: Post, now: datetime) -> Batch:
    """Take in rows pasted from a spreadsheet, headings included."""
    kinds = [kind_of(layout)] if layout else list(all_kinds().values())
    read = read_pasted(text, [kind.layout for kind in kinds], on=now.date())
    return _stage(read=read, title="Dán từ bảng tính", unit=unit, month=month, by=by, now=now, file=None)


def _stage(*, read: ReadResult, title: str, unit: Unit, month: date | None, by: Post, now: datetime, file) -> Batch:
    kind: ListKind = kind_of(read.layout.key)
    batch = Batch.objects.create(
        layout=kind.key,
        title=title,
        file=file,
        unit=unit,
        month=month or read.meta.get("month"),
        found_above=read.meta_as_json(),
        problems=[problem.as_json() for problem in read.file_problems],
        settings={"unknown_columns": read.unknown_columns, "sheet": read.sheet_name, "columns": read.columns},
        brought_by=by,
        brought_at=now,
    )
    rows = [
        Row(
            batch=batch,
            number=found.number,
            raw=found.raw,
            values=found.values_as_json(),
            problems=[problem.as_json() for problem in found.problems],
        )
        for found in read.rows
    ]
    examine(batch=batch, rows=rows, by=by, now=now)
    insert_rows(rows)
    batch.state = "checked"
    batch.save(update_fields=["state"])
    journal.record(
        by=by.actor, act="take_list", noun="batch", key=batch.code, detail={"rows": len(rows), "layout": kind.key}, at=now
    )
    return batch
