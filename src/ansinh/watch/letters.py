"""Reminders as letters: in large type, one page a person, to be signed and carried by the village head. They name no ground of anybody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.utils.translation import override

from ansinh.access.models import Office
from ansinh.documents.letterhead import full_name, letterhead, long_day
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.periods import month_text
from ansinh.people.models import Person
from ansinh.rendering.letters import Letter, write_letters
from ansinh.watch.models import WatchItem, WatchKind
from ansinh.watch.queries import office_of

_PENSION = (
    "Theo sổ theo dõi của xã, {who} đủ tuổi xem xét hưởng trợ cấp hưu trí xã hội từ tháng {month} mà chưa có văn bản đề nghị.",
    "Theo quy định, trợ cấp chỉ được xét khi có văn bản đề nghị của chính người hưởng hoặc người được ủy quyền.",
    "Đề nghị {who} (hoặc người thân) mang căn cước đến {office} để được hướng dẫn làm văn bản đề nghị, không mất phí.",
)
_ALLOWANCE = (
    "Theo sổ theo dõi của xã, {who} thuộc diện xem xét hưởng trợ cấp xã hội hằng tháng từ tháng {month} mà chưa có tờ khai đề nghị.",
    "Theo quy định, trợ cấp chỉ được xét khi có tờ khai của người đề nghị hoặc của người giám hộ, người chăm sóc.",
    "Đề nghị {who} (hoặc người thân) mang căn cước, giấy tờ liên quan đến {office} để được hướng dẫn làm tờ khai, không mất phí.",
)
_CERTIFICATE = (
    "Theo sổ theo dõi của xã, giấy xác nhận làm căn cứ hưởng trợ cấp của {who} sắp hết hạn.",
    "Nếu không có giấy mới, mức trợ cấp có thể thay đổi hoặc thôi từ tháng {month}.",
    "Đề nghị {who} (hoặc người thân) làm lại giấy xác nhận và nộp cho {office} trước ngày đó; xã hướng dẫn nơi cấp và giấy tờ cần có.",
)
_MONEY = (
    "Theo kết quả chi trả, {who} chưa nhận trợ cấp ba tháng liền tính đến trước tháng {month}.",
    "Đề nghị {who} (hoặc người nhận thay) đến điểm chi trả để nhận tiền, hoặc báo cho {office} biết nơi ở, lý do chưa nhận.",
    "Tiền của các tháng chưa nhận được chuyển sang kỳ chi trả sau; nếu không có phản hồi, xã sẽ xác minh theo quy định.",
)
_WORDS = {WatchKind.UNASKED: _PENSION, WatchKind.EXPIRING: _CERTIFICATE, WatchKind.UNCOLLECTED: _MONEY}


@override("vi")
def reminders(items: Sequence[WatchItem], *, office: Office, now: datetime) -> bytes:
    """Letters for these items as a Word file, in their order. Raises InvalidInput when there is nobody to write to."""
    letters = [_letter(item, office_of(item.unit, office), now.date()) for item in items if item.may_remind]
    if not letters:
        raise InvalidInput("Không có ai để nhắc: hãy chọn việc loại chưa đề nghị, giấy sắp hết hạn hoặc chưa nhận tiền.")
    return write_letters(letters, made_at=now)


def _letter(item: WatchItem, office: Office, on: date) -> Letter:
    head = letterhead(office=office, symbol="", number=None, dated_on=on, on=on)
    words = {"who": _addressed(item.person, on), "office": full_name(office), "month": month_text(item.month)}
    told = _ALLOWANCE if item.asked_by[0] == "allowance_grant" else _WORDS[WatchKind(item.kind)]
    lines = [line.format(**words) for line in told]
    return Letter(
        parent=head["co_quan_cap_tren"], office=head["co_quan"], place=head["dia_danh"], dated=long_day(on), title="THƯ NHẮC",
        to=_with_address(item.person, on), paragraphs=tuple(_sentence(line) for line in lines), sign=("TM. ỦY BAN NHÂN DÂN",),
    )  # fmt: skip


def _addressed(person: Person, on: date) -> str:
    """'bà Trần Thị Cả'; somebody young is called 'em'."""
    young = person.born_on is not None and on.year - person.born_on.year < 18
    word = "em" if young else {"female": "bà", "male": "ông"}.get(person.sex, "ông (bà)")
    return f"{word} {person.full_name}"


def _with_address(person: Person, on: date) -> str:
    place = ", ".join(part for part in (person.village.name if person.village else "", person.unit.name) if part)
    born = f", sinh năm {person.born_on:%Y}" if person.born_on else ""
    return f"{_addressed(person, on)}{born}, {place}"


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"
