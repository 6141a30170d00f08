"""The minutes of a hand-over to a payer: what was given, in how many lines, for how much, signed by both."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from ansinh.access.models import Post
from ansinh.documents.kinds import Field, PaperKind
from ansinh.documents.letterhead import LETTERHEAD, full_name, letterhead, long_day, place_of
from ansinh.documents.operations import Content
from ansinh.documents.wording import kept_at, spelt_out, sum_in_words
from ansinh.kernel.money import number_text
from ansinh.payments.models import Handover
from ansinh.rendering.official import minutes_template

_BY_HAND = " ".join("…" * 12)

HANDOVER_MINUTES = PaperKind(
    key="handover_minutes", label=_("Biên bản bàn giao danh sách chi trả"), symbol="BB",
    fields=(
        *LETTERHEAD, Field("cac_doan", _("Các đoạn nội dung"), "Hôm nay, ngày …", mandatory=True, is_list=True),
        Field("ben_nhan", _("Lời trên chữ ký bên nhận"), "ĐẠI DIỆN BÊN NHẬN", mandatory=True),
    ),
    default=minutes_template, is_signed_here=True,
)  # fmt: skip


@override("vi")
def minutes_content(handover: Handover, *, by: Post, on: date) -> Content:
    """The fields of the minutes. Sum and number of lines are those of the file that was given; it names nobody on the list."""
    office = by.office
    month = handover.list.run.benefit_month
    file = f"tệp “{handover.file.name}”, mã băm SHA-256 {handover.file.sha256[:16]}…" if handover.file else "danh sách in"
    values = {
        **letterhead(office=office, symbol=HANDOVER_MINUTES.symbol, number=None, dated_on=on, on=on),
        "trich_yeu": f"Bàn giao danh sách chi trả tháng {month:%m/%Y}",
        "cac_doan": [
            f"Hôm nay, {long_day(on)}, tại {place_of(office)}, chúng tôi gồm:",
            f"Bên giao: {full_name(office)}. Đại diện: {by.holder_name}, {spelt_out(by.title)}.",
            f"Bên nhận: {handover.payer.name}. Đại diện: {_BY_HAND}, chức vụ: {_BY_HAND}.",
            f"Hai bên bàn giao danh sách chi trả tháng {month:%m/%Y} (mã {handover.code}), hình thức chi trả: "
            f"{handover.get_method_display().lower()}, gồm:",
            f"- Số dòng: {number_text(handover.count)}.",
            f"- Tổng số tiền: {sum_in_words(handover.total_vnd)}.",
            f"- Hồ sơ kèm theo: {file}; tờ ký nhận.",
            "Bên nhận chi trả theo danh sách, gửi lại kết quả chi trả, tờ ký nhận và danh sách người chưa nhận cho bên giao theo thời hạn đã "
            "thống nhất.",
            "Biên bản lập thành 02 bản có giá trị như nhau, mỗi bên giữ 01 bản./.",
        ],
        "quyen_ky": ["ĐẠI DIỆN BÊN GIAO"], "nguoi_ky": by.holder_name, "ben_nhan": "ĐẠI DIỆN BÊN NHẬN", "noi_nhan": [kept_at(office)],
    }  # fmt: skip
    return Content(
        kind=HANDOVER_MINUTES.key, office=office, noun="handover", about=handover.code, values=values, signer=by,
        summary=f"Biên bản bàn giao danh sách chi trả tháng {month:%m/%Y} ({handover.code})", signer_title=by.title,
    )  # fmt: skip
