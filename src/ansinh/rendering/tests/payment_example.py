"""A payment list as payments would build it, with invented people; used by the tests of workbooks and of PDF."""

from datetime import date

from ansinh.rendering.sheets import Column, Group, Sheet, SignBlock

COLUMNS = (
    Column("code", "Mã dòng", 14, "code", hidden=True),
    Column("index", "STT", 5, "index"),
    Column("person", "Mã đối tượng", 13, "code"),
    Column("name", "Họ và tên", 24),
    Column("born", "Năm sinh", 12, "date"),
    Column("coefficient", "Hệ số", 7, "coefficient"),
    Column("month", "Tháng này", 13, "money", parent="Số tiền (đồng)", summed=True),
    Column("arrears", "Truy lĩnh", 13, "money", parent="Số tiền (đồng)", summed=True),
    Column("recovery", "Thu hồi", 12, "money", parent="Số tiền (đồng)", summed=True),
    Column("total", "Tổng số tiền", 14, "money", summed=True),
    Column("payee", "Người nhận thay", 20),
    Column("sign", "Ký nhận", 20, "sign"),
)

_NAMES = ("Nguyễn Thị Hoà", "Trần Văn Ưởng", "Lê Thị Ngọc Quỳnh", "Phạm Đức Thuỷ", "Vũ Thị Ỷ Lan", "=Đỗ Văn Bằng")


def row(number: int) -> dict:
    amount = 540_000 * (2 + number % 3) // 2
    arrears = amount if number % 5 == 0 else 0
    return {
        "code": f"00{number:06d}",
        "person": f"NT{number:08d}",
        "name": _NAMES[number % len(_NAMES)],
        "born": date(1941 + number % 60, 1 + number % 12, 1 + number % 28),
        "coefficient": (2 + number % 3) * 50,
        "month": amount,
        "arrears": arrears,
        "recovery": -100_000 if number % 7 == 0 else 0,
        "total": amount + arrears - (100_000 if number % 7 == 0 else 0),
        "payee": "Nguyễn Văn Đễ (con), số giấy tờ 034070001234" if number % 4 == 0 else "",
    }


def payment_sheet(rows_a_village: int = 9) -> Sheet:
    villages = ("Thôn Đông Hoà", "Thôn Quỳnh Lang", "Tổ dân phố số 3")
    return Sheet(
        name="Danh sách chi trả 11/2026",
        columns=COLUMNS,
        groups=(Group((row(v * 100 + n) for n in range(rows_a_village)), village) for v, village in enumerate(villages)),
        letterhead=(
            ("UBND XÃ QUỲNH PHỤ", "PHÒNG VĂN HÓA - XÃ HỘI"),
            ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"),
        ),
        title_lines=("DANH SÁCH CHI TRẢ TRỢ CẤP XÃ HỘI HẰNG THÁNG", "Tháng 11 năm 2026"),
        above_table=("Mức chuẩn trợ giúp xã hội: 540.000 đồng",),
        total_label="Tổng cộng",
        in_words_of="total",
        sign_blocks=(
            SignBlock("NGƯỜI LẬP BIỂU"),
            SignBlock("KẾ TOÁN"),
            SignBlock("TM. ỦY BAN NHÂN DÂN", "(Ký, đóng dấu)", "Quỳnh Phụ, ngày 20 tháng 11 năm 2026"),
        ),
        footer="Danh sách DS000012 - người trong danh sách là người tưởng tượng",
    )
