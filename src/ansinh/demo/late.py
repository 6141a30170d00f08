"""Truth that arrived late, in the invented communes: a transition list, a recovery by instalments, somebody written down twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.demo.posts import COMMUNES, post_of
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import DecisionItem, Entitlement
from ansinh.entitlements.operations import ItemDraft, Signature
from ansinh.localities.models import Unit
from ansinh.payments import operations as payments
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.operations import Newcomer

if TYPE_CHECKING:
    from ansinh.demo.story import Place


def tell_late_truth(places: list[Place], now: datetime) -> None:
    """What is left to do when truth arrives late: in the last commune the new level, in the first the rest."""
    if not places:
        return
    first, last = next((one.unit for one in places if one.unit.code == COMMUNES[0]), places[0].unit), places[-1].unit
    with as_post(post_of(last.code, Role.COMMUNE_OFFICER), on=now.date()):
        ledger.draft_transitions(units=[last], change="2026", by=post_of(last.code, Role.COMMUNE_OFFICER), now=now)
    _recover(first, now)
    _write_down_twice(first, now)


def _recover(unit: Unit, now: datetime) -> None:
    """One month was received too much; the person agreed to pay it back in three instalments."""
    officer, clerk, chairman = (post_of(unit.code, role) for role in (Role.COMMUNE_OFFICER, Role.CLERK, Role.COMMUNE_CHAIRMAN))
    signed_on = now.date() - timedelta(days=6)
    with as_post(officer, on=signed_on):
        entry = Entitlement.objects.running(date(2026, 12, 1)).filter(unit=unit).order_by("id").first()
        if entry is None:
            return
        item = ItemDraft(
            person_id=entry.person_id, act="recovery", benefit=entry.benefit, category=entry.category, law_code=entry.law_code,
            coefficient=entry.coefficient, count=entry.count, standard_vnd=entry.standard_vnd, amount_vnd=entry.amount_vnd,
            from_month=date(2027, 1, 1), months=["2026-08"], entitlement=entry,
            reason="Tháng 8/2026 nhận hai lần do chuyển hình thức chi trả.",
        )  # fmt: skip
        draft = ledger.draft_decision(
            office=officer.office, unit=unit, kind="recovery", origin="recorded", items=[item], by=officer,
            now=now - timedelta(days=7), title="Thu hồi khoản nhận hai lần tháng 8/2026",
        )  # fmt: skip
    with as_post(clerk, on=now.date()):
        signature = Signature("229/QĐ-UBND", signed_on, chairman.user.full_name, "Chủ tịch", post=chairman)
        ledger.record_decision(decision=draft, signature=signature, by=clerk, now=now)
    with as_post(officer, on=now.date()):
        claim = DecisionItem.objects.get(decision=draft)
        payments.plan_recovery(
            item=claim, person=entry.person, per_month_vnd=entry.amount_vnd // 3 // 1000 * 1000, from_month=date(2027, 1, 1),
            consent_on=now.date() - timedelta(days=2), consent_paper="Bản cam kết của người hưởng, có con trai ký cùng",
            by=officer, now=now,
        )  # fmt: skip


def _write_down_twice(unit: Unit, now: datetime) -> None:
    """Somebody without a number at hand was written down a second time; the register is then compared with itself."""
    officer = post_of(unit.code, Role.COMMUNE_OFFICER)
    with as_post(officer, on=now.date()):
        known = (
            Person.objects.filter(unit=unit, birth_precision="day", died_on=None, personal_number__isnull=False)
            .order_by("id")
            .first()
        )
        if known is None:
            return
        again = Newcomer(full_name=known.full_name, sex=known.sex, born_on=known.born_on, telephone="0912000117")
        people.register_person(
            newcomer=again, unit=unit, village=known.village, since=None, source="Ghi khi rà soát thôn", by=officer, now=now
        )
        _with_a_slip(unit, known, now)
        people.find_duplicates(units=[unit], by=officer, now=now)


def _with_a_slip(unit: Unit, known: Person, now: datetime) -> None:
    """Another was written down again with two digits of the number turned, which makes another number of it."""
    officer = post_of(unit.code, Role.COMMUNE_OFFICER)
    other = Person.objects.filter(unit=unit, died_on=None, personal_number__isnull=False, pk__gt=known.pk).order_by("id").first()
    number = other.personal_number if other else ""
    turned = number[:-2] + number[:-3:-1]
    if other and turned != number and not Person.objects.filter(personal_number=turned).exists():
        again = Newcomer(
            full_name=other.full_name, sex=other.sex, born_on=other.born_on, birth_precision=other.birth_precision,
            personal_number=turned,
        )  # fmt: skip
        people.register_person(
            newcomer=again, unit=unit, village=other.village, since=None, source="Ghi khi tiếp công dân", by=officer, now=now
        )
