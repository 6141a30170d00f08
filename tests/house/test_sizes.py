"""Small enough to read: files under 400 lines, functions of about 40 and never over 60."""

from __future__ import annotations

from tests.house.walking import HOUSE, TOP, functions, programs

FILE, FUNCTION, NEVER = 400, 40, 60
# Functions between the budget and the limit, each with the reason. One that has become short must leave this list.
LONGER = {
    "law/bulk_facts.py:facts_on": "one column of the law's facts a line",
    "pages/samples.py:why": "one whole explanation, as data",
}


def long_files(files: dict[str, str]) -> list[str]:
    return [name for name, text in files.items() if len(text.splitlines()) >= FILE]


def long_functions(files: dict[str, str], limit: int) -> list[str]:
    return [
        f"{name}:{node.name}"
        for name, text in files.items()
        for node in functions(text)
        if (node.end_lineno or 0) - node.lineno + 1 > limit
    ]


def everything() -> dict[str, str]:
    """Programs and tests, but for migrations, which are written once."""
    house = {str(p.relative_to(HOUSE)): text for p, text in programs(tests=True) if "migrations" not in p.parts}
    return house | {str(p.relative_to(TOP)): p.read_text(encoding="utf-8") for p in (TOP / "tests").rglob("*.py")}


def test_files_are_short():
    assert long_files(everything()) == []


def test_styles_and_scripts_of_our_own_are_short():
    found = [
        p.name
        for p in HOUSE.glob("*/static/ansinh/*.*")
        if p.suffix in (".css", ".js") and len(p.read_text().splitlines()) >= FILE
    ]
    assert found == []


def test_functions_are_short():
    assert set(long_functions(everything(), FUNCTION)) == LONGER.keys()
    assert long_functions(everything(), NEVER) == []


def test_what_is_too_long_would_be_found():
    body = "def long():\n" + "    pass\n" * 61
    assert long_functions({"a.py": body}, NEVER) == ["a.py:long"]
    assert long_functions({"a.py": "def short():\n    pass\n"}, FUNCTION) == []
    assert long_files({"a.py": "x = 1\n" * 400, "b.py": "x = 1\n"}) == ["a.py"]
