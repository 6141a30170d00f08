"""A funeral and a household that cares, in each invented commune: from the form to the signed decision."""

from __future__ import annotations

from ansinh.access.acting import as_post
from ansinh.access.models import Post, Role
from ansinh.demo.filing import MONTH, day_of, sign
from ansinh.demo.posts import post_of
from ansinh.demo.story import Place
from ansinh.dossiers import operations as dossiers
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.operations import Applicant
from ansinh.dossiers.queries import housemates
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.queries import care_for, funeral_for
from ansinh.people.models import Person

_OWN_HOUSEHOLD = {"cared_by": {"value": "own_household", "since": "2026-11-01"}}


def file_beside(place: Place) -> int:
    """The newest dead whose funeral is supported, and the first household found to care for an extremely severely disabled member."""
    officer, clerk = (post_of(place.unit.code, role) for role in (Role.COMMUNE_OFFICER, Role.CLERK))
    with as_post(officer, on=day_of(20).date()):
        made = [one for one in (_funeral(place, officer), _care(place, officer)) if one]
    with as_post(clerk, on=day_of(20).date()):
        for one in made:
            sign(one, clerk)
    return len(made)


def _received(dossier: Dossier, by: Post) -> Dossier:
    dossiers.receive_dossier(
        dossier=dossier, received_on=day_of(16).date(), given=["declaration"], by=by, now=day_of(16)
    )  # fmt: skip
    return dossiers.take_up_dossier(dossier=dossier, by=by, now=day_of(17))


def _funeral(place: Place, by: Post) -> Dossier | None:
    dead = Person.objects.filter(unit=place.unit, died_on__lt=day_of(16).date()).order_by("-died_on", "id")[:20]
    who = next((one for one in dead if funeral_for(one).is_due), None)
    if who is None:
        return None
    son = {"name": "Nguyễn Văn Con", "relation": "con", "number": "034085009999", "telephone": "0912000000"}
    applicant = Applicant(son["name"], son["relation"], son["telephone"])
    made = dossiers.open_dossier(procedure="funeral", person=who, applicant=applicant, by=by, now=day_of(16))
    dossiers.declare(dossier=made, facts={}, details=son, by=by, now=day_of(16))
    _received(made, by)
    ledger.propose_funeral(dossier=made, by=by, on=day_of(18).date(), now=day_of(18))
    return made


def _care(place: Place, by: Post) -> Dossier | None:
    disabled = Person.objects.filter(
        unit=place.unit, died_on=None, circumstances__kind="disability", circumstances__value="extremely_severe"
    )
    for who in disabled.distinct().order_by("id")[:20]:
        mates = [one for one in housemates(who, on=MONTH) if one.born_on and one.born_on.year < 2005]
        if mates:
            made = dossiers.open_dossier(procedure="carer_grant", case="household", person=who, by=by, now=day_of(16))
            told = {"carer": mates[0].code, "carer_name": mates[0].full_name}
            dossiers.declare(dossier=made, facts=_OWN_HOUSEHOLD, details=told, by=by, now=day_of(16))
            _received(made, by)
            dossiers.accept_declaration(dossier=made, by=by, now=day_of(17))
            if care_for(who, MONTH):
                ledger.propose_care(dossier=made, month=MONTH, by=by, on=day_of(18).date(), now=day_of(18))
                return made
            dossiers.withdraw_dossier(dossier=made, note="Chưa đủ điều kiện", by=by, now=day_of(18))
    return None
