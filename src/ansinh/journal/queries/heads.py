"""Heads of the chain as they were written outside the database."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ansinh.kernel.errors import InvalidInput

_LONGEST_LINE = 200


@dataclass(frozen=True)
class Head:
    """The newest entry at some moment: its number and hash."""

    entry: int
    hash: str


def kept_heads(path: Path) -> list[Head]:
    """The heads written into a file, oldest first. Raises InvalidInput for a line that is none; half a last line is left out."""
    return [_head(line, number, path) for number, line in enumerate(_lines(path), start=1)]


def last_head(path: Path) -> Head | None:
    """The newest head, without reading a file that grows over years. Raises InvalidInput when its line is none."""
    lines = _lines(path, tail=2 * _LONGEST_LINE)
    return _head(lines[-1], len(lines), path) if lines else None


def _lines(path: Path, *, tail: int | None = None) -> list[str]:
    try:
        with path.open("rb") as file:
            if tail and (size := path.stat().st_size) > tail:
                file.seek(size - tail)
            return whole_lines(file.read()).decode("ascii").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidInput(f"Không đọc được tệp mốc nhật ký {path.name}: {error.__class__.__name__}.") from None


def whole_lines(content: bytes) -> bytes:
    """The content up to its last end of line: what follows was cut off while it was written."""
    return content[: content.rfind(b"\n") + 1]


def cut_torn_line(path: Path) -> None:
    """Remove what follows the last end of line."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        start = max(0, size - 2 * _LONGEST_LINE)
        file.seek(start)
        file.truncate(start + len(whole_lines(file.read())))


def _head(line: str, number: int, path: Path) -> Head:
    words = line.split()
    if len(words) != 3 or not words[0].isdigit() or len(words[1]) != 64:
        raise InvalidInput(f"Tệp mốc nhật ký {path.name}, dòng {number}: không phải một mốc “số, mã băm, thời điểm”.")
    return Head(int(words[0]), words[1])
