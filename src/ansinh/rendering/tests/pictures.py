"""Papers as LibreOffice draws them, beside approved pictures. `ANSINH_APPROVE=1` draws the approved ones anew, to be looked at.

Every machine draws with the type of the house alone (Noto Serif stands in for every other), so lines break in the same places everywhere.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from itertools import product
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat

from ansinh.rendering import office

FONTS = Path(office.__file__).resolve().parent / "fonts"
_DOTS = 50  # an inch
_TOLERANCE = 1.5  # mean difference of the softened grey values of a page, 0–255; one line moved by its height is above 2
_TILE = 16  # dots
_WORST = 17  # difference of one tile of the page: a line that moved by one dot makes as much, a missing word more
_ASIDE = (0, -1, 1)  # dots that a whole page may lie aside
_SECONDS = 180


def needs_office() -> None:
    """Skip where there is no LibreOffice; never in CI, which installs it (requirements/tools.sh)."""
    lacking = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if lacking and not os.environ.get("CI"):
        pytest.skip(f"cần LibreOffice và poppler-utils ({', '.join(lacking)}): make tools")
    assert not lacking, f"thiếu {', '.join(lacking)}: make tools"


def drawn(word: bytes, folder: Path, monkeypatch) -> list[Image.Image]:
    """The pages of one paper."""
    return drawn_together({"paper.docx": word}, folder, monkeypatch)["paper"]


def drawn_together(sources: Mapping[str, bytes], folder: Path, monkeypatch, *, dots: int = _DOTS) -> dict[str, list[Image.Image]]:
    """The pages of papers (Word, Excel, PDF), by their names without the ending. One call of LibreOffice for all."""
    needs_office()
    config = folder / "fonts.conf"
    config.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{FONTS}</dir>'
        f"<cachedir>{folder / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))
    for name, data in sources.items():
        (folder / name).write_bytes(data)
    if written := [folder / name for name in sources if not name.endswith(".pdf")]:
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        call = [office.program(), profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, *written]
        subprocess.run(call, check=True, capture_output=True, timeout=_SECONDS)
    return {Path(name).stem: _pages(folder, Path(name).stem, dots) for name in sources}


def _pages(folder: Path, name: str, dots: int) -> list[Image.Image]:
    call = ["pdftoppm", "-r", str(dots), "-gray", "-png", folder / f"{name}.pdf", folder / f"drawn-{name}"]
    subprocess.run(call, check=True, timeout=60)
    return [Image.open(path).convert("L") for path in sorted(folder.glob(f"drawn-{name}-[0-9]*.png"))]


def difference(first: Image.Image, second: Image.Image) -> tuple[float, int]:
    """How far two pages differ, on the whole and in their worst tile: single dots do not count, lines and words do.

    Laid over one another where they fit best: another version of LibreOffice may draw a whole page one dot aside.
    """
    if first.size != second.size:
        return 255.0, 255
    one, other = (page.filter(ImageFilter.GaussianBlur(1.5)) for page in (first, second))
    found = []
    for across, down in product(_ASIDE, _ASIDE):
        apart = ImageChops.difference(one, ImageChops.offset(other, across, down))
        found.append((ImageStat.Stat(apart).mean[0], apart.reduce(_TILE).getextrema()[1]))
    return min(found)


def differing(pages: list[Image.Image], name: str, approved: Path) -> list[str]:
    """What differs from the approved pages of this name, in words; nothing when all is as approved."""
    if os.environ.get("ANSINH_APPROVE"):
        approve(pages, name, approved)
    return compared(pages, name, approved)


def compared(pages: list[Image.Image], name: str, approved: Path) -> list[str]:
    """The same, whatever is being approved: for pages that must differ."""
    known = [Image.open(path).convert("L") for path in _approved(name, approved)]
    if len(known) != len(pages):
        return [f"{name}: {len(pages)} pages, approved are {len(known)}"]
    found = [difference(*pair) for pair in zip(pages, known, strict=True)]
    return [
        f"{name}, page {number}: mean {mean:.2f}, worst tile {worst}"
        for number, (mean, worst) in enumerate(found, 1)
        if is_apart((mean, worst))
    ]


def is_apart(found: tuple[float, int]) -> bool:
    """Whether two pages that differ so far are no longer the same."""
    mean, worst = found
    return mean > _TOLERANCE or worst > _WORST


def approve(pages: list[Image.Image], name: str, approved: Path) -> None:
    """Keep these pages as the approved ones of the name, in place of those before."""
    approved.mkdir(exist_ok=True)
    for path in _approved(name, approved):
        path.unlink()
    for number, page in enumerate(pages, 1):
        page.quantize(16).save(approved / f"{name}-{number}.png", optimize=True)


def _approved(name: str, approved: Path) -> list[Path]:
    return sorted(approved.glob(f"{name}-[0-9]*.png"), key=lambda path: int(path.stem.rsplit("-", 1)[1]))
