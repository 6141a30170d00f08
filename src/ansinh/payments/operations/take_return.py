"""Take the payer's file back: who received, who did not, and why. Each line that cannot be taken is said in the same file."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from ansinh.access.models import Post
from ansinh.database.bulk import update_rows
from ansinh.files import operations as files
from ansinh.files.kinds import XLSX
from ansinh.imports.reading.dates import PartialDate
from ansinh.imports.reading.lists import ReadResult, ReadRow, read_list
from ansinh.imports.reading.problem_workbook import problem_workbook
from ansinh.imports.reading.problems import Problem
from ansinh.journal import operations as journal
from ansinh.kernel.errors import MoveNotAllowed
from ansinh.kernel.folding import fold
from ansinh.kernel.money import number_text
from ansinh.payments.exports import rows_of
from ansinh.payments.layouts import PAYER_RETURN
from ansinh.payments.models import Handover, PayerReturn, PaymentLine
from ansinh.payments.workflow import LINE

_YES = {"x", "1", "co", "da nhan", "v", "ok"}


@transaction.atomic
def take_return(*, handover: Handover, data: bytes, filename: str, by: Post, now: datetime) -> PayerReturn:
    """Take the answers of a returned file. Good lines are taken, bad ones are listed; sending the same file again changes nothing.

    Raises InvalidInput when the file as a whole cannot be read.
    """
    handover = (
        Handover.objects.select_for_update(of=("self",)).select_related("unit", "list", "payer__office").get(pk=handover.pk)
    )
    if handover.list.state != "handed_over":
        raise MoveNotAllowed(
            _("Danh sách đã %(state)s; không nhận kết quả nữa.") % {"state": handover.list.get_state_display().lower()}
        )
    read = read_list(data, filename, [PAYER_RETURN], on=now.date())
    rows = rows_of(handover.lines.select_for_update(of=("self",)).order_by("id"))
    seen: set[str] = set()
    changed: list[PaymentLine] = []
    for row in (row for row in read.rows if not _is_title(row)):
        mine = _find(row, rows, seen)
        unread = any(problem.level == "error" for problem in row.problems)  # a sum or a day that could not be read
        if mine is not None and not unread:
            changed += _take(row, mine, by, now.date())
    update_rows(changed, ["state", "paid_on", "return_note", "received_by"])
    _missing(read, rows, seen)
    problems = [problem.as_json() for row in read.rows for problem in row.problems if problem.level == "error"]
    problems += [problem.as_json() for problem in read.file_problems]
    stored = _store(handover, filename, data, "payer_return", by, now)
    answer = _store(handover, f"tra-loi-{filename}", problem_workbook(read), "payer_answer", by, now) if problems else None
    returned = PayerReturn.objects.create(
        handover=handover, unit=handover.unit, file=stored, answer=answer, received_by=by, received_at=now, taken=len(changed),
        problems=problems,
    )  # fmt: skip
    detail = {"taken": len(changed), "problems": len(problems)}
    journal.record(by=by.actor, act="take_return", noun="handover", key=handover.code, detail=detail, at=now)
    return returned


def _store(handover: Handover, name: str, data: bytes, purpose: str, by: Post, now: datetime):
    return files.store(
        name=name, data=data, media_type=XLSX, purpose=purpose, unit=handover.unit, given_to=handover.payer.office, by=by, now=now
    )


def _is_title(row: ReadRow) -> bool:
    """The name of a village above its people: nothing but words in the first column."""
    return row.values.keys() <= {"code", "village"} and not str(row.values.get("code", "")).startswith("CT")


def _find(row: ReadRow, rows: dict[str, list[PaymentLine]], seen: set[str]) -> list[PaymentLine] | None:
    code = str(row.values.get("code", "")).strip()
    if code in seen:
        _problem(row, "Mã dòng", f"Mã dòng {code} có hai lần trong tệp; chỉ dòng đầu được nhận.", code, "mỗi mã một lần")
        return None
    if code not in rows:
        _problem(row, "Mã dòng", f"Mã dòng “{code}” không có trong danh sách đã chuyển.", code, "một mã trong tệp đã nhận")
        return None
    seen.add(code)
    return rows[code]


def _take(row: ReadRow, mine: list[PaymentLine], by: Post, today: date) -> list[PaymentLine]:
    """Set the answer of a row on its lines (unsaved). Empty when it is the answer already there, or none that can be taken."""
    whole = sum(line.amount_vnd for line in mine)
    mine = [line for line in mine if line.state != "held"]  # stopped at the office's request
    if not mine:
        _problem(row, "Mã dòng", "Dòng này đã dừng chi theo yêu cầu.", "", "không chi")
        return []
    total, expected = row.values.get("total"), sum(line.amount_vnd for line in mine)
    if total is not None and total not in (whole, expected):
        text = number_text(expected)
        _problem(row, "Tổng số tiền", f"Số tiền khác danh sách đã chuyển ({text}).", number_text(total), text)
        return []
    received = fold(str(row.values.get("received", "")))
    reason = str(row.values.get("reason", "")).strip()
    if received and received not in _YES:
        _problem(row, "Đã nhận (x)", "Chỉ ghi x khi đã nhận, bỏ trống khi chưa nhận.", received, "x hoặc trống")
        return []
    if bool(received) == bool(reason):
        _problem(row, "Lý do chưa nhận", "Mỗi dòng ghi x (đã nhận) hoặc lý do chưa nhận.", reason or "trống", "x hoặc lý do")
        return []
    act = "pay" if received else "leave"
    target = next(move.target for move in LINE.moves if move.act == act)
    if all(line.state == target for line in mine):
        return []
    if answered := [line for line in mine if line.state != "due"]:
        with override("vi"):
            words = answered[0].get_state_display()
        _problem(row, "Mã dòng", f"Dòng này đã ghi “{words}”.", mine[0].code, "dòng chưa có kết quả")
        return []
    LINE.find(act, "due", by.role)
    on = row.values.get("received_on")
    day = (on.on if isinstance(on, PartialDate) else on) or today
    for line in mine:
        line.state, line.paid_on = target, day if received else None
        line.received_by, line.return_note = str(row.values.get("received_by", "")), reason
    return mine


def _problem(row: ReadRow, column: str, message: str, found: str, expected: str) -> None:
    row.problems.append(Problem(message, "error", row.number, column, found, expected))


def _missing(read: ReadResult, rows: dict[str, list[PaymentLine]], seen: set[str]) -> None:
    missing = [code for code, mine in rows.items() if code not in seen and any(line.state == "due" for line in mine)]
    if missing:
        shown = ", ".join(missing[:10]) + ("…" if len(missing) > 10 else "")
        read.file_problems.append(Problem(f"Thiếu {len(missing)} dòng trong tệp trả về: {shown}.", "warning"))
