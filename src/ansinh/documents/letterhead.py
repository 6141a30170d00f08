"""The fields every paper has: body, place, number, date, signer. Each as of the paper's day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Office, OfficeKind, OfficeSuccession, Post, Role
from ansinh.documents.kinds import Field

_KINDS_OF_PLACE = ("Tỉnh ", "Thành phố ", "Xã ", "Phường ", "Đặc khu ", "Thị trấn ", "Huyện ")
_OUR_FIELD = "bảo trợ xã hội"
# The head of a body, and the post that is the head.
_HEADS = {
    OfficeKind.COMMUNE: (Role.COMMUNE_CHAIRMAN, "CHỦ TỊCH"),
    OfficeKind.DISTRICT: (Role.COMMUNE_CHAIRMAN, "CHỦ TỊCH"),
    OfficeKind.DEPARTMENT: (Role.DEPARTMENT_LEADER, "GIÁM ĐỐC"),
    OfficeKind.DIVISION: (Role.DIVISION_HEAD, "TRƯỞNG PHÒNG"),
    OfficeKind.FACILITY: (Role.FACILITY_HEAD, "GIÁM ĐỐC"),
}

LETTERHEAD = (
    Field("co_quan_cap_tren", _("Cơ quan cấp trên trực tiếp; UBND các cấp không ghi"), "ỦY BAN NHÂN DÂN TỈNH HƯNG YÊN"),
    Field("co_quan", _("Cơ quan ban hành"), "ỦY BAN NHÂN DÂN XÃ QUỲNH PHỤ", mandatory=True),
    Field("so_ky_hieu", _("Số, ký hiệu; chưa lấy số thì để trống phần số"), "12/QĐ-UBND", mandatory=True),
    Field("dia_danh", _("Địa danh"), "Quỳnh Phụ", mandatory=True),
    Field("ngay", _("Ngày tháng năm; chưa có ngày thì để trống"), "ngày 05 tháng 01 năm 2027", mandatory=True),
    Field("trich_yeu", _("Trích yếu nội dung"), "Về việc trợ cấp xã hội hằng tháng", mandatory=True),
    Field("noi_nhan", _("Nơi nhận, mỗi nơi một dòng"), "Lưu: VT.", mandatory=True, is_list=True),
    Field("quyen_ky", _("Quyền hạn, chức vụ người ký, mỗi phần một dòng"), "KT. CHỦ TỊCH", mandatory=True, is_list=True),
    Field("nguoi_ky", _("Họ và tên người ký"), "Phạm Văn Ký", mandatory=True),
)


def letterhead(*, office: Office, symbol: str, number: int | None, dated_on: date | None, on: date) -> dict[str, str]:
    """Body, number, place and date of a paper, on the day it is dated, or `on` while it has no date. Numbers under 10 take a zero."""
    office = office_on(office, dated_on or on)
    parent, body = _bodies(office)
    return {
        "co_quan_cap_tren": parent.upper(),
        "co_quan": body.upper(),
        "so_ky_hieu": symbol_of(symbol, office, number),
        "dia_danh": place_of(office),
        "ngay": _day_words(dated_on, on),
    }


def symbol_of(symbol: str, office: Office, number: int | None) -> str:
    """'05/QĐ-UBND'; without a number its place stays free for the pen."""
    given = f"{number:02d}" if number else " " * 8
    return f"{given}/{symbol}-{office.symbol or office.code.split('-')[0]}"


def office_on(office: Office, day: date) -> Office:
    """The body that was or is this one on a day: its predecessor or successor in our field, as often as bodies were remade."""
    for _step in range(10):
        if office.period.upper and day >= office.period.upper:
            edges = OfficeSuccession.objects.filter(old=office, event_on__lte=day).select_related("new__unit", "new__parent")
            found = _of_our_field(edges)
            following = found.new if found else None
        elif office.period.lower and day < office.period.lower:
            edges = OfficeSuccession.objects.filter(new=office, event_on__gt=day).select_related("old__unit", "old__parent")
            found = _of_our_field(edges)
            following = found.old if found else None
        else:
            return office
        if following is None:
            return office
        office = following
    return office


def _of_our_field(edges) -> OfficeSuccession | None:
    found = list(edges.order_by("id"))
    return next((edge for edge in found if edge.field == _OUR_FIELD), found[0] if found else None)


def full_name(office: Office) -> str:
    """'Ủy ban nhân dân xã Quỳnh Phụ'."""
    return office.name.replace("UBND", "Ủy ban nhân dân", 1)


def _bodies(office: Office) -> tuple[str, str]:
    """The line above, and the body itself in the lines it is written in. A people's committee has no line above it."""
    name = full_name(office)
    if name.startswith("Ủy ban nhân dân "):
        return "", name.replace("Ủy ban nhân dân ", "Ủy ban nhân dân\n", 1)
    body = name.split(",")[0].split(" (")[0]
    if office.kind == OfficeKind.DEPARTMENT and office.unit:
        province = f"{office.unit.name[0].lower()}{office.unit.name[1:]}"
        return f"Ủy ban nhân dân\n{office.unit.name}", body.removesuffix(province).strip()
    return (office.parent.name if office.parent else ""), body


