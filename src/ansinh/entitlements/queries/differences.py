"""Registry × law × ledger for a month: where the decided amount is not what the law gives, and what would set it right."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ansinh import law
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.facts import situations
from ansinh.entitlements.models import FOR_CARE, PERSONAL, Entitlement
from ansinh.entitlements.queries.comparing import suspects
from ansinh.kernel.money import coefficient_text, money_text
from ansinh.kernel.periods import add_months, month_of, month_text
from ansinh.law.situation import Line, Situation
from ansinh.people.models import Person

BACK = 24


@dataclass(frozen=True)
class Difference:
    """One entry that the law sees differently: what was decided, what the law gives, since when, why, and the items proposed."""

    person: Person
    entry: Entitlement
    kind: str
    law_vnd: int
    since: date
    reason: str
    held: bool
    items: tuple[ItemDraft, ...]

    @property
    def change_vnd(self) -> int:
        return self.law_vnd - self.entry.amount_vnd


def differences(*, unit_ids: Sequence[int], month: date, among: Collection[int] | None = None) -> list[Difference]:
    """Entries of people who live here that run in `month` and differ from the law. A constant number of queries.

    Most people draw what the law gives, and the law in bulk says so; the others are asked about one by one. `among`: those
    others, where somebody asked for many communes at once.
    """
    looked_at = suspects(scopes=[unit_ids], month=month) if among is None else among
    running = Entitlement.objects.filter(person__unit__in=unit_ids, months__contains=month, person__in=looked_at)
    running = running.filter(benefit__in=(*PERSONAL, *FOR_CARE))
    by_subject: dict[int, list[Entitlement]] = defaultdict(list)
    for entry in running.select_related("person", "cared_for", "unit").order_by("id"):
        by_subject[subject_of(entry)].append(entry)
    asked = situations(by_subject)
    found = []
    for subject, mine in by_subject.items():
        if subject in asked:
            found += _of_person(asked[subject], mine, month, unit_ids)
    return found


def subject_of(entry: Entitlement) -> int:
    """Whose facts an entry stands on: those of the person cared for, of a carer's entry."""
    return entry.cared_for_id or entry.person_id


def _of_person(situation: Situation, entries: list[Entitlement], month: date, unit_ids: Sequence[int]) -> list[Difference]:
    own = sum(entry.benefit in PERSONAL for entry in entries)
    found = []
    for entry in entries:
        alone = own == 1 or entry.benefit in FOR_CARE
        if _differs(entry, _line_for(entry, _lines(situation, entry, month), alone)):
            found.append(_difference(situation, entry, month, alone))
        elif entry.unit_id not in unit_ids:
            found.append(_moved(entry, month))
    return found


def _differs(entry: Entitlement, line: Line | None) -> bool:
    return line is None or (line.category, line.amount_vnd) != (entry.category, entry.amount_vnd)


def _lines(situation: Situation, entry: Entitlement, month: date) -> list[Line]:
    """What the law gives of the entry's kind; nothing for a carer's entry once the carer is dead."""
    if entry.cared_for_id and entry.person.died_on and month_of(entry.person.died_on) < month:
        return []
    kinds = PERSONAL if entry.benefit in PERSONAL else (entry.benefit,)
    result = law.monthly(situation, month)
    return [line for line in result.lines if line.person == str(subject_of(entry)) and line.kind in kinds]


def _line_for(entry: Entitlement, lines: list[Line], alone: bool) -> Line | None:
    same = next((line for line in lines if line.category == entry.category), None)
    return same or (lines[0] if alone and len(lines) == 1 else None)


@dataclass(frozen=True)
class Stretch:
    """Months in a row for which the law gives the same; `end` None: still. `line` None: nothing."""

    start: date
    end: date | None
    line: Line | None


def _stretches(situation: Situation, entry: Entitlement, month: date, alone: bool) -> list[Stretch]:
    """What the law gave instead of the entry, oldest first, looking back from `month` for as long as it differs."""
    found: list[Stretch] = []
    start = month
    for _ in range(BACK):
        line = _line_for(entry, _lines(situation, entry, start), alone)
        if start < entry.months.lower or (found and not _differs(entry, line)):
            break
        if found and _same(found[0].line, line):
            found[0] = Stretch(start, found[0].end, line)
        else:
            found.insert(0, Stretch(start, found[0].start if found else None, line))
        start = add_months(start, -1)
    return found


def _same(first: Line | None, second: Line | None) -> bool:
    if first is None or second is None:
        return first is second
    return (first.category, first.amount_vnd) == (second.category, second.amount_vnd)


def _difference(situation: Situation, entry: Entitlement, month: date, alone: bool) -> Difference:
    stretches = _stretches(situation, entry, month, alone)
    since, line = stretches[0].start, stretches[-1].line
    held = any(stretch.line and stretch.line.held for stretch in stretches)
    items = tuple(_items(entry, stretches))
    if line is None:
        return Difference(entry.person, entry, "stop", 0, since, _why_not(entry, stretches[-1].start), held, items)
    kind, reason = _why(entry, line)
    return Difference(entry.person, entry, kind, line.amount_vnd, since, reason, held, items)


