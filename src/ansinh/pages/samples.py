"""Sample data of the living components page. All people, numbers and papers here are invented."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from django import forms
from django.http import HttpRequest

from ansinh.pages import axis, charts
from ansinh.pages.differences import Difference, Group, Reason, Total
from ansinh.pages.explanations import Explanation
from ansinh.pages.forms import DayField, MoneyField, OfficeForm, SearchInput, blank_choice
from ansinh.pages.lists import Chip, Head

ON = date(2026, 11, 20)
HERE = "#"


class SampleForm(OfficeForm):
    """One field of every kind."""

    name = forms.CharField(label="Họ và tên", help_text="Ghi như trên giấy khai sinh, đủ dấu.")
    born_on = DayField(label="Ngày sinh", help_text="Ví dụ 12/03/1947. Nếu chỉ biết năm, ghi 1947.")
    amount = MoneyField(label="Số tiền", help_text="Đồng", required=False)
    kind = forms.ChoiceField(
        label="Dạng khuyết tật", choices=[("", "Chọn một dạng"), ("v", "Vận động"), ("n", "Nghe, nói"), ("k", "Nhìn")]
    )
    result = forms.ChoiceField(
        label="Kết quả xác minh",
        widget=forms.RadioSelect,
        choices=[("du", "Đủ điều kiện"), ("khong", "Không đủ điều kiện")],
    )
    note = forms.CharField(label="Ghi nhận tại nơi ở", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = forms.BooleanField(label="Đã đối chiếu bản chính", help_text="Giấy xác nhận khuyết tật còn hiệu lực.")


class SampleFilter(OfficeForm):
    """Filters of a list."""

    ten = forms.CharField(label="Tên hoặc số định danh", required=False, widget=SearchInput)
    thon = forms.ChoiceField(label="Thôn", required=False, choices=[*blank_choice(), ("vd", "Vạn Đồn"), ("cb", "Chỉ Bồ")])
    ly_do = forms.ChoiceField(label="Lý do", required=False, choices=[*blank_choice(), ("moi", "Hưởng mới")])


def page(request: HttpRequest) -> dict[str, Any]:
    """Everything the components page shows."""
    typed = {"name": "Trịnh Văn Cẩn", "born_on": "30/02/1988", "amount": "31.59", "kind": "", "note": "Ở cùng mẹ."}
    return {
        "form": SampleForm(prefix="trong"),
        "bad_form": SampleForm(typed, prefix=None),
        "listing": listing(request),
        "why": why(),
        "difference": difference(),
        "axis": timeline(),
        "bars": bars(),
        "facts": facts(),
        "steps": [
            ("du-kien", "Dự kiến", "19/11, tự động"),
            ("kiem-tra", "Đang kiểm tra", "Đỗ Thị Hạnh"),
            ("duyet", "Đã duyệt"),
            ("chot", "Đã chốt"),
            ("chuyen", "Đã chuyển chi trả"),
            ("doi-chieu", "Đã đối chiếu", "trước 20/12"),
        ],
        "tags": [
            ("plain", "Mẫu số 01"),
            ("now", "Đang kiểm tra"),
            ("due", "Hôm nay"),
            ("late", "Quá 2 ngày"),
            ("done", "Đã nhận"),
            ("unsure", "Chưa xác nhận"),
        ],
        "values": SimpleNamespace(amount=1423440000, less=-540000, coefficient=150, number="034000000023", day=ON),
        "units": [("u3", "đã chuyển chi trả")] * 4
        + [("u2", "đã duyệt")] * 11
        + [("u1", "đang kiểm tra")] * 7
        + [("u0", "chưa lập")] * 4,
        "colours": [f"c{i}" for i in range(1, 6)] + [f"s{i}" for i in range(1, 6)],
    }


def listing(request: HttpRequest) -> SimpleNamespace:
    """What a template needs of `pages.lists.Listing`, without a database."""
    people = [
        ("Khổng Thị Nhị", date(1951, 11, 3), "day", "Vạn Đồn", None, 540000, "Đủ 75 tuổi, hưu trí xã hội. QĐ 221"),
        ("Lại Văn Quýnh", date(1988, 2, 17), "day", "Chỉ Bồ", None, 810000, "Khuyết tật nặng, hệ số 1,5. QĐ 223"),
        ("Uông Thị Sợi", date(1949, 1, 1), "year", "Tam Đồng", None, 540000, "Hưu trí xã hội. QĐ 224"),
        ("Bùi Thị Ngoãn", date(1938, 12, 12), "day", "Hồng Tiến", 540000, None, "Mất 06/11/2026"),
        ("Đặng Gia Hưng", date(2010, 12, 15), "day", "Chỉ Bồ", 1350000, 1080000, "Đủ 16 tuổi, đặc biệt nặng, 2,5 → 2,0"),
    ]
    names = ("name", "born_on", "precision", "village", "before", "after", "reason")
    rows = [SimpleNamespace(**dict(zip(names, p, strict=True))) for p in people]
    for row in rows:
        row.change = (row.after or 0) - (row.before or 0)
    return SimpleNamespace(
        path=request.path,
        form=SampleFilter({"thon": "cb"}),
        rows=rows,
        shown=5,
        total=24,
        sort_word="",
        chips=[Chip("Thôn: Chỉ Bồ", HERE)],
        bare_url=HERE,
        previous_url="",
        next_url=HERE,
        next_name="Lương Thị Bỉ",
        export_url=HERE,
        heads=[
            Head("ten", "Họ và tên", False, "ascending", HERE),
            Head("sinh", "Ngày sinh", False, "", HERE),
            Head("thon", "Thôn", False, "", HERE),
            Head("truoc", "Tháng 11", True, "", ""),
            Head("nay", "Tháng 12", True, "", ""),
            Head("lech", "Chênh lệch", True, "", HERE),
            Head("ly-do", "Lý do", False, "", ""),
        ],
    )


def why() -> Explanation:
    """The panel of a person with two factors, an unconfirmed point and two lost benefits."""
    decree = {"text": "Điều 5 khoản 6, Điều 6 khoản 1 Nghị định mẫu", "url": HERE}
    return {
        "title": "Vì sao 1.080.000\u00a0đ?",
        "sumline": [
            {"value": "2,0", "label": "hệ số"},
            {"sign": "×", "value": "540.000\u00a0đ", "label": "mức chuẩn trợ giúp xã hội"},
            {"sign": "=", "value": "1.080.000\u00a0đ", "label": "mỗi tháng"},
        ],
        "tree": [
            {
                "label": "Hệ số 2,0",
                "text": "người khuyết tật nặng, đồng thời là người cao tuổi",
                "children": [
                    {"text": "79 tuổi trong tháng 11/2026 (sinh 12/03/1947; đủ 60 tuổi từ 12/03/2007)"},
                    {"text": "Khuyết tật nặng, dạng vận động:", "url": HERE, "link": "Giấy xác nhận số 27"},
                ],
                "law": [decree],
            },
            {
                "label": "Mức chuẩn 540.000\u00a0đ",
                "text": "áp dụng cho tháng hưởng từ 07/2026",
                "children": [
                    {
                        "mark": {"kind": "unsure", "text": "Chưa xác nhận"},
                        "text": "Nghị quyết của tỉnh có đặt mức cao hơn hay không",
                    },
                ],
                "law": [{"text": "Điều 4 khoản 2 Nghị định mẫu"}],
            },
            {"label": "Người quyết định", "text": "Chủ tịch UBND xã,", "url": HERE, "link": "Quyết định 212/QĐ-UBND"},
        ],
        "lost": [
            {
                "label": "Trợ cấp hưu trí xã hội",
                "amount": 540000,
                "law": {"text": "Điều 3", "url": HERE},
                "reason": "Đủ điều kiện nhưng thấp hơn; chỉ hưởng mức cao nhất",
            },
            {"label": "Hỗ trợ hộ trực tiếp chăm sóc", "amount": None, "reason": "Chỉ dành cho mức đặc biệt nặng"},
        ],
    }


def difference() -> Difference:
    """A month beside the month before."""
    return Difference(
        caption="Chênh lệch giữa tháng 11 và tháng 12 theo lý do",
        opening=Total("Đã chi tháng 11/2026", 1906, 1828990000),
        groups=(
            Group(
                "Thường xuyên",
                (
                    Reason("Hưởng mới theo quyết định", 11, 7020000, "Quyết định đã ký", HERE),
                    Reason("Thôi hưởng do từ trần", -6, -4320000, "Tháng sau tháng mất", HERE),
                    Reason("Điều chỉnh hệ số", 0, 270000, "3 người đổi nhóm tuổi", HERE),
                ),
            ),
            Group("Một lần", (Reason("Hết truy lĩnh của đợt 11", None, -416080000, "Mức chuẩn 07–10/2026", HERE),)),
        ),
        closing=Total("Dự kiến chi tháng 12/2026", 1911, 1415880000),
    )


def timeline() -> axis.Drawing:
    """Four lanes of one life."""
    bar = axis.Bar
    lanes = [
        axis.Lane(
            "Nơi ở",
            (bar("Xã Thụy Xuân, huyện Thái Thụy", date(2021, 7, 1), date(2025, 7, 1)), bar("Xã Đông Thụy Anh", date(2025, 7, 1))),
        ),
        axis.Lane(
            "Hộ",
            (
                bar("Hộ cận nghèo", date(2021, 7, 1), date(2025, 1, 1), 1),
                bar("Không thuộc hộ nghèo, cận nghèo", date(2025, 1, 1)),
            ),
        ),
        axis.Lane("Mức độ khuyết tật", (bar("Nặng, khuyết tật vận động", date(2022, 5, 14), None, 1),)),
        axis.Lane(
            "Trợ cấp hằng tháng",
            (
                bar("720.000\u00a0đ", date(2022, 5, 1), date(2024, 7, 1), 3),
                bar("1.000.000\u00a0đ", date(2024, 7, 1), date(2026, 7, 1), 3),
                bar("1.080.000", date(2026, 7, 1), None, 3),
            ),
        ),
    ]
    laws = [
        axis.LawLine("NĐ 20/2021", date(2021, 7, 1)),
        axis.LawLine("NĐ 76/2024", date(2024, 7, 1)),
        axis.LawLine("NĐ 147, 176/2025", date(2025, 7, 1)),
        axis.LawLine("NĐ 335/2026", date(2026, 10, 5)),
    ]
    title = "Nơi ở, hộ, mức độ khuyết tật và trợ cấp từ 07/2021 đến nay trên một trục; chi tiết ở danh sách bên dưới."
    return axis.draw(lanes, on=ON, laws=laws, title=title)


def bars() -> charts.BarDrawing:
    """Beneficiaries by kind."""
    amounts = [
        charts.Amount("Người khuyết tật nặng, đặc biệt nặng", 31240, HERE),
        charts.Amount("Trợ cấp hưu trí xã hội", 27815, HERE),
        charts.Amount("Người cao tuổi thuộc hộ nghèo, không có người phụng dưỡng", 2310, HERE),
        charts.Amount("Người đơn thân nghèo nuôi con", 1127, HERE, 1),
    ]
    return charts.bars(amounts, title="Người đang hưởng theo nhóm, 11/2026", noun="Nhóm đối tượng", unit="người")


def facts() -> list[tuple]:
    """A summary list."""
    return [
        ("Ngày sinh", "12/03/1947"),
        ("Số định danh", "034•••••••23", "Việc xem được ghi nhật ký"),
        ("Hộ", "Bùi Văn Khoát (con, chủ hộ), 4 nhân khẩu", "", HERE),
        ("Nhận tiền qua", "Tài khoản •••• 4471"),
    ]
