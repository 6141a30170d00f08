"""The chain in a real browser: a list typed as officers type it becomes a closed month, the payer's file and a figure."""

from __future__ import annotations

import re
from io import BytesIO
from unicodedata import combining, normalize

import openpyxl
from fpdf import FPDF
from playwright.sync_api import Page, expect

OFFICER, CLERK, PAYER = "canbo.phohien", "vanthu.phohien", "buudien"
HEADINGS = (
    "STT", "Họ và tên", "Ngày, tháng, năm sinh", "", "Số CCCD/định danh cá nhân", "Nơi thường trú (thôn, xã)",
    "Đối tượng (điểm, khoản, Điều 5 Nghị định 20/2021)", "Hệ số", "Mức trợ cấp (đồng/tháng)", "Thời điểm hưởng", "Ghi chú",
)  # fmt: skip


def typed_list() -> bytes:
    """A new-enrolment list with a merged heading, a comma, a point, a month in words, and one date that is none."""
    book = openpyxl.Workbook()
    page = book.active
    page.append(["DANH SÁCH HƯỞNG MỚI TRỢ CẤP XÃ HỘI HẰNG THÁNG"])
    page.append(["(Kèm theo Quyết định số: 245/QĐ-UBND ngày 16 tháng 11 năm 2026 của UBND phường Phố Hiến)"])
    page.append(list(HEADINGS))
    page.append(["", "", "Nam", "Nữ"])
    page.merge_cells("C3:D3")
    place = "Thôn 1, phường Phố Hiến"
    page.append([1, "Bùi Thị Thử Nghiệm", "", "08/3/1958", "", place, "khuyết tật nặng", "2,0", "1.080.000", "tháng 11/2026", ""])
    page.append([2, "Trịnh Văn  Kiểm Tra", "31/02/1990", "", "", place, "khuyết tật nặng", "1,5", "810.000", "11/2026", ""])
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def scan() -> dict:
    paper = FPDF()
    paper.add_page()
    return {"name": "da-ky.pdf", "mimeType": "application/pdf", "buffer": bytes(paper.output())}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str | re.Pattern) -> None:
    page.get_by_role("main").get_by_role("link", name=name).first.click()


