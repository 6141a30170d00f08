"""Every paper of the house, printed from an invented example, beside its approved picture.

After a change that is meant: `ANSINH_APPROVE=1 .venv/bin/python -m pytest tests/papers`, then look at the pictures that changed.
"""

from __future__ import annotations

from itertools import count
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageDraw
from tests.papers import aid, decisions, desk, money, petitioning
from tests.papers.printing import number_anew, staffed

from ansinh.access.tests.factories import DAY
from ansinh.entitlements.tests import factories
from ansinh.rendering.tests.pictures import difference, differing, drawn_together, is_apart, needs_office

APPROVED = Path(__file__).parent / "approved"
_ROOMS = (decisions, desk, money, aid, petitioning)
_DOTS = 60
_LOOKS_LIKE_ALL = 1_500_000  # bytes of pictures


@pytest.fixture
def papers(settings, as_maintenance, monkeypatch) -> dict[str, bytes]:
    """Every paper by its file name."""
    needs_office()
    settings.ANSINH_TODAY = DAY
    number_anew()
    monkeypatch.setattr(factories, "_numbers", count(1))
    with as_maintenance():
        staffed()
        return {name: data for room in _ROOMS for name, data in room.examples().items()}


@pytest.mark.office
@pytest.mark.django_db
def test_every_paper_looks_as_approved(papers, tmp_path, monkeypatch):
    drawn = drawn_together(papers, tmp_path, monkeypatch, dots=_DOTS)
    assert [said for name, pages in sorted(drawn.items()) for said in differing(pages, name, APPROVED)] == []
    assert {path.stem.rsplit("-", 1)[0] for path in APPROVED.glob("*.png")} == drawn.keys()


@pytest.mark.parametrize("name", ["quyet-dinh-huong", "tro-giup-quyet-dinh", "danh-sach-chi-tra-ky-nhan", "mau-06"])
def test_a_line_that_is_gone_or_a_page_that_slipped_would_be_seen(name):
    page = Image.open(APPROVED / f"{name}-1.png").convert("L")
    ink = ImageChops.invert(page).point(lambda grey: 255 if grey > 80 else 0).getbbox()
    gone = page.copy()
    ImageDraw.Draw(gone).rectangle((0, ink[3] - 11, page.width, ink[3]), fill=255)  # the last line: whose signature it awaits
    assert is_apart(difference(page, gone))
    assert is_apart(difference(page, ImageChops.offset(page, 0, 4)))
    assert not is_apart(difference(page, ImageChops.offset(page, 1, -1)))


def test_the_pictures_stay_small():
    assert sum(path.stat().st_size for path in APPROVED.glob("*.png")) < _LOOKS_LIKE_ALL
