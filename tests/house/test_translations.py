"""Every word marked for translation has its English, and the compiled catalogue is the written one."""

import pytest
from tests.house.walking import HOUSE

from ansinh.pages import catalogue

ENGLISH = HOUSE / "locale" / "en" / "LC_MESSAGES" / "django.po"


def named(messages) -> str:
    return "\n" + "\n".join(f"{places[0] if places else ENGLISH.name}: {key[0]!r}" for key, places in messages)


@pytest.fixture(scope="module")
def sources():
    return catalogue.words_of_sources(HOUSE)


@pytest.fixture(scope="module")
def english():
    return catalogue.read(ENGLISH)


def test_every_word_of_the_sources_is_in_the_catalogue(sources, english):
    missing = [(key, places) for key, places in sources.items() if key not in english]
    assert not missing, f"run `make words`, then translate:{named(missing)}"


def test_no_word_of_the_catalogue_is_stale(sources, english):
    stale = [(key, []) for key in english if key not in sources]
    assert not stale, f"run `make words`:{named(stale)}"


def test_every_translation_is_whole_and_keeps_its_placeholders(english):
    wrong = [f"{key[0]!r} {fault}" for key, message in english.items() for fault in catalogue.faults(message)]
    assert not wrong, "\n".join(wrong)


def test_the_compiled_catalogue_is_the_written_one():
    assert ENGLISH.with_suffix(".mo").read_bytes() == catalogue.compiled(ENGLISH), "run `make words`"
