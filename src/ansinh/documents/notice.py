"""The notice to one person: a refusal in writing, with its reason, its article and the way to complain."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Office, Post
from ansinh.access.queries import mandate_on
from ansinh.documents.kinds import Field, PaperKind
from ansinh.documents.letterhead import (
    LETTERHEAD,
    full_name,
    letterhead,
    office_on,
    signer_fields,
    signing,
    title_in_one_line,
)
from ansinh.documents.models import OutgoingEntry
from ansinh.documents.operations import Content
from ansinh.documents.wording import cited_in_full, kept_at
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


def refusal_content(
    *, office: Office, noun: str, about: str, to: str, asked: str, reason: str, article: str, signer: Post, on: date,
    entry: OutgoingEntry | None = None, is_sensitive: bool = False, benefit: str = "",
) -> Content:  # fmt: skip
    """A refusal to `to` ('bà Nguyễn Thị Tư') of what was `asked` ('trợ cấp xã hội hằng tháng'), in Vietnamese whoever reads.

    `noun` and `about` say what the paper belongs to, by its public code; `is_sensitive`: reason or article tells an illness;
    `benefit` is what the signer needs a mandate for where it is not their own to decide.
    """
    dated_on = entry.dated_on if entry else None
    body = office_on(office, dated_on or on)
    head = letterhead(office=body, symbol=NOTICE.symbol, number=entry.number if entry else None, dated_on=dated_on, on=on)
    if entry and entry.number is None:
        head["so_ky_hieu"] = entry.symbol
    by_mandate = bool(benefit) and mandate_on(signer, benefit, on=dated_on or on) is not None
    lines = signing(signer, collective=True, by_mandate=by_mandate)
    values = {
        **head,
        **signer_fields(signer, lines),
        "trich_yeu": f"Về việc không đủ điều kiện hưởng {asked}",
        "kinh_gui": to,
        "noi_nhan": ["Như trên;", kept_at(body)],
        "cac_doan": [
            f"Sau khi xem xét hồ sơ đề nghị {asked} của {to}, {full_name(body)} thông báo {to} không đủ điều kiện hưởng.",
            f"Lý do: {reason.rstrip('.')}.",
            f"Căn cứ: {cited_in_full(article).rstrip('.')}.",
            f"Nếu không đồng ý với thông báo này, {to} có quyền khiếu nại theo quy định của pháp luật về khiếu nại./.",
        ],
    }
    return Content(
        kind=NOTICE.key, office=office, noun=noun, about=about, summary=f"Thông báo về việc không đủ điều kiện hưởng {asked}",
        values=values, signer=signer, signer_title=title_in_one_line(lines), is_sensitive=is_sensitive,
    )  # fmt: skip
