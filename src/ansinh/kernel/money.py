"""Money is integer đồng; coefficients are exact, kept as integer hundredths. No float touches either."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from ansinh.kernel.errors import InvalidInput

NBSP = "\u00a0"
MINUS = "\u2212"


def hundredths(text: str | int | Decimal) -> int:
    """A coefficient as integer hundredths: '1.5' is 150. Raises InvalidInput when no number or finer than a hundredth."""
    try:
        scaled = Decimal(str(text)) * 100
    except InvalidOperation:
        raise InvalidInput(f"Hệ số “{text}” không phải là số.") from None
    if scaled != scaled.to_integral_value():
        raise InvalidInput(f"Hệ số “{text}” có quá hai chữ số thập phân.")
    return int(scaled)


def coefficient_text(value: int) -> str:
    """Hundredths as officers write them: 150 is '1,5', 200 is '2,0'."""
    whole, rest = divmod(value, 100)
    decimals = f"{rest:02d}".rstrip("0") or "0"
    return f"{whole},{decimals}"


def coefficient_plain(value: int) -> str:
    """Hundredths as an exact decimal string: 150 is '1.5', 200 is '2'."""
    whole, rest = divmod(value, 100)
    return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")


def amount_of(coefficient: int, standard_vnd: int, count: int = 1) -> int:
    """coefficient (hundredths) x standard x count, in đồng. Raises InvalidInput when it is not whole."""
    product = coefficient * standard_vnd * count
    if product % 100:
        raise InvalidInput("Hệ số nhân mức chuẩn không ra số đồng nguyên.")
    return product // 100


def number_text(value: int) -> str:
    """1234567 as '1.234.567', a negative with the minus sign U+2212."""
    sign = MINUS if value < 0 else ""
    return sign + f"{abs(value):,}".replace(",", ".")


def money_text(value: int) -> str:
    """1234567 as '1.234.567 đ' with a no-break space."""
    return f"{number_text(value)}{NBSP}đ"
