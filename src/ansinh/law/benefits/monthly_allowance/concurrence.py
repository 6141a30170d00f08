"""How several entitlements of one person combine: only the highest, with the exceptions the decree names."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ansinh.law.situation import Line

BOTH_CLAUSES = (5, 6, 8)
LOWER = "Chỉ hưởng một mức cao nhất: mức này không cao hơn mức được hưởng."
IN_FACILITY = "Đang được nuôi dưỡng tại cơ sở trợ giúp xã hội nên không hưởng trợ cấp tại cộng đồng."
PENSION_HIGHER = "Trợ cấp hưu trí xã hội cao hơn; chỉ hưởng một trong hai khoản."
ALLOWANCE_HIGHER = "Trợ cấp xã hội hằng tháng cao hơn; chỉ hưởng một trong hai khoản."
TIE = "Hai khoản bằng nhau; theo điểm cần xác nhận về mức bằng nhau."
COUPLE = "Hai vợ chồng cùng đủ điều kiện chỉ được hưởng một suất."


@dataclass(frozen=True)
class Choice:
    """Winners and losers among one person's own lines."""

    winners: tuple[Line, ...]
    losers: tuple[Line, ...]


def choose(
    groups: Mapping[str, Sequence[Line]],
    *,
    clause: Callable[[Line], int],
    order: Callable[[Line], int],
    tie: Callable[[], str],
) -> Choice:
    """The lines a person receives on his or her own account; `tie` says which kind wins an equal sum.

    Residential upbringing replaces everything at home. A single parent who is also in khoản 5, 6 or 8 gets both. Then
    the social pension is compared with the allowance, in money.
    Basis: khoản 2 Điều 6 NĐ 20/2021/NĐ-CP; khoản 2 Điều 6, Điều 31 NĐ 335/2026/NĐ-CP; Điều 3 NĐ 176/2025/NĐ-CP;
    Điều 25 NĐ 20/2021/NĐ-CP.
    """
    residential = tuple(groups.get("residential", ()))
    rest, single = list(groups.get("rest", ())), list(groups.get("single_parent", ()))
    pension = list(groups.get("pension", ()))
    if residential:
        losers = [replace(line, reason=IN_FACILITY) for line in (*single, *rest, *pension)]
        return Choice(residential, tuple(losers))
    allowance = _best_allowance(rest, single, clause, order)
    best_pension = sorted(pension, key=lambda line: (-line.amount_vnd, order(line)))[:1]
    winners, reason = _compare(allowance, best_pension, tie)
    losers = []
    for line in (*single, *rest, *pension):
        if line not in winners:
            losers.append(replace(line, reason=reason if _other_kind(line, winners) else LOWER))
    return Choice(tuple(winners), tuple(losers))


def _other_kind(line: Line, winners: Sequence[Line]) -> bool:
    return bool(winners) and line.kind != winners[0].kind


def _best_allowance(
    rest: list[Line], single: list[Line], clause: Callable[[Line], int], order: Callable[[Line], int]
) -> list[Line]:
    ranked = sorted(rest, key=lambda line: (-line.amount_vnd, order(line)))
    both = [line for line in ranked if clause(line) in BOTH_CLAUSES][:1] if single else []
    options = [option for option in ([*single, *both], ranked[:1], single) if option]
    if not options:
        return []
    return min(options, key=lambda option: (-_sum(option), order(option[0])))


def _compare(allowance: list[Line], pension: list[Line], tie: Callable[[], str]) -> tuple[list[Line], str]:
    if not pension or not allowance:
        return allowance or pension, LOWER
    if _sum(allowance) == _sum(pension):
        return (pension, TIE) if tie() == "pension" else (allowance, TIE)
    if _sum(allowance) > _sum(pension):
        return allowance, ALLOWANCE_HIGHER
    return pension, PENSION_HIGHER


def _sum(lines: Sequence[Line]) -> int:
    return sum(line.amount_vnd for line in lines)


def one_share_for_couples(
    lines: Sequence[Line], *, spouse_of: Callable[[str], str | None], first: Callable[[str], tuple[int, int]]
) -> tuple[list[Line], list[Line]]:
    """Husband and wife who both qualify share one payment, by the facts that give the higher coefficient.

    Basis: điểm b khoản 2 Điều 20 NĐ 20/2021/NĐ-CP (chỉ một suất hỗ trợ).
    """
    by_person = {line.person: line for line in lines}
    kept, lost = [], []
    for line in lines:
        other = by_person.get(spouse_of(line.person) or "")
        if other is None:
            kept.append(line)
            continue
        better = min((line, other), key=lambda one: (-one.coefficient, first(one.person)))
        shared = replace(line, payee="couple")
        if better is line:
            kept.append(shared)
        else:
            lost.append(replace(shared, reason=COUPLE))
    return kept, lost
