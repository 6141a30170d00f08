"""The shape of a decision's line before it is drafted: questions propose it, operations write it down."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ansinh.entitlements.models import DecisionItem, Entitlement


@dataclass(frozen=True)
class EntryKey:
    """An entry of the ledger by its key alone: reading a hundred thousand of them to name them costs too much."""

    pk: int


@dataclass(frozen=True)
class ItemDraft:
    """One person's line of a decision to be. Months are first days, coefficients hundredths, money đồng.

    `entitlement` is the entry an adjustment, stop or suspension is about; `months` those that arrears or a recovery cover, each with
    `amount_vnd`; `about` the recovery whose rest a write-off lets go;
    `cared_for_id` whose care the money is for; `payee` who receives what is given for somebody dead.
    """

    person_id: int
    act: str
    benefit: str
    category: str
    from_month: date
    law_code: str = ""
    coefficient: int = 0
    count: int = 1
    standard_vnd: int = 0
    amount_vnd: int = 0
    to_month: date | None = None
    reason: str = ""
    article: str = ""
    entitlement: Entitlement | EntryKey | None = None
    cared_for_id: int | None = None
    payee: dict | None = None
    months: list[str] = field(default_factory=list)
    law_amount_vnd: int | None = None
    law: dict = field(default_factory=dict)
    about: DecisionItem | None = None
