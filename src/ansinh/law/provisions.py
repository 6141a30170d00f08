"""What no expression says, in Vietnamese sentences: the points of khoản 1, months, concurrence. Told from the same tables."""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.law.benefits.monthly_allowance.months import MonthRules, rules_of
from ansinh.law.benefits.monthly_allowance.orphans import pairs_of
from ansinh.law.engine.lawfile import load

_STATES = {
    "dead": "đã chết",
    "missing_declared": "bị tuyên bố mất tích theo quy định của pháp luật",
    "in_social_facility": "đang hưởng chế độ chăm sóc, nuôi dưỡng tại cơ sở trợ giúp xã hội, nhà xã hội",
    "prison_or_measure": "đang chấp hành án phạt tù hoặc quyết định xử lý vi phạm hành chính",
    "unidentified": "không xác định được",
}
_POINTS = "abcdđeghikl"


@dataclass(frozen=True)
class Provision:
    """One rule that a cited function carries out."""

    title: str
    text: str
    basis: str


def provisions(regime: str) -> tuple[Provision, ...]:
    """The provisions of a regime that are no rule of their own, in the order in which they act."""
    return (*_orphans(regime), *_months(rules_of(regime), regime), *_together(regime))


def _decree(regime: str) -> str:
    key = {"R0": "ND136", "R3": "ND335"}.get(regime, "ND20")
    return f"NĐ {load().instruments[key].number}"


def _orphans(regime: str) -> list[Provision]:
    told: dict[str, list[str]] = {"a": ["bị bỏ rơi, chưa có người nhận làm con nuôi"]}
    for (first, second), point in pairs_of(regime).items():
        told.setdefault(point, []).append(_pair(first, second))
    basis = f"Khoản 1 Điều 5 {_decree(regime)}"
    if regime == "R0":
        cases = dict.fromkeys(text for point in _POINTS for text in told[point])
        return [Provision("Các trường hợp của khoản 1", _sentence("; ".join(cases)), basis)]
    return [
        Provision(f"Điểm {point} khoản 1", _sentence("; hoặc ".join(told[point])), f"Điểm {point} {basis[0].lower()}{basis[1:]}")
        for point in _POINTS
    ]


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _pair(first: str, second: str) -> str:
    if first == second:
        return f"cả cha và mẹ {_STATES[first]}"
    return f"cha hoặc mẹ {_STATES[first]} và người còn lại {_STATES[second]}"


def _months(rules: MonthRules, regime: str) -> list[Provision]:
    at_once = "Tính ngay từ tháng có thay đổi" if rules.adjusts_in_month_of_change else "Tính từ tháng sau tháng có thay đổi"
    asked = "; tháng điều chỉnh giảm là điểm cần xác nhận" if rules.asks_about_downward else ""
    resumed = "có truy lĩnh" if rules.pays_suspended_months else "truy lĩnh theo điểm cần xác nhận"
    detained = "; bị tạm giam từ 01 tháng trở lên" if rules.detention_suspends else ""
    return [
        Provision("Tháng bắt đầu hưởng", _start(regime), rules.adjust_basis),
        Provision("Điều chỉnh mức hưởng", f"{at_once}{asked}.", rules.adjust_basis),
        Provision("Thôi hưởng", "Từ tháng sau tháng chết, mất tích hoặc không còn đủ điều kiện.", rules.adjust_basis),
        Provision(
            "Thay đổi nơi cư trú", "Nơi mới chi trả từ tháng liền sau tháng cuối cùng nơi cũ đã chi trả.", rules.move_basis
        ),
        Provision(
            "Tạm dừng và chi trả tiếp",
            f"Tạm dừng khi không nhận tiền từ 03 tháng liên tục; không thực hiện xác định lại{detained}. "
            f"Khi chi trả tiếp mà vẫn đủ điều kiện: {resumed}.",
            rules.resume_basis,
        ),
    ]


def _start(regime: str) -> str:
    signed = "Tháng người có thẩm quyền ký quyết định"
    anchors = {dict(rule.anchors).get(regime) for rule in load().rules}
    parts = [signed]
    if "certificate" in anchors:
        parts.append("người khuyết tật: từ tháng được cấp giấy xác nhận khuyết tật")
    elif regime == "R2":
        parts.append("người khuyết tật: điểm cần xác nhận")
    if "age" in anchors:
        parts.append("người cao tuổi điểm b, điểm c khoản 5 Điều 5: từ tháng đủ tuổi")
    return "; ".join(parts) + "."


def _together(regime: str) -> list[Provision]:
    basis = f"Khoản 2 Điều 6 {_decree(regime)}"
    told = [
        Provision("Nhiều mức hưởng", "Chỉ được hưởng một mức cao nhất.", basis),
        Provision(
            "Người đơn thân nghèo đang nuôi con",
            "Đồng thời thuộc khoản 5, 6 hoặc 8 Điều 5 thì hưởng cả hai: mức của khoản 4 và mức cao nhất của các khoản đó.",
            basis,
        ),
    ]
    if regime in ("R2", "R3"):
        kept = "Khoản nào cao hơn thì hưởng khoản đó, không hưởng đồng thời; bằng nhau là điểm cần xác nhận."
        decree = "Điều 3 NĐ 176/2025/NĐ-CP" + ("; Điều 31 NĐ 335/2026/NĐ-CP" if regime == "R3" else "")
        told.append(Provision("Trợ cấp hưu trí xã hội và trợ cấp xã hội hằng tháng", kept, decree))
    if regime != "R0":
        care, home = ("Điều 17", "Điều 22") if regime == "R3" else ("Khoản 2 Điều 20", "Điều 25")
        told += [
            Provision(
                "Hai vợ chồng là người khuyết tật cùng đủ điều kiện",
                "Chỉ được hưởng một suất hỗ trợ.",
                f"{care} {_decree(regime)}",
            ),
            Provision(
                "Người ở cơ sở trợ giúp xã hội",
                "Hưởng mức nuôi dưỡng tại cơ sở, không hưởng trợ cấp tại cộng đồng.",
                f"{home} {_decree(regime)}",
            ),
        ]
    return told
