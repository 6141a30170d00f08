"""What the law gives for the funeral of a person, and why: the register, the ledger at the death, the dossiers open then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from ansinh import law
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.facts import situation_of
from ansinh.entitlements.models import PERSONAL, Entitlement
from ansinh.kernel.periods import month_of, month_text
from ansinh.law.benefits.one_off.support import OneOff
from ansinh.law.situation import Event, Situation
from ansinh.people.models import Person, Relative


@dataclass(frozen=True)
class Funeral:
    """The law's answer: what it gives (amount 0: nothing), why, in words with its article.

    `drew`: what the ledger held in the month of the death. `granted`: the entry that gave it already.
    """

    found: OneOff
    reason: str
    article: str
    drew: tuple[Entitlement, ...] = ()
    granted: Entitlement | None = None

    @property
    def is_due(self) -> bool:
        """Whether something is due, on points that are confirmed, and was not given yet."""
        return bool(self.found.amount_vnd) and not self.found.unconfirmed and self.granted is None

    @property
    def standard_vnd(self) -> int:
        """The level that is multiplied; where the province names an amount, that amount."""
        return self.found.standard_vnd or self.found.amount_vnd or 0

    @property
    def coefficient(self) -> int:
        """How often, in hundredths."""
        return (self.found.multiple or 1) * 100

    @property
    def questions(self) -> list[str]:
        """The open points it waits for, as they are asked."""
        return [law.questions()[key].question for key in self.found.unconfirmed]


def funeral_for(person: Person, *, received_on: date | None = None) -> Funeral:
    """The support for the funeral of a person; `received_on`: the day the complete dossier came, which may fix the level."""
    granted = person.entitlements.filter(benefit="funeral", ended_by=None).first()
    if person.died_on is None:
        return Funeral(OneOff("funeral", str(person.pk)), _("Sổ chưa ghi ngày mất."), "", granted=granted)
    month, drew = month_of(person.died_on), tuple(_drawn_in(person, month_of(person.died_on)))
    events = [*_told(person, drew, month), *_applied(person, month)]
    if received_on:
        events.append(Event("received_complete", person=str(person.pk), benefit="funeral", day=received_on))
    found = _best(person, month, events)
    if (given := _given_elsewhere(person)) and given[1] >= (found.amount_vnd or 0):
        words = _("Đã được hỗ trợ mai táng khẩn cấp (%(code)s), mức không thấp hơn; chỉ hưởng một khoản.") % {"code": given[0]}
        return Funeral(OneOff("funeral", str(person.pk)), words, _article(person.died_on, found), drew, granted)
    return Funeral(found, _reason(person, found, drew), _article(person.died_on, found), drew, granted)


def _given_elsewhere(person: Person) -> tuple[str, int] | None:
    """What a room above gave for the same burial: where it stands, and its sum. Only the higher of two documents pays."""
    return import_string(settings.ANSINH_OTHER_BURIAL)(person)


def _best(person: Person, month: date, events: list[Event]) -> OneOff:
    """Of what the person's own right gives and what a parent's gives, the higher; their own where both give the same."""
    asked = [_with(situation_of(person), events)]
    for parent in Person.objects.filter(relatives__in=Relative.objects.filter(kind="child", known=person)).distinct():
        told = _told(parent, tuple(_drawn_in(parent, month)), month)
        asked.append(_with(situation_of(parent), [*events, *told]))
    return max((law.one_off(one, "funeral", str(person.pk)) for one in asked), key=lambda one: one.amount_vnd or 0)


def _with(situation: Situation, events: list[Event]) -> Situation:
    return replace(situation, events=(*situation.events, *events))


def _drawn_in(person: Person, month: date) -> Iterator[Entitlement]:
    """What was decided for the month, suspended or not: a suspension takes no right away."""
    return person.entitlements.running(month).filter(benefit__in=PERSONAL).order_by("id").iterator()


def _told(person: Person, drew: tuple[Entitlement, ...], month: date) -> list[Event]:
    """The ledger as the law reads it: each benefit drawn in the month, or that there was none."""
    key = str(person.pk)
    if not drew:
        return [Event("drawn", person=key, month=month)]
    return [Event("drawn", person=key, benefit=one.benefit, month=month, more={"category": one.category}) for one in drew]


def _applied(person: Person, month: date) -> Iterator[Event]:
    """Grants asked for before the death and not answered by then; eligible is who the law gives the benefit in that month."""
    asked = Dossier.objects.filter(person=person, received_on__lte=person.died_on).exclude(state__in=("refused", "withdrawn"))
    given = {line.kind for line in law.monthly(situation_of(person), month).lines if line.person == str(person.pk)}
    for dossier in asked.order_by("id"):
        answered = dossier.answered_on is not None and dossier.answered_on <= person.died_on
        if dossier.sheet.act == "grant" and not answered:
            eligible = {"verified": dossier.sheet.benefit in given}
            yield Event("applied", person=str(person.pk), benefit=dossier.sheet.benefit, day=dossier.received_on, more=eligible)


def _article(died_on: date, found: OneOff) -> str:
    """The article of the ground; of no ground, the one that names them all."""
    if found.code:
        return law.citation_of(found.code)
    return law.citation_of("ND335.11.1" if law.regime_on(died_on) == law.regimes()[-1] else "ND20.11.1")


def _reason(person: Person, found: OneOff, drew: tuple[Entitlement, ...]) -> str:
    day, month = f"{person.died_on:%d/%m/%Y}", month_text(month_of(person.died_on))
    if found.amount_vnd:
        words = "; ".join(str(one.get_benefit_display()) for one in drew)
        return _("Mất ngày %(day)s; tháng %(month)s đang hưởng: %(what)s.") % {
            "day": day, "month": month, "what": words or _("không; thuộc trường hợp khác của điều luật"),
        }  # fmt: skip
    if drew:
        return _("Mất ngày %(day)s; đang hưởng nhưng trường hợp này điều luật không hỗ trợ mai táng.") % {"day": day}
    return _(
        "Mất ngày %(day)s; tháng %(month)s không đang hưởng trợ cấp, chưa đề nghị hưởng, không thuộc trường hợp nào được hỗ trợ."
    ) % {"day": day, "month": month}
