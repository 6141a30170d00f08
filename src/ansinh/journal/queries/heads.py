"""Heads of the chain as they were written outside the database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ansinh.kernel.errors import InvalidInput


@dataclass(frozen=True)
class Head:
    """The newest entry at some moment: its number and hash."""

    entry: int
    hash: str


def kept_heads(path: Path) -> list[Head]:
    """The heads written into a file, oldest first. Raises InvalidInput for a line that is none; half a last line is left out."""
    try:
        lines = whole_lines(path.read_bytes()).decode("ascii").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"Không đọc được tệp mốc nhật ký {path.name}: {error.__class__.__name__}.") from None
    return [_head(line, number, path) for number, line in enumerate(lines, start=1)]


def whole_lines(content: bytes) -> bytes:
    """The content up to its last end of line: what follows was cut off while it was written."""
    return content[: content.rfind(b"\n") + 1]


def _head(line: str, number: int, path: Path) -> Head:
    words = line.split()
    if len(words) != 3 or not words[0].isdigit() or len(words[1]) != 64:
        raise InvalidInput(f"Tệp mốc nhật ký {path.name}, dòng {number}: không phải một mốc “số, mã băm, thời điểm”.")
    return Head(int(words[0]), words[1])
