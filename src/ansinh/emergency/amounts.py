"""What the law gives for one line of a list, asked of the law's own functions on the day of the event."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext as _

from ansinh import law
from ansinh.emergency.models import AidKind
from ansinh.entitlements.facts import situation_of
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.periods import month_of
from ansinh.law.benefits.leader_gifts.gifts import leader_gift
from ansinh.law.benefits.one_off.relief import burial_by_others, essential_goods
from ansinh.law.benefits.one_off.support import OneOff, one_off
from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.reckoning import Reckoning
from ansinh.law.resolutions import reaching
from ansinh.law.situation import Event, HouseholdFacts, PersonFacts, Situation
from ansinh.law.supports import Support, value_on
from ansinh.lawbook.queries import confirmations, provincial
from ansinh.localities.queries import province_keys
from ansinh.people.models import Person

_NEEDY = ("poor", "near_poor", "difficult")


@dataclass(frozen=True)
class Told:
    """What is said of a household or person; which of it matters turns on the kind."""

    kind: str
    cause: str
    happened_on: date
    hardship: str = ""
    persons: int | None = None
    months: int | None = None
    treatment_days: int | None = None
    cost_vnd: int | None = None
    giver: str = ""
    receives_as: str = ""
    away: bool | None = None
    without_home: bool | None = None
    unable: bool | None = None


@dataclass(frozen=True)
class Reckoned:
    """What the law gives: rice in kg, money in đồng (None: the law names no amount), goods' worth, by which article."""

    law_vnd: int | None = None
    rice_kg: int = 0
    goods_vnd: int = 0
    is_minimum: bool = False
    article: str = ""
    open_points: tuple[str, ...] = ()


class Reckoner:
    """Asks the law for the lines of one commune; resolutions and confirmed answers are read once."""

    def __init__(self, unit_id: int) -> None:
        self.answers = confirmations()
        self.resolutions = provincial()
        self.territories = province_keys([unit_id])[unit_id] if self.resolutions else frozenset()

    def reckon(self, told: Told, person: Person | None = None) -> Reckoned:
        """What the law gives. Raises InvalidInput, with the field, when it gives nothing or too much is asked."""
        regime = law.regime_on(told.happened_on)
        if regime is None or regime.key == "R0":
            raise InvalidInput(_("Chỉ tính được sự kiện từ ngày 01/07/2021."), field="happened_on")
        try:
            return _KINDS[AidKind(told.kind)](self, told, person)
        except NotAnswerable as error:
            raise InvalidInput(str(error)) from None

    def ask(self, told: Told, kind: str, events: tuple[Event, ...], person: Person | None) -> tuple[OneOff, tuple[str, ...]]:
        """One-off support for these events, and the points it rests on that nobody confirmed."""
        situation = self._situation(told, events, person)
        reckoning = Reckoning(situation)
        found = one_off(reckoning, kind, events[0].person)
        return found, tuple(sorted(reckoning.consulted - self.answers.keys()))

    def _situation(self, told: Told, events: tuple[Event, ...], person: Person | None) -> Situation:
        poverty = told.hardship if told.hardship in ("poor", "near_poor") else "not_poor"
        household = HouseholdFacts(
            poverty=poverty, in_difficulty=told.hardship == "difficult", members=told.persons, territories=self.territories
        )
        if person is None:
            return Situation(
                {"one": PersonFacts()}, household, events, provincial=self.resolutions, parameters=self.answers
            )  # fmt: skip
        known = situation_of(person)
        others = tuple(event for event in known.events if event.kind != "died" or event.person != events[0].person)
        return replace(known, events=(*others, *events))

    def laid(self) -> tuple:
        """The resolutions of the province that reach this commune."""
        return tuple(reaching(self.resolutions, self.territories))


def limit(key: str, day: date) -> int:
    """A number of the law for a day, for the words of a form."""
    return value_on(key, day).value


def _need(value: int | None, field: str, words: str) -> int:
    if not value:
        raise InvalidInput(words, field=field)
    return value


def _known(value: bool | None, field: str, words: str) -> bool:
    """What the law asks and only the office can tell."""
    if value is None:
        raise InvalidInput(words, field=field)
    return value


def _money(found: OneOff, points: tuple[str, ...]) -> Reckoned:
    article = "; ".join(dict.fromkeys([law.citation_of(found.code or ""), *found.basis]))
    return Reckoned(found.amount_vnd, is_minimum=found.is_minimum, article=article, open_points=points)


def _rice(own: Reckoner, told: Told, _person: Person | None) -> Reckoned:
    persons = _need(told.persons, "persons", _("Hãy ghi số người trong hộ."))
    months = _need(told.months, "months", _("Hãy ghi số tháng hỗ trợ."))
    most = limit("rice_months_tet" if told.cause == "tet" else "rice_months_limit", told.happened_on)
    if months > most:
        words = _("Hỗ trợ gạo không quá %(most)02d tháng mỗi đợt; đang ghi %(found)d tháng.")
        raise InvalidInput(words % {"most": most, "found": months}, field="months")
    event = Event("hunger", month=month_of(told.happened_on), more={"cause": told.cause, "months": months})
    found, points = own.ask(replace(told, persons=persons), "rice", (event,), None)
    if not found.kg:
        raise InvalidInput(_("Nguyên nhân này không được hỗ trợ gạo theo Nghị định."), field="kind")
    return Reckoned(rice_kg=found.kg, article=law.citation_of(found.code or ""), open_points=points)


