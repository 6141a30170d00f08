"""Every circumstance the law asks about: its label, its values in official words, whether it is about a household or sensitive.

One place for forms, pages and imports. Keys and values are those of the law's facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

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
    ("alive_present", _("còn sống, đang ở cùng hoặc ở xa")),
    ("dead", _("đã chết")),
    ("missing_declared", _("bị tuyên bố mất tích")),
    ("in_social_facility", _("đang hưởng chế độ tại cơ sở trợ giúp xã hội, nhà xã hội")),
    ("prison_or_measure", _("đang chấp hành án phạt tù hoặc biện pháp xử lý hành chính")),
    ("unidentified", _("không xác định được")),
)

KINDS = (
    FactKind(
        "disability",
        _("Mức độ khuyết tật"),
        "choice",
        (("none", _("Không khuyết tật")), ("mild", _("Nhẹ")), ("severe", _("Nặng")), ("extremely_severe", _("Đặc biệt nặng"))),
        hint=_("Theo Giấy xác nhận khuyết tật; ghi từ ngày cấp giấy."),
    ),
    FactKind("parents", _("Tình trạng của cha, mẹ"), "parents", PARENT_STATES),
    FactKind("abandoned", _("Trẻ em bị bỏ rơi"), "flag"),
    FactKind(
        "study",
        _("Việc học"),
        "choice",
        (
            ("none", _("Không đi học")),
            ("general", _("Phổ thông")),
            ("continuing", _("Giáo dục thường xuyên")),
            ("vocational", _("Học nghề")),
            ("secondary_professional", _("Trung cấp chuyên nghiệp")),
            ("college", _("Cao đẳng")),
            ("first_degree", _("Đại học văn bằng thứ nhất")),
        ),
    ),
    FactKind("study_continuous", _("Học liên tục"), "flag", hint=_("Bảo lưu được phép vẫn tính là học liên tục.")),
    FactKind("orphan_allowance_at_16", _("Đang hưởng theo khoản 1 khi đủ 16 tuổi"), "flag"),
    FactKind("hiv", _("Nhiễm HIV/AIDS"), "flag", is_sensitive=True),
    FactKind("wage", _("Có tiền lương, tiền công hằng tháng"), "flag"),
    FactKind(
        "marital",
        _("Tình trạng hôn nhân"),
        "choice",
        (
            ("unmarried", _("Chưa kết hôn")),
            ("married", _("Có vợ, chồng")),
            ("widowed", _("Vợ, chồng đã chết")),
            ("divorced", _("Ly hôn")),
            ("separated", _("Ly thân")),
            ("spouse_missing", _("Vợ, chồng bị tuyên bố mất tích")),
        ),
    ),
    FactKind(
        "supporter",
        _("Người có nghĩa vụ và quyền phụng dưỡng"),
        "choice",
        (
            ("has", _("Có")),
            ("none", _("Không có")),
            ("on_monthly_allowance", _("Có, nhưng người đó đang hưởng trợ cấp xã hội hằng tháng")),
        ),
    ),
    FactKind("pregnant", _("Đang mang thai"), "flag"),
    FactKind("pension_vnd", _("Lương hưu hằng tháng"), "money"),
    FactKind("insurance_allowance_vnd", _("Trợ cấp bảo hiểm xã hội hằng tháng"), "money"),
    FactKind("survivor_benefit", _("Trợ cấp tuất hằng tháng"), "flag"),
    FactKind("other_monthly_allowance", _("Trợ cấp hằng tháng khác do Chính phủ quy định"), "flag"),
    FactKind(
        "cared_by",
        _("Người chăm sóc tại nhà"),
        "choice",
        (
            ("none", _("Không có")),
            ("own_household", _("Hộ gia đình trực tiếp chăm sóc")),
            ("foster_household", _("Hộ gia đình, cá nhân nhận chăm sóc, nuôi dưỡng")),
        ),
    ),
    FactKind("away", _("Đi xa, vắng nhà"), "flag", hint=_("Không tự dừng chi; ghi cách liên lạc và ngày thấy gần nhất.")),
    FactKind("cannot_live_alone", _("Người cao tuổi không tự sống được ở cộng đồng, đủ điều kiện vào cơ sở"), "flag"),
    FactKind(
        "lives_in",
        _("Nơi nuôi dưỡng"),
        "choice",
        (("community", _("Tại cộng đồng")), ("facility", _("Tại cơ sở trợ giúp xã hội"))),
    ),
    FactKind(
        "poverty",
        _("Phân loại hộ"),
        "choice",
        (("poor", _("Hộ nghèo")), ("near_poor", _("Hộ cận nghèo")), ("not_poor", _("Không thuộc hộ nghèo, hộ cận nghèo"))),
        of="household",
    ),
    FactKind("hard_area", _("Xã, thôn đặc biệt khó khăn vùng dân tộc thiểu số và miền núi"), "flag", of="household"),
)
BY_KEY = {kind.key: kind for kind in KINDS}


def kind(key: str) -> FactKind:
    """Raises InvalidInput for a kind the law does not know."""
    try:
        return BY_KEY[key]
    except KeyError:
        raise InvalidInput(_("Không có loại hoàn cảnh “%(key)s”.") % {"key": key}) from None


def fact_label(key: str) -> str:
    return BY_KEY[key].label if key in BY_KEY else key


def value_label(key: str, value: Any) -> str:
    """A value in official words."""
    found = BY_KEY.get(key)
    if found is None:
        return str(value)
    if found.type == "flag":
        return _("Có") if value else _("Không")
    if found.type == "money":
        return money_text(int(value)) if value else _("Không có")
    words = dict(found.choices)
    if found.type == "parents":
        return "; ".join(str(words.get(part, part)) for part in value)
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
    raise InvalidInput(_("“%(value)s” không phải giá trị của “%(label)s”.") % {"value": value, "label": found.label}, field=key)
