"""Word templates with fields: what they use, what is wrong with them, and that what is filled in stays text."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from docx import Document
from jinja2 import UndefinedError

from ansinh.rendering.templates import Reading, Slot, fill, read_template

SLOTS = (
    Slot("ten"),
    Slot("cac_nguoi", is_list=True, inner=(Slot("ho_ten"), Slot("cac_con", is_list=True))),
)


def word(*lines: str, head: str = "") -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    if head:
        document.sections[0].header.paragraphs[0].text = head
    target = BytesIO()
    document.save(target)
    return target.getvalue()


def read(*lines: str, head: str = "") -> Reading:
    return read_template(word(*lines, head=head), SLOTS)


def test_fields_are_found_in_lists_of_lists_and_in_the_header():
    said = read(
        "{%p for nguoi in cac_nguoi %}", "{{ loop.index }}. {{ nguoi.ho_ten | upper }}", "{%p for con in nguoi.cac_con %}",
        "{{ con }}", "{%p endfor %}", "{%p endfor %}", head="{{ ten }}",
    )  # fmt: skip
    assert (said.unknown, said.forbidden, said.broken) == ({}, [], "")
    assert {"ten", "cac_nguoi", "ho_ten", "cac_con"} <= said.used


def test_an_unknown_field_is_told_with_the_names_possible_there():
    said = read("{{ tenn }}", "{%p for nguoi in cac_nguoi %}", "{{ nguoi.ho_tem }}", "{%p endfor %}")
    assert said.unknown == {"tenn": ("ten", "cac_nguoi"), "nguoi.ho_tem": ("ho_ten", "cac_con")}


def test_a_line_of_a_list_is_unknown_outside_of_it():
    said = read("{%p for nguoi in cac_nguoi %}", "x", "{%p endfor %}", "{{ nguoi.ho_ten }}")
    assert "nguoi" in said.unknown


@pytest.mark.parametrize(
    "line",
    [
        "{{ ten.__class__ }}", "{{ ten.upper() }}", "{{ ''.__class__.__mro__ }}", "{% set x = 1 %}", "{% include 'x' %}",
        "{{ ten | attr('x') }}", "{{ range(9) }}", "{% for x in range(9) %}{% endfor %}", "{{ ten * 9 }}", "{% macro m() %}{% endmacro %}",
        "{% for x in ten %}{% endfor %}", "{{ ten[0] }}", "{{ self }}", "{% raw %}{% endraw %}{{ cycler }}",
    ],
)  # fmt: skip
def test_a_template_may_name_fields_and_walk_lists_and_nothing_else(line):
    said = read("{{ ten }}", line)
    assert said.forbidden or said.unknown


@pytest.mark.parametrize("line", ["{{ ten", "{% for x in cac_nguoi %}", "{% if %}"])
def test_a_tag_that_is_not_closed_is_told(line):
    assert read(line).broken


def test_what_is_no_word_file_or_holds_macros_is_told():
    assert read_template(b"PK not a zip", SLOTS).broken
    assert read_template(b"", SLOTS).broken
    target = BytesIO(word("{{ ten }}"))
    with zipfile.ZipFile(target, "a") as package:
        package.writestr("word/vbaProject.bin", b"x")
    assert read_template(target.getvalue(), SLOTS).broken == "macros"


def test_what_is_filled_in_stays_text():
    names = [{"ho_ten": "Lê <b> & {{ ten }} \x07", "cac_con": []}]
    filled = fill(
        word("{{ ten }}", "{%p for n in cac_nguoi %}", "{{ n.ho_ten }}", "{%p endfor %}"), {"ten": "A\nB", "cac_nguoi": names}
    )
    assert [p.text for p in Document(BytesIO(filled)).paragraphs] == ["A\nB", "Lê <b> & {{ ten }} "]


def test_a_field_without_a_value_is_no_blank():
    with pytest.raises(UndefinedError):
        fill(word("{{ ten }}"), {})
