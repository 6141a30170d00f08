"""Take a list in: read it, stage its rows, say what is wrong. The register is not touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.database.bulk import insert_rows
from ansinh.files import operations as files
from ansinh.files.queries import read as read_stored
from ansinh.imports.kinds import all_kinds, kind_of
from ansinh.imports.models import Batch, Row
from ansinh.imports.operations.examine import examine
from ansinh.imports.reading.headings import Layout
from ansinh.imports.reading.lists import AsksAboutLetters, OldLetters, ReadResult, read_list, read_pasted
from ansinh.imports.reading.locked import Locked
from ansinh.imports.workflow import BATCH
from ansinh.journal import operations as journal
from ansinh.kernel.errors import MoveNotAllowed
from ansinh.localities.models import Unit

Reader = Callable[[], ReadResult]


@transaction.atomic
def take_list(
    *,
    data: bytes,
    filename: str,
    layout: str = "",
    unit: Unit,
    month: date | None,
    by: Post,
    now: datetime,
    password: str | None = None,
    old_letters: OldLetters = "ask",
) -> Batch:
    """Take in a spreadsheet. `layout` narrows the kinds tried; without it the headings decide.

    A file with a password, or in an old coding, is kept without rows until `open_list` is told what to do. Raises InvalidInput
    when the file as a whole cannot be read; problems of rows stay with the rows.
    """
    on = now.date()
    asks, read = _try(
        lambda: read_list(data, filename, _layouts(layout), on=on, password=password, old_letters=old_letters),
        asks_password=password is None,
    )
    stored = files.store(
        name=filename, data=data, media_type="application/octet-stream", purpose="import", unit=unit, by=by, now=now
    )
    batch = _batch(title=filename, layout=layout, unit=unit, month=month, by=by, now=now, file=stored)
    return _stage(batch, read, by=by, now=now) if read else _wait(batch, asks, by=by, now=now)


@transaction.atomic
def take_paste(
    *, text: str, layout: str, unit: Unit, month: date | None, by: Post, now: datetime, old_letters: OldLetters = "ask"
) -> Batch:
    """Take in rows pasted from a spreadsheet, headings included. In an old coding they wait as a file for an answer."""
    asks, read = _try(lambda: read_pasted(text, _layouts(layout), on=now.date(), old_letters=old_letters))
    stored = None
    if asks:
        stored = files.store(
            name="dan.txt", data=text.encode(), media_type="text/plain", purpose="import", unit=unit, by=by, now=now
        )
        asks["pasted"] = True
    batch = _batch(title="Dán từ bảng tính", layout=layout, unit=unit, month=month, by=by, now=now, file=stored)
    return _stage(batch, read, by=by, now=now) if read else _wait(batch, asks, by=by, now=now)


@transaction.atomic
def open_list(*, batch: Batch, by: Post, now: datetime, password: str | None = None, old_letters: OldLetters = "ask") -> Batch:
    """Read a list that waits for a password, or for the word whether to convert its letters. The password is used and forgotten.

    Still waiting when the opened file asks about letters. Raises Locked for a wrong password.
    """
    batch = Batch.objects.select_for_update(of=("self",)).select_related("unit", "file").get(pk=batch.pk)
    BATCH.find("check", batch.state, by.role)
    asks = batch.settings.get("asks")
    if not asks or batch.file is None:
        raise MoveNotAllowed(_("Danh sách này đã đọc rồi."))
    data = read_stored(batch.file)
    on, layouts = now.date(), _layouts(batch.layout)
    if asks.get("pasted"):
        asks, read = _try(lambda: read_pasted(data.decode(), layouts, on=on, old_letters=old_letters))
    else:
        told = {"on": on, "password": password or None, "old_letters": old_letters}
        locked = asks.get("locked", False)
        asks, read = _try(lambda: read_list(data, batch.title, layouts, **told))
        asks |= {"locked": locked} if asks else {}
    return _stage(batch, read, by=by, now=now) if read else _wait(batch, asks, by=by, now=now)


def _layouts(key: str) -> list[Layout]:
    return [kind.layout for kind in ([kind_of(key)] if key else all_kinds().values())]


def _try(read: Reader, *, asks_password: bool = False) -> tuple[dict, ReadResult | None]:
    """What was read; else what the officer has to be asked. Raises Locked where the password was asked for already."""
    try:
        return {}, read()
    except Locked:
        if not asks_password:
            raise
        return {"what": "password", "locked": True}, None
    except AsksAboutLetters as question:
        found = question.found
        asks = {"what": "letters", "coding": found.coding, "label": found.label, "cells": found.cells, "samples": found.samples}
        return {**asks, "layout": question.layout.key}, None


def _batch(*, title: str, layout: str, unit: Unit, month: date | None, by: Post, now: datetime, file) -> Batch:
    return Batch(layout=layout, title=title, file=file, unit=unit, month=month, brought_by=by, brought_at=now)


def _wait(batch: Batch, asks: dict, *, by: Post, now: datetime) -> Batch:
    """Keep a list that cannot be read before somebody answers."""
    is_new = batch.pk is None
    batch.layout = asks.get("layout", batch.layout)
    batch.settings = {**batch.settings, "asks": asks}
    batch.save()
    if is_new:
        journal.record(by=by.actor, act="keep_list", noun="batch", key=batch.code, detail={"asks": asks["what"]}, at=now)
    return batch


def _stage(batch: Batch, read: ReadResult, *, by: Post, now: datetime) -> Batch:
    batch.layout = read.layout.key
    batch.month = batch.month or read.meta.get("month")
    batch.found_above = read.meta_as_json()
    batch.problems = [problem.as_json() for problem in read.file_problems]
    batch.settings = {
        "unknown_columns": read.unknown_columns,
        "sheet": read.sheet_name,
        "columns": read.columns,
        "converted": read.converted,
    }
    batch.save()
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
    batch.save(update_fields=["state", "problems"])
    detail = {"rows": len(rows), "layout": batch.layout} | ({"converted": read.converted} if read.converted else {})
    journal.record(by=by.actor, act="take_list", noun="batch", key=batch.code, detail=detail, at=now)
    return batch
