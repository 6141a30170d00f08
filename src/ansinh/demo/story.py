"""What happened in the invented communes: grants, the new level of October 2026, five months paid, a sixth proposed.

Everything is done by the operations officers use, by posts, on the days it would have happened.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO

from django.utils import timezone
from xlsxwriter import Workbook

from ansinh import law
from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.demo.eligible import entitled
from ansinh.demo.late import tell_late_truth
from ansinh.demo.population import Commune
from ansinh.demo.posts import post_of
from ansinh.documents import operations as documents
from ansinh.documents.models import Source
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.operations import ItemDraft, Signature
from ansinh.files import operations as files
from ansinh.files.queries import read
from ansinh.imports.reading.files import Grid, open_file
from ansinh.kernel.money import amount_of
from ansinh.kernel.periods import add_months
from ansinh.localities.models import Unit
from ansinh.payments import operations as payments
from ansinh.payments.models import BudgetSource, Handover, PaymentList
from ansinh.payments.operations.move import Approval
from ansinh.payments.queries.sums import sums_on_paper
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.rendering.pdf import signing_sheet
from ansinh.rendering.sheets import Column, Sheet, one_group

GRANTED_ON = date(2026, 5, 12)
LEVEL_ON = date(2026, 10, 12)
FIRST_MONTH = date(2026, 7, 1)
LAST_PAID_MONTH = date(2026, 11, 1)
AWAY_SINCE = date(2026, 9, 1)


def at(day: date, hour: int = 9) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(hour)))


@dataclass
class Place:
    """One commune of the story: its people by position, and what the law gives them."""

    commune: Commune
    unit: Unit
    keys: range
    chance: random.Random


def grant(place: Place) -> int:
    """One decision of May 2026 grants what the law gave then; people who became entitled since have not asked yet.

    Returns how many were granted; none in a very small commune.
    """
    month = date(2026, 6, 1)
    items = [
        ItemDraft(
            person_id=place.keys[index], act="grant", benefit=line.kind, category=line.category, law_code=line.code,
            coefficient=line.coefficient, count=line.count, standard_vnd=line.standard_vnd, amount_vnd=line.amount_vnd,
            from_month=month, article="; ".join(line.basis), law_amount_vnd=line.amount_vnd,
        )
        for index, line in entitled(place.commune, month)
    ]  # fmt: skip
    if items:
        decide(place, "grant", items, GRANTED_ON, "118/QĐ-UBND", "Quyết định hưởng trợ cấp xã hội hằng tháng")
    return len(items)


def decide(place: Place, kind: str, items: list[ItemDraft], on: date, number: str, title: str) -> None:
    """A decision of the commune, drafted by the officer, signed by the chairman, recorded by the clerk."""
    officer = post_of(place.unit.code, Role.COMMUNE_OFFICER)
    recorder = post_of(place.unit.code, Role.CLERK)
    chairman = post_of(place.unit.code, Role.COMMUNE_CHAIRMAN)
    with as_post(officer, on=on):
        decision = ledger.draft_decision(
            office=officer.office, unit=place.unit, kind=kind, origin="recorded", items=items, by=officer, now=at(on), title=title,
            basis="Nghị định 20/2021/NĐ-CP; Nghị định 335/2026/NĐ-CP",
        )  # fmt: skip
    signature = Signature(number, on, chairman.user.full_name, "Chủ tịch", post=chairman)
    with as_post(recorder, on=on):
        ledger.record_decision(decision=decision, signature=signature, by=recorder, now=at(on, 15))


def raise_level(place: Place) -> None:
    """The commune's decision on the level of NĐ 335: from benefit month July 2026."""
    items = []
    with as_post(post_of(place.unit.code, Role.COMMUNE_OFFICER), on=LEVEL_ON):
        for entry in Entitlement.objects.filter(unit=place.unit, ended_by__isnull=True, months__contains=FIRST_MONTH):
            level = (law.pension_level_on if entry.benefit == "social_pension" else law.standard_on)(FIRST_MONTH)[0]
            items.append(
                ItemDraft(
                    person_id=entry.person_id,
                    act="adjust",
                    benefit=entry.benefit,
                    category=entry.category,
                    law_code=entry.law_code.replace("ND20.", "ND335."),
                    coefficient=entry.coefficient,
                    count=entry.count,
                    standard_vnd=level,
                    amount_vnd=amount_of(entry.coefficient, level, entry.count),
                    from_month=FIRST_MONTH,
                    reason="Mức chuẩn mới theo Nghị định 335/2026/NĐ-CP",
                    article="Điều 32 NĐ 335/2026/NĐ-CP",
                    entitlement=entry,
                )  # fmt: skip
            )
    decide(place, "adjust", items, LEVEL_ON, "212/QĐ-UBND", "Quyết định điều chỉnh mức hưởng theo Nghị định 335/2026/NĐ-CP")


