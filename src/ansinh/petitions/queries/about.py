"""What a petition is about, by the public code people know."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from ansinh.dossiers.models import Dossier, Posting
from ansinh.entitlements.models import Decision
from ansinh.payments.models import PaymentLine
from ansinh.petitions.models import Petition


@dataclass(frozen=True)
class About:
    """One of these: a dossier, a decision, a posted list, a payment line; or nothing of ours."""

    dossier: Dossier | None = None
    decision: Decision | None = None
    posting: Posting | None = None
    line_code: str = ""

    @property
    def is_known(self) -> bool:
        return bool(self.dossier or self.decision or self.posting or self.line_code)


def find_about(code: str) -> About:
    """What a code names among what the viewer sees: HS…, a code of the one-stop desk, QD…, NY…, a payment line. Nothing for none."""
    code = code.strip()
    if not code:
        return About()
    if dossier := Dossier.objects.filter(Q(code=code.upper()) | Q(one_stop_code=code)).first():
        return About(dossier=dossier)
    if decision := Decision.objects.filter(code=code.upper()).first():
        return About(decision=decision)
    if posting := Posting.objects.filter(code=code.upper()).first():
        return About(posting=posting)
    if PaymentLine.objects.filter(code=code.upper()).exists():
        return About(line_code=code.upper())
    return About()


def about_of(petition: Petition) -> str:
    """The code of what it is about; empty for nothing of ours."""
    named = petition.dossier or petition.decision or petition.posting
    return named.code if named else petition.line_code


def told_about(petition: Petition) -> str:
    """The same in words, without a ground and without a name."""
    if petition.dossier:
        return f"Hồ sơ {petition.dossier.shown_code}"
    if petition.decision:
        return str(petition.decision)
    if petition.posting:
        return f"Niêm yết {petition.posting.code}"
    return f"Dòng chi trả {petition.line_code}" if petition.line_code else ""
