"""The papers of this room: decision and proposal of a list, its report, the decision on a stay, what is published of a fund; forms 5a, 5b, 06."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _
from docx.enum.text import WD_ALIGN_PARAGRAPH

from ansinh.documents.kinds import Field, PaperKind
from ansinh.documents.letterhead import LETTERHEAD
from ansinh.rendering.official import Columns, Table, decision_template, listing_template, plain_decision_template
from ansinh.rendering.relief_forms import house_template, households_template, villages_template

_LEFT, _MIDDLE, _RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
_AID: Columns = (
    ("STT", 9, "stt", _MIDDLE), ("Họ và tên", 38, "ho_ten", _LEFT), ("Năm sinh", 19, "nam_sinh", _MIDDLE),
    ("Khoản hỗ trợ", 33, "khoan", _LEFT), ("Số người", 12, "so_nguoi", _RIGHT), ("Gạo (kg)", 13, "gao", _RIGHT),
    ("Hiện vật", 21, "hien_vat", _LEFT), ("Số tiền (đồng)", 20, "so_tien", _RIGHT),
)  # fmt: skip
_KINDS: Columns = (
    ("Khoản", 42, "khoan", _LEFT), ("Số dòng", 15, "so_dong", _RIGHT), ("Gạo (kg)", 18, "gao", _RIGHT),
    ("Số tiền (đồng)", 27, "so_tien", _RIGHT), ("Đã nhận", 16, "da_nhan", _RIGHT), ("Gạo đã nhận (kg)", 20, "gao_nhan", _RIGHT),
    ("Tiền đã nhận (đồng)", 27, "tien_nhan", _RIGHT),
)  # fmt: skip
_VILLAGES: Columns = (
    ("Thôn, tổ dân phố", 60, "thon", _LEFT), ("Số dòng", 22, "so_dong", _RIGHT), ("Đã nhận", 22, "da_nhan", _RIGHT),
    ("Gạo (kg)", 25, "gao", _RIGHT), ("Số tiền (đồng)", 36, "so_tien", _RIGHT),
)  # fmt: skip
_SOURCES: Columns = (
    ("Nguồn", 35, "nguon", _LEFT), ("Được cấp (đồng)", 25, "duoc_cap", _RIGHT), ("Đã phát (đồng)", 25, "da_phat", _RIGHT),
    ("Nộp trả (đồng)", 25, "nop_tra", _RIGHT), ("Còn lại (đồng)", 25, "con_lai", _RIGHT),
    ("Gạo được cấp; phát; còn (kg)", 30, "gao", _RIGHT),
)  # fmt: skip
_ENTRIES: Columns = (
    ("STT", 10, "stt", _MIDDLE), ("Ngày", 22, "ngay", _MIDDLE), ("Người ủng hộ, nơi nhận", 50, "ben", _LEFT),
    ("Chứng từ", 21, "chung_tu", _LEFT), ("Số tiền (đồng)", 28, "so_tien", _RIGHT), ("Hiện vật", 34, "hien_vat", _LEFT),
)  # fmt: skip


def _inner(columns: Columns) -> tuple[Field, ...]:
    """The fields of a line, told by the headings of its columns."""
    return tuple(Field(name, heading) for heading, _width, name, _align in columns)


def _grouped(name: str, label, columns: Columns) -> Field:
    inner = (
        Field("ten", _("Tên nhóm"), "Thôn Đông"),
        Field("nguoi", _("Các dòng của nhóm"), is_list=True, inner=_inner(columns)),
    )
    return Field(name, label, mandatory=True, is_list=True, inner=inner)


_UNNUMBERED = tuple(one for one in LETTERHEAD if one.name != "so_ky_hieu")
_WORDS = Field("cac_doan", _("Các đoạn nội dung"), "Đã họp bình xét ngày …", mandatory=True, is_list=True)
_ARTICLES = (
    Field("tham_quyen", _("Thẩm quyền ban hành"), "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ QUỲNH PHỤ", mandatory=True),
    Field("can_cu", _("Các căn cứ, mỗi căn cứ một dòng"), "Căn cứ Nghị định số …;", mandatory=True, is_list=True),
    Field(
        "cac_dieu", _("Các điều của quyết định"), mandatory=True, is_list=True,
        inner=(
            Field("so", _("Số của điều"), "1"),
            Field("mo_dau", _("Câu đầu của điều"), "Hỗ trợ …"),
            Field("cac_doan", _("Các đoạn tiếp theo của điều"), "a) Gạo …", is_list=True),
        ),
    ),
)  # fmt: skip

AID_DECISION = PaperKind(
    key="aid_decision", label=_("Quyết định trợ giúp khẩn cấp, tặng quà"), symbol="QĐ",
    fields=(
        *LETTERHEAD, *_ARTICLES, _grouped("cac_nhom", _("Danh sách kèm theo, theo thôn"), _AID),
        Field("phu_luc", _("Tên danh sách kèm theo"), "Người, hộ được trợ giúp xã hội khẩn cấp"),
        Field("kem_theo", _("Dòng “Kèm theo Quyết định số …”"), "(Kèm theo Quyết định số …)"),
        Field("tong", _("Câu tổng cộng cuối danh sách"), "Tổng cộng: 12 dòng, 1.440 kg gạo."),
    ),
    default=partial(decision_template, _AID, ending="{{ tong }}"),
)  # fmt: skip
AID_PROPOSAL = PaperKind(
    key="aid_proposal", label=_("Danh sách đề nghị trợ giúp khẩn cấp"), symbol="",
    fields=(*_UNNUMBERED, _WORDS, _grouped("cac_nhom", _("Danh sách đề nghị, theo thôn"), _AID)),
    default=partial(
        listing_template, "DANH SÁCH ĐỀ NGHỊ TRỢ GIÚP XÃ HỘI KHẨN CẤP", [Table("cac_nhom", _AID, grouped=True)], numbered=False
    ),
)  # fmt: skip
AID_REPORT = PaperKind(
    key="aid_report", label=_("Báo cáo kết quả trợ giúp, tặng quà"), symbol="BC",
    fields=(
        *LETTERHEAD, _WORDS,
        Field("theo_khoan", _("Kết quả theo khoản hỗ trợ"), mandatory=True, is_list=True, inner=_inner(_KINDS)),
        Field("theo_thon", _("Kết quả theo thôn, tổ dân phố"), mandatory=True, is_list=True, inner=_inner(_VILLAGES)),
        Field("theo_nguon", _("Kết quả theo nguồn"), mandatory=True, is_list=True, inner=_inner(_SOURCES)),
    ),
    default=partial(
        listing_template, "BÁO CÁO",
        [
            Table("theo_khoan", _KINDS, "1. Theo khoản hỗ trợ"), Table("theo_thon", _VILLAGES, "2. Theo thôn, tổ dân phố"),
            Table("theo_nguon", _SOURCES, "3. Theo nguồn"),
        ],
    ),
    is_signed_here=True,
)  # fmt: skip
PROTECTION_DECISION = PaperKind(
    key="protection_decision", label=_("Quyết định chăm sóc, bảo vệ khẩn cấp"), symbol="QĐ", fields=(*LETTERHEAD, *_ARTICLES),
    default=plain_decision_template,
)  # fmt: skip
FUND_NOTICE = PaperKind(
    key="fund_notice", label=_("Thông báo công khai thu, phân bổ quỹ cứu trợ"), symbol="TB",
    fields=(
        *LETTERHEAD, _WORDS, Field("tiep_nhan", _("Tiếp nhận"), mandatory=True, is_list=True, inner=_inner(_ENTRIES)),
        Field("phan_bo", _("Phân bổ"), mandatory=True, is_list=True, inner=_inner(_ENTRIES)),
    ),
    default=partial(
        listing_template, "THÔNG BÁO", [Table("tiep_nhan", _ENTRIES, "1. Tiếp nhận"), Table("phan_bo", _ENTRIES, "2. Phân bổ")]
    ),
    is_signed_here=True,
)  # fmt: skip

_COMMUNE = Field("xa", _("Tên xã, phường"), "Quỳnh Phụ", mandatory=True)
FORM_5A = PaperKind(
    key="relief_5a", label=_("Mẫu số 5a: danh sách hộ thiếu đói, nhu yếu phẩm của thôn"), symbol="",
    fields=(
        _COMMUNE,
        Field(
            "cac_thon", _("Các thôn, mỗi thôn một trang"), mandatory=True, is_list=True,
            inner=(
                Field("ten", _("Tên thôn"), "Thôn Đông"), Field("tong", _("Tổng số người"), "124"),
                Field(
                    "cac_ho", _("Các hộ của thôn"), is_list=True,
                    inner=(
                        Field("stt", _("Số thứ tự"), "1"), Field("chu_ho", _("Tên chủ hộ"), "Trần Văn Lụt"),
                        Field("dia_chi", _("Địa chỉ"), "Thôn Đông"), Field("so_nguoi", _("Số người trong hộ"), "4"),
                    ),
                ),
            ),
        ),
    ),
    default=households_template,
)  # fmt: skip
FORM_5B = PaperKind(
    key="relief_5b", label=_("Mẫu số 5b: tổng hợp hộ thiếu đói, nhu yếu phẩm của xã"), symbol="",
    fields=(
        _COMMUNE, Field("tong_ho", _("Tổng số hộ"), "35", mandatory=True), Field("tong_nguoi", _("Tổng số người"), "124", mandatory=True),
        Field(
            "cac_thon", _("Các thôn"), mandatory=True, is_list=True,
            inner=(
                Field("stt", _("Số thứ tự"), "1"), Field("thon", _("Thôn, xóm"), "Thôn Đông"), Field("so_ho", _("Số hộ"), "12"),
                Field("so_nguoi", _("Số người"), "41"), Field("ghi_chu", _("Ghi chú"), ""),
            ),
        ),
    ),
    default=villages_template,
)  # fmt: skip
FORM_06 = PaperKind(
    key="relief_06", label=_("Mẫu số 06: tờ khai đề nghị hỗ trợ về nhà ở"), symbol="",
    fields=(
        Field("cap_xa", _("Tên xã, phường, đặc khu có loại"), "xã Quỳnh Phụ", mandatory=True),
        Field(
            "cac_ho", _("Các hộ, mỗi hộ một tờ khai"), mandatory=True, is_list=True,
            inner=(
                Field("ho_ten", _("Họ và tên người đại diện"), "Trần Văn Lụt"), Field("ngay_sinh", _("Ngày sinh"), "1950"),
                Field("gioi_tinh", _("Giới tính"), "Nam"), Field("so_dinh_danh", _("Số giấy tờ"), "034050001234"),
                Field("noi_o", _("Nơi thường trú"), "Thôn Đông, xã Quỳnh Phụ"), Field("so_nguoi", _("Số người trong hộ"), "4"),
                Field("hoan_canh", _("Hoàn cảnh"), "Hộ nghèo"), Field("thiet_hai", _("Tình trạng thiệt hại"), "Nhà sập hoàn toàn"),
            ),
        ),
    ),
    default=house_template,
)  # fmt: skip
FORMS = (FORM_5A, FORM_5B, FORM_06)
