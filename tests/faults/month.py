"""A small month of one commune: a list imported, the month proposed, the list closed. What is left can be compared."""

from __future__ import annotations

from datetime import date

from django.db.models import Count

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import at, commune, post
from ansinh.database import roles
from ansinh.database.acting import acting_as, as_maintenance
from ansinh.demo.typed import typed_list
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.files import operations as files
from ansinh.files.models import StoredFile
from ansinh.imports import operations as imports
from ansinh.jobs import operations as jobs
from ansinh.jobs.models import Job
from ansinh.journal.models import Entry
from ansinh.journal.queries import verify
from ansinh.payments import operations as payments
from ansinh.payments.models import PaymentLine, PaymentList
from ansinh.payments.operations.move import Approval
from ansinh.people.models import Person
from ansinh.rendering.pdf import signing_sheet
from ansinh.rendering.sheets import Column, Sheet, one_group

MONTH, NOW = date(2026, 12, 1), at(2026, 11, 16)
DAY = NOW.date()


def ask_for_import(rows: int) -> Job:
    """A list taken in, its paper described, its commit asked for in the background."""
    officer = post()
    with as_post(officer, on=DAY):
        batch = imports.take_paste(
            text=typed_list(rows=rows, seed=7), layout="assistance.enrolment", unit=commune(), month=None, by=officer, now=NOW
        )
        imports.describe_paper(
            batch=batch, number="245/QĐ-UBND", signed_on=date(2026, 11, 12), signer_name="Phạm Văn Ký", signer_title="Chủ tịch",
            by=officer, now=NOW,
        )  # fmt: skip
        return jobs.start(kind="commit_list", title="Nạp", arguments={"batch": batch.id}, by=officer, now=NOW)


def ask_for_run() -> Job:
    officer = post()
    with as_post(officer, on=DAY):
        arguments = {"month": f"{MONTH:%Y-%m}", "units": [commune().id]}
        return jobs.start(kind="payments_run", title="Lập", arguments=arguments, by=officer, now=NOW)


def approve() -> None:
    officer, clerk = post(), post(Role.CLERK)
    with as_post(officer, on=DAY):
        payments.check_list(payment_list=PaymentList.objects.get(), by=officer, now=NOW)
    with as_post(clerk, on=DAY):
        scan = _scan(clerk)
        payments.approve_list(
            payment_list=PaymentList.objects.get(), approval=Approval("12/DS-UBND", DAY, "Phạm Văn Ký", scan), by=clerk, now=NOW
        )


def _scan(clerk) -> StoredFile:
    sheet = Sheet("ky", (Column("code", "Mã", 20, "code"),), one_group([{"code": "DS"}]), title_lines=("ĐÃ KÝ",))
    unit = PaymentList.objects.get().unit
    return files.store_scan(name="da-ky.pdf", data=signing_sheet([sheet]), purpose="approval", unit=unit, by=clerk, now=NOW)


def close() -> None:
    """The act of a request: one transaction, done again when it was cut off."""
    officer = post()
    with as_post(officer, on=DAY):
        found = PaymentList.objects.get()
        if found.state == "approved":
            payments.close_list(payment_list=found, by=officer, now=NOW)


def what_is_left() -> dict:
    """Every row that matters, without keys and moments: equal after equal months."""
    with as_maintenance():
        journal = (
            Entry.objects.exclude(act="seal_reads").values_list("act", "noun").annotate(n=Count("id")).order_by("act", "noun")
        )
        closed = PaymentList.objects.values_list("state", "closed_count", "closed_total_vnd")
        lines = PaymentLine.objects.values_list(
            "person_name", "benefit_month", "kind", "state", "amount_vnd", "person__personal_number"
        )
        return {
            "people": sorted(Person.objects.values_list("full_name", "born_on", "personal_number", "village__name")),
            "decisions": sorted(Decision.objects.values_list("kind", "state", "number", "items__person__personal_number").distinct(), key=str),
            "entries": sorted(Entitlement.objects.values_list("person__personal_number", "benefit", "category", "amount_vnd", "months"), key=str),
            "lines": sorted(lines, key=str),
            "lists": sorted(closed),
            "journal": list(journal),
        }  # fmt: skip


def journal_is_sound() -> bool:
    with acting_as(roles.SYSTEM):
        return verify(heads=[], now=NOW).is_sound