def place_of(office: Office) -> str:
    """The place before a date: the name of the unit without its kind; a name that is a number keeps it."""
    name = office.unit.name if office.unit else office.name
    bare = next((name.removeprefix(word) for word in _KINDS_OF_PLACE if name.startswith(word)), name)
    return name if bare[:1].isdigit() else bare


def _day_words(dated_on: date | None, on: date) -> str:
    """Days under 10 and the first two months take a zero."""
    if dated_on is None:
        return f"ngày{' ' * 6}tháng{' ' * 6}năm {on:%Y}"
    month = f"{dated_on.month:02d}" if dated_on.month < 3 else f"{dated_on.month}"
    return f"ngày {dated_on:%d} tháng {month} năm {dated_on:%Y}"


def long_day(day: date) -> str:
    """'ngày 05 tháng 01 năm 2027'."""
    return _day_words(day, day)


# --- who signs -------------------------------------------------------------------------------------------------------


def signing(post: Post, *, collective: bool = False, by_mandate: bool = False) -> list[str]:
    """The lines above a signature. A deputy signs KT. for the head, an acting head with Q.; a committee's paper TM. for all.

    The head of a unit of the body signs by order (TL.), a deputy of it KT. below that; `by_mandate`: by a written mandate (TUQ.).
    """
    body = post.office.parent if by_mandate and post.office.kind == OfficeKind.DIVISION and post.office.parent else post.office
    role, head = _HEADS.get(body.kind, ("", ""))
    lines = ["TM. ỦY BAN NHÂN DÂN"] if collective and _is_committee(post) else []
    if post.role != role:
        above = f"{'TUQ' if by_mandate else 'TL'}. {head}" if head else ""
        if is_deputy(post) and post.title.startswith("Phó "):
            return [*lines, above, f"KT. {_in_full(post.title.removeprefix('Phó '))}", _in_full(post.title)]
        return [*lines, above, _in_full(post.title)]
    if is_deputy(post):
        return [*lines, f"KT. {head}", f"PHÓ {head}"]
    return [*lines, f"Q. {head}" if post.title.startswith("Quyền ") else head]


def _in_full(title: str) -> str:
    """A title as official papers write it, abbreviating nothing."""
    return title.upper().replace("VH-XH", "VĂN HÓA - XÃ HỘI")


def is_deputy(post: Post) -> bool:
    return post.is_deputy or post.title.startswith("Phó ")


def _is_committee(post: Post) -> bool:
    return post.office.kind in (OfficeKind.COMMUNE, OfficeKind.DISTRICT)


def title_in_one_line(lines: list[str]) -> str:
    """'KT. Chủ tịch, Phó Chủ tịch', as it is recorded."""
    return ", ".join(_sentence(line) for line in lines if line)


def _sentence(line: str) -> str:
    mark, dot, rest = line.partition(". ")
    words = (rest if dot else line).capitalize().replace("chủ tịch", "Chủ tịch").replace("giám đốc", "Giám đốc")
    words = words.replace("văn hóa - xã hội", "Văn hóa - Xã hội")
    return f"{mark}. {words}" if dot else words


def signer_fields(post: Post | None, lines: list[str]) -> Mapping[str, object]:
    """The signature's fields; a paper whose signer is not known yet leaves the name free."""
    return {"quyen_ky": [line for line in lines if line], "nguoi_ky": post.user.full_name if post and post.user else ""}
