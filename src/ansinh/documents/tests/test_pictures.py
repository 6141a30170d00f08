"""The notice as LibreOffice draws it, beside the approved picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, post
from ansinh.documents.kinds import kind_of
from ansinh.documents.notice import refusal_content
from ansinh.documents.operations import Content
from ansinh.documents.tests.factories import office
from ansinh.rendering.templates import fill
from ansinh.rendering.tests.pictures import compared, differing, drawn

pytestmark = pytest.mark.django_db
APPROVED = Path(__file__).parent / "pictures"


def refusal(reason: str = "Bà đang hưởng lương hưu hằng tháng") -> Content:
    return refusal_content(
        office=office(), noun="decision", about="QD00000001", to="bà Nguyễn Thị Tư", asked="trợ cấp hưu trí xã hội", reason=reason,
        article="Khoản 1 Điều 2 Nghị định số 176/2025/NĐ-CP", signer=post(Role.COMMUNE_CHAIRMAN), on=DAY,
    )  # fmt: skip


def test_a_refusal_names_its_reason_its_article_and_the_way_to_complain():
    made = refusal()
    assert made.values["quyen_ky"] == ["TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"] and made.values["so_ky_hieu"].strip() == "/TB-UBND"
    lines = made.values["cac_doan"]
    assert "bà Nguyễn Thị Tư không đủ điều kiện hưởng" in lines[0]
    assert lines[1:3] == ["Lý do: Bà đang hưởng lương hưu hằng tháng.", "Căn cứ: Khoản 1 Điều 2 Nghị định số 176/2025/NĐ-CP."]
    assert "khiếu nại" in lines[3] and lines[3].endswith("./.")


@pytest.mark.office
def test_the_notice_looks_as_approved(tmp_path, monkeypatch):
    pages = drawn(fill(kind_of("notice").default(), refusal().values), tmp_path, monkeypatch)
    assert differing(pages, "notice", APPROVED) == []


@pytest.mark.office
def test_a_line_that_moved_would_be_seen(tmp_path, monkeypatch):
    values = refusal(reason="Bà đang hưởng lương hưu hằng tháng " + "và đã thôi cư trú tại xã " * 6).values
    pages = drawn(fill(kind_of("notice").default(), values), tmp_path, monkeypatch)
    assert compared(pages, "notice", APPROVED) != []
