"""The papers of this room: their fields, and what stands in them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.documents.kinds import Field, PaperKind
from ansinh.documents.letterhead import LETTERHEAD
from ansinh.rendering.official import decision_template, transition_template

_PERSON = (
    Field("stt", _("Số thứ tự"), "1"),
    Field("ho_ten", _("Họ và tên"), "Nguyễn Thị Tư"),
    Field("ngay_sinh", _("Ngày sinh, hoặc năm sinh"), "08/03/1950"),
    Field("noi_o", _("Thôn, tổ dân phố; địa chỉ"), "Thôn An Phú"),
    Field("doi_tuong", _("Đối tượng, lý do"), "Người từ đủ 75 tuổi"),
    Field("he_so", _("Hệ số"), "1,0"),
    Field("muc", _("Mức tiền (đồng)"), "540.000"),
    Field("tu_thang", _("Từ tháng"), "11/2026"),
)

_MOVED = (
    Field("muc_cu", _("Mức đang hưởng (đồng)"), "500.000"),
    Field("chenh_lech", _("Chênh lệch mỗi tháng (đồng)"), "40.000"),
    Field("so_thang", _("Số tháng truy lĩnh"), "4"),
    Field("truy_linh", _("Tiền truy lĩnh (đồng)"), "160.000"),
)


def _fields(person: tuple[Field, ...]) -> tuple[Field, ...]:
    """The fields of a decision with a list of people, each line of which has these."""
    return (
        *LETTERHEAD,
        Field("tham_quyen", _("Thẩm quyền ban hành"), "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ QUỲNH PHỤ", mandatory=True),
        Field("can_cu", _("Các căn cứ, mỗi căn cứ một dòng"), "Căn cứ Nghị định số …;", mandatory=True, is_list=True),
        Field(
            "cac_dieu", _("Các điều của quyết định"), mandatory=True, is_list=True,
            inner=(
                Field("so", _("Số của điều"), "1"),
                Field("mo_dau", _("Câu đầu của điều"), "Cho hưởng …"),
                Field("cac_doan", _("Các đoạn tiếp theo của điều"), "Hệ số 1,0 …", is_list=True),
            ),
        ),
        Field(
            "cac_nhom", _("Danh sách kèm theo; để trống khi quyết định cho một người"), mandatory=True, is_list=True,
            inner=(
                Field("ten", _("Tên nhóm, số người, tổng tiền"), "I. Cho hưởng: 3 người"),
                Field("nguoi", _("Các dòng của nhóm"), is_list=True, inner=person),
            ),
        ),
        Field("phu_luc", _("Tên danh sách kèm theo"), "Người hưởng trợ cấp xã hội hằng tháng"),
        Field("kem_theo", _("Dòng “Kèm theo Quyết định số …”"), "(Kèm theo Quyết định số …)"),
        Field("so_nguoi", _("Số người của quyết định"), "3"),
    )  # fmt: skip


DECISION = PaperKind(
    key="decision",
    label=_("Quyết định hưởng, điều chỉnh, thôi hưởng"),
    symbol="QĐ",
    fields=_fields(_PERSON),
    default=decision_template,
)
TRANSITION = PaperKind(
    key="transition",
    label=_("Quyết định chuyển mức theo luật mới"),
    symbol="QĐ",
    fields=_fields((*_PERSON, *_MOVED)),
    default=transition_template,
)

__all__ = ["DECISION", "TRANSITION"]
