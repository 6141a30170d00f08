"""What the watch list of the demonstration shows: one invented example of each kind, written by the officers of the first commune."""

from __future__ import annotations

from datetime import date, datetime

from ansinh.access.acting import as_post
from ansinh.access.models import Post, Role
from ansinh.demo.posts import post_of
from ansinh.demo.story import Place, at, decide
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.operations import ItemDraft
from ansinh.localities.models import Unit
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.watch import operations as watch

WRONG_ON, STOPPED_ON, STOPPED_FROM = date(2026, 9, 9), date(2026, 9, 15), date(2026, 10, 1)


def mistake(place: Place) -> None:
    """In September an old woman is taken for a namesake who died; her pension is stopped from October. It waits to be set right."""
    officer = post_of(place.unit.code, Role.COMMUNE_OFFICER)
    with as_post(officer, on=STOPPED_ON):
        entry = _drawing("SOCIAL_PENSION_75").order_by("-id").first()
        if entry is None:
            return
        people.record_death(
            person=entry.person, died_on=WRONG_ON, source="Thôn báo qua điện thoại", by=officer, now=at(WRONG_ON, 16)
        )
        kept = ("person_id", "benefit", "category", "law_code", "coefficient", "count", "standard_vnd", "amount_vnd")
        line = ItemDraft(
            act="stop",
            from_month=STOPPED_FROM,
            entitlement=entry,
            reason="Đã từ trần",
            **{name: getattr(entry, name) for name in kept},
        )
    decide(place, "stop", [line], STOPPED_ON, "198/QĐ-UBND", "Thôi hưởng do từ trần")


def examples(place: Place, other: Place, units: list[Unit], now: datetime) -> int:
    """A certificate about to end, somebody in a facility or with a pension, somebody who moved in; then the look at `units`. How many items wait."""
    officer, elsewhere = (post_of(one.unit.code, Role.COMMUNE_OFFICER) for one in (place, other))
    with as_post(officer, on=now.date()):
        disabled = list(_drawing("DISABLED_SEVERE").order_by("id")[:2])
        for entry, act in zip(disabled, (_certificate, _facility), strict=False):
            act(entry.person, officer, now)
        if entry := _drawing("SOCIAL_PENSION_75").order_by("id").first():
            _pension(entry.person, officer, now)
    with as_post(elsewhere, on=now.date()):
        entry = _drawing("SOCIAL_PENSION_75").order_by("-id").first()
        if entry:
            people.move_across(
                person=entry.person, unit=place.unit, since=date(2026, 11, 12), source="Về ở với con", by=elsewhere, now=now
            )
    with as_post(None, on=now.date()):
        return watch.look_over(units=units, by=None, now=now).waiting


def _drawing(category: str):
    running = Entitlement.objects.filter(category=category, ended_by=None, person__died_on=None, person__birth_precision="day")
    return running.select_related("person__unit")


def _certificate(person: Person, by: Post, now: datetime) -> None:
    """The certificate turns out to have a last day."""
    for fact in person.circumstances.filter(kind="disability", period__endswith=None):
        people.end_circumstance(fact=fact, on=date(2027, 1, 1), source="Giấy xác nhận có thời hạn", by=by, now=now)


def _pension(person: Person, by: Post, now: datetime) -> None:
    people.set_circumstance(
        person=person,
        kind="pension_vnd",
        value=3_200_000,
        since=date(2026, 11, 1),
        source="Đối chiếu với Bảo hiểm xã hội",
        by=by,
        now=now,
    )


def _facility(person: Person, by: Post, now: datetime) -> None:
    people.set_circumstance(
        person=person,
        kind="lives_in",
        value="facility",
        since=date(2026, 11, 3),
        source="Biên bản tiếp nhận của cơ sở",
        by=by,
        now=now,
    )
