"""An office's own template is read before it is used, dated, and ended."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from docx import Document

from ansinh.access.models import Role
from ansinh.access.tests.factories import NOW, THAI_BINH, post
from ansinh.documents import operations
from ansinh.documents.kinds import PaperKind, all_kinds
from ansinh.documents.operations import TemplateFaults
from ansinh.documents.queries import template_on
from ansinh.documents.tests.factories import clerk, notice, office, printed, word
from ansinh.files.queries import read
from ansinh.kernel.errors import NotAllowed
from ansinh.rendering.templates import read_template

pytestmark = pytest.mark.django_db
NAMES = ("co_quan", "so_ky_hieu", "dia_danh", "ngay", "trich_yeu", "nguoi_ky", "kinh_gui")
LISTS = ("noi_nhan", "quyen_ky", "cac_doan")


def own(*more: str, without: str = "") -> bytes:
    """A notice of the office's own with every mandatory field but one."""
    lines = [f"{{{{ {name} }}}}" for name in NAMES if name != without]
    for name in LISTS:
        if name != without:
            lines += [f"{{%p for x in {name} %}}", "{{ x }}", "{%p endfor %}"]
    return word("MẪU RIÊNG", *lines, *more)


def taken(data: bytes, *, since: date = date(2026, 11, 1), by=None):
    return operations.take_template(
        office=office(), kind="notice", name="tb.docx", data=data, since=since, by=by or clerk(), now=NOW
    )


@pytest.mark.parametrize("kind", all_kinds().values(), ids=lambda kind: kind.key)
def test_the_template_of_the_programme_uses_every_mandatory_field_and_none_that_is_not(kind: PaperKind):
    said = read_template(kind.default(), kind.slots)
    assert (said.unknown, said.forbidden, said.broken) == ({}, [], "")
    assert {one.name for one in kind.mandatory} <= said.used


def test_an_office_prints_from_its_own_template_of_the_day(as_maintenance):
    with as_maintenance():
        taken(own())
        assert template_on(office(), "notice", date(2026, 10, 31)) is None
    text = [p.text for p in Document(BytesIO(read(printed().word))).paragraphs]
    assert text[0] == "MẪU RIÊNG" and "Không đủ điều kiện." in text


def test_a_later_template_ends_the_one_before_and_the_default_comes_back(as_maintenance):
    with as_maintenance():
        first = taken(own())
        second = taken(own("thêm"), since=date(2026, 11, 10))
        assert template_on(office(), "notice", date(2026, 11, 9)) == first
        assert template_on(office(), "notice", date(2026, 11, 20)) == second
        operations.end_template(office=office(), kind="notice", since=date(2026, 11, 20), by=clerk(), now=NOW)
        assert template_on(office(), "notice", date(2026, 11, 20)) is None


def test_each_unknown_field_is_named_with_the_closest_known_ones(as_maintenance):
    with as_maintenance(), pytest.raises(TemplateFaults) as told:
        taken(own("{{ nguoiky }}", "{{ kinh_guii }}", "{{ zzz }}"))
    faults = told.value.faults
    assert len(faults) == 3
    assert "“nguoiky”" in faults[0] and "nguoi_ky" in faults[0]
    assert "“kinh_guii”" in faults[1] and "kinh_gui" in faults[1]
    assert "“zzz”" in faults[2] and "bảng các trường" in faults[2]


@pytest.mark.parametrize("name", [*NAMES, *LISTS])
def test_a_missing_mandatory_field_is_named(as_maintenance, name):
    with as_maintenance(), pytest.raises(TemplateFaults, match=f"bắt buộc “{name}”"):
        taken(own(without=name))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", word("{{ co_quan")])
def test_what_cannot_be_read_is_refused_in_words(as_maintenance, data):
    with as_maintenance(), pytest.raises(TemplateFaults, match="Không đọc được"):
        taken(data)


def test_a_template_with_a_command_is_refused(as_maintenance):
    with as_maintenance(), pytest.raises(TemplateFaults, match="không được phép"):
        taken(own("{{ co_quan.__class__ }}{% set x = 1 %}"))


@pytest.mark.parametrize(
    ("role", "place"), [(Role.COMMUNE_OFFICER, None), (Role.CLERK, f"UBND-{THAI_BINH}"), (Role.COMMUNE_CHAIRMAN, None)]
)
def test_only_those_who_keep_the_papers_of_the_office_change_its_templates(as_maintenance, role, place):
    by = post(role, office=place) if place else post(role)
    with as_maintenance(), pytest.raises(NotAllowed):
        taken(own(), by=by)


def test_the_same_text_is_the_same_print_and_another_template_is_another(as_maintenance):
    first = printed()
    assert printed(paper=first.paper) == first
    with as_maintenance():
        taken(own())
    second = printed(paper=first.paper)
    assert (second.number, second.word.sha256 == first.word.sha256) == (2, False)
    assert printed(notice("Khác."), paper=first.paper).number == 3