def _items(entry: Entitlement, stretches: list[Stretch]) -> Iterator[ItemDraft]:
    """One change of the entry, then a grant for each later stretch.

    An entry ends where its successor begins, so it keeps its first month: what that month lacks is decided as arrears.
    """
    first = stretches[0]
    if first.start <= entry.months.lower:
        month = entry.months.lower
        if first.line and first.line.amount_vnd > entry.amount_vnd:
            yield _lacking(entry, first.line, month)
        later = add_months(month, 1)
        if first.end is not None and first.end <= later:
            stretches = stretches[1:]
        else:
            stretches = [Stretch(later, first.end, first.line), *stretches[1:]]
    upper = entry.months.upper
    if not stretches or (upper is not None and stretches[0].start >= upper):
        return
    yield _change(entry, stretches[0], upper)
    for stretch in stretches[1:]:
        if stretch.line and (upper is None or stretch.start < upper):
            yield _given(entry, stretch, "grant", upper)


def _change(entry: Entitlement, stretch: Stretch, upper: date | None) -> ItemDraft:
    if stretch.line is None:
        return ItemDraft(
            **_as_before(entry), act="stop", from_month=stretch.start, amount_vnd=entry.amount_vnd, entitlement=entry,
            reason=_why_not(entry, stretch.start), law_amount_vnd=0, law={"hash": law.law_hash()},
        )  # fmt: skip
    return _given(entry, stretch, "adjust", upper)


def _given(entry: Entitlement, stretch: Stretch, act: str, upper: date | None) -> ItemDraft:
    line = stretch.line
    return ItemDraft(
        person_id=entry.person_id, act=act, benefit=line.kind, category=line.category, law_code=line.code,
        coefficient=line.coefficient, count=line.count, standard_vnd=line.standard_vnd, amount_vnd=line.amount_vnd,
        from_month=stretch.start, to_month=stretch.end or upper, reason=_why(entry, line)[1], article="; ".join(line.basis),
        entitlement=entry if act == "adjust" else None, cared_for_id=entry.cared_for_id, law_amount_vnd=line.amount_vnd, law={"hash": law.law_hash()},
    )  # fmt: skip


def _lacking(entry: Entitlement, line: Line, month: date) -> ItemDraft:
    return ItemDraft(
        **_as_before(entry), act="arrears", from_month=month, months=[f"{month:%Y-%m}"],
        amount_vnd=line.amount_vnd - entry.amount_vnd, reason=_why(entry, line)[1], article="; ".join(line.basis),
        entitlement=entry, law_amount_vnd=line.amount_vnd, law={"hash": law.law_hash()},
    )  # fmt: skip


def _as_before(entry: Entitlement) -> dict:
    return {
        "person_id": entry.person_id, "benefit": entry.benefit, "category": entry.category, "law_code": entry.law_code,
        "coefficient": entry.coefficient, "count": entry.count, "standard_vnd": entry.standard_vnd,
        "cared_for_id": entry.cared_for_id,
    }  # fmt: skip


def _moved(entry: Entitlement, month: date) -> Difference:
    """Lives here, decided elsewhere: the commune of today takes the entry over, with the same amount."""
    start = max(month, add_months(entry.months.lower, 1))
    reason = f"Chuyển đến từ {entry.unit.name}; hưởng tiếp mức đã quyết định."
    item = ItemDraft(
        **_as_before(entry), act="adjust", from_month=start, to_month=entry.months.upper, amount_vnd=entry.amount_vnd,
        entitlement=entry, reason=reason, law_amount_vnd=entry.amount_vnd, law={"hash": law.law_hash()},
    )  # fmt: skip
    return Difference(entry.person, entry, "move", entry.amount_vnd, start, reason, False, (item,))


def _why_not(entry: Entitlement, since: date) -> str:
    if entry.person.died_on:
        return f"Từ trần ngày {entry.person.died_on:%d/%m/%Y}; thôi hưởng từ tháng {month_text(since)}."
    if entry.cared_for and entry.cared_for.died_on:
        words = f"Người được chăm sóc từ trần ngày {entry.cared_for.died_on:%d/%m/%Y}"
        return f"{words}; thôi hưởng từ tháng {month_text(since)}."
    return f"Theo luật không còn thuộc trường hợp được hưởng từ tháng {month_text(since)}."


def _why(entry: Entitlement, line: Line) -> tuple[str, str]:
    if line.category != entry.category:
        # Which one stands in its own column, for those who may read it: a reason goes onto every paper.
        return "category", f"Chuyển loại đối tượng: {money_text(entry.amount_vnd)} → {money_text(line.amount_vnd)}."
    if line.coefficient != entry.coefficient:
        before, after = coefficient_text(entry.coefficient), coefficient_text(line.coefficient)
        return "coefficient", f"Hệ số {before} → {after}."
    if line.count != entry.count:
        return "count", f"Số con {entry.count} → {line.count}."
    return "rate", f"Mức chuẩn {money_text(entry.standard_vnd)} → {money_text(line.standard_vnd)}."
