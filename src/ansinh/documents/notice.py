"""The notice to one person: a refusal, a return, an answer. Whoever decides so fills in what it says."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.documents.kinds import Field, PaperKind
from ansinh.documents.letterhead import LETTERHEAD
from ansinh.rendering.official import notice_template

NOTICE = PaperKind(
    key="notice",
    label=_("Thông báo không đủ điều kiện, thông báo cho một người"),
    symbol="TB",
    fields=(
        *LETTERHEAD,
        Field("kinh_gui", _("Người nhận thông báo"), "bà Nguyễn Thị Tư", mandatory=True),
        Field("cac_doan", _("Các đoạn nội dung"), "Sau khi xem xét …", mandatory=True, is_list=True),
    ),
    default=notice_template,
)
