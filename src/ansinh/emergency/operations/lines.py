"""Write down who asks for what: typed, pasted or read from a sheet. All rows or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from ansinh.access.models import Post
from ansinh.emergency.amounts import Reckoned, Reckoner, Told
from ansinh.emergency.models import AidKind, AidLine, AidList, Hardship, OccasionKind
from ansinh.emergency.models.aid import HOUSEHOLD_THINGS, HOUSES, RELIEF_KINDS, THINGS
from ansinh.emergency.operations.move import lock
from ansinh.emergency.queries.recipients import told_birth
from ansinh.emergency.workflow import OFFICERS
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput, NotAllowed
from ansinh.kernel.folding import fold, sort_key
from ansinh.localities.models import Village
from ansinh.people.models import Household, Membership, Person


@dataclass(frozen=True)
class Asked:
    """One row as it is asked for. `amount_vnd` None: what the law gives. `row` is its number on the sheet, for the words of an error.

    `is_other`: somebody else of the same name in the same village, as an officer said.
    """

    kind: str
    recipient: str = ""
    person: Person | None = None
    born_text: str = ""
    personal_number: str = ""
    village_name: str = ""
    hardship: str = ""
    persons: int | None = None
    months: int | None = None
    treatment_days: int | None = None
    cost_vnd: int | None = None
    amount_vnd: int | None = None
    goods: str = ""
    happened_on: date | None = None
    note: str = ""
    receives_as: str = ""
    away: bool | None = None
    without_home: bool | None = None
    unable: bool | None = None
    is_other: bool = False
    row: int | None = None


@transaction.atomic
def add_lines(*, aid_list: AidList, asked: Sequence[Asked], by: Post, now: datetime) -> list[AidLine]:
    """Add rows to a list that is being made; the law says how much each gets on the day of the event.

    Raises InvalidInput naming row, field, found and expected; AlreadyDone for somebody who stands there for the same thing;
    NotAllowed once the list is sent for signature.
    """
    held = lock(aid_list)
    if by.role not in OFFICERS:
        raise NotAllowed(_("Chức vụ này không lập danh sách."))
    if not held.is_open:
        raise NotAllowed(_("Danh sách không còn đang lập; người đến sau vào danh sách bổ sung."))
    reckoner, known = Reckoner(held.unit_id), _Known(held)
    made = []
    for one in asked:
        try:
            line = _line(held, one, reckoner, on=now.date())
            known.add(line, one)
        except (InvalidInput, AlreadyDone) as error:
            raise _named(error, one) from None
        made.append(line)
    try:
        with transaction.atomic():
            AidLine.objects.bulk_create(made)
    except IntegrityError as error:
        if "nobody_twice_for_the_same_thing" not in str(error):
            raise
        raise AlreadyDone(_("Có người trong danh sách vừa được ghi ở nơi khác cho cùng khoản của đợt này.")) from None
    detail = {"lines": len(made)}
    journal.record(by=by.actor, act="add_aid_lines", noun="aid_list", key=held.code, detail=detail, at=now)
    return made


def _named(error: InvalidInput | AlreadyDone, one: Asked) -> InvalidInput | AlreadyDone:
    """The error with the row it is about."""
    if one.row is None:
        return error
    words = _("Dòng %(row)d (%(name)s): %(error)s") % {
        "row": one.row,
        "name": one.recipient or _("chưa có tên"),
        "error": error,
    }
    return InvalidInput(words, field=getattr(error, "field", None))


def _line(held: AidList, one: Asked, reckoner: Reckoner, *, on: date) -> AidLine:
    person = one.person or _by_number(one.personal_number)
    name = person.full_name if person else " ".join(one.recipient.split())
    if not name:
        raise InvalidInput(_("Hãy ghi họ và tên."), field="recipient")
    _check_kind(held, one)
    day = one.happened_on or held.occasion.first_day
    if day > on and held.occasion.is_relief:
        raise InvalidInput(_("Ngày xảy ra chưa tới."), field="happened_on")
    household = _household(person, day) if person else None
    one = _filled_in(one, household, day)
    told = Told(
        kind=one.kind, cause=held.occasion.cause, happened_on=day, hardship=one.hardship, persons=one.persons,
        months=one.months, treatment_days=one.treatment_days, cost_vnd=one.cost_vnd, giver=held.occasion.giver,
        receives_as=one.receives_as, away=one.away, without_home=one.without_home, unable=one.unable,
    )  # fmt: skip
    found = reckoner.reckon(told, person)
    thing = THINGS.get(AidKind(one.kind), one.kind)
    village = person.village if person else Village.objects.filter(unit=held.unit, name_folded=fold(one.village_name)).first()
    line = AidLine(
        list=held, occasion=held.occasion, unit=held.unit, kind=one.kind, thing=thing, person=person, household=household,
        recipient=name, sort_key=sort_key(name), born_text=born_text(person) if person else one.born_text.strip(),
        personal_number=(person.personal_number or "") if person else one.personal_number, village=village,
        village_name=village.name if village else one.village_name.strip(), hardship=one.hardship, persons=one.persons,
        months=one.months, treatment_days=one.treatment_days, away=one.away, without_home=one.without_home, unable=one.unable,
        cost_vnd=one.cost_vnd, happened_on=day, rice_kg=found.rice_kg,
        amount_vnd=_amount(one, found), goods=one.goods.strip(), goods_vnd=found.goods_vnd, law_vnd=found.law_vnd,
        is_minimum=found.is_minimum, article=found.article, open_points=list(found.open_points), note=one.note.strip(),
    )  # fmt: skip
    line.subject = _subject(line)
    return line


def _filled_in(one: Asked, household: Household | None, day: date) -> Asked:
    """What the register knows of the household and nobody typed: how many live in it, whether it is poor."""
    if household is None:
        return one
    if one.kind == AidKind.RICE and not one.persons:
        return replace(one, persons=household.memberships.filter(period__contains=day, person__died_on=None).count())
    if one.kind in HOUSES and not one.hardship:
        poverty = household.circumstances.filter(kind="poverty", period__contains=day).values_list("value", flat=True).first()
        return replace(one, hardship=poverty if poverty in Hardship else "")
    return one


def _check_kind(held: AidList, one: Asked) -> None:
    fits = RELIEF_KINDS if held.occasion.is_relief else (AidKind.LEADER_GIFT,)
    if held.occasion.kind == OccasionKind.GIFTS or one.kind not in fits:
        raise InvalidInput(_("Khoản “%(kind)s” không thuộc loại đợt này.") % {"kind": one.kind}, field="kind")
    if one.kind == AidKind.GOODS and not one.goods.strip():
        raise InvalidInput(_("Hãy ghi nhu yếu phẩm đề nghị (lều bạt, nước uống, chăn màn …)."), field="goods")
    if one.kind == AidKind.RELOCATION and not one.note.strip():
        raise InvalidInput(_("Hãy ghi văn bản quyết định di dời khẩn cấp (số, ngày, cơ quan)."), field="note")


def _amount(one: Asked, found: Reckoned) -> int:
    """What is asked: the law's amount, or more where the law says "at least"."""
    least = found.law_vnd or 0
    if one.amount_vnd is None:
        return least
    if one.amount_vnd < least:
        words = _("Mức đề nghị %(found)s thấp hơn mức tối thiểu %(least)s (%(article)s).")
        given = {
            "found": f"{one.amount_vnd:,}".replace(",", "."),
            "least": f"{least:,}".replace(",", "."),
            "article": found.article,
        }
        raise InvalidInput(words % given, field="amount_vnd")
    if one.amount_vnd > least and not found.is_minimum:
        raise InvalidInput(_("Khoản này có mức cố định theo Nghị định, không ghi mức khác."), field="amount_vnd")
    return one.amount_vnd


