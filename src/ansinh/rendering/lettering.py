"""Breaking text into lines that fit a cell, and making type smaller where one word alone is too wide."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

_SMALLEST = 6.0

Measure = Callable[[str, str, float], float]
"""(text, style, size) to its width."""


@dataclass(frozen=True)
class Fitted:
    """Lines and the size at which each fits."""

    lines: tuple[str, ...]
    size: float


class Fitter:
    """Fits texts into widths. Words repeat on a list, so their widths are remembered."""

    def __init__(self, measure: Measure) -> None:
        self._measure = measure
        self._widths: dict[tuple[str, str], float] = {}

    def fit(self, text: str, style: str, size: float, width: float) -> Fitted:
        """Break at spaces; a word wider than the cell makes the type smaller, and only then is it cut."""
        words = text.split()
        widest = max((self._width(word, style) for word in words), default=0) * size
        if widest > width:
            size = max(size * width / widest * 0.99, _SMALLEST)
        lines: list[str] = []
        for paragraph in text.split("\n"):
            lines += self._paragraph(paragraph, style, size, width)
        return Fitted(tuple(lines), size)

    def _paragraph(self, text: str, style: str, size: float, width: float) -> list[str]:
        lines = [""]
        for word in text.split():
            joined = f"{lines[-1]} {word}" if lines[-1] else word
            if not lines[-1] or self._line_width(joined, style) * size <= width:
                lines[-1] = joined
            else:
                lines.append(word)
        return [piece for line in lines for piece in self._cut(line, style, size, width)]

    def _cut(self, line: str, style: str, size: float, width: float) -> list[str]:
        """A single word that is too wide even in the smallest type is cut."""
        pieces = []
        while " " not in line and len(line) > 1 and self._line_width(line, style) * size > width:
            fits = max(int(len(line) * width / (self._line_width(line, style) * size)), 1)
            pieces.append(line[:fits])
            line = line[fits:]
        return [*pieces, line]

    def _line_width(self, line: str, style: str) -> float:
        words = line.split(" ")
        return sum(self._width(word, style) for word in words) + self._width(" ", style) * (len(words) - 1)

    def _width(self, word: str, style: str) -> float:
        """Width at size 1; widths grow in proportion."""
        key = (word, style)
        if key not in self._widths:
            self._widths[key] = self._measure(word, style, 100) / 100
        return self._widths[key]
