"""Every circumstance the law asks about: its label, its values in official words, whether it is about a household or sensitive.

One place for forms, pages and imports. Keys and values are those of the law's facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.money import money_text


@dataclass(frozen=True)
class FactKind:
    """One kind. `type` is choice, flag, money or parents; `of` is person or household."""

    key: str
    label: str
    type: str
    choices: tuple[tuple[str, str], ...] = ()
    of: str = "person"
    is_sensitive: bool = False
    hint: str = ""


PARENT_STATES = (
    ("alive_present", "còn sống, đang ở cùng hoặc ở xa"),
    ("dead", "đã chết"),
    ("missing_declared", "bị tuyên bố mất tích"),
    ("in_social_facility", "đang hưởng chế độ tại cơ sở trợ giúp xã hội, nhà xã hội"),
    ("prison_or_measure", "đang chấp hành án phạt tù hoặc biện pháp xử lý hành chính"),
    ("unidentified", "không xác định được"),
)

KINDS = (
    FactKind(
        "disability",
        "Mức độ khuyết tật",
        "choice",
        (("none", "Không khuyết tật"), ("mild", "Nhẹ"), ("severe", "Nặng"), ("extremely_severe", "Đặc biệt nặng")),
        hint="Theo Giấy xác nhận khuyết tật; ghi từ ngày cấp giấy.",
    ),
    FactKind("parents", "Tình trạng của cha, mẹ", "parents", PARENT_STATES),
    FactKind("abandoned", "Trẻ em bị bỏ rơi", "flag"),
    FactKind(
        "study",
        "Việc học",
        "choice",
        (
            ("none", "Không đi học"),
            ("general", "Phổ thông"),
            ("continuing", "Giáo dục thường xuyên"),
            ("vocational", "Học nghề"),
            ("secondary_professional", "Trung cấp chuyên nghiệp"),
            ("college", "Cao đẳng"),
            ("first_degree", "Đại học văn bằng thứ nhất"),
        ),
    ),
    FactKind("study_continuous", "Học liên tục", "flag", hint="Bảo lưu được phép vẫn tính là học liên tục."),
    FactKind("orphan_allowance_at_16", "Đang hưởng theo khoản 1 khi đủ 16 tuổi", "flag"),
    FactKind("hiv", "Nhiễm HIV/AIDS", "flag", is_sensitive=True),
    FactKind("wage", "Có tiền lương, tiền công hằng tháng", "flag"),
    FactKind(
        "marital",
        "Tình trạng hôn nhân",
        "choice",
        (
            ("unmarried", "Chưa kết hôn"),
            ("married", "Có vợ, chồng"),
            ("widowed", "Vợ, chồng đã chết"),
            ("divorced", "Ly hôn"),
            ("separated", "Ly thân"),
            ("spouse_missing", "Vợ, chồng bị tuyên bố mất tích"),
        ),
    ),
    FactKind(
        "supporter",
        "Người có nghĩa vụ và quyền phụng dưỡng",
        "choice",
        (
            ("has", "Có"),
            ("none", "Không có"),
            ("on_monthly_allowance", "Có, nhưng người đó đang hưởng trợ cấp xã hội hằng tháng"),
        ),
    ),
    FactKind("pregnant", "Đang mang thai", "flag"),
    FactKind("pension_vnd", "Lương hưu hằng tháng", "money"),
    FactKind("insurance_allowance_vnd", "Trợ cấp bảo hiểm xã hội hằng tháng", "money"),
    FactKind("survivor_benefit", "Trợ cấp tuất hằng tháng", "flag"),
    FactKind("other_monthly_allowance", "Trợ cấp hằng tháng khác do Chính phủ quy định", "flag"),
    FactKind(
        "cared_by",
        "Người chăm sóc tại nhà",
        "choice",
        (
            ("none", "Không có"),
            ("own_household", "Hộ gia đình trực tiếp chăm sóc"),
            ("foster_household", "Hộ gia đình, cá nhân nhận chăm sóc, nuôi dưỡng"),
        ),
    ),
    FactKind("away", "Đi xa, vắng nhà", "flag", hint="Không tự dừng chi; ghi cách liên lạc và ngày thấy gần nhất."),
    FactKind("cannot_live_alone", "Người cao tuổi không tự sống được ở cộng đồng, đủ điều kiện vào cơ sở", "flag"),
    FactKind("lives_in", "Nơi nuôi dưỡng", "choice", (("community", "Tại cộng đồng"), ("facility", "Tại cơ sở trợ giúp xã hội"))),
    FactKind(
        "poverty",
        "Phân loại hộ",
        "choice",
        (("poor", "Hộ nghèo"), ("near_poor", "Hộ cận nghèo"), ("not_poor", "Không thuộc hộ nghèo, hộ cận nghèo")),
        of="household",
    ),
    FactKind("hard_area", "Xã, thôn đặc biệt khó khăn vùng dân tộc thiểu số và miền núi", "flag", of="household"),
)
BY_KEY = {kind.key: kind for kind in KINDS}


def kind(key: str) -> FactKind:
    """Raises InvalidInput for a kind the law does not know."""
    try:
        return BY_KEY[key]
    except KeyError:
        raise InvalidInput(f"Không có loại hoàn cảnh “{key}”.") from None


def fact_label(key: str) -> str:
    return BY_KEY[key].label if key in BY_KEY else key


def value_label(key: str, value: Any) -> str:
    """A value in official words."""
    found = BY_KEY.get(key)
    if found is None:
        return str(value)
    if found.type == "flag":
        return "Có" if value else "Không"
    if found.type == "money":
        return money_text(int(value)) if value else "Không có"
    words = dict(found.choices)
    if found.type == "parents":
        return "; ".join(words.get(part, part) for part in value)
    return words.get(value, str(value))


def checked_value(key: str, value: Any) -> Any:
    """The value as it is kept. Raises InvalidInput when it is none of the kind's values."""
    found = kind(key)
    if found.type == "flag" and isinstance(value, bool):
        return value
    if found.type == "money" and isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if found.type == "choice" and isinstance(value, str) and value in dict(found.choices):
        return value
    if (
        found.type == "parents"
        and isinstance(value, list | tuple)
        and len(value) == 2
        and set(value) <= dict(found.choices).keys()
    ):
        return list(value)
    raise InvalidInput(f"“{value}” không phải giá trị của “{found.label}”.", field=key)
