"""A small month of one commune: lists taken in, a newcomer decided on, the month proposed, the list closed. What is left can be compared."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import Count
from django.utils.timezone import localtime

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.demo.typed import typed_list
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.imports import operations as imports
from ansinh.imports.models import Batch
from ansinh.jobs import operations as jobs
from ansinh.jobs.models import Job
from ansinh.journal.models import Entry
from ansinh.payments.models import PaymentLine, PaymentList
from ansinh.payments.queries.sums import sums_on_paper
from ansinh.payments.tests.factories import PDF
from ansinh.people.models import Person

MONTH, NOW = date(2026, 12, 1), at(2026, 11, 16)
DAY = NOW.date()
ROWS, PASTED = 150, 30
NEWCOMER = "034180000123"


# Work in the background ----------------------------------------------------------------------------------------------
def ask_for_import() -> Job:
    """A list taken in, its paper described, its commit asked for in the background."""
    officer = post()
    with as_post(officer, on=DAY):
        batch = imports.take_paste(
            text=typed_list(rows=ROWS, seed=7), layout="assistance.enrolment", unit=commune(), month=None, by=officer, now=NOW
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


# Doors of the pages --------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Door:
    """One form of a page: who sends it, where, with what; and how the officer sees afterwards that it was written.

    `twice`: it is sent once more when it was written, as a hand that presses twice does; the answer must be a refusal in words.
    """

    name: str
    address: Callable[[], str]
    fields: Callable[[], dict]
    is_written: Callable[[], bool]
    role: str = Role.COMMUNE_OFFICER
    twice: bool = True


SIGNED = {"signed_on": "13/11/2026", "signer_name": "Phạm Văn Ký"}


def _scan(name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(f"{name}.pdf", PDF + name.encode(), "application/pdf")


def _newcomer() -> Person:
    return Person.objects.get(personal_number=NEWCOMER)


def _draft() -> Decision:
    return Decision.objects.filter(origin="recorded").get()


def _list() -> PaymentList:
    return PaymentList.objects.get()


def _sums() -> dict[str, int]:
    """What stands at the foot of the printed list."""
    sums = sums_on_paper(_list())
    return {"total_vnd": sums.total_vnd, "people": sums.people}


def _step(act: str, target: str) -> Door:
    return Door(act, lambda: f"/chi-tra/{_list().code}/buoc/{act}/", dict, lambda: _list().steps.filter(target=target).exists())


BEFORE_THE_RUN = (
    Door(
        "take", lambda: "/nhap-danh-sach/",
        lambda: {
            "pasted": typed_list(rows=PASTED, seed=8).replace("\t038", "\t031"), "layout": "assistance.enrolment",
            "unit": commune().id,
        },
        lambda: Batch.objects.exists(), twice=False,
    ),
    Door(
        "paper", lambda: f"/nhap-danh-sach/{Batch.objects.get().code}/quyet-dinh/",
        lambda: {"number": "240/QĐ-UBND", "signer_title": "Chủ tịch", **SIGNED},
        lambda: "paper" in Batch.objects.get().settings, twice=False,
    ),
    Door(
        "commit", lambda: f"/nhap-danh-sach/{Batch.objects.get().code}/nap/", dict,
        lambda: Batch.objects.get().state == "committed",
    ),
    Door(
        "register", lambda: "/nguoi/moi/",
        lambda: {
            "full_name": "Nguyễn Văn Mới", "sex": "male", "born": "08/03/1980", "personal_number": NEWCOMER,
            "unit": commune().id, "source": "Căn cước", "sure": "1",
        },
        lambda: Person.objects.filter(personal_number=NEWCOMER).exists(),
    ),
    Door(
        "decide", lambda: f"/nguoi/{_newcomer().code}/quyet-dinh/",
        lambda: {
            "act": "grant", "category": "DISABLED_SEVERE", "coefficient": "1,5", "count": "1", "from_month": "11/2026",
            "reason": "Giấy xác nhận khuyết tật",
        },
        lambda: Decision.objects.filter(origin="recorded").exists(), twice=False,
    ),
    Door(
        "record", lambda: f"/quyet-dinh/{_draft().code}/ghi-nhan/",
        lambda: {"number": "250/QĐ-UBND", "signer_title": "Chủ tịch", "scan": _scan("quyet-dinh"), **SIGNED},
        lambda: _draft().state == "signed", role=Role.CLERK,
    ),
)  # fmt: skip

AFTER_THE_RUN = (
    _step("check", "checking"),
    Door(
        "approve", lambda: f"/chi-tra/{_list().code}/duyet/",
        lambda: {
            "number": "12/DS-UBND", "scan": _scan("danh-sach"), **SIGNED, "signed_on": f"{localtime(_list().proposed_at):%d/%m/%Y}",
            **_sums(),
        },
        lambda: _list().steps.filter(target="approved").exists(), role=Role.CLERK,
    ),
    _step("close", "closed"),
)  # fmt: skip


# What is left --------------------------------------------------------------------------------------------------------
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
            "people": sorted(Person.objects.values_list("full_name", "born_on", "personal_number", "village__name"), key=str),
            "decisions": sorted(Decision.objects.values_list("kind", "state", "number", "items__person__personal_number").distinct(), key=str),
            "entries": sorted(Entitlement.objects.values_list("person__personal_number", "benefit", "category", "amount_vnd", "months"), key=str),
            "lines": sorted(lines, key=str),
            "lists": sorted(closed),
            "journal": list(journal),
        }  # fmt: skip
