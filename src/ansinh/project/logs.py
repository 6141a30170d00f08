"""Logs that name no one: no query strings, no bodies, no values from the database, one JSON object a line."""

from __future__ import annotations

import json
import logging
import re
import traceback
from datetime import UTC, datetime

_QUERY = re.compile(r"\?[^\s\"']*")
# What people typed or what a row holds stands between these marks in messages of Django and PostgreSQL.
_DETAIL = re.compile(r"(DETAIL|CONTEXT|LINE \d+):.*", re.DOTALL)
# A piece of a path that is no word of ours: with marks above or below its letters, or escaped.
_TYPED = re.compile(r"(?<=/)[^/\s?]*(?:%[0-9A-Fa-f]{2}|[^\x00-\x7f])[^/\s?]*")
_NUMBERS = re.compile(r"\d{9,}")


class PlainFormatter(logging.Formatter):
    """A line of JSON: time, level, source, message; for an error its kind and where it happened, never its text."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "source": record.name,
            "message": without_values(record.getMessage()),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = describe(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def without_values(text: str) -> str:
    """The text without query strings, typed pieces of paths, error details, and numbers long enough to be somebody's."""
    return _NUMBERS.sub("…", _DETAIL.sub("", _QUERY.sub("?…", _TYPED.sub("…", text)))).strip()


def describe(error: BaseException) -> dict[str, object]:
    """The kind of an error and the lines it came through. Its text may hold a name or a number, so it stays out."""
    described: dict[str, object] = {"kind": type(error).__name__, "where": _frames(error)}
    cause = error.__cause__ or error
    diagnosis = getattr(cause, "diag", None)
    if diagnosis is not None:
        names = {name: getattr(diagnosis, name, None) for name in ("sqlstate", "table_name", "constraint_name")}
        described |= {name: value for name, value in names.items() if value}
    if error.__cause__ is not None:
        described["cause"] = type(error.__cause__).__name__
    return described


def _frames(error: BaseException) -> list[str]:
    """The last frames, innermost last: file, line, function."""
    frames = traceback.extract_tb(error.__traceback__)[-12:]
    return [f"{'/'.join(frame.filename.split('/')[-3:])}:{frame.lineno} {frame.name}" for frame in frames]