def money(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def test_search_finds_a_person_without_marks_and_says_why(enter):
    page = enter(OFFICER)
    page.goto("/so-huong/")
    name = page.locator("table.list tbody th a").first.inner_text().strip()
    plain = "".join(c for c in normalize("NFD", name.lower().replace("đ", "d")) if not combining(c))
    page.get_by_role("searchbox").first.fill(plain)
    page.keyboard.press("Enter")
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    page.get_by_text("Vì sao", exact=False).first.click()
    expect(page.get_by_role("main")).to_contain_text("Điều")
    expect(page.get_by_role("main")).to_contain_text("mức")


def test_a_filter_the_server_does_not_answer_says_so(enter):
    page = enter(OFFICER)
    page.goto("/so-huong/")
    choice = page.locator("form.filters select").first
    page.route("**/so-huong/?*", lambda route: route.abort())
    choice.select_option(index=1)
    expect(page.get_by_role("alert")).to_contain_text("Không kết nối được với máy chủ")
    page.unroute("**/so-huong/?*")
    choice.select_option(index=0)
    expect(page.locator("#unreachable")).to_be_hidden()
    page.route(
        "**/so-huong/?*",
        lambda route: route.fulfill(status=503, body="<h1>Hệ thống đang bận</h1>", content_type="text/html; charset=utf-8"),
    )
    choice.select_option(index=1)
    expect(page.get_by_role("heading", level=1)).to_have_text("Hệ thống đang bận")


def test_a_list_with_an_error_is_mended_committed_paid_and_counted(enter):
    page = enter(OFFICER)
    _take_in_and_commit(page)
    listed = _propose_january(page)
    total = _approve_and_close(page, enter(CLERK), listed)
    files = _hand_over(page)
    assert sum(_told_by_file(page, files)) == total
    _payer_answers(enter(PAYER), files)
    page.goto("/so-lieu/")
    expect(page.get_by_role("main")).to_contain_text("khuyết tật nặng")


def _take_in_and_commit(page: Page) -> None:
    page.goto("/nhap-danh-sach/")
    page.get_by_label("Tệp danh sách").set_input_files(
        {"name": "huong moi thang 11.xlsx", "mimeType": "application/octet-stream", "buffer": typed_list()}
    )
    press(page, "Đọc và kiểm tra danh sách")
    expect(page.get_by_role("main")).to_contain_text("31/02/1990")
    page.locator("table.list tbody th a").first.click()
    page.get_by_label("Ngày, tháng, năm sinh Nam").fill("28/02/1990")
    press(page, "Ghi và kiểm tra lại")
    follow(page, "Ghi quyết định")
    page.get_by_label("Số quyết định").fill("245/QĐ-UBND")
    page.get_by_label("Ngày ký").fill("16/11/2026")
    page.get_by_label("Người ký", exact=True).fill("Phạm Văn Ký")
    page.get_by_label("Chức vụ người ký").fill("Chủ tịch")
    press(page, "Ghi quyết định")
    follow(page, re.compile(r"Nạp 2 dòng"))
    press(page, "Nạp vào hệ thống")
    expect(page.get_by_role("main")).to_contain_text("Đã nạp 2 dòng")


def _propose_january(page: Page) -> str:
    """What is recorded on 20 November is after the cut-off day of December's list, so it enters January's."""
    page.goto("/chi-tra/")
    page.get_by_label("Tháng hưởng").fill("01/2027")
    press(page, "Lập danh sách")
    page.get_by_role("main").get_by_role("link", name="Xem kết quả").click(timeout=90_000)
    page.get_by_role("main").get_by_role("link", name="Phường Phố Hiến").first.click()
    page.get_by_role("main").get_by_role("link", name="Từng người").first.click()
    expect(page.get_by_role("main")).to_contain_text("Bùi Thị Thử Nghiệm")
    page.go_back()
    follow(page, "Trình ký")
    press(page, "Trình ký")
    expect(page.get_by_role("main")).to_contain_text("Đang kiểm tra")
    return page.url


def _approve_and_close(page: Page, clerk: Page, listed: str) -> int:
    clerk.goto(listed)
    total, people = (str(money(text)) for text in clerk.locator("dl.figures dd").all_inner_texts()[:2])
    follow(clerk, "Ghi nhận danh sách đã duyệt")
    clerk.get_by_label("Số văn bản").fill("88/DS-UBND")
    clerk.get_by_label("Ngày ký").fill("20/11/2026")
    clerk.get_by_label("Người ký").fill("Phạm Văn Ký")
    clerk.get_by_label("Tổng số tiền ghi trên bản đã ký").fill(total)
    clerk.get_by_label("Số người ghi trên bản đã ký").fill(people)
    clerk.get_by_label("Danh sách đã ký").set_input_files(scan())
    press(clerk, "Ghi nhận")
    expect(clerk.get_by_role("main")).to_contain_text("88/DS-UBND")
    page.goto(listed)
    follow(page, "Chốt danh sách")
    press(page, "Chốt danh sách")
    expect(page.get_by_role("main")).to_contain_text("Đã chốt")
    return money(page.locator("dl.figures dd").first.inner_text())


def _hand_over(page: Page) -> list[str]:
    follow(page, "Chuyển tổ chức chi trả")
    press(page, "Chuyển tổ chức chi trả")
    links = page.get_by_role("main").get_by_role("link", name=re.compile("Bưu điện"))
    expect(links.first).to_be_visible()
    return [link.get_attribute("href") for link in links.all()]


def _downloaded(page: Page, name: str) -> bytes:
    with page.expect_download() as waiting:
        page.get_by_role("main").get_by_role("link", name=name).first.click()
    return waiting.value.path().read_bytes()


def _told_by_file(page: Page, files: list[str]) -> list[int]:
    """What each file says its total is, read again line by line."""
    sums = []
    for address in files:
        page.goto(address)
        book = openpyxl.load_workbook(BytesIO(_downloaded(page, "Tải danh sách")))
        rows = list(book.active.iter_rows(values_only=True))
        head = next(row for row in rows if "Mã dòng" in row)
        code, total = head.index("Mã dòng"), head.index("Tổng số tiền")
        lines = [row for row in rows if str(row[code] or "").startswith("CT")]
        assert len({row[code] for row in lines}) == len(lines) > 0
        assert not any("khuyết tật" in str(cell).lower() for row in rows for cell in row)
        sums.append(sum(row[total] for row in lines))
    return sums


def _payer_answers(payer: Page, files: list[str]) -> None:
    for address in files:
        payer.goto(address)
        book = openpyxl.load_workbook(BytesIO(_downloaded(payer, "Tải danh sách")))
        page = book.active
        head = next(row for row in page.iter_rows() if row[0].value == "Mã dòng")
        received = next(cell.column for cell in head if cell.value == "Đã nhận (x)")
        for row in page.iter_rows(min_row=head[0].row + 1):
            if str(row[0].value or "").startswith("CT"):
                page.cell(row[0].row, received, "x")
        target = BytesIO()
        book.save(target)
        payer.get_by_label("Tệp kết quả").set_input_files(
            {"name": "ket-qua.xlsx", "mimeType": "application/octet-stream", "buffer": target.getvalue()}
        )
        press(payer, "Gửi kết quả")
        expect(payer.get_by_role("main")).to_contain_text("0 vấn đề")
