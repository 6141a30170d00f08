"""Rows of a sheet that a village or an officer filled in, read into what is asked. A wrong cell is named with its row and column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ansinh.emergency.models import AidKind, Hardship
from ansinh.emergency.models.aid import RELIEF_KINDS
from ansinh.emergency.operations.lines import Asked
from ansinh.imports.reading.dates import read_date
from ansinh.imports.reading.files import Opened
from ansinh.imports.reading.numbers import read_integer, read_money
from ansinh.imports.reading.values import is_blank, shown
from ansinh.kernel.errors import InvalidInput
from ansinh.kernel.folding import fold
from ansinh.pages.forms import is_of_our_time

# (field, heading); also the columns of the sheet that is handed out.
COLUMNS = (
    ("village_name", "Thôn, tổ dân phố"), ("recipient", "Họ và tên"), ("born_text", "Năm sinh"),
    ("personal_number", "Số định danh"), ("kind", "Khoản đề nghị"), ("persons", "Số người"), ("months", "Số tháng gạo"),
    ("treatment_days", "Số ngày điều trị"), ("away", "Ngoài nơi cư trú, không người thân"), ("without_home", "Không còn chỗ ở"),
    ("unable", "Không tự bảo đảm được"), ("cost_vnd", "Chi phí mai táng"), ("hardship", "Hoàn cảnh"), ("goods", "Nhu yếu phẩm"),
    ("amount_vnd", "Mức đề nghị"), ("happened_on", "Ngày xảy ra"), ("note", "Ghi chú"),
)  # fmt: skip
_NEEDED = ("recipient", "kind")
# Words a village writes, folded, beside the official ones.
_SHORT = {
    "gao": AidKind.RICE, "nhu yeu pham": AidKind.GOODS, "bi thuong": AidKind.INJURY, "thuong nang": AidKind.INJURY,
    "chet": AidKind.BURIAL, "mat tich": AidKind.BURIAL, "mai tang": AidKind.BURIAL, "mat nha": AidKind.HOUSE_LOST,
    "sap nha": AidKind.HOUSE_LOST, "di doi": AidKind.RELOCATION, "hu hong nang": AidKind.HOUSE_HEAVY,
}  # fmt: skip
_HARDSHIPS = {
    "ngheo": Hardship.POOR, "can ngheo": Hardship.NEAR_POOR, "kho khan": Hardship.DIFFICULT, "khong": Hardship.NONE,
}  # fmt: skip


def read_rows(opened: Opened) -> list[Asked]:
    """Every filled row of the first sheet that has our headings. Raises InvalidInput naming row, column, found and expected."""
    for grid in opened.grids:
        for place, row in enumerate(grid.rows):
            columns = _columns(row)
            if all(name in columns.values() for name in _NEEDED):
                filled = [(n, cells) for n, cells in enumerate(grid.rows[place + 1 :], place + 2) if _is_row(cells, columns)]
                if not filled:
                    raise InvalidInput(_("Dưới hàng tiêu đề không có dòng nào."))
                return [_asked(number, cells, columns) for number, cells in filled]
    raise InvalidInput(
        _("Không thấy hàng tiêu đề. Cần ít nhất hai cột “%(name)s” và “%(kind)s”; hãy dùng mẫu tải ở trang này.")
        % {"name": "Họ và tên", "kind": "Khoản đề nghị"}
    )


def _columns(row: list[Any]) -> dict[int, str]:
    headings = {fold(heading): name for name, heading in COLUMNS}
    return {place: headings[fold(shown(cell))] for place, cell in enumerate(row) if fold(shown(cell)) in headings}


def _is_row(cells: list[Any], columns: dict[int, str]) -> bool:
    return any(not is_blank(cells[place]) for place in columns if place < len(cells))


def _asked(number: int, cells: list[Any], columns: dict[int, str]) -> Asked:
    values: dict[str, Any] = {}
    for place, name in columns.items():
        cell = cells[place] if place < len(cells) else None
        if is_blank(cell):
            continue
        try:
            values[name] = _READERS.get(name, shown)(cell)
        except InvalidInput as error:
            heading = dict(COLUMNS)[name]
            words = _("Dòng %(row)d, cột “%(column)s”: ghi “%(found)s”, cần %(error)s")
            given = {"row": number, "column": heading, "found": shown(cell), "error": error}
            raise InvalidInput(words % given, field=name) from None
    for name in _NEEDED:
        if not values.get(name):
            words = _("Dòng %(row)d, cột “%(column)s”: còn trống.")
            raise InvalidInput(words % {"row": number, "column": dict(COLUMNS)[name]}, field=name)
    return Asked(**values, row=number)


def _kind(cell: Any) -> str:
    text = fold(shown(cell))
    named = {fold(str(kind.label)): kind for kind in RELIEF_KINDS}
    found = named.get(text) or _SHORT.get(text)
    if found is None:
        raise InvalidInput(_("một trong: %(kinds)s.") % {"kinds": "; ".join(str(kind.label) for kind in RELIEF_KINDS)})
    return found.value


def _hardship(cell: Any) -> str:
    text = fold(shown(cell)).removeprefix("ho ").removeprefix("co hoan canh ")
    if text not in _HARDSHIPS:
        raise InvalidInput(_("nghèo, cận nghèo, khó khăn hoặc không."))
    return _HARDSHIPS[text].value


def _flag(cell: Any) -> bool:
    found = {"co": True, "x": True, "khong": False}.get(fold(shown(cell)))
    if found is None:
        raise InvalidInput(_("có hoặc không."))
    return found


def _number(reader: Callable[[Any], Any], words: Any) -> Callable[[Any], int]:
    def read(cell: Any) -> int:
        value, _problem = reader(cell)
        if value is None or not 0 <= value < 10**12:
            raise InvalidInput(str(words))
        return int(value)

    return read


def _day(cell: Any):
    found, _problem = read_date(cell)
    if found is None or found.precision != "day" or not is_of_our_time(found.on):
        raise InvalidInput(_("ngày/tháng/năm, ví dụ 12/09/2026."))
    return found.on


def _born(cell: Any) -> str:
    found, _problem = read_date(cell)
    if found is None:
        raise InvalidInput(_("năm sinh hoặc ngày/tháng/năm sinh."))
    return str(found)


def _digits(cell: Any) -> str:
    text = "".join(shown(cell).split())
    if not (text.isdecimal() and 9 <= len(text) <= 12):
        raise InvalidInput(_("12 chữ số."))
    return text.zfill(12)


_READERS: dict[str, Callable[[Any], Any]] = {
    "kind": _kind,
    "hardship": _hardship,
    "born_text": _born,
    "personal_number": _digits,
    "happened_on": _day,
    "away": _flag,
    "without_home": _flag,
    "unable": _flag,
    **{name: _number(read_integer, gettext_lazy("một số nguyên.")) for name in ("persons", "months", "treatment_days")},
    **{name: _number(read_money, gettext_lazy("số tiền, ví dụ 5.400.000.")) for name in ("cost_vnd", "amount_vnd")},
}
