"""Ask the register, the law, the ledger and the lists what somebody must look at. Nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Max, Q
from django.utils import timezone

from ansinh import law
from ansinh.database.bulk import among
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.facts import situations
from ansinh.entitlements.models import PERSONAL, Entitlement
from ansinh.entitlements.queries import Difference, candidate_ids, differences, given_in, is_sensitive, suspects_by_month
from ansinh.kernel.money import money_text
from ansinh.kernel.periods import add_months, month_of, month_text, months_between, next_month
from ansinh.law.situation import Line, Situation
from ansinh.payments.models import PaymentList
from ansinh.payments.queries import unpaid_three_months
from ansinh.people.models import Circumstance, Person
from ansinh.watch.models import ASKED_BY, Correction, WatchKind
from ansinh.watch.queries.because import POVERTY_GRACE, Turns, birthday, reason_of, stay_since, turns
from ansinh.watch.queries.sifting import Lives, worth_asking

DAYS_AHEAD = 60
AT_ONCE = 500
AGE_OF = {"SOCIAL_PENSION_75": 75, "SOCIAL_PENSION_70_POOR": 70}
PENSIONS = tuple(AGE_OF)
GRANTS = ("social_pension", "allowance_grant")
CHILD_UNTIL = 16


@dataclass(frozen=True)
class Finding:
    """One thing to look at; `key` is what makes it the same thing tomorrow."""

    person: Person
    kind: str
    cause: str
    reason: str
    article: str
    month: date
    entitlement: Entitlement | None = None

    @property
    def key(self) -> tuple[int, str, str]:
        return (self.person.id, str(self.kind), self.cause)


def findings(*, scopes: Sequence[Sequence[int]], on: date) -> dict[tuple[int, str, str], Finding]:
    """Everything to look at in these places, by its key. Each of `scopes` is what one commune covers.

    The law is asked for the month of `on` and those that begin within 60 days, and for what a day within them changes the month
    after. What rests on an unconfirmed point is left out, as is a class of poverty that merely ran out, for 90 days.
    """
    months = list(months_between(month_of(on), add_months(month_of(on + timedelta(days=DAYS_AHEAD)), 2)))
    found: dict[tuple[int, str, str], Finding] = {}
    places = [unit for scope in scopes for unit in scope]
    for one in (
        *_of_the_ledger(scopes, months, on), *_uncollected(scopes, months[0]), *_unasked(places, months[:-1]),
        *_not_resumed(places, months[0]),
    ):  # fmt: skip
        found.setdefault(one.key, one)
    return found


# What is decided, beside the law --------------------------------------------------------------------------------------
def _of_the_ledger(scopes: Sequence[Sequence[int]], months: Sequence[date], on: date) -> Iterator[Finding]:
    seen: dict[int, Difference] = {}
    asked: set[int] = set()
    lives = Lives()
    suspects = suspects_by_month(scopes=scopes, months=months)
    for month in months:
        # Whoever differs already is told once; only behind a mere new level something of more weight may come.
        unsure = suspects[month].people - {one.person.id for one in seen.values() if one.kind != "rate"}
        # Whoever was asked about before is asked again only where something turns: a birthday, a fact, a death.
        unsure -= lives.still((unsure & asked) - suspects[month].new_level.keys(), month)
        asked |= unsure
        unsure = worth_asking(unsure, month, scopes, suspects[month].new_level)
        where = set(Person.objects.filter(id__in=among(unsure)).values_list("unit", flat=True))
        for scope in scopes:
            if where.intersection(scope):
                found = differences(unit_ids=scope, month=month, among=unsure)
                seen |= {one.entry.pk: one for one in found if _is_worth_telling(one, seen)}
    known = turns({one.person.id for one in seen.values()})
    for one in seen.values():
        if finding := _finding(one, known, on):
            yield finding


def _is_worth_telling(one: Difference, seen: Mapping[int, Difference]) -> bool:
    """Not what waits for a point to be confirmed, nor the level of somebody dead: the stop is told with its month."""
    return not one.held and (one.kind == "stop" or not one.person.died_on) and (one.kind != "rate" or one.entry.pk not in seen)


def _turn_of(one: Difference) -> date:
    """The month from which the law gives what it gives now: the last of the changes since the entry was decided."""
    last = one.items[-1] if one.items else None
    if last is None:
        return one.since
    if one.kind == "stop" and last.act != "stop":
        return last.to_month or one.since
    return last.from_month


def _finding(one: Difference, known: Turns, on: date) -> Finding | None:
    person, entry, since = one.person, one.entry, _turn_of(one)
    if person.died_on:
        words = f"Từ trần ngày {person.died_on:%d/%m/%Y}; thôi hưởng từ tháng {month_text(since)}."
        return Finding(person, WatchKind.DEATH, f"{person.died_on}", words, "", since, entry)
    if one.kind == "move":
        return Finding(person, WatchKind.MOVE, f"{entry.code}:{person.unit_id}", one.reason, "", since, entry)
    because, ahead = reason_of(person, since, known), on + timedelta(days=DAYS_AHEAD)
    too_far = since > month_of(ahead) and (because.first_on is None or because.first_on > ahead)
    if too_far or (because.poverty_ran_out and on < since + POVERTY_GRACE):
        return None
    amount, month = money_text(entry.amount_vnd), month_text(since)
    if one.lapsed or (one.kind == "stop" and entry.cared_for_id):
        return Finding(person, WatchKind.OVER, entry.code, one.reason, "", since, entry)
    in_facility, stays_since = stay_since(person, since, known)
    if one.kind == "stop" and in_facility:
        when = f" từ ngày {stays_since:%d/%m/%Y}" if stays_since else ""
        words = f"Đang ở cơ sở trợ giúp xã hội{when}; không hưởng tại nhà từ tháng {month} (đang hưởng {amount})."
        return Finding(person, WatchKind.FACILITY, entry.code, words, "", since, entry)
    if because.certificate_until and because.certificate_until > on:
        gives = f"luật cho {money_text(one.law_vnd)}" if one.law_vnd else "không còn thuộc diện hưởng"
        words = f"{because.words}; nếu không làm lại, từ tháng {month} {gives} (đang hưởng {amount})."
        return Finding(person, WatchKind.EXPIRING, f"{entry.code}:{because.certificate_until}", words, "", since, entry)
    if one.kind == "stop":
        words = (
            f"{because.words or 'Theo sổ và luật hiện nay'}: không còn thuộc diện hưởng từ tháng {month} (đang hưởng {amount})."
        )
        return Finding(person, WatchKind.OVER, entry.code, words, "", since, entry)
    return _changed(one, because.words, since)


def _changed(one: Difference, turned: str, since: date) -> Finding:
    entry = one.entry
    told = turned if turned and one.kind != "rate" else one.reason.rstrip(".")
    gives = f"luật cho hưởng {money_text(one.law_vnd)} từ tháng {month_text(since)}"
    item = one.items[-1] if one.items else None
    article = item.article if item and not is_sensitive(item.category) and not is_sensitive(entry.category) else ""
    cause = f"{entry.code}:{item.category if item else ''}:{one.law_vnd}"
    words = f"{told}; {gives} (đang hưởng {money_text(entry.amount_vnd)})."
    return Finding(one.person, WatchKind.CHANGE, cause, words, article, since, entry)


# What was paid and not fetched ----------------------------------------------------------------------------------------
def _uncollected(scopes: Sequence[Sequence[int]], month: date) -> Iterator[Finding]:
    for scope in scopes:
        lists = PaymentList.objects.filter(unit__in=scope, run__benefit_month__gte=add_months(month, -1))
        newest = lists.select_related("run", "unit").order_by("-run__benefit_month", "-id").first()
        for line in unpaid_three_months(newest).select_related("person", "entitlement") if newest else ():
            entry, since = line.entitlement, newest.run.benefit_month
            if entry and entry.ended_by_id is None and not entry.suspensions.filter(months__contains=since).exists():
                months = f"{month_text(add_months(since, -3))} – {month_text(add_months(since, -1))}"
                words = f"Chưa nhận tiền ba tháng liền ({months}), mỗi tháng {money_text(entry.amount_vnd)}."
                yield Finding(line.person, WatchKind.UNCOLLECTED, entry.code, words, "", since, entry)


# Set right, and not given back yet --------------------------------------------------------------------------------------
def _not_resumed(units: Sequence[int], month: date) -> Iterator[Finding]:
    """Entries stopped for a death or a merge that was none, of people whom the law gives something and who draw nothing."""
    wrongly = Correction.objects.filter(
        kind__in=("death", "merge"), person__unit__in=units, person__died_on=None, person__same_as=None
    )
    made = dict(wrongly.order_by("id").values_list("person", "made_at"))  # the last one of each
    people = set(made)
    drawing = set(Entitlement.objects.running(month).filter(person__in=people).values_list("person", flat=True))
    stopped = Entitlement.objects.filter(
        person__in=people - drawing, ended_by__act="stop", ended_by__decision__state="signed", months__endswith__lte=month
    )
    entries = {
        entry.person_id: entry for entry in stopped.select_related("person", "ended_by__decision").order_by("months", "id")
    }
    for key, situation in situations(entries).items():
        entry = entries[key]
        lines = law.monthly(situation, month, only=str(key)).lines
        if any(line.kind == entry.benefit and not line.held for line in lines):
            since = entry.months.upper
            words = (
                f"Đã sửa sai mà chưa cho hưởng lại: thôi hưởng {money_text(entry.amount_vnd)} từ tháng {month_text(since)}"
                f" theo {str(entry.ended_by.decision).lower()}."
            )
            yield Finding(entry.person, WatchKind.RESUME, entry.code, words, "", since, entry)


# What nobody asked for ------------------------------------------------------------------------------------------------
def _unasked(units: Sequence[int], months: Sequence[date]) -> Iterator[Finding]:
    """What turns on an age, or on a paper the register holds: the social pension, the allowance of the disabled and of orphans."""
    told: set[int] = set()
    old = candidate_ids(unit_ids=units, since=months[0], month=months[-1], categories=PENSIONS)
    with_papers = _with_papers(units, months)
    left_out, answered = _drawing_and_answered({*old, *with_papers})
    certified = sorted(with_papers - left_out)
    given: dict[date, list[int]] = {month: list(certified) for month in months}
    for month, key, category, _vnd in given_in([key for key in old if key not in left_out], months):
        if category in PENSIONS and key not in with_papers:
            given[month].append(key)
    for month in months:
        waiting = [key for key in given[month] if key not in told]
        for start in range(0, len(waiting), AT_ONCE):
            some = waiting[start : start + AT_ONCE]
            people = Person.objects.filter(id__in=some, died_on=None, same_as=None).in_bulk()
            for key, situation in situations(some).items():
                line = next((x for x in law.monthly(situation, month, only=str(key)).lines if x.category in ASKED_BY), None)
                if line is None or line.held or key not in people:
                    continue
                if key not in answered or _is_new_ground(people[key], situation, line, answered[key]):
                    told.add(key)
                    yield _reminder(people[key], line, month)


def _with_papers(units: Sequence[int], months: Sequence[date]) -> set[int]:
    """Who holds a certificate of a severe disability, and children without parents to support them."""
    children = {"person__born_on__gt": add_months(months[0], -12 * CHILD_UNTIL)}
    facts = Q(kind="disability", value__in=("severe", "extremely_severe")) | Q(kind__in=("parents", "abandoned"), **children)
    found = Circumstance.objects.filter(
        facts, person__unit__in=units, period__overlap=DateRange(months[0], next_month(months[-1]))
    )
    return set(found.filter(person__died_on=None, person__same_as=None).values_list("person", flat=True))


def _drawing_and_answered(people: Collection[int]) -> tuple[set[int], dict[int, date]]:
    """Those of them who draw anything or wait for an answer; and the day on which what was asked for once was answered or ended.

    A dossier made ready and never received asks for nothing yet.
    """
    from_ledger = Entitlement.objects.filter(person__in=among(people), benefit__in=PERSONAL)
    received = Dossier.objects.filter(person__in=among(people), procedure__in=GRANTS, received_on__isnull=False)
    left_out = {
        *from_ledger.filter(ended_by=None).values_list("person", flat=True),
        *received.exclude(state__in=("decided", "refused", "delivered", "withdrawn")).values_list("person", flat=True),
    }
    days = [(key, timezone.localdate(at)) for key, at in received.annotate(at=Max("steps__at")).values_list("person", "at") if at]
    days += from_ledger.filter(ended_by__isnull=False).values_list("person", "months__endswith")
    answered: dict[int, date] = {}
    for key, day in days:
        answered[key] = max(day, answered.get(key, day))
    return left_out, answered


def _is_new_ground(person: Person, situation: Situation, line: Line, day: date) -> bool:
    """Whether what the law gives now it did not give when the person last asked or drew: refused at 72, 75 by now.

    Whoever gave up what the law gave, or was refused all the same, is left in peace.
    """
    age = AGE_OF.get(line.category)
    if age and person.birth_precision == "day" and person.born_on and birthday(person.born_on, age) > day:
        return True
    then = law.monthly(situation, month_of(day), only=str(person.id)).lines
    return all(one.kind != line.kind for one in then)


def _reminder(person: Person, line: Line, month: date) -> Finding:
    age, amount = AGE_OF.get(line.category), money_text(line.amount_vnd)
    if age is None:
        words = (
            f"Theo sổ đủ điều kiện hưởng trợ cấp xã hội hằng tháng {amount}; chưa hưởng, chưa đề nghị."
            " Nhắc làm tờ khai: chưa có hồ sơ thì chưa hưởng."
        )
        return Finding(person, WatchKind.UNASKED, line.category, words, "; ".join(line.basis), month)
    born = person.born_on if person.birth_precision == "day" else None
    since = f" ngày {birthday(born, age):%d/%m/%Y}" if born else ""
    poor = "" if age == 75 else ", thuộc hộ nghèo, cận nghèo"
    words = (
        f"Đủ {age} tuổi{since}{poor}; theo sổ chưa hưởng, chưa đề nghị {amount} mỗi tháng."
        " Nhắc làm văn bản đề nghị: chưa có đơn thì chưa hưởng."
    )
    return Finding(person, WatchKind.UNASKED, line.category, words, "; ".join(line.basis), month)
