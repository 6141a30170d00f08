"""What no expression says, in sentences: the points of khoản 1, study, children, months, concurrence. Told from the same tables."""

from __future__ import annotations

from dataclasses import dataclass

from ansinh.kernel.words import gettext as _
from ansinh.law.benefits.monthly_allowance.months import MonthRules, listed_levels, rules_of
from ansinh.law.benefits.monthly_allowance.orphans import pairs_of
from ansinh.law.engine.lawfile import load

ALLOWANCE = ("monthly_allowance",)
OWN = ("monthly_allowance", "social_pension")
PENSION = ("social_pension",)
CARERS = ("carer_money",)
PARENTS = ("disabled_parent_support",)
FACILITY = ("residential_upbringing",)
AT_HOME = (*ALLOWANCE, *CARERS, *PARENTS)
FROM_STANDARD = (*CARERS, *PARENTS, *FACILITY)
_POINTS = "abcdđeghikl"


@dataclass(frozen=True)
class Provision:
    """One rule that a cited function carries out. `kinds`: the benefits it speaks of; none named means every monthly one."""

    title: str
    text: str
    basis: str
    kinds: tuple[str, ...] = ()
    mark: str = ""


def provisions(regime: str) -> tuple[Provision, ...]:
    """The provisions of a regime that are no rule of their own, in the order in which they act."""
    return (
        *_orphans(regime), *_study(regime), *_children(regime), *_levels(regime), *_months(rules_of(regime), regime),
        *_pension_months(regime), *_together(regime), *_care(regime),
    )  # fmt: skip


def _decree(regime: str) -> str:
    key = {"R0": "ND136", "R3": "ND335"}.get(regime, "ND20")
    return f"NĐ {load().instruments[key].number}"


def _states() -> dict[str, str]:
    return {
        "dead": _("đã chết"),
        "missing_declared": _("bị tuyên bố mất tích theo quy định của pháp luật"),
        "in_social_facility": _("đang hưởng chế độ chăm sóc, nuôi dưỡng tại cơ sở trợ giúp xã hội, nhà xã hội"),
        "prison_or_measure": _("đang chấp hành án phạt tù hoặc quyết định xử lý vi phạm hành chính"),
        "unidentified": _("không xác định được"),
    }


def _orphans(regime: str) -> list[Provision]:
    told: dict[str, list[str]] = {"a": [_("bị bỏ rơi, chưa có người nhận làm con nuôi")]}
    for (first, second), point in pairs_of(regime).items():
        told.setdefault(point, []).append(_pair(first, second))
    basis = f"Khoản 1 Điều 5 {_decree(regime)}"
    if regime == "R0":
        cases = dict.fromkeys(text for point in _POINTS for text in told[point])
        return [Provision(_("Các trường hợp của khoản 1"), _sentence("; ".join(cases)), basis, ALLOWANCE)]
    either = _("; hoặc ")
    return [
        Provision(
            _("Điểm {0} khoản 1").format(point), _sentence(either.join(told[point])),
            f"Điểm {point} {basis[0].lower()}{basis[1:]}", ALLOWANCE,
        )
        for point in _POINTS
    ]  # fmt: skip


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}."


def _pair(first: str, second: str) -> str:
    states = _states()
    if first == second:
        return _("cả cha và mẹ {0}").format(states[first])
    return _("cha hoặc mẹ {0} và người còn lại {1}").format(states[first], states[second])


def _study(regime: str) -> list[Provision]:
    levels = {
        "general": _("phổ thông"),
        "continuing": _("giáo dục thường xuyên"),
        "vocational": _("học nghề"),
        "secondary_professional": _("trung cấp chuyên nghiệp"),
        "college": _("cao đẳng"),
        "first_degree": _("đại học văn bằng thứ nhất"),
    }
    if regime == "R3":
        within = ("secondary_professional", "college")
        levels = {level: words for level, words in levels.items() if level not in within}
        levels["vocational"] = _("giáo dục nghề nghiệp (gồm cả trung cấp, cao đẳng)")
    text = ", ".join(words for level, words in levels.items() if level in listed_levels(regime))
    return [Provision(_("Bậc học của khoản 2"), _sentence(text), f"Khoản 2 Điều 5 {_decree(regime)}", ALLOWANCE)]


