"""What would bring an entry to what the law gives: stretches of months and the items proposed for them, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ansinh import law
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.models import Entitlement
from ansinh.kernel.money import coefficient_text, money_text
from ansinh.kernel.periods import add_months, month_text
from ansinh.law.situation import Line


@dataclass(frozen=True)
class Stretch:
    """Months in a row for which the law gives the same; `end` None: still. `line` None: nothing."""

    start: date
    end: date | None
    line: Line | None


def differs(entry: Entitlement, line: Line | None) -> bool:
    """Whether the law gives something else than was decided."""
    return line is None or (line.category, line.amount_vnd) != (entry.category, entry.amount_vnd)


def line_for(entry: Entitlement, lines: list[Line], alone: bool) -> Line | None:
    """The line of the law that stands for an entry: of its category, else the only one of an entry that runs alone."""
    same = next((line for line in lines if line.category == entry.category), None)
    return same or (lines[0] if alone and len(lines) == 1 else None)


def same(first: Line | None, second: Line | None) -> bool:
    """Whether two answers of the law give the same."""
    if first is None or second is None:
        return first is second
    return (first.category, first.amount_vnd) == (second.category, second.amount_vnd)


def items_of(entry: Entitlement, stretches: list[Stretch]) -> Iterator[ItemDraft]:
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
            **as_before(entry), act="stop", from_month=stretch.start, amount_vnd=entry.amount_vnd, entitlement=entry,
            reason=why_not(entry, stretch.start), law_amount_vnd=0, law={"hash": law.law_hash()},
        )  # fmt: skip
    return _given(entry, stretch, "adjust", upper)


def _given(entry: Entitlement, stretch: Stretch, act: str, upper: date | None) -> ItemDraft:
    line = stretch.line
    return ItemDraft(
        person_id=entry.person_id, act=act, benefit=line.kind, category=line.category, law_code=line.code,
        coefficient=line.coefficient, count=line.count, standard_vnd=line.standard_vnd, amount_vnd=line.amount_vnd,
        from_month=stretch.start, to_month=stretch.end or upper, reason=why(entry, line)[1], article="; ".join(line.basis),
        entitlement=entry if act == "adjust" else None, cared_for_id=entry.cared_for_id, law_amount_vnd=line.amount_vnd, law={"hash": law.law_hash()},
    )  # fmt: skip


def _lacking(entry: Entitlement, line: Line, month: date) -> ItemDraft:
    return ItemDraft(
        **as_before(entry), act="arrears", from_month=month, months=[f"{month:%Y-%m}"],
        amount_vnd=line.amount_vnd - entry.amount_vnd, reason=why(entry, line)[1], article="; ".join(line.basis),
        entitlement=entry, law_amount_vnd=line.amount_vnd, law={"hash": law.law_hash()},
    )  # fmt: skip


def as_before(entry: Entitlement) -> dict:
    """The columns of an item that stay as they were decided."""
    return {
        "person_id": entry.person_id, "benefit": entry.benefit, "category": entry.category, "law_code": entry.law_code,
        "coefficient": entry.coefficient, "count": entry.count, "standard_vnd": entry.standard_vnd,
        "cared_for_id": entry.cared_for_id,
    }  # fmt: skip


def why_not(entry: Entitlement, since: date) -> str:
    """Why nothing is given any more."""
    if entry.person.died_on:
        return f"Từ trần ngày {entry.person.died_on:%d/%m/%Y}; thôi hưởng từ tháng {month_text(since)}."
    if entry.cared_for and entry.cared_for.died_on:
        words = f"Người được chăm sóc từ trần ngày {entry.cared_for.died_on:%d/%m/%Y}"
        return f"{words}; thôi hưởng từ tháng {month_text(since)}."
    return f"Theo luật không còn thuộc trường hợp được hưởng từ tháng {month_text(since)}."


def why(entry: Entitlement, line: Line) -> tuple[str, str]:
    """The kind of a difference and its reason in words."""
    if line.category != entry.category:
        # Which one stands in its own column, for those who may read it: a reason goes onto every paper.
        return "category", f"Chuyển loại đối tượng: {money_text(entry.amount_vnd)} → {money_text(line.amount_vnd)}."
    if line.coefficient != entry.coefficient:
        before, after = coefficient_text(entry.coefficient), coefficient_text(line.coefficient)
        return "coefficient", f"Hệ số {before} → {after}."
    if line.count != entry.count:
        return "count", f"Số con {entry.count} → {line.count}."
    return "rate", f"Mức chuẩn {money_text(entry.standard_vnd)} → {money_text(line.standard_vnd)}."
