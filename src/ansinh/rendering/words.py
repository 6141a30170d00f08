"""Numbers read aloud in Vietnamese, as they stand on decisions and payment lists.

Our own reader: the usual library leaves out “không trăm linh” and goes wrong from a thousand billion on.
"""

from __future__ import annotations

from ansinh.kernel.errors import InvalidInput

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_GROUPS = ("", " nghìn", " triệu")
_LIMIT = 10**18


def number_in_words(value: int) -> str:
    """1005000 as 'một triệu không trăm linh năm nghìn'. Reads up to a billion billions, and negatives with 'âm'."""
    if abs(value) >= _LIMIT * 10:
        raise InvalidInput(f"Số {value} quá lớn, không đọc thành chữ được.")
    if value < 0:
        return f"âm {number_in_words(-value)}"
    if value == 0:
        return _DIGITS[0]
    billions, rest = divmod(value, 10**9)
    parts = [f"{number_in_words(billions)} tỷ"] if billions else []
    parts += _below_a_billion(rest, first=not billions)
    return " ".join(parts)


def money_in_words(value: int, *, ending: str = "") -> str:
    """1423440000 as 'Một tỷ bốn trăm hai mươi ba triệu bốn trăm bốn mươi nghìn đồng'; `ending` may be './.'."""
    words = number_in_words(value)
    return f"{words[0].upper()}{words[1:]} đồng{ending}"


def _below_a_billion(value: int, *, first: bool) -> list[str]:
    """The groups of three digits. Every group but the very first is read in full: 'không trăm linh năm'."""
    parts = []
    for power in (2, 1, 0):
        group = value // 1000**power % 1000
        if group:
            parts.append(_three_digits(group, in_full=not (first and not parts)) + _GROUPS[power])
    return parts


def _three_digits(value: int, *, in_full: bool) -> str:
    hundreds, rest = divmod(value, 100)
    words = [f"{_DIGITS[hundreds]} trăm"] if hundreds or in_full else []
    if rest:
        words.append(_two_digits(rest, after_hundred=bool(words)))
    return " ".join(words)


def _two_digits(value: int, *, after_hundred: bool) -> str:
    tens, unit = divmod(value, 10)
    if tens == 0:
        return f"linh {_DIGITS[unit]}" if after_hundred else _DIGITS[unit]
    start = "mười" if tens == 1 else f"{_DIGITS[tens]} mươi"
    return f"{start} {_unit_after_ten(unit, tens)}" if unit else start


def _unit_after_ten(unit: int, tens: int) -> str:
    """After a ten, 5 is 'lăm'; from twenty on, 1 is 'mốt' and 4 is 'tư'."""
    if unit == 5:
        return "lăm"
    if tens > 1 and unit in (1, 4):
        return "mốt" if unit == 1 else "tư"
    return _DIGITS[unit]
