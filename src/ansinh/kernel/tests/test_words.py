"""Words of the ground floor: Vietnamese alone, the reader's language where a site stands above."""

import pytest

from ansinh.kernel import words
from ansinh.kernel.errors import MoveNotAllowed
from ansinh.kernel.workflow import Move, Workflow

DOOR = Workflow(
    noun="door",
    states={"open": "Đang mở", "shut": "Đã đóng"},
    start="open",
    moves=(Move("shut", ("open",), "shut", ("clerk",), "Đóng"),),
)


@pytest.fixture(autouse=True)
def own_translators(monkeypatch):
    monkeypatch.setattr(words, "_translators", [])


def test_without_a_site_a_refusal_is_vietnamese():
    with pytest.raises(MoveNotAllowed, match="Không thể thực hiện “Đóng” khi đang ở trạng thái “Đã đóng”"):
        DOOR.find("shut", "shut")


def test_a_site_translates_the_words_at_the_moment_they_are_told():
    words.translate_with(lambda text: "“%(act)s” cannot be done in state “%(state)s”.")
    with pytest.raises(MoveNotAllowed, match="cannot be done in state “Đã đóng”"):
        DOOR.find("shut", "shut")
