"""What a support outside the monthly benefits comes to: money, goods, or "not due" with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ansinh.law.benefits.monthly_allowance.months import regime_key
from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.engine.lawfile import load
from ansinh.law.engine.parameters import DatedValue


@dataclass(frozen=True)
class Support:
    """One support. `amount_vnd` is None where the law names no amount; `unconfirmed` names points nobody has settled."""

    kind: str
    due: bool
    amount_vnd: int | None = None
    goods_vnd: int | None = None
    in_kind: bool = False
    is_minimum: bool = False
    code: str = ""
    basis: str = ""
    reason: str = ""
    unconfirmed: tuple[str, ...] = ()


def value_on(key: str, day: date) -> DatedValue:
    """A number of the law on a day. Raises LawFileError before its first value."""
    return load().parameters[key].on_day(day)


def regime_of(day: date, *, since: str) -> str:
    """The regime of a day; NotAnswerable when the support came later."""
    regime = regime_key(day)
    if regime < since:
        label = next(one.label for one in load().regimes if one.key == since)
        raise NotAnswerable(f"Ngày {day:%d/%m/%Y} chưa có khoản này: khoản này có từ {label}.")
    return regime