def _children(regime: str) -> list[Provision]:
    if regime == "R3":
        text = _(
            "Con dưới 16 tuổi; con từ đủ 16 tuổi đang học liên tục chỉ được tính khi người đơn thân đang hưởng từ trước lúc con đủ "
            "16 tuổi, cho đến khi kết thúc học."
        )
    else:
        text = _("Con dưới 16 tuổi; con từ đủ 16 tuổi đến dưới 22 tuổi đang học ở bậc học của khoản 2.")
    return [Provision(_("Con được tính của người đơn thân"), text, f"Khoản 4 Điều 5 {_decree(regime)}", ALLOWANCE)]


def _levels(regime: str) -> list[Provision]:
    """Which standard each coefficient multiplies: the province's counts where the article points to Điều 4 as a whole."""
    basis = f"{'Điều 4' if regime == 'R0' else 'Khoản 3 Điều 4'} {_decree(regime)}"
    more = _(
        "Hội đồng nhân dân cấp tỉnh có thể quy định mức cao hơn và thêm đối tượng, không được thấp hơn; hệ số nhân với mức cao hơn "
        "giữa mức chuẩn chung và mức của tỉnh."
    )
    floor = _("Tính theo mức chuẩn chung, là mức tối thiểu; mức của tỉnh chỉ được tính khi nghị quyết ghi rõ.")
    told = [Provision(_("Mức chuẩn của tỉnh"), more, basis, ALLOWANCE)]
    if regime != "R0":
        mark = "?" if regime == "R3" else ""
        told.append(
            Provision(_("Mức chuẩn để nhân hệ số"), floor, f"Khoản 2, khoản 3 Điều 4 {_decree(regime)}", FROM_STANDARD, mark)
        )
    return told


def _pension_months(regime: str) -> list[Provision]:
    if regime not in ("R2", "R3"):
        return []
    basis = "Điều 31 NĐ 335/2026/NĐ-CP" if regime == "R3" else "NĐ 176/2025/NĐ-CP"
    signed = _("Tháng Chủ tịch Ủy ban nhân dân cấp xã ký quyết định; không tính lùi về tháng đủ tuổi.")
    stopped = _("Từ tháng sau tháng chết hoặc không còn đủ điều kiện.")
    if regime == "R3":
        moved = _("Nơi mới chi trả từ tháng nơi cũ dừng chi trả, không gián đoạn.")
    else:
        moved = _("Nơi cũ thôi chi trả; nơi mới chi trả từ tháng tiếp theo.")
    return [
        Provision(_("Tháng bắt đầu hưởng trợ cấp hưu trí xã hội"), signed, basis, PENSION),
        Provision(_("Thôi hưởng trợ cấp hưu trí xã hội"), stopped, basis, PENSION),
        Provision(_("Người hưởng trợ cấp hưu trí xã hội thay đổi nơi cư trú"), moved, basis, PENSION),
    ]


def _months(rules: MonthRules, regime: str) -> list[Provision]:
    if rules.asks_about_downward:
        adjusted = _("Tính ngay từ tháng có thay đổi; tháng điều chỉnh giảm là điểm cần xác nhận.")
    elif rules.adjusts_in_month_of_change:
        adjusted = _("Tính ngay từ tháng có thay đổi.")
    else:
        adjusted = _("Tính từ tháng sau tháng có thay đổi.")
    stopped = _(
        "Từ tháng sau tháng chết, bị tuyên bố mất tích, không còn đủ điều kiện, chấp hành án phạt tù hoặc quyết định của cơ quan có "
        "thẩm quyền, hoặc có văn bản từ chối."
    )
    moved = _("Nơi mới chi trả từ tháng liền sau tháng cuối cùng nơi cũ đã chi trả.")
    return [
        Provision(_("Tháng bắt đầu hưởng"), _start(regime), rules.adjust_basis, AT_HOME),
        Provision(_("Điều chỉnh mức hưởng"), adjusted, rules.adjust_basis, (*AT_HOME, *FACILITY)),
        Provision(_("Thôi hưởng"), stopped, rules.adjust_basis, (*AT_HOME, *FACILITY)),
        Provision(_("Thay đổi nơi cư trú"), moved, rules.move_basis, AT_HOME),
        Provision(_("Tạm dừng và chi trả tiếp"), _suspended(rules), rules.resume_basis, AT_HOME),
    ]