def payees(place: Place) -> None:
    """Accounts for about half of those in the ledger, someone to receive for the children and the very old."""
    officer = post_of(place.unit.code, Role.COMMUNE_OFFICER)
    with as_post(officer, on=GRANTED_ON):
        for person in Person.objects.filter(entitlements__unit=place.unit).distinct().order_by("id"):
            draw = place.chance.random()
            if draw < 0.5:
                people.set_account(
                    person=person, holder=person.full_name, bank=place.chance.choice(["Agribank", "VietinBank", "BIDV"]),
                    number=f"{person.id * 7919 % 10**10:010d}", since=GRANTED_ON, source="Đăng ký nhận qua tài khoản",
                    by=officer, now=at(GRANTED_ON),
                )  # fmt: skip
            elif person.born_on and (person.born_on.year > 2010 or person.born_on.year < 1938):
                relative = person.relatives.filter(known__isnull=False).exclude(kind="spouse").first()
                if relative:
                    people.set_payee(
                        person=person, name=relative.name, relation=relative.get_kind_display().lower(),
                        number="", basis="Giấy ủy quyền", since=GRANTED_ON, by=officer, now=at(GRANTED_ON),
                    )  # fmt: skip


def pay_month(place: Place, month: date) -> None:
    """The whole month of one commune: proposed on the 19th of the month before, paid, answered, reconciled."""
    before = add_months(month, -1)
    officer, clerk = (post_of(place.unit.code, r) for r in (Role.COMMUNE_OFFICER, Role.CLERK))
    chairman = post_of(place.unit.code, Role.COMMUNE_CHAIRMAN)
    with as_post(officer, on=before.replace(day=19)):
        run = payments.prepare_run(benefit_month=month, units=[place.unit], by=officer, now=at(before.replace(day=19)))
        found = PaymentList.objects.get(run=run, unit=place.unit)
        payments.check_list(payment_list=found, by=officer, now=at(before.replace(day=20)))
    approve(found, clerk, chairman.user.full_name, at(before.replace(day=21)))
    with as_post(officer, on=before.replace(day=22)):
        payments.close_list(payment_list=found, by=officer, now=at(before.replace(day=22)))
        handovers = payments.hand_over(payment_list=found, by=officer, now=at(before.replace(day=23)))
        for handover in handovers:
            answered = answer(handover, place.chance, month.replace(day=10))
            payments.take_return(
                handover=handover, data=answered, filename="ket-qua.xlsx", by=officer, now=at(month.replace(day=15))
            )
        payments.reconcile_list(payment_list=found, by=officer, now=at(month.replace(day=18)))
    _budget(place, found, month)


def approve(found: PaymentList, clerk, signer: str, now: datetime) -> None:
    on = now.date()
    with as_post(clerk, on=on):
        scan = files.store_scan(
            name=f"{found.code}-da-ky.pdf", data=_signed_paper(found), purpose="approval", unit=found.unit, by=clerk, now=now
        )
        sums = sums_on_paper(found)
        approval = Approval(f"{on:%m}/{found.code[-4:]}/DS-UBND", on, signer, scan, sums.total_vnd, sums.people)
        payments.approve_list(payment_list=found, approval=approval, by=clerk, now=now)


def _signed_paper(found: PaymentList) -> bytes:
    """A page that stands for the scan of the signed list."""
    columns = (Column("what", "Bản quét danh sách đã ký", 60), Column("code", "Mã", 20, "code"))
    rows = one_group([{"what": f"{found.unit.name}, tháng {found.run.benefit_month:%m/%Y} (trình diễn)", "code": found.code}])
    return signing_sheet([Sheet("ky", columns, rows, title_lines=("BẢN QUÉT (TRÌNH DIỄN)",))])


