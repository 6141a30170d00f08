"""The paper for the board: the list of what people ask for, with nothing but what may be posted."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ansinh.access.models import Post, Role
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
from ansinh.documents.wording import cited_in_full
from ansinh.dossiers.models import Posting
from ansinh.rendering.official import posting_template

POSTING = PaperKind(
    key="posting",
    label=_("Thông báo niêm yết danh sách"),
    symbol="TB",
    fields=(
        *LETTERHEAD,
        Field("cac_doan", _("Các đoạn nội dung"), "Niêm yết tại …", mandatory=True, is_list=True),
        Field(
            "danh_sach", _("Danh sách niêm yết"), mandatory=True, is_list=True,
            inner=(
                Field("stt", _("Số thứ tự"), "1"),
                Field("ho_ten", _("Họ và tên"), "Nguyễn Thị Tư"),
                Field("nam_sinh", _("Năm sinh"), "1950"),
                Field("thon", _("Thôn, tổ dân phố"), "Thôn An Phú"),
                Field("noi_dung", _("Nội dung đề nghị"), "Thực hiện trợ cấp xã hội hằng tháng"),
            ),
        ),
    ),
    default=posting_template,
)  # fmt: skip


def posting_signers(posting: Posting, *, on: date) -> QuerySet[Post]:
    """Who may sign it: the chairman and deputies of the body that posts, or the head of its office by order."""
    roles = (Role.COMMUNE_CHAIRMAN, Role.COMMUNE_HEAD)
    found = Post.objects.on(on).filter(office=posting.office_id, role__in=roles, user__isnull=False)
    return found.select_related("user", "office").order_by("role", "is_deputy", "id")


@override("vi")
def posting_content(posting: Posting, *, signer: Post, entry: OutgoingEntry | None, on: date) -> Content:
    """The fields of the paper. Only what the lines hold stands on it."""
    dated_on = entry.dated_on if entry else None
    body = office_on(posting.office, dated_on or on)
    head = letterhead(office=body, symbol=POSTING.symbol, number=entry.number if entry else None, dated_on=dated_on, on=on)
    if entry and entry.number is None:
        head["so_ky_hieu"] = entry.symbol
    lines = signing(signer, collective=True)
    about = "Niêm yết công khai danh sách người đề nghị"
    told = [
        f"{full_name(body)} niêm yết công khai danh sách người đề nghị dưới đây tại {posting.place}, "
        f"trong {posting.days:02d} ngày làm việc, từ ngày {posting.posted_on:%d/%m/%Y} đến hết ngày {posting.until:%d/%m/%Y}.",
        f"Căn cứ: {cited_in_full(posting.basis)}.",
        f"Ai có ý kiến về danh sách này xin gửi về {full_name(body)} trong thời gian niêm yết.",
    ]
    rows = [
        {
            "stt": str(line.number), "ho_ten": line.name, "nam_sinh": str(line.birth_year or ""), "thon": line.village,
            "noi_dung": line.asked,
        }
        for line in posting.lines.order_by("number")
    ]  # fmt: skip
    values = {
        **head, **signer_fields(signer, lines), "trich_yeu": about, "noi_nhan": ["Niêm yết;", "Lưu: VT, VHXH."],
        "cac_doan": told, "danh_sach": rows,
    }  # fmt: skip
    return Content(
        kind=POSTING.key, office=posting.office, noun="posting", about=posting.code, summary=f"Thông báo {about[0].lower()}{about[1:]}",
        values=values, signer=signer, signer_title=title_in_one_line(lines),
    )  # fmt: skip
