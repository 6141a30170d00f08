"""What the law gives whoever cares for a person, and what the carer still lacks to be fit for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from ansinh import law
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.queries.asking_the_law import care_for
from ansinh.law.situation import Line
from ansinh.people.models import Membership, Person

_KINDS = {"foster_child": "child", "foster_disabled": "disabled", "foster_elder": "elder"}


@dataclass(frozen=True)
class Care:
    """The line the law gives for the care of a person in a month, who is to have it, and what keeps it from being granted."""

    line: Line | None
    carer: Person | None
    obstacles: tuple[str, ...]
    article: str


def care_of(dossier: Dossier, person: Person, *, month: date, on: date) -> Care:
    """The answer to a carer's dossier. Who takes somebody in has to fulfil the conditions of a carer; one's own household has not."""
    line = next(iter(care_for(person, month)), None)
    carer = Person.objects.filter(code=dossier.details.get("carer", "")).first()
    obstacles = [*_of_law(line), *_of_carer(carer, person)]
    if line and line.payee == "foster_household":
        obstacles += _unfit(dossier, on)
    elif line and carer and carer.pk != person.pk:
        obstacles += _of_another_household(carer, person, on)
    return Care(line, carer, tuple(obstacles), "; ".join(line.basis) if line else _article(on))


def _of_law(line: Line | None) -> list[str]:
    if line is None:
        return [_("Theo điều đã ghi trong sổ, luật chưa cho kinh phí chăm sóc người này.")]
    return [
        _("Chờ xác nhận điểm pháp luật: %(what)s") % {"what": law.questions()[key].question}
        for key in line.unconfirmed
        if line.held
    ]


def _of_carer(carer: Person | None, person: Person) -> list[str]:
    if carer is None:
        return [_("Chưa khai người nhận kinh phí chăm sóc, hoặc người đó không còn ở đây.")]
    if carer.died_on or carer.pk == person.pk:
        return [_("Người nhận kinh phí chăm sóc đã mất, hoặc chính là người được chăm sóc.")]
    return []


def _of_another_household(carer: Person, person: Person, on: date) -> list[str]:
    """The own household is paid: whoever takes the money lives in it, as far as the register knows both households."""
    found = Membership.objects.filter(person__in=[carer, person], period__contains=on).select_related("household")
    homes = {one.person_id: one.household for one in found}
    mine, theirs = homes.get(person.pk), homes.get(carer.pk)
    if mine is None or theirs is None or mine == theirs:
        return []
    words = _(
        "%(name)s thuộc hộ %(theirs)s, không cùng hộ %(mine)s với người được chăm sóc: chọn người trong hộ, hoặc ghi thay đổi hộ trước."
    )
    return [words % {"name": carer.full_name, "theirs": theirs.code, "mine": mine.code}]


def _unfit(dossier: Dossier, on: date) -> list[str]:
    """What the carer lacks, by the conditions of the regime of the day."""
    told = dossier.details
    met = [letter for letter in told.get("met", "").split(",") if letter]
    kind = _KINDS.get(dossier.case, "disabled")
    return law.carer_faults(on, kind, met, relative=bool(told.get("relative")), has_spouse=bool(told.get("spouse")))


def _article(on: date) -> str:
    """The article that names whose care is paid."""
    return law.citation_of("ND335.17" if law.regime_on(on) == law.regimes()[-1] else "ND20.20")
