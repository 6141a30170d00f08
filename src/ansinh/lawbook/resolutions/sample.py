"""A file to start from: every word of the format once, with numbers that are nobody's."""

from __future__ import annotations

from ansinh.localities.models import Unit

_SAMPLE = """\
# Một nghị quyết. Sửa mọi giá trị theo văn bản; mục nào nghị quyết không quy định thì xóa cả mục.
resolution:
  number: "00/2026/NQ-HĐND"
  title: "Quy định mức chuẩn trợ giúp xã hội trên địa bàn tỉnh"
  issued_on: '2026-12-10'
  in_force_from: '2027-01-01'
  applies_to_months_from: '2027-01'   # tháng hưởng đầu tiên
  # to: '2028-01'                     # tháng đầu tiên không còn tính; bỏ khi không ghi thời hạn
  # replaces: "00/2025/NQ-HĐND"       # nghị quyết đã xác nhận bị thay thế
  territory: '{territory}'   # {name}
# Mức chuẩn và khoản được áp dụng: monthly, social_pension, carers, residential, funeral, emergency.
levels:
  - {{standard_vnd: 600000, applies_to: [monthly], basis: "Điều 2"}}
# Mức tiền riêng của một loại đối tượng hoặc một khoản một lần (injury, housing_total, …).
amounts:
  - {{of: DISABLED_EXTREME, amount_vnd: 1500000, basis: "Khoản 1 Điều 3"}}
# Nhóm đối tượng thêm: điều kiện, rồi hệ số hoặc mức tiền (amount_vnd).
groups:
  - {{key: near_poor_elder, title: "Người cao tuổi hộ cận nghèo", when: "age >= age_elder and near_poor", coefficient: '1.0', basis: "Điều 4"}}
"""


def sample(territory: Unit | None) -> str:
    """The file for a province; its key stands where a resolution names its area."""
    return _SAMPLE.format(territory=territory.key if territory else "33@2025-07-01", name=territory.name if territory else "tỉnh")