def _goods(_own: Reckoner, told: Told, _person: Person | None) -> Reckoned:
    lost_home = _known(told.without_home, "without_home", _("Hãy cho biết hộ có mất nhà ở, không còn chỗ ở hay không."))
    unable = _known(told.unable, "unable", _("Hãy cho biết hộ có tự bảo đảm được nhu cầu thiết yếu hay không."))
    return _support(essential_goods(told.happened_on, lost_home=lost_home, unable=unable))


def _injury(own: Reckoner, told: Told, _person: Person | None) -> Reckoned:
    days = _need(told.treatment_days, "treatment_days", _("Hãy ghi số ngày cấp cứu, điều trị."))
    away = _known(told.away, "away", _("Hãy cho biết có phải bị nạn ngoài nơi cư trú, không có người thân chăm sóc hay không."))
    more = {"cause": told.cause, "treatment_days": days, "away_from_home": away}
    event = Event("injured", person="one", day=told.happened_on, more=more)
    found, points = own.ask(told, "injury", (event,), None)
    if not found.amount_vnd:
        least = limit("injury_treatment_days", told.happened_on)
        if days < least:
            words = _("Bị thương nặng là phải cấp cứu, điều trị từ %(least)02d ngày; đang ghi %(found)d ngày.")
            raise InvalidInput(words % {"least": least, "found": days}, field="treatment_days")
        raise InvalidInput(_("Nguyên nhân này không được hỗ trợ người bị thương theo Nghị định."), field="kind")
    return _money(found, points)


def _burial(own: Reckoner, told: Told, person: Person | None) -> Reckoned:
    key = str(person.pk) if person else "one"
    if granted := person and person.entitlements.filter(benefit="funeral").first():
        words = _("Đã có quyết định hỗ trợ chi phí mai táng (%(code)s). Chỉ được hưởng mức cao hơn: thu hồi quyết định đó trước.")
        raise InvalidInput(words % {"code": granted.code}, field="kind")
    event = Event("died", person=key, day=told.happened_on, more={"cause": told.cause})
    found, points = own.ask(told, "emergency_burial", (event,), person)
    points = tuple(point for point in points if point == "one_off_level_from")  # the rival funeral asks more than burial rests on
    if not found.amount_vnd:
        raise InvalidInput(
            _(
                "Không hỗ trợ mai táng khẩn cấp: nguyên nhân không được nêu, hoặc hỗ trợ mai táng theo trợ cấp đang hưởng cao hơn."
            ),
            field="kind",
        )
    return _money(found, points)


def _burial_by_others(own: Reckoner, told: Told, _person: Person | None) -> Reckoned:
    cost = _need(told.cost_vnd, "cost_vnd", _("Hãy ghi chi phí mai táng thực tế."))
    found = burial_by_others(told.happened_on, cost, own.laid())
    return replace(_support(found), open_points=tuple(point for point in found.unconfirmed if point not in own.answers))


def _house(damage: str) -> Callable[[Reckoner, Told, Person | None], Reckoned]:
    def reckon(own: Reckoner, told: Told, _person: Person | None) -> Reckoned:
        if damage == "moved":
            event = Event("relocation_ordered", day=told.happened_on, more={"cause": told.cause})
        else:
            if told.hardship not in _NEEDY:
                raise InvalidInput(
                    _("Chỉ hộ nghèo, hộ cận nghèo, hộ có hoàn cảnh khó khăn được hỗ trợ làm, sửa nhà ở."), field="hardship"
                )
            homeless = _known(told.without_home, "without_home", _("Hãy cho biết hộ còn chỗ ở hay không."))
            more = {"cause": told.cause, "damage": damage, "nowhere_to_live": homeless, "livable": not homeless}
            event = Event("house_damaged", day=told.happened_on, more=more)
        found, points = own.ask(told, "housing", (event,), None)
        if not found.amount_vnd and damage != "moved" and not told.without_home:
            words = _(
                "Chỉ hỗ trợ làm, sửa nhà ở khi hộ không còn chỗ ở, nhà không ở được (Điều 15 NĐ 20/2021, Điều 12 NĐ 335/2026)."
            )
            raise InvalidInput(words, field="without_home")
        if not found.amount_vnd:
            raise InvalidInput(_("Nguyên nhân này không được hỗ trợ nhà ở theo Nghị định."), field="kind")
        return _money(found, points)

    return reckon


def _support(found: Support) -> Reckoned:
    if not found.due:
        raise InvalidInput(found.reason, field="kind")
    article = "; ".join(dict.fromkeys(part for part in (law.citation_of(found.code), found.basis) if part))
    return Reckoned(
        found.amount_vnd, goods_vnd=found.goods_vnd or 0, is_minimum=found.is_minimum or found.in_kind, article=article
    )


def _leader_gift(_own: Reckoner, told: Told, _person: Person | None) -> Reckoned:
    return _support(leader_gift(told.happened_on, told.giver, told.receives_as))


_KINDS: dict[AidKind, Callable[[Reckoner, Told, Person | None], Reckoned]] = {
    AidKind.RICE: _rice,
    AidKind.GOODS: _goods,
    AidKind.INJURY: _injury,
    AidKind.BURIAL: _burial,
    AidKind.BURIAL_BY_OTHERS: _burial_by_others,
    AidKind.HOUSE_LOST: _house("total"),
    AidKind.RELOCATION: _house("moved"),
    AidKind.HOUSE_HEAVY: _house("heavy"),
    AidKind.LEADER_GIFT: _leader_gift,
}
