"""Every word marked for translation has its English, and the compiled catalogue is the written one."""

import ast
import re

import pytest
from tests.house.walking import HOUSE, functions, programs, template_name, templates

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


VIETNAMESE = re.compile("[ăâđêôơưàằầèềìòồờùừỳảẳẩẻểỉỏổởủửỷãẵẫẽễĩõỗỡũữỹáắấéếíóốớúứýạặậẹệịọộợụựỵ]", re.IGNORECASE)
TRANSLATED = re.compile(
    r"""\{% blocktranslate.*?endblocktranslate %\}|\{% translate .*?%\}|_\((?:"[^"]*"|'[^']*')\)|\{#.*?#\}""", re.DOTALL
)
SAMPLES = {"pages/components.html", "pages/_sample_rows.html", "pages/_sample_progress.html"}
OWN_NAME_OF_THE_LANGUAGE = "pages/_language.html"


def test_no_template_speaks_past_the_catalogue():
    wrong = [
        f"{template_name(path)}: {line.strip()[:100]}"
        for path, text in templates()
        if template_name(path) not in SAMPLES | {OWN_NAME_OF_THE_LANGUAGE}
        for line in TRANSLATED.sub("", text).splitlines()
        if VIETNAMESE.search(line)
    ]
    assert not wrong, "\n".join(wrong)


def test_no_style_sheet_says_words():
    """What a style sheet writes beside a text cannot be translated: it takes the words from the page."""
    wrong = [
        f"{sheet.name}: {words}"
        for sheet in HOUSE.rglob("*.css")
        for words in re.findall(r'content: *"([^"]*)"', sheet.read_text(encoding="utf-8"))
        if re.search(r"[^\W\d_]", words)
    ]
    assert wrong == []


def test_every_paper_is_vietnamese_whoever_prints_it():
    """Lists, sheets and sentences that leave the office keep the official words, also for a reader of English."""
    papers = {
        f"{path.relative_to(HOUSE)}:{function.name}": [ast.unparse(mark) for mark in function.decorator_list]
        for path, text in programs()
        if path.name == "exports.py"
        for function in functions(text)
        if not function.name.startswith("_") and ast.unparse(function.returns or ast.Constant(None)) == "bytes"
    }
    assert len(papers) > 5
    assert [name for name, marks in papers.items() if "override('vi')" not in marks] == []
