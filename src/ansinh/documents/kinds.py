"""Kinds of papers. A room brings its own: the fields it fills in, and the template that comes with the programme."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from ansinh.kernel.errors import InvalidInput
from ansinh.rendering.templates import Slot

# Names of kinds by their abbreviations (NĐ 30/2020/NĐ-CP, Phụ lục III).
_NAMES = {"QĐ": "Quyết định", "TB": "Thông báo", "BC": "Báo cáo", "PC": "Phiếu chuyển", "BB": "Biên bản"}


@dataclass(frozen=True)
class Field:
    """A field of a template: its name in Word, what it says, an example. A list has lines, with fields of their own or plain text."""

    name: str
    label: Any
    example: str = ""
    mandatory: bool = False
    is_list: bool = False
    inner: tuple[Field, ...] = ()

    @property
    def slot(self) -> Slot:
        return Slot(self.name, self.is_list, tuple(one.slot for one in self.inner))


@dataclass(frozen=True)
class PaperKind:
    """One kind of paper. `symbol` is its abbreviation in the number (QĐ, TB); `default` makes the template of the programme.

    `is_signed_here`: its signature changes nothing elsewhere, so that it is recorded on the page of the paper itself.
    """

    key: str
    label: Any
    symbol: str
    fields: tuple[Field, ...]
    default: Callable[[], bytes]
    is_signed_here: bool = False

    @property
    def word(self) -> str:
        """Its name in the register, in Vietnamese whoever reads."""
        return _NAMES.get(self.symbol, "Văn bản")

    @property
    def slots(self) -> tuple[Slot, ...]:
        return tuple(one.slot for one in self.fields)

    @property
    def mandatory(self) -> tuple[Field, ...]:
        return tuple(one for one in self.fields if one.mandatory)


def all_kinds() -> dict[str, PaperKind]:
    """Every kind the rooms brought, by key, in the order of the settings."""
    kinds = [import_string(path) for path in settings.ANSINH_PAPERS]
    return {kind.key: kind for kind in kinds}


def kind_of(key: str) -> PaperKind:
    """Raises InvalidInput for a key nobody brought."""
    try:
        return all_kinds()[key]
    except KeyError:
        raise InvalidInput(f"Không có loại văn bản “{key}”. Các loại: {', '.join(all_kinds())}.") from None
