"""Every paper of the house, printed from an invented example, beside its approved picture.

After a change that is meant: `ANSINH_APPROVE=1 .venv/bin/python -m pytest tests/papers`, then look at the pictures that changed.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.papers import aid, decisions, desk, money, petitioning
from tests.papers.printing import number_anew, staffed

from ansinh.access.tests.factories import DAY
from ansinh.rendering.tests.pictures import difference, differing, drawn_together, needs_office

APPROVED = Path(__file__).parent / "approved"
_ROOMS = (decisions, desk, money, aid, petitioning)
_DOTS = 60
_LOOKS_LIKE_ALL = 1_500_000  # bytes of pictures


@pytest.fixture
def papers(settings, as_maintenance) -> dict[str, bytes]:
    """Every paper by its file name."""
    needs_office()
    settings.ANSINH_TODAY = DAY
    number_anew()
    with as_maintenance():
        staffed()
        return {name: data for room in _ROOMS for name, data in room.examples().items()}


@pytest.mark.office
@pytest.mark.django_db
def test_every_paper_looks_as_approved(papers, tmp_path, monkeypatch):
    drawn = drawn_together(papers, tmp_path, monkeypatch, dots=_DOTS)
    assert [said for name, pages in sorted(drawn.items()) for said in differing(pages, name, APPROVED)] == []
    assert {path.stem.rsplit("-", 1)[0] for path in APPROVED.glob("*.png")} == drawn.keys()
    # The same measure tells one decision from another, so it could have failed.
    assert difference(drawn["quyet-dinh-thoi-huong"][0], drawn["quyet-dinh-tam-dung"][0])[1] > 40


def test_the_pictures_stay_small():
    assert sum(path.stat().st_size for path in APPROVED.glob("*.png")) < _LOOKS_LIKE_ALL
