"""The month for tests: lists proposed, signed, closed, handed over and answered by the posts that do so in an office."""

from __future__ import annotations

from datetime import date, datetime
from io import BytesIO

import openpyxl
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.access.models import Office, OfficeKind, Post, Role
from ansinh.access.tests.factories import QUYNH_PHU, at, commune, make_user, post
from ansinh.database.acting import as_maintenance
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.files import operations as files
from ansinh.files.queries import read
from ansinh.kernel.periods import add_months
from ansinh.localities.models import Unit
from ansinh.payments import operations
from ansinh.payments.models import Handover, Payer, PayerContract, PaymentList
from ansinh.payments.operations.move import Approval
from ansinh.payments.queries.sums import sums_on_paper
from ansinh.people.tests.factories import person

PDF = b"%PDF-1.4 scan of a signed paper"
SUMMER = date(2026, 7, 1)


def officer(code: str = QUYNH_PHU) -> Post:
    return post(Role.COMMUNE_OFFICER, office=f"UBND-{code}")


def clerk(code: str = QUYNH_PHU) -> Post:
    return post(Role.CLERK, office=f"UBND-{code}")


def payer(code: str = "BD-THU", *, unit: Unit | None = None) -> Post:
    """The post of a payer; with `unit`, one that pays there in cash and by bank."""
    with as_maintenance():
        office, _ = Office.objects.get_or_create(
            code=code,
            defaults={"name": f"Bưu điện {code}", "kind": OfficeKind.PAYER, "period": DateRange(date(2020, 1, 1), None)},
        )
        found, _ = Payer.objects.get_or_create(office=office, defaults={"code": code, "name": office.name})
        for method in ("cash", "bank") if unit else ():
            PayerContract.objects.get_or_create(
                payer=found, unit=unit or commune(), method=method, defaults={"period": DateRange(date(2020, 1, 1), None)}
            )
        made = Post.objects.select_related("office", "user").filter(office=office).first()
        return made or Post.objects.create(
            code=f"{code}-GD", office=office, role=Role.PAYER, title="Giao dịch viên", user=make_user(f"gdv.{code}".lower()),
            period=DateRange(date(2020, 1, 1), None),
        )  # fmt: skip


def before(month: date, day: int) -> datetime:
    """A day of the month before a benefit month: lists are worked on then."""
    earlier = add_months(month, -1)
    return at(earlier.year, earlier.month, day)


def proposed(
    month: date = SUMMER, *, unit: Unit | None = None, by: Post | None = None, now: datetime | None = None
) -> PaymentList:
    unit = unit or commune()
    with as_maintenance():
        run = operations.prepare_run(benefit_month=month, units=[unit], by=by or officer(unit.code), now=now or before(month, 19))
        return PaymentList.objects.select_related("run", "unit", "previous__run").get(run=run, unit=unit)


def approval(found: PaymentList, by: Post, now: datetime) -> Approval:
    scan = files.store_scan(name="ky.pdf", data=PDF, purpose="approval", unit=found.unit, by=by, now=now)
    sums = sums_on_paper(found)
    return Approval(f"{found.code}/DS", now.date(), "Phạm Văn Ký", scan, sums.total_vnd, sums.people)


def signed(month: date = SUMMER, **known) -> PaymentList:
    found = known.pop("found", None) or proposed(month, **known)
    with as_maintenance():
        operations.check_list(payment_list=found, by=officer(found.unit.code), now=before(month, 20))
        by, now = clerk(found.unit.code), before(month, 21)
        return operations.approve_list(payment_list=found, approval=approval(found, by, now), by=by, now=now)


def closed(month: date = SUMMER, **known) -> PaymentList:
    found = signed(month, **known)
    with as_maintenance():
        return operations.close_list(payment_list=found, by=officer(found.unit.code), now=before(month, 22))


def handed_over(month: date = SUMMER, **known) -> PaymentList:
    found = closed(month, **known)
    payer(unit=found.unit)
    with as_maintenance():
        operations.hand_over(payment_list=found, by=officer(found.unit.code), now=before(month, 23))
        found.refresh_from_db()
    return found


def filled(handover: Handover, *, absent: set[str] = frozenset(), change=None) -> bytes:
    """The payer's file with its answers: everybody received, but the names in `absent`. `change(row, place)` spoils a row."""
    book = openpyxl.load_workbook(BytesIO(read(handover.file)))
    page = book.active
    head = next(row for row in page.iter_rows() if row[0].value == "Mã dòng")
    place = {cell.value: cell.column for cell in head}
    for row in page.iter_rows(min_row=head[0].row + 1):
        if not str(row[0].value or "").startswith("CT"):
            continue
        away = row[place["Họ và tên"] - 1].value in absent
        row[place["Lý do chưa nhận" if away else "Đã nhận (x)"] - 1].value = "Vắng nhà" if away else "x"
        if change:
            change(row, place)
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def paid(month: date = SUMMER, *, absent: set[str] = frozenset(), **known) -> PaymentList:
    """A whole month: everybody received but those absent."""
    found = handed_over(month, **known)
    now = at(month.year, month.month, 15)
    with as_maintenance():
        for handover in found.handovers.all():
            operations.take_return(
                handover=handover, data=filled(handover, absent=absent), filename="kq.xlsx", by=officer(found.unit.code), now=now
            )
        operations.reconcile_list(payment_list=found, by=officer(found.unit.code), now=now)
        found.refresh_from_db()
    return found


def decide(entry: Entitlement, act: str, month: date, *, recorded: datetime, amount_vnd: int = 0, months: tuple = ()) -> None:
    """A signed decision about an entry: an adjustment to another level, a stop, a suspension, arrears, a recovery."""
    values = {
        "person_id": entry.person_id, "benefit": entry.benefit, "category": entry.category, "law_code": entry.law_code,
        "coefficient": entry.coefficient, "standard_vnd": amount_vnd * 100 // entry.coefficient or entry.standard_vnd,
        "amount_vnd": amount_vnd or entry.amount_vnd, "entitlement": entry, "from_month": month,
        "months": [f"{m:%Y-%m}" for m in months],
    }  # fmt: skip
    by = officer(entry.unit.code)
    with as_maintenance():
        decision = ledger.draft_decision(
            office=by.office, unit=entry.unit, kind=act, origin="recorded", items=[ItemDraft(act=act, **values)], by=by,
            now=recorded,
        )  # fmt: skip
        ledger.record_decision(decision=decision, signature=signature(recorded.date()), by=clerk(entry.unit.code), now=recorded)
    return decision


NEIGHBOUR = "Lý Thị Bên"


def neighbour(unit: Unit | None = None) -> None:
    """Somebody else in the commune, so that its lists are never empty; `rows` leaves them out."""
    by = officer((unit or commune()).code)
    grant(person(NEIGHBOUR, unit=unit, by=by))


def rows(found: PaymentList) -> list[tuple]:
    """(name, kind, month, amount, state) of each line but the neighbour's, in order."""
    with as_maintenance():
        lines = found.lines.exclude(person_name=NEIGHBOUR).order_by("sort_key", "benefit_month", "kind", "id")
        return [(line.person_name, line.kind, line.benefit_month.month, line.amount_vnd, line.state) for line in lines]
