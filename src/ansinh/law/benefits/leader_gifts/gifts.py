"""Gifts of visiting leaders: money and goods by who gives and who receives."""

from __future__ import annotations

from datetime import date

from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.supports import Support, regime_of, value_on

GIVERS = {
    "central": "Lãnh đạo Đảng, Nhà nước, trung ương",
    "ministry_or_province": "Lãnh đạo bộ, ngành, tỉnh",
}
RECIPIENTS = {"organisation": "tập thể", "household": "hộ gia đình", "individual": "cá nhân"}


def leader_gift(on: date, giver: str, recipient: str) -> Support:
    """What a visiting leader of a level gives an organisation, a household or an individual.

    Basis: Điều 14 NĐ 335/2026/NĐ-CP (no such rule before).
    """
    regime_of(on, since="R3")
    if giver not in GIVERS or recipient not in RECIPIENTS:
        raise NotAnswerable(f"Không có mức quà của “{giver}” cho “{recipient}”.")
    money = value_on(f"gift_{giver}_{recipient}_vnd", on)
    goods = value_on(f"gift_{giver}_{recipient}_goods_vnd", on)
    return Support("leader_gift", True, money.value, goods.value, code="ND335.14", basis=money.basis)
