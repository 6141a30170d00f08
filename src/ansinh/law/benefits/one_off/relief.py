"""Relief that is no multiple of one event: goods, burial by others, protection (who, how long, transport, treatment)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ansinh.kernel.money import amount_of
from ansinh.kernel.periods import month_of
from ansinh.law.benefits.monthly_allowance.months import R3_START
from ansinh.law.engine.errors import NotAnswerable
from ansinh.law.engine.lawfile import load
from ansinh.law.resolutions import Provincial, highest_amount, highest_level
from ansinh.law.supports import Support, regime_of, value_on

PROTECTED = {
    "orphaned_by_disaster": "Trẻ em có cả cha và mẹ chết, mất tích mà không có người thân chăm sóc",
    "violence_or_abuse": "Nạn nhân bạo lực gia đình, bị xâm hại tình dục, xâm hại thân thể",
    "trafficking_or_forced_labour": "Nạn nhân bị buôn bán, bị cưỡng bức lao động",
    "wandering_or_begging": "Trẻ em, người lang thang xin ăn chưa có nơi cư trú trong thời gian chờ đưa về",
    "decided_by_chairman": "Đối tượng khác do Chủ tịch UBND cấp tỉnh quyết định",
}
TRANSPORT = ("public", "agency_car", "hired")


def burial_by_others(on: date, actual_cost_vnd: int, resolutions: Sequence[Provincial] = ()) -> Support:
    """Nobody takes charge of the burial: whoever arranges it gets the actual cost, at least 50 x the standard.

    Basis: khoản 2 Điều 14 NĐ 20/2021/NĐ-CP; Điều 12 NĐ 335/2026/NĐ-CP.
    """
    regime = regime_of(on, since="R1")
    times = value_on("emergency_burial_multiple", on)
    standard = value_on("standard", on)
    month = month_of(on)
    level, basis = highest_level(resolutions, "emergency", month, (standard.value, standard.basis))
    floor, basis = highest_amount(resolutions, "emergency_burial", month, (times.value * level, basis))
    code = "ND335.12" if regime == "R3" else "ND20.14.2"
    reaches_back = value_on("standard", R3_START).applies_to_months_from <= on < R3_START
    return Support(
        "burial_by_others", True, max(actual_cost_vnd, floor), is_minimum=actual_cost_vnd <= floor, code=code,
        basis=f"{times.basis}; {basis}" if regime == "R3" else f"Khoản 2 Điều 14 NĐ 20/2021/NĐ-CP; {basis}",
        unconfirmed=("one_off_level_from",) if reaches_back else (),
    )  # fmt: skip


def essential_goods(on: date, *, lost_home: bool, unable: bool) -> Support:
    """Tents, water, food, blankets for a household that lost its home and cannot provide for itself; no amount is fixed.

    Basis: khoản 2 Điều 12 NĐ 20/2021/NĐ-CP; Điều 12 NĐ 335/2026/NĐ-CP.
    """
    regime = regime_of(on, since="R1")
    code, basis = (
        ("ND335.12", "Điều 12 NĐ 335/2026/NĐ-CP") if regime == "R3" else ("ND20.12.2", "Khoản 2 Điều 12 NĐ 20/2021/NĐ-CP")
    )
    if not (lost_home and unable):
        reason = "Hộ phải mất nhà ở và không có khả năng tự bảo đảm nhu cầu thiết yếu."
        return Support("essential_goods", False, 0, code=code, basis=basis, reason=reason)
    return Support("essential_goods", True, in_kind=True, code=code, basis=basis, reason="Theo quyết định của cấp có thẩm quyền.")


def protection_ends(start: date) -> date:
    """The last day of emergency protection that began on a day: three months at most.

    Afterwards the commune moves the person to another household or into a facility.
    Basis: khoản 2 Điều 18, khoản 2 Điều 19 NĐ 20/2021/NĐ-CP; Điều 16 NĐ 335/2026/NĐ-CP.
    """
    regime_of(start, since="R1")
    months = start.year * 12 + start.month - 1 + value_on("protection_months_limit", start).value
    first = date(months // 12, months % 12 + 1, 1)
    end = date((months + 1) // 12, (months + 1) % 12 + 1, 1)
    return min(first + timedelta(days=start.day - 1), end) - timedelta(days=1)


def protection(on: date, ground: str, days: int, resolutions: Sequence[Provincial] = ()) -> Support:
    """Emergency care of a person in need of protection: food for each day of stay, three months at most.

    Basis: Điều 16, 18, khoản 2 Điều 19 NĐ 20/2021/NĐ-CP, Điều 3 TT 02/2021/TT-BLĐTBXH; Điều 16 NĐ 335/2026/NĐ-CP.
    """
    regime = regime_of(on, since="R1")
    food = value_on("protection_food_vnd", on)
    code = "ND335.16" if regime == "R3" else "ND20.19.2"
    if ground not in PROTECTED:
        return Support("protection", False, 0, code=code, basis=food.basis, reason="Không thuộc nhóm cần bảo vệ khẩn cấp.")
    per_day, basis = highest_amount(resolutions, "protection_food", month_of(on), (food.value, food.basis))
    counted = min(days, (protection_ends(on) - on).days + 1)
    return Support("protection", True, per_day * counted, code=code, basis=basis)


def protection_transport(on: date, means: str, *, fare_vnd: int = 0, km: int = 0, fuel_vnd_per_litre: int = 0) -> Support:
    """Bringing the protected person home or to a facility: fare, fuel of the agency's car, or a hired vehicle.

    Fuel: 0.2 litre a kilometre x kilometres x price of the day, rounded to the đồng; from 2026-10-05 by the rules on state
    cars, whose figures were not read: the cost shown is taken and left to an officer. So is the contract of a hired vehicle.
    Basis: Điều 3 TT 02/2021/TT-BLĐTBXH; Điều 16 NĐ 335/2026/NĐ-CP, NĐ 72/2023/NĐ-CP.
    """
    regime = regime_of(on, since="R1")
    if means not in TRANSPORT:
        raise NotAnswerable(f"Không có phương tiện “{means}”.")
    if regime == "R3":
        basis = "Điều 16 NĐ 335/2026/NĐ-CP; NĐ 72/2023/NĐ-CP"
        open_points = () if means == "public" else ("protection_hired_vehicle",)
        return Support("protection_transport", True, fare_vnd, code="ND335.16", basis=basis, unconfirmed=open_points)
    code, basis = "ND20.19.2", "Khoản 2 Điều 19 NĐ 20/2021/NĐ-CP; Điều 3 TT 02/2021/TT-BLĐTBXH"
    if means == "agency_car":
        litres = value_on("protection_fuel_hundredths", on).value
        return Support("protection_transport", True, (litres * km * fuel_vnd_per_litre + 50) // 100, code=code, basis=basis)
    open_points = ("protection_hired_vehicle",) if means == "hired" else ()
    return Support("protection_transport", True, fare_vnd, code=code, basis=basis, unconfirmed=open_points)


def protection_treatment(on: date, *, insured: bool, fund_would_pay_vnd: int) -> Support:
    """Treatment of the protected person: by the health-insurance law with a card, else what the fund would pay.

    Basis: khoản 2 Điều 19 NĐ 20/2021/NĐ-CP, Điều 3 TT 02/2021/TT-BLĐTBXH; Điều 16 NĐ 335/2026/NĐ-CP.
    """
    regime = regime_of(on, since="R1")
    code, basis = ("ND335.16", "Điều 16 NĐ 335/2026/NĐ-CP") if regime == "R3" else (
        "ND20.19.2", "Khoản 2 Điều 19 NĐ 20/2021/NĐ-CP; Điều 3 TT 02/2021/TT-BLĐTBXH",
    )  # fmt: skip
    if insured:
        return Support("protection_treatment", False, 0, code=code, basis=basis, reason="Quỹ bảo hiểm y tế chi trả theo thẻ.")
    return Support("protection_treatment", True, fund_would_pay_vnd, code=code, basis=basis)


def emergency_deadline(received: date) -> date:
    """The last day on which the commune decides emergency support: calendar days, unlike every other time limit.

    From 2026-10-05 the text names no number of days (NotAnswerable).
    Basis: điểm c khoản 3 Điều 12, khoản 2 Điều 13 NĐ 20/2021/NĐ-CP; NĐ 147/2025/NĐ-CP (to be confirmed).
    """
    if regime_of(received, since="R1") == "R3":
        raise NotAnswerable("Nghị định 335/2026 không ghi số ngày quyết định trợ giúp khẩn cấp.")
    return received + timedelta(days=value_on("decide_emergency_days", received).value)


def dossier_review(on: date, dossiers: int) -> Support:
    """The cost of reviewing dossiers of the monthly benefits. From 2026-10-05 the figure waits for an officer.

    Basis: TT 76/2021/TT-BTC.
    """
    regime = regime_of(on, since="R1")
    each = value_on("dossier_review_vnd", on)
    open_points = ("dossier_review_r3",) if regime == "R3" else ()
    return Support("dossier_review", True, amount_of(100, each.value, dossiers), basis=each.basis, unconfirmed=open_points)


def termination_month(suspended: date) -> date:
    """The month from which a suspended person without compliance is stopped: three months after the suspension.

    An older suspension counts its time from the first law that set one.

    Basis: Điều 2 TT 02/2021/TT-BLĐTBXH; Điều 9 NĐ 335/2026/NĐ-CP.
    """
    parameter = load().parameters["suspension_months_limit"]
    suspended = max(suspended, min(one.applies_to_months_from for one in parameter.values))
    limit = parameter.on(suspended).value
    months = suspended.year * 12 + suspended.month - 1 + limit
    return date(months // 12, months % 12 + 1, 1)
