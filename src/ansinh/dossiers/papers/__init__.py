"""The papers of dossiers: receipt with the day of the answer, request for completion, posted list; the refusal is a notice of `documents`."""

from __future__ import annotations

from functools import partial

from django.utils.translation import gettext_lazy as _

from ansinh.documents.kinds import Field, PaperKind
from ansinh.documents.letterhead import LETTERHEAD
from ansinh.dossiers.papers.posting import POSTING
from ansinh.rendering.official import slip_template

_LINES = Field("cac_doan", _("Các đoạn nội dung"), "1. Thành phần hồ sơ …", mandatory=True, is_list=True)

RECEIPT = PaperKind(
    key="receipt",
    label=_("Giấy tiếp nhận hồ sơ và hẹn trả kết quả"),
    symbol="TNHS",
    fields=(*LETTERHEAD, _LINES),
    default=partial(slip_template, "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
)
COMPLETION = PaperKind(
    key="completion",
    label=_("Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ"),
    symbol="YCBS",
    fields=(*LETTERHEAD, _LINES),
    default=partial(slip_template, "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
)

__all__ = ["COMPLETION", "POSTING", "RECEIPT"]
