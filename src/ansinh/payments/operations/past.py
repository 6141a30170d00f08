"""Payments made before this system kept lists: taken in from old lists, so that arrears can subtract what was paid.

They stand under their own months in lists of their own, never beside a list proposed here, and are not paid from a budget kept here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from ansinh import law
from ansinh.access.models import Post
from ansinh.assistance.operations.twice import claim, refuse_twice
from ansinh.assistance.operations.who import find_people, must_be_known
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.queries import with_papers
from ansinh.imports.models import Batch, Row
from ansinh.imports.operations.examine import ask_month, room_problem
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.money import number_text
from ansinh.kernel.periods import add_months, month_of, month_text
from ansinh.payments.models import LineKind, PaymentLine, PaymentList, PaymentRun
from ansinh.people.models import Person

_MONTH_WORD = re.compile(r"(\d{1,2})\s*[/.]\s*(\d{4})")
_LONGEST_SPAN = 60


def months_of(text: str) -> list[date]:
    """Months typed in a cell: '04/2026, 05/2026', or 'từ 04/2026 đến 06/2026' with all between. Empty when it cannot be read."""
    found = []
    for month, year in _MONTH_WORD.findall(text):
        if not 1 <= int(month) <= 12 or not 1990 <= int(year) <= 2100:
            return []
        found.append(date(int(year), int(month), 1))
    between = re.sub(r"[\d/.\s]|từ|tháng|tu|thang", "", text, flags=re.IGNORECASE).strip().lower()
    if len(found) == 2 and found[0] <= found[1] and between in ("đến", "den", "-", "–", "tới", "toi"):
        span = [found[0]]
        while span[-1] < found[1] and len(span) <= _LONGEST_SPAN:
            span.append(add_months(span[-1], 1))
        return span if len(span) <= _LONGEST_SPAN else []
    return sorted(set(found)) if not between.strip(",;và") else []


def examine_past(*, batch: Batch, rows: list[Row], by: Post, now: datetime) -> None:
    """Who was paid, for which months, on which entry of the ledger; what is known already is an error."""
    find_people(batch, rows, by=by, now=now)
    entries = _entries(rows)
    if batch.month is None:
        ask_month(batch, "Tháng")
    for row in rows:
        row.result = {}
        must_be_known(row)
        row.result = {**row.result, "parts": _parts(row, entries.get(row.person_key, []), batch.month, now.date())}
        for part in row.result["parts"]:
            claim(row, row.person_key, part["benefit"], part["kind"], part["month"])
    _refuse_known(batch, rows)
    refuse_twice(batch, [row for row in rows if row.person_key is not None])


def _entries(rows: Iterable[Row]) -> dict[int, list[Entitlement]]:
    found: dict[int, list[Entitlement]] = {}
    keys = [row.person_key for row in rows if row.person_key is not None]
    for entry in Entitlement.objects.filter(person__in=keys).order_by("id"):
        found.setdefault(entry.person_id, []).append(entry)
    return found


def _parts(row: Row, entries: list[Entitlement], month: date | None, today: date) -> list[dict]:
    """The row as lines: the month itself, its arrears and recoveries each under the months they are for."""
    if month is None:
        return []
    if month > month_of(today):
        _problem(row, "Tổng số tiền", f"Tháng {month_text(month)} chưa tới; chỉ nhận danh sách đã chi.")
        return []
    values = row.values
    arrears, recovery = abs(values.get("arrears") or 0), abs(values.get("recovery") or 0)
    regular = values.get("month_amount")
    if regular is None:
        regular = (values.get("total") or 0) - arrears + recovery
    if regular < 0 or regular + arrears + recovery == 0:
        _problem(row, "Tổng số tiền", "Dòng không có số tiền đã chi.", found=number_text(regular))
        return []
    if values.get("total") is not None and values["total"] != regular + arrears - recovery:
        _problem(row, "Tổng số tiền", f"Tổng không bằng tháng này + truy lĩnh − thu hồi ({number_text(regular + arrears - recovery)}).",
                 found=number_text(values["total"]))  # fmt: skip
        return []
    parts = [("past", month, regular)] if regular else []
    parts += _spread(row, "arrears", "past", arrears, month)
    parts += _spread(row, "recovery", "recovery", -recovery, month)
    if row.person_key is None:
        return []
    return [_part(row, entries, *part) for part in parts] if _has_entry(row, entries) else []


def _has_entry(row: Row, entries: list[Entitlement]) -> bool:
    if entries:
        return True
    _problem(row, "Họ và tên", "Người này chưa có dòng sổ hưởng nào. Nạp quyết định hưởng trước, rồi kiểm tra lại dòng này.")
    return False


def _spread(row: Row, column: str, kind: str, amount: int, month: date) -> list[tuple[str, date, int]]:
    """Arrears and recoveries in equal parts over the months typed beside them; never guessed."""
    if not amount:
        return []
    word = {"arrears": "Truy lĩnh", "recovery": "Thu hồi"}[column]
    typed = row.values.get(f"{column}_months") or ""
    months = months_of(typed)
    example = f"{month_text(add_months(month, -2))}, {month_text(add_months(month, -1))}"
    if not months:
        _problem(row, f"{word} cho các tháng", f"{word} {number_text(abs(amount))} đồng: chưa rõ cho các tháng nào. Ghi như “{example}”.",
                 found=typed or "ô trống", expected=example)  # fmt: skip
    elif any(at >= month for at in months):
        _problem(
            row,
            f"{word} cho các tháng",
            f"{word} phải cho các tháng trước tháng {month_text(month)}.",
            found=typed,
            expected=example,
        )
    elif amount % len(months):
        _problem(row, f"{word} cho các tháng", f"{number_text(abs(amount))} đồng không chia đều cho {len(months)} tháng. Tách thành nhiều dòng.",
                 found=typed, expected=example)  # fmt: skip
    else:
        return [(kind, at, amount // len(months)) for at in months]
    return []


def _part(row: Row, entries: list[Entitlement], kind: str, month: date, amount: int) -> dict:
    """One line to be: on the entry that ran in the month, the one with this amount first; else the nearest, with a remark."""
    running = [e for e in entries if e.months.lower <= month and (e.months.upper is None or month < e.months.upper)]
    chosen = next((e for e in running if e.amount_vnd == amount), None) or next(iter(running), None)
    if chosen is None:
        chosen = min(entries, key=lambda e: abs((e.months.lower - month).days))
        _problem(row, "Số quyết định", f"Sổ hưởng không có dòng nào chạy trong tháng {month_text(month)}; ghi theo chế độ của dòng {chosen.code}.",
                 level="warning")  # fmt: skip
    elif kind == "past" and amount != chosen.amount_vnd and month == (row.batch.month or month):
        _problem(row, "Số tiền tháng này", f"Đã chi {number_text(amount)}, sổ hưởng ghi {number_text(chosen.amount_vnd)} cho tháng {month_text(month)}.",
                 level="warning", found=number_text(amount), expected=number_text(chosen.amount_vnd))  # fmt: skip
    return {"kind": kind, "month": month.isoformat(), "amount": amount, "entitlement": chosen.id, "benefit": chosen.benefit}


def _refuse_known(batch: Batch, rows: list[Row]) -> None:
    """Months that have a list here are closed to past payments, and what was taken in before is not taken in twice. Two queries."""
    parts = [(row, part) for row in rows for part in row.result["parts"]]
    months = {date.fromisoformat(part["month"]) for _row, part in parts} | ({batch.month} if batch.month else set())
    lists = PaymentList.objects.filter(unit=batch.unit, run__benefit_month__in=months).exclude(lines__kind=LineKind.PAST)
    live = set(lists.values_list("run__benefit_month", flat=True))
    known = set(
        PaymentLine.objects.filter(
            person__in={row.person_key for row, _part in parts}, benefit_month__in=months, kind__in=["past", "regular"]
        ).values_list("person", "benefit", "benefit_month")
    )
    for row, part in parts:
        month = date.fromisoformat(part["month"])
        if month in live:
            _problem(
                row,
                "Tổng số tiền",
                f"Tháng {month_text(month)} đã có danh sách chi trả lập trong hệ thống; không nhập lại từ tệp.",
            )
        elif part["kind"] == "past" and (row.person_key, part["benefit"], month) in known:
            _problem(row, "Họ và tên", f"Đã có dòng chi tháng {month_text(month)} cho người này.")


def _problem(row: Row, column: str, message: str, *, level: str = "error", found: str = "", expected: str = "") -> None:
    row.problems.append(room_problem(column=column, level=level, found=found, expected=expected, message=message))


def commit_past(*, batch: Batch, rows: list[Row], by: Post, now: datetime) -> dict:
    """Write the lines under their months as paid. Nothing of them goes to a payer or into a settlement."""
    people = Person.objects.select_related("village", "unit").in_bulk([row.person_key for row in rows])
    entries = Entitlement.objects.in_bulk([part["entitlement"] for row in rows for part in row.result["parts"]])
    with_papers(list(entries.values()))
    if batch.month is None:
        raise InvalidInput(_("Không rõ danh sách chi cho tháng nào."))
    holder = _holder(batch, batch.month, by, now)
    lines = [
        _line(holder, row, part, people[row.person_key], entries[part["entitlement"]])
        for row in rows
        for part in row.result["parts"]
    ]
    PaymentLine.objects.bulk_create(lines, batch_size=2000)
    total = sum(line.amount_vnd for line in lines)
    return {"items": len(lines), "said": {"Dòng chi đã ghi": len(lines), "Số tiền đã chi (đồng)": total}}


def _holder(batch: Batch, month: date, by: Post, now: datetime) -> PaymentList:
    """The commune's list of past payments of a month. It is settled from the start: no step of the month's run touches it."""
    run, _made = PaymentRun.objects.get_or_create(
        benefit_month=month, defaults={"payment_month": month, "law_hash": law.law_hash(), "made_by": by, "made_at": now}
    )
    holder, made = PaymentList.objects.get_or_create(
        run=run,
        unit=batch.unit,
        defaults={"state": "settled", "cutoff_on": month, "proposed_by": by, "proposed_at": now},
    )
    if not made and not holder.lines.filter(kind=LineKind.PAST).exists():
        raise InvalidInput(
            _("Tháng %(month)s đã có danh sách chi trả %(code)s lập trong hệ thống; không nhập lại từ tệp.")
            % {"month": month_text(month), "code": holder.code}
        )
    return holder


def _line(holder: PaymentList, row: Row, part: dict, person: Person, entry: Entitlement) -> PaymentLine:
    values = row.values
    return PaymentLine(
        list=holder,
        unit=holder.unit,
        person=person,
        entitlement=entry,
        kind=part["kind"],
        benefit_month=date.fromisoformat(part["month"]),
        benefit=entry.benefit,
        category=entry.category,
        law_code=entry.law_code,
        coefficient=values.get("coefficient") or entry.coefficient,
        count=entry.count,
        standard_vnd=entry.standard_vnd,
        amount_vnd=part["amount"],
        person_name=values.get("name") or person.full_name,
        born_text=row.raw.get("born", ""),
        payee_name=values.get("payee") or "",
        payee_relation=values.get("payee_relation") or "",
        payee_number=values.get("payee_paper") or "",
        method="bank" if values.get("account") else "cash",
        account_number=values.get("account") or "",
        bank=values.get("bank") or "",
        village=person.village,
        village_name=values.get("village") or (person.village.name if person.village else ""),
        decision_number=values.get("decision") or entry.paper.number,
        state="paid",
    )