def answer(handover: Handover, chance: random.Random, paid_on: date) -> bytes:
    """The payer's file, filled: nearly all received, a few not at home, one of them never since September."""
    grid = open_file(read(handover.file), handover.file.name).grids[0]
    head = next(row for row in grid.rows if row and row[0] == "Mã dòng")
    received, on, reason = (head.index(title) for title in ("Đã nhận (x)", "Ngày nhận", "Lý do chưa nhận"))
    codes = set(handover.lines.values_list("code", flat=True))
    never = handover.lines.order_by("person_id").values_list("person_id", flat=True).first() if paid_on >= AWAY_SINCE else None
    absent = set(handover.lines.filter(person_id=never).values_list("code", flat=True))
    for row in grid.rows:
        if row and row[0] in codes:
            if chance.random() < 0.985 and row[0] not in absent:
                row[received], row[on] = "x", paid_on
            else:
                row[reason] = "Vắng nhà"
    return _workbook(grid)


def _workbook(grid: Grid) -> bytes:
    """The cells as a plain workbook, as a payer's own program would save them."""
    target = BytesIO()
    with Workbook(target, {"in_memory": True, "default_date_format": "dd/mm/yyyy"}) as book:
        page = book.add_worksheet(grid.name)
        for number, row in enumerate(grid.rows):
            page.write_row(number, 0, row)
    return target.getvalue()


def _budget(place: Place, found: PaymentList, month: date) -> None:
    accountant = post_of(place.unit.code, Role.ACCOUNTANT)
    with as_post(accountant, on=month.replace(day=1)):
        found.refresh_from_db()
        source = BudgetSource.objects.get(code="NSNN")
        drawn = (found.closed_total_vnd // 10_000_000 + 1) * 10_000_000
        for kind in ("estimate", "drawn"):
            payments.record_budget(
                unit=place.unit, source=source, month=month, kind=kind, amount_vnd=drawn, paper=f"Rút dự toán tháng {month:%m/%Y}",
                by=accountant, now=at(month.replace(day=2)),
            )  # fmt: skip


def propose_december(place: Place, number: int, now: datetime) -> None:
    """The list of December 2026 as it stands on the day of the demonstration: some proposed, some sent, some approved."""
    officer, clerk = (post_of(place.unit.code, r) for r in (Role.COMMUNE_OFFICER, Role.CLERK))
    chairman = post_of(place.unit.code, Role.COMMUNE_CHAIRMAN)
    with as_post(officer, on=now.date()):
        month = date(2026, 12, 1)
        run = payments.prepare_run(benefit_month=month, units=[place.unit], by=officer, now=now)
        ledger.draft_differences(unit=place.unit, month=month, by=officer, now=now)
        payments.draft_from_lists(unit=place.unit, month=month, by=officer, now=now)
        found = PaymentList.objects.get(run=run, unit=place.unit)
        if number % 4 >= 1:
            payments.check_list(payment_list=found, by=officer, now=now)
    if number % 4 >= 2:
        approve(found, clerk, chairman.user.full_name, now)
    if number % 4 == 3:
        with as_post(officer, on=now.date()):
            payments.close_list(payment_list=found, by=officer, now=now)
            payments.hand_over(payment_list=found, by=officer, now=now)


def open_register(place: Place, now: datetime) -> None:
    """Since the middle of November the commune takes its numbers from its own register, after those of the paper one."""
    clerk = post_of(place.unit.code, Role.CLERK)
    with as_post(clerk, on=now.date()):
        documents.set_numbering(
            office=clerk.office, source=Source.OWN, per_kind=True, since=date(2026, 11, 17), by=clerk, now=now
        )
        documents.start_series(office=clerk.office, year=2026, symbol="QĐ", last=236, by=clerk, now=now)


def tell(
    places: list[Place], *, now: datetime, say: Callable[[str], None], meanwhile: Callable[[date], None] = lambda month: None
) -> None:
    """The whole story. `say` gets a line for each step; `meanwhile` is told of each month before it is paid."""
    granted = {place.unit.code: grant(place) for place in places}
    for place in places:
        payees(place)
        say(f"  {place.unit.name}: {granted[place.unit.code]} người được quyết định hưởng")
    places = [place for place in places if granted[place.unit.code]]  # nobody to pay: no list
    month = FIRST_MONTH
    while month <= LAST_PAID_MONTH:
        if month == date(2026, 11, 1):
            for place in places[:-1]:  # the last commune has not decided the new level yet: its draft shows the difference
                raise_level(place)
        meanwhile(month)
        for place in places:
            pay_month(place, month)
        say(f"  Chi trả tháng {month:%m/%Y}: xong {len(places)} xã, phường")
        month = add_months(month, 1)
    for number, place in enumerate(places):
        propose_december(place, number, now)
        open_register(place, now)
    tell_late_truth(places, now)
    say("  Danh sách tháng 12/2026 đã lập")
