"""Rows around the lines: the decisions themselves; runs, lists, steps, hand-overs, sources and budget of each month."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np

from ansinh.demo.synth import columns as c
from ansinh.demo.synth.columns import NULL, first_days
from ansinh.demo.synth.ground import Calendar
from ansinh.demo.synth.ledger import FIRST_LIST, LAST
from ansinh.demo.synth.loading import Block
from ansinh.demo.synth.rows_of_money import ACTS, METHODS, Lists, Papers, paper_number

DECISION = (
    "id", "number", "signed_on", "title", "office_id", "unit_id", "signer_name", "signer_title", "kind", "origin", "basis", "state",
    "note", "transition", "drafted_at", "recorded_at",
)  # fmt: skip
RUN = ("id", "benefit_month", "payment_month", "law_hash", "made_at")
LIST = (
    "id", "run_id", "unit_id", "state", "cutoff_on", "law_hash", "proposed_at", "previous_id", "approved_number", "approved_on",
    "approved_by_name", "closed_at", "closed_count", "closed_total_vnd",
)  # fmt: skip
STEP = ("list_id", "act", "source", "target", "actor", "note", "at")
HANDOVER = ("id", "list_id", "unit_id", "payer_id", "method", "count", "total_vnd", "made_at")
SOURCE = ("list_id", "benefit", "source_id")
BUDGET = ("unit_id", "source_id", "month", "kind", "amount_vnd", "paper", "recorded_at")
SIGNER, SIGNER_TITLE, ACTOR = "Phạm Văn Ký", "Chủ tịch", "Hệ thống"
BASIS = "Nghị định 20/2021/NĐ-CP; Nghị định 176/2025/NĐ-CP; Nghị định 335/2026/NĐ-CP"
TITLES = (
    "Quyết định hưởng trợ cấp xã hội hằng tháng", "Quyết định điều chỉnh mức hưởng", "Quyết định thôi hưởng trợ cấp",
)  # fmt: skip
# (act, from, to, day of the month before)
_STEPS = (
    ("propose", "", "proposed", 19), ("check", "proposed", "checking", 20), ("approve", "checking", "approved", 21),
    ("close", "approved", "closed", 22), ("hand_over", "closed", "handed_over", 23), ("reconcile", "handed_over", "reconciled", 48),
    ("settle", "reconciled", "settled", 55),
)  # fmt: skip
_UNSETTLED = 2  # the last months wait for the accountant


def new_lists(calendar: Calendar, law_hash: str) -> Lists:
    """Keys for the list of each unit in each month, by month and unit."""
    found: dict[tuple[int, int], int] = {}
    for at in range(FIRST_LIST, LAST + 1):
        for unit in np.unique(calendar.units[:, at - calendar.first]).tolist():
            found[at, unit] = len(found) + 1
    return Lists(found, law_hash)


def decisions(papers: Papers) -> Iterator[Block]:
    rows = []
    for (unit, on, act), paper in papers.found.items():
        day = c.as_date(on).isoformat()
        rows.append((
            str(paper.key), paper_number(paper.number), day, TITLES[act], str(papers.offices[unit]), str(unit), SIGNER, SIGNER_TITLE,
            ACTS[act], "recorded", BASIS, "signed", "", "", f"{day} 09:00:00+07", f"{day} 15:00:00+07",
        ))  # fmt: skip
    yield "entitlements_decision", DECISION, _rows(rows)


def months(lists: Lists, *, payer: int, source: int) -> Iterator[Block]:
    """Everything around the lines of all months."""
    made = {at: _at(at, 19) for at in range(FIRST_LIST, LAST + 1)}
    runs = [(str(at - FIRST_LIST + 1), _first(at), _first(at), lists.law_hash, when) for at, when in made.items()]
    yield "payments_paymentrun", RUN, _rows(runs)
    sums = {(at, unit): (lists.sums.get((at, unit, 0), [0, 0]), lists.sums.get((at, unit, 1), [0, 0])) for at, unit in lists.key}
    held = {place: both for place, both in sums.items() if both[0][0] + both[1][0]}
    yield "payments_paymentlist", LIST, _rows([_list(lists, at, unit, *both, held) for (at, unit), both in held.items()])
    yield "payments_liststep", STEP, _rows([row for at, unit in held for row in _steps(lists.key[at, unit], at)])
    given = [
        (str(lists.key[at, unit] * 2 + way - 1), str(lists.key[at, unit]), str(unit), str(payer), METHODS[way], *map(str, one), _at(at, 23))
        for (at, unit), both in held.items() for way, one in enumerate(both) if one[0]
    ]  # fmt: skip
    yield "payments_handover", HANDOVER, _rows(given)
    yield "payments_listsource", SOURCE, _rows(sorted((str(key), benefit, str(source)) for key, benefit in lists.benefits))
    drawn = [
        (str(unit), str(source), _first(at), kind, str((one[1] + two[1]) // 10_000_000 * 10_000_000 + 10_000_000),
         f"Rút dự toán tháng {c.as_date(first_days(np.array([at]))[0]):%m/%Y}", f"{_first(at)} 09:00:00+07")
        for (at, unit), (one, two) in held.items() for kind in ("estimate", "drawn")
    ]  # fmt: skip
    yield "payments_budgetentry", BUDGET, _rows(drawn)


def _list(lists: Lists, at: int, unit: int, cash: list[int], bank: list[int], held: dict) -> tuple[str, ...]:
    key = lists.key[at, unit]
    state = "settled" if at <= LAST - _UNSETTLED else "reconciled"
    before = lists.key[at - 1, unit] if (at - 1, unit) in held else None
    number = f"{_day(at, 21):%m}/{key:04d}/DS-UBND"
    return (
        str(key), str(at - FIRST_LIST + 1), str(unit), state, _day(at, 18).isoformat(), lists.law_hash, _at(at, 19),
        str(before) if before else NULL, number, _day(at, 21).isoformat(), SIGNER, _at(at, 22), str(cash[0] + bank[0]),
        str(cash[1] + bank[1]),
    )  # fmt: skip


def _steps(key: int, at: int) -> Iterator[tuple[str, ...]]:
    steps = _STEPS if at <= LAST - _UNSETTLED else _STEPS[:-1]
    for act, source, target, day in steps:
        yield str(key), act, source, target, ACTOR, "", _at(at, day)


def _day(at: int, number: int) -> date:
    """A day counted from the start of the month before `at`."""
    return c.as_date(first_days(np.array([at - 1]))[0] + number - 1)


def _at(at: int, number: int) -> str:
    return f"{_day(at, number)} 09:00:00+07"


def _first(at: int) -> str:
    return c.as_date(first_days(np.array([at]))[0]).isoformat()


def _rows(rows: list[tuple[str, ...]]) -> bytes:
    return "".join("\t".join(row) + "\n" for row in rows).encode()
