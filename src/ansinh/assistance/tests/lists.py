"""Lists as officers type them, for tests; and the way of a list in one call."""

from __future__ import annotations

from datetime import date

from ansinh.access.acting import as_post
from ansinh.access.models import Post
from ansinh.access.tests.factories import DAY, NOW, commune, post
from ansinh.imports import operations
from ansinh.imports.models import Batch, Row

ENROLMENT = (
    "STT",
    "Họ và tên",
    "Ngày sinh",
    "Giới tính",
    "Số CCCD",
    "Nơi thường trú",
    "Đối tượng",
    "Hệ số",
    "Mức trợ giúp",
    "Thời điểm hưởng",
)
ADJUSTMENT = (
    "STT", "Họ và tên", "Năm sinh", "Thôn/TDP", "Xã/Phường", "Loại đối tượng trước khi điều chỉnh",
    "Hệ số trợ giúp trước khi điều chỉnh", "Mức trợ giúp hàng tháng trước khi điều chỉnh", "Loại đối tượng sau khi điều chỉnh",
    "Hệ số trợ giúp sau khi điều chỉnh", "Mức trợ giúp hàng tháng sau khi điều chỉnh", "Thời gian hưởng trợ giúp",
)  # fmt: skip
END = (
    "STT",
    "Họ và tên",
    "Năm sinh",
    "Số CCCD",
    "Loại đối tượng",
    "Lý do thôi hưởng",
    "Ngày chết/chuyển đi",
    "Thôi hưởng từ tháng",
)
CHANGES = ("STT", "Mã đối tượng", "Họ và tên", "Năm sinh", "Thay đổi (mới, chết, đi, về)", "Ngày", "Ghi chú")


def newcomer(name: str = "Trần Văn Bính", **changed: str) -> list[str]:
    """A row of an enrolment list without a problem; keys are headings."""
    row = dict(
        zip(ENROLMENT, ("1", name, "20/10/1950", "Nam", "034050000124", "Thôn Đông, xã Quỳnh Hồng", "NKT nặng", "2", "1.080.000",
                        "12/2026"), strict=True)
    )  # fmt: skip
    return list({**row, **changed}.values())


def take(heading, *rows, by: Post | None = None, month: date | None = None, layout: str = "") -> Batch:
    """The rows pasted by an officer of Quỳnh Phụ."""
    by = by or post()
    text = "\n".join("\t".join(str(cell) for cell in row) for row in (heading, *rows))
    with as_post(by, on=DAY):
        return operations.take_paste(text=text, layout=layout, unit=commune(), month=month, by=by, now=NOW)


def only(batch: Batch) -> Row:
    """The single row of a list."""
    return batch.rows.get()


def describe(batch: Batch, by: Post | None = None, number: str = "215/QĐ-UBND") -> Batch:
    """The paper behind the list."""
    by = by or post()
    with as_post(by, on=DAY):
        return operations.describe_paper(
            batch=batch, number=number, signed_on=date(2026, 11, 12), signer_name="Phạm Văn Ký", signer_title="Chủ tịch",
            by=by, now=NOW,
        )  # fmt: skip


def messages(row: Row) -> str:
    return " ".join(problem["message"] for problem in row.problems)
