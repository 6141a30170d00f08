"""The papers of petitions: admission and refusal to admit, transfer, and the answer of each kind. None names who denounces.

Layout: Mẫu số 03, 04 of Nghị định 155/2026/NĐ-CP (complaints) were read; the forms of Nghị định 31/2019/NĐ-CP (denunciations) were not.
"""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from ansinh.documents.kinds import Field, PaperKind
from ansinh.documents.letterhead import LETTERHEAD
from ansinh.rendering.official import listing_template, notice_template, plain_decision_template

_TO = Field("kinh_gui", _("Người, cơ quan nhận"), "ông (bà) Trần Văn Ba", mandatory=True)
_WORDS = Field("cac_doan", _("Các đoạn nội dung"), "Sau khi xem xét …", mandatory=True, is_list=True)
_ARTICLES = (
    Field("tham_quyen", _("Thẩm quyền ban hành"), "CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ QUỲNH PHỤ", mandatory=True),
    Field("can_cu", _("Các căn cứ, mỗi căn cứ một dòng"), "Căn cứ Luật Khiếu nại …;", mandatory=True, is_list=True),
    Field(
        "cac_dieu", _("Các điều của quyết định"), mandatory=True, is_list=True,
        inner=(
            Field("so", _("Số của điều"), "1"), Field("mo_dau", _("Câu đầu của điều"), "Thụ lý …"),
            Field("cac_doan", _("Các đoạn tiếp theo của điều"), is_list=True),
        ),
    ),
)  # fmt: skip

ADMISSION = PaperKind(
    key="petition_admission", label=_("Thông báo thụ lý đơn"), symbol="TB", fields=(*LETTERHEAD, _TO, _WORDS), default=notice_template,
    is_signed_here=True,
)  # fmt: skip
NOT_ADMITTED = PaperKind(
    key="petition_not_admitted", label=_("Thông báo không thụ lý đơn"), symbol="TB", fields=(*LETTERHEAD, _TO, _WORDS),
    default=notice_template, is_signed_here=True,
)  # fmt: skip
TRANSFER = PaperKind(
    key="petition_transfer", label=_("Phiếu chuyển đơn"), symbol="PC", fields=(*LETTERHEAD, _TO, _WORDS),
    default=partial(notice_template, "PHIẾU CHUYỂN ĐƠN"), is_signed_here=True,
)  # fmt: skip
DENUNCIATION_ADMITTED = PaperKind(
    key="denunciation_admitted", label=_("Quyết định thụ lý tố cáo"), symbol="QĐ", fields=(*LETTERHEAD, *_ARTICLES),
    default=plain_decision_template, is_signed_here=True,
)  # fmt: skip
COMPLAINT_DECISION = PaperKind(
    key="complaint_decision", label=_("Quyết định giải quyết khiếu nại"), symbol="QĐ", fields=(*LETTERHEAD, *_ARTICLES, _WORDS),
    default=partial(plain_decision_template, considered=True),
)  # fmt: skip
CONCLUSION = PaperKind(
    key="denunciation_conclusion", label=_("Kết luận nội dung tố cáo"), symbol="KL", fields=(*LETTERHEAD, _WORDS),
    default=partial(listing_template, "KẾT LUẬN", ()),
)  # fmt: skip
RESULT = PaperKind(
    key="petition_result", label=_("Thông báo kết quả giải quyết kiến nghị, phản ánh"), symbol="TB", fields=(*LETTERHEAD, _TO, _WORDS),
    default=notice_template,
)  # fmt: skip
ANSWERS = {"complaint": COMPLAINT_DECISION, "denunciation": CONCLUSION, "proposal": RESULT, "report": RESULT}
