"""A dossier by the pages of the office: the counter, the officer, the clerk; then the month's list to the payer. Each step a form filled in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.models import Decision
from ansinh.payments import operations as payments
from ansinh.payments.models import PaymentList
from ansinh.payments.queries.sums import sums_on_paper
from ansinh.payments.tests.factories import PDF
from ansinh.people.models import Person


def signed_in(role: str) -> Client:
    client = Client()
    client.force_login(post(role).user)
    return client


def scan() -> SimpleUploadedFile:
    return SimpleUploadedFile("ky.pdf", PDF, content_type="application/pdf")


@dataclass
class Counter:
    """The desk of Quỳnh Phụ on a day."""

    day: date
    officer: Client = field(default_factory=lambda: signed_in(Role.COMMUNE_OFFICER))
    clerk: Client = field(default_factory=lambda: signed_in(Role.CLERK))
    accountant: Client = field(default_factory=lambda: signed_in(Role.ACCOUNTANT))

    @property
    def text(self) -> str:
        return f"{self.day:%d/%m/%Y}"

    def sent(self, client: Client, name: str, *args: Any, **data: Any) -> Any:
        """A form that is taken: the page answers with the next one."""
        answer = client.post(reverse(name, args=args), data)
        assert answer.status_code == 302, (
            name,
            args,
            answer.context and answer.context.get("form") and answer.context["form"].errors,
        )
        return answer

    def received(self, who: Person, procedure: str, case: str, told: dict[str, str], received_on: date) -> Dossier:
        """Form, receipt, verification; what was declared goes into the register."""
        self.sent(self.officer, "dossiers:open", who.code, procedure=f"{procedure}:{case}", channel="counter")
        with as_maintenance():
            code = Dossier.objects.latest("id").code
        self.sent(self.officer, "dossiers:declaration", code, case=case, go="receive", **told)
        self.sent(self.officer, "dossiers:act", code, "tiep-nhan", received_on=f"{received_on:%d/%m/%Y}")
        self.sent(self.officer, "dossiers:act", code, "xac-minh")
        with as_maintenance():
            made = Dossier.objects.get(code=code)
        if made.declared or made.sheet.tells == "organiser":
            self.sent(self.officer, "dossiers:act", code, "ghi-so")
        return made

    def proposed(self, made: Dossier, from_month: date, typed: dict[str, str] | None = None, **over: str) -> Decision:
        """The proposal as its page fills it in, from a month on. Of what the law gave long ago the page fills in nothing: it is typed."""
        page = self.officer.get(reverse("entitlements:propose", args=[made.code]))
        assert page.status_code == 200
        form = page.context.get("form")
        filled = {name: value for name, value in (form.initial if form else {}).items() if value is not None}
        data = {**(typed or {}), **filled, "from_month": f"{from_month:%m/%Y}", **over}
        self.sent(self.officer, "entitlements:propose", made.code, **data)
        with as_maintenance():
            return Decision.objects.get(dossier=made)

    def signed(self, decision: Decision, number: str = "77/QĐ-UBND") -> None:
        self.sent(
            self.clerk, "entitlements:record", decision.code, number=number, signed_on=self.text, signer_name="Phạm Văn Ký",
            signer_title="Chủ tịch", scan=scan(), as_signed="on",  # of an old file: the paper says from which month
        )  # fmt: skip

    def refused(self, made: Dossier, reason: str, article: str) -> None:
        self.sent(self.officer, "dossiers:act", made.code, "tu-choi", reason=reason, article=article)
        paper = {"number": "31/TB-UBND", "signed_on": self.text, "signer_name": "Phạm Văn Ký", "signer_title": "Chủ tịch"}
        self.sent(self.clerk, "dossiers:act", made.code, "ghi-tu-choi", scan=scan(), **paper)

    def month_closed(self, month: date) -> PaymentList:
        """The list of a month proposed, sent, approved, closed and handed to the payer."""
        self.sent(self.officer, "payments:propose", month=f"{month:%m/%Y}")
        officer = post()
        with as_post(officer, on=self.day):  # what the page asks for is done in the background
            now = at(self.day.year, self.day.month, self.day.day)
            payments.prepare_run(benefit_month=month, units=[commune()], by=officer, now=now)
        with as_maintenance():
            found = PaymentList.objects.get(run__benefit_month=month, unit=commune())
        self.sent(self.officer, "payments:step", found.code, "check")
        with as_maintenance():
            sums = sums_on_paper(found)
        paper = {"number": "12/DS-UBND", "signed_on": self.text, "signer_name": "Phạm Văn Ký", "scan": scan()}
        paper |= {"total_vnd": str(sums.total_vnd), "people": str(sums.people)}
        self.sent(self.clerk, "payments:approve", found.code, **paper)
        self.sent(self.accountant, "payments:step", found.code, "close")
        self.sent(self.accountant, "payments:step", found.code, "hand_over")
        with as_maintenance():
            found.refresh_from_db()
            return found
