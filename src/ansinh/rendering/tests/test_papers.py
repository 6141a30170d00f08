"""Word files in the layout of NĐ 30/2020: page, type, letterhead, page number, signatures; and that an office programme opens them."""

from __future__ import annotations

import shutil
import subprocess
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt
from pypdf import PdfReader

from ansinh.rendering.papers import Grid, Heading, Paper, Paragraph, Points, write_paper
from ansinh.rendering.sheets import SignBlock

MADE_AT = datetime(2027, 1, 5, 9, 0, tzinfo=UTC)
LONG = tuple((str(n), f"Dòng thứ {n}", "Điều 5 NĐ 20/2021/NĐ-CP") for n in range(1, 60))
PAPER = Paper(
    parent="Sở Y tế tỉnh thử",
    office="Phòng thử",
    place="Nơi thử",
    dated="ngày 05 tháng 01 năm 2027",
    kind="BẢN RÀ SOÁT",
    summary="Một chế độ\ntheo một ngày",
    blocks=(
        Heading("I. PHẦN MỘT"),
        Heading("1. Mục", 2),
        Paragraph("nội dung có dấu =SUM(A1) và <thẻ> \x07", "Điều kiện:"),
        Points(("một;", "hai.")),
        Grid(("STT", "Nội dung", "Căn cứ"), (10, 60, 30), (("Nhóm đầu",), *LONG), centred=frozenset({0})),
    ),
    sign_blocks=(SignBlock("NGƯỜI LẬP BIỂU"), SignBlock("TRƯỞNG PHÒNG", name="Người Thử")),
    footer="Bản luật abc",
)


@pytest.fixture(scope="module")
def data() -> bytes:
    return write_paper(PAPER, made_at=MADE_AT)


def test_the_page_is_a4_with_the_margins_and_the_type_of_the_decree(data: bytes) -> None:
    document = Document(BytesIO(data))
    section, normal = document.sections[0], document.styles["Normal"]

    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    assert 20 <= round(section.top_margin.mm) <= 25 and 20 <= round(section.bottom_margin.mm) <= 25
    assert 30 <= round(section.left_margin.mm) <= 35 and 15 <= round(section.right_margin.mm) <= 20
    assert normal.font.name == "Times New Roman" and normal.font.size == Pt(13)
    fonts = {run.font.name for paragraph in document.paragraphs for run in paragraph.runs}
    assert fonts == {"Times New Roman"}


def test_the_page_number_stands_in_the_top_margin_from_the_second_page_on(data: bytes) -> None:
    section = Document(BytesIO(data)).sections[0]

    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert "PAGE" not in section.first_page_header.paragraphs[0]._p.xml


def test_the_letterhead_and_the_signatures_stand_where_they_belong(data: bytes) -> None:
    tables = Document(BytesIO(data)).tables
    left, right = tables[0].rows[0].cells
    first, second = tables[-1].rows[0].cells

    assert [p.text for p in left.paragraphs if p.text] == ["SỞ Y TẾ TỈNH THỬ", "PHÒNG THỬ", "Số:        /"]
    assert [p.text for p in right.paragraphs if p.text] == [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "Nơi thử, ngày 05 tháng 01 năm 2027",
    ]  # fmt: skip
    assert first.paragraphs[0].text == "NGƯỜI LẬP BIỂU"
    assert [p.text for p in second.paragraphs if p.text] == ["TRƯỞNG PHÒNG", "(Ký, ghi rõ họ tên)", "Người Thử"]


def test_text_stays_text(data: bytes) -> None:
    paragraphs = [paragraph.text for paragraph in Document(BytesIO(data)).paragraphs]

    assert "Điều kiện: nội dung có dấu =SUM(A1) và <thẻ> " in paragraphs
    assert "a) một;" in paragraphs


def test_the_head_of_a_table_comes_again_and_no_row_breaks(data: bytes) -> None:
    table = Document(BytesIO(data)).tables[1]

    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [cell.text for cell in table.rows[1].cells] == ["Nhóm đầu"] * 3


def test_the_same_paper_is_the_same_file(data: bytes) -> None:
    again = write_paper(PAPER, made_at=MADE_AT)

    assert Document(BytesIO(again)).element.xml == Document(BytesIO(data)).element.xml


@pytest.mark.office
def test_an_office_programme_opens_it_and_prints_it(data: bytes, tmp_path: Path) -> None:
    program = shutil.which("soffice")
    assert program, "LibreOffice is missing: make tools"
    source = tmp_path / "paper.docx"
    source.write_bytes(data)

    call = [
        program,
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        tmp_path,
    ]
    subprocess.run([*call, source], check=True, capture_output=True, timeout=120)

    pages = [page.extract_text() for page in PdfReader(tmp_path / "paper.pdf").pages]
    assert len(pages) >= 2
    assert pages[0].strip().startswith("SỞ Y TẾ") and pages[1].strip().startswith("2")
    assert "STT" in pages[1] and "TRƯỞNG PHÒNG" in pages[-1]
