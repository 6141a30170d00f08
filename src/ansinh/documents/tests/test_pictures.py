"""The notice as LibreOffice draws it, beside the approved picture."""

from __future__ import annotations

from pathlib import Path

import pytest

from ansinh.documents.kinds import kind_of
from ansinh.documents.tests.factories import notice
from ansinh.rendering.templates import fill
from ansinh.rendering.tests.pictures import differing, drawn

pytestmark = [pytest.mark.django_db, pytest.mark.office]
APPROVED = Path(__file__).parent / "pictures"
LINES = (
    "Sau khi xem xét hồ sơ đề nghị trợ cấp xã hội hằng tháng của bà, Ủy ban nhân dân xã Quỳnh Phụ thông báo: bà chưa đủ điều kiện "
    "hưởng trợ cấp theo quy định tại Điều 5 Nghị định số 335/2026/NĐ-CP.",
    "Lý do: bà đang hưởng lương hưu hằng tháng.",
    "Nếu không đồng ý, bà có quyền khiếu nại theo quy định của pháp luật./.",
)


def test_the_notice_looks_as_approved(tmp_path, monkeypatch):
    values = {**notice().values, "cac_doan": list(LINES)}
    pages = drawn(fill(kind_of("notice").default(), values), tmp_path, monkeypatch)
    assert differing(pages, "notice", APPROVED) == []


def test_a_line_that_moved_would_be_seen(tmp_path, monkeypatch):
    values = {**notice().values, "cac_doan": [LINES[0], *LINES]}
    pages = drawn(fill(kind_of("notice").default(), values), tmp_path, monkeypatch)
    assert differing(pages, "notice", APPROVED) != []
