"""The colours keep their promises: contrast in light and dark, and series that part for colour-blind eyes."""

import itertools
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).parents[1] / "static" / "ansinh"
TEXT = [
    *[(i, g, 4.5) for i in ("ink", "ink-2", "ink-3", "accent", "late-ink") for g in ("paper", "surface", "hover", "sunken")],
    *[(i, "accent-soft", 4.5) for i in ("accent-strong", "accent", "ink", "ink-2")],
    ("on-accent", "accent", 4.5),
    ("on-accent", "accent-strong", 4.5),
    ("on-bar", "bar", 7),
    ("on-bar-2", "bar", 4.5),
    ("on-bar", "bar-field", 4.5),
    ("on-bar-2", "bar-field", 4.5),
    ("on-late", "late", 4.5),
    ("late-ink", "late-soft", 4.5),
    ("ink", "late-soft", 4.5),
    ("ink-2", "late-soft", 4.5),
    *[(f"{s}-ink", g, 4.5) for s in ("due", "now", "done", "unsure") for g in (f"{s}-soft", "surface", "paper")],
    ("ink", "due-soft", 7),
    ("ink", "unsure-soft", 7),
    ("ink-2", "unsure-soft", 4.5),
]
SIGNS = [
    ("edge", "surface"),
    ("edge", "paper"),
    ("bar-edge", "bar-field"),
    ("bar-edge", "bar"),
    ("due-edge", "surface"),
    ("unsure-edge", "surface"),
    ("seal", "bar"),
    ("focus", "focus-ring"),
    *[(f"c{i}", "surface") for i in range(1, 6)],
]
EYES = {  # Machado, Oliveira, Fernandes 2009, severity 1, in linear RGB
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.011820, 0.042940, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.303900)),
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}


def block(opening: str) -> dict[str, str]:
    css = (STATIC / "tokens.css").read_text(encoding="utf-8")
    start = css.index(opening) + len(opening)
    return dict(re.findall(r"--([\w-]+):\s*(#[0-9a-f]{6})", css[start : css.index("}", start)]))


LIGHT, DARK = block(":root {"), block(':root[data-theme="dark"] {')
THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


def linear(colour: str) -> list[float]:
    raw = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in raw]


def contrast(one: str, two: str) -> float:
    lights = [sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(x), strict=True)) for x in (one, two)]
    return (max(lights) + 0.05) / (min(lights) + 0.05)


def oklab(rgb: list[float]) -> tuple[float, float, float]:
    r, g, b = (min(1, max(0, c)) for c in rgb)
    long, middle, short = (
        v ** (1 / 3)
        for v in (
            0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b,
            0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b,
            0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b,
        )
    )
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def apart(one: str, two: str, eye: str) -> float:
    seen = [oklab([sum(m * c for m, c in zip(row, linear(x), strict=True)) for row in EYES[eye]]) for x in (one, two)]
    return 100 * sum((p - q) ** 2 for p, q in zip(*seen, strict=True)) ** 0.5


def test_dark_by_choice_and_dark_by_machine_are_the_same():
    assert block(":root:not([data-theme]) {") == DARK


@THEMES
def test_every_text_can_be_read_on_its_ground(theme):
    broken = [(i, g, contrast(theme[i], theme[g])) for i, g, least in TEXT if contrast(theme[i], theme[g]) < least]
    assert broken == []


@THEMES
def test_every_sign_and_border_stands_out(theme):
    assert [(i, g) for i, g in SIGNS if contrast(theme[i], theme[g]) < 3] == []


@THEMES
@pytest.mark.parametrize("eye", EYES)
def test_series_and_steps_part_for_every_eye(theme, eye):
    nearest = min(apart(theme[a], theme[b], eye) for a, b in itertools.combinations([f"c{i}" for i in range(1, 6)], 2))
    assert nearest >= 10
    assert min(apart(theme[f"s{i}"], theme[f"s{i + 1}"], eye) for i in range(1, 5)) >= 7


@pytest.mark.parametrize("sheet", ["shell.css", "components.css"])
def test_colours_and_sizes_stand_in_the_tokens_only(sheet):
    css = re.sub(r"/\*.*?\*/", "", (STATIC / sheet).read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b|rgba?\(|hsla?\(", css) == []


@pytest.mark.parametrize("sheet", sorted(STATIC.glob("*.css")), ids=lambda p: p.name)
def test_old_browsers_and_closed_networks_can_take_the_styles(sheet):
    css = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(r"url\(|@import|color-mix\(|oklch\(|light-dark\(|@starting-style|font-size:\s*(?:\d|1[012])px", css) == []