def _suspended(rules: MonthRules) -> str:
    if rules.detention_suspends:
        grounds = _(
            "Tạm dừng khi không nhận tiền từ 03 tháng liên tục; không thực hiện xác định lại; bị tạm giam từ 01 tháng trở lên."
        )
    else:
        grounds = _("Tạm dừng khi không nhận tiền từ 03 tháng liên tục; không thực hiện xác định lại.")
    ended = _("Sau 03 tháng tạm dừng mà không thực hiện thì thôi hưởng.")
    if rules.pays_suspended_months:
        resumed = _(
            "Khi chi trả tiếp: vẫn đủ điều kiện thì chi trả từ tháng tạm dừng, có truy lĩnh; không còn đủ điều kiện thì thôi hưởng từ "
            "tháng tạm dừng; điều kiện thay đổi thì điều chỉnh từ thời điểm thay đổi."
        )
    else:
        resumed = _("Khi chi trả tiếp mà vẫn đủ điều kiện: truy lĩnh theo điểm cần xác nhận.")
    return f"{grounds} {ended} {resumed}"


def _start(regime: str) -> str:
    anchors = {dict(rule.anchors).get(regime) for rule in load().rules}
    parts = [_("Tháng người có thẩm quyền ký quyết định")]
    if "certificate" in anchors:
        parts.append(_("người khuyết tật: từ tháng được cấp giấy xác nhận khuyết tật"))
    elif regime == "R2":
        parts.append(_("người khuyết tật: điểm cần xác nhận"))
    if "age" in anchors:
        parts.append(_("người cao tuổi điểm b, điểm c khoản 5 Điều 5: từ tháng đủ tuổi"))
    return "; ".join(parts) + "."


def _together(regime: str) -> list[Provision]:
    basis = f"Khoản 2 Điều 6 {_decree(regime)}"
    both = _("Đồng thời thuộc khoản 5, 6 hoặc 8 Điều 5 thì hưởng cả hai: mức của khoản 4 và mức cao nhất của các khoản đó.")
    told = [
        Provision(_("Nhiều mức hưởng"), _("Chỉ được hưởng một mức cao nhất."), basis, ALLOWANCE),
        Provision(_("Người đơn thân nghèo đang nuôi con"), both, basis, ALLOWANCE),
    ]
    if regime in ("R2", "R3"):
        kept = _("Khoản nào cao hơn thì hưởng khoản đó, không hưởng đồng thời; bằng nhau là điểm cần xác nhận.")
        decree = "Điều 3 NĐ 176/2025/NĐ-CP" + ("; Điều 31 NĐ 335/2026/NĐ-CP" if regime == "R3" else "")
        told.append(Provision(_("Trợ cấp hưu trí xã hội và trợ cấp xã hội hằng tháng"), kept, decree, OWN))
    return told


def _care(regime: str) -> list[Provision]:
    if regime == "R0":
        return []
    care, home = ("Điều 17", "Điều 22") if regime == "R3" else ("Điều 20", "Điều 25")
    couple = "Điều 17" if regime == "R3" else "Điểm b khoản 2 Điều 20"
    added = _("Hưởng thêm, ngoài trợ cấp hằng tháng của chính người được chăm sóc.")
    own = _("Hưởng thêm, ngoài trợ cấp hằng tháng của chính người khuyết tật.")
    place = _("Hưởng mức nuôi dưỡng tại cơ sở, không hưởng trợ cấp tại cộng đồng.")
    spouses = _("Hai vợ chồng là người khuyết tật cùng đủ điều kiện")
    decree = _decree(regime)
    return [
        Provision(_("Cùng với trợ cấp của người được chăm sóc"), added, f"{care} {decree}", CARERS),
        Provision(_("Cùng với trợ cấp của người khuyết tật"), own, f"{couple} {decree}", PARENTS),
        Provision(spouses, _("Chỉ được hưởng một suất hỗ trợ."), f"{couple} {decree}", PARENTS),
        Provision(_("Người ở cơ sở trợ giúp xã hội"), place, f"{home} {decree}", (*OWN, *FACILITY)),
    ]