def _by_number(number: str) -> Person | None:
    if not number:
        return None
    if not (len(number) == 12 and number.isdecimal()):
        words = _("Số định danh “%(found)s” phải có 12 chữ số.") % {"found": number}
        raise InvalidInput(words, field="personal_number")
    return Person.objects.select_related("village").filter(personal_number=number, same_as=None).first()


def _household(person: Person, day: date) -> Household | None:
    found = Membership.objects.filter(person=person, period__contains=day).select_related("household").first()
    return found.household if found else None


def born_text(person: Person) -> str:
    """A birth as far as it is known, as it is printed."""
    return told_birth(person.born_on, person.birth_precision)


def _subject(line: AidLine) -> str:
    """Who it is in one word: the household for what a household gets, else the person, else what is known of somebody unregistered."""
    if line.thing in HOUSEHOLD_THINGS and line.household:
        return f"H{line.household.pk}"
    if line.person:
        return f"P{line.person.pk}"
    if line.personal_number:
        return f"N{line.personal_number}"
    return f"T:{fold(line.recipient)}|{fold(line.village_name)}|{line.born_text[-4:]}"


class _Known:
    """Who stands for the occasion already, in this commune."""

    def __init__(self, held: AidList) -> None:
        rows = AidLine.objects.counted().filter(occasion=held.occasion, unit=held.unit)
        self.subjects: set[tuple[str, str]] = set()
        self.named: dict[tuple[str, str, str], list[tuple[str, str]]] = {}
        for thing, subject, name, village, born in rows.values_list(
            "thing", "subject", "recipient_folded", "village_name", "born_text"
        ):
            self._keep(thing, subject, name, village, born)

    def _keep(self, thing: str, subject: str, name: str, village: str, born: str) -> None:
        self.subjects.add((thing, subject))
        self.named.setdefault((thing, name, fold(village)), []).append((subject, born[-4:]))

    def add(self, line: AidLine, one: Asked) -> None:
        """Take the line in. Raises AlreadyDone for the same one, InvalidInput for one that may be the same."""
        if (line.thing, line.subject) in self.subjects:
            words = _("%(name)s đã có trong danh sách của đợt này cho cùng khoản “%(kind)s”.")
            raise AlreadyDone(words % {"name": line.recipient, "kind": line.get_kind_display()})
        born = line.born_text[-4:]
        alike = self.named.get((line.thing, fold(line.recipient), fold(line.village_name)), [])
        if not one.is_other and any(not born or not other or born == other for _subject_, other in alike):
            raise InvalidInput(
                _("Đã có người cùng tên, cùng thôn. Nếu là người khác, hãy ghi năm sinh hoặc đánh dấu “Người khác, trùng tên”."),
                field="is_other",
            )
        self._keep(line.thing, line.subject, fold(line.recipient), line.village_name, line.born_text)
