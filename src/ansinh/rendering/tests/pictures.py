"""Word files as LibreOffice draws them, beside approved pictures. `ANSINH_APPROVE=1` draws the approved ones anew, to be looked at."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter, ImageStat

from ansinh.rendering import office

FONTS = Path(office.__file__).resolve().parent / "fonts"
_DOTS = 50  # an inch
_TOLERANCE = 1.5  # mean difference of the softened grey values, 0–255; one line moved by its height is above 2


def drawn(word: bytes, folder: Path, monkeypatch) -> list[Image.Image]:
    """The pages, with the type of the house alone, so that every machine draws the same."""
    config = folder / "fonts.conf"
    config.write_text(
        f'<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>{FONTS}</dir>'
        f"<cachedir>{folder / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    monkeypatch.setenv("FONTCONFIG_FILE", str(config))
    (folder / "paper.pdf").write_bytes(office.pdf_of(word))
    call = ["pdftoppm", "-r", str(_DOTS), "-gray", "-png", folder / "paper.pdf", folder / "page"]
    subprocess.run(call, check=True, timeout=60)
    return [Image.open(path).convert("L") for path in sorted(folder.glob("page-*.png"))]


def difference(first: Image.Image, second: Image.Image) -> float:
    """How far two pages differ: single dots do not count, lines do."""
    if first.size != second.size:
        return 255.0
    soft = [page.filter(ImageFilter.GaussianBlur(1.5)) for page in (first, second)]
    return ImageStat.Stat(ImageChops.difference(*soft)).mean[0]


def differing(pages: list[Image.Image], name: str, approved: Path) -> list[str]:
    """What differs from the approved pages of this name, in words; nothing when all is as approved."""
    if os.environ.get("ANSINH_APPROVE"):
        approved.mkdir(exist_ok=True)
        for number, page in enumerate(pages, 1):
            page.quantize(16).save(approved / f"{name}-{number}.png", optimize=True)
    known = [Image.open(path).convert("L") for path in sorted(approved.glob(f"{name}-*.png"))]
    if len(known) != len(pages):
        return [f"{len(pages)} pages, approved are {len(known)}"]
    found = [difference(*pair) for pair in zip(pages, known, strict=True)]
    return [f"page {number}: {value:.2f}" for number, value in enumerate(found, 1) if value > _TOLERANCE]
