"""Headings of payment lists, as offices and payers write them. The reader is `imports`."""

from __future__ import annotations

from ansinh.imports.reading.headings import Layout, LayoutColumn

PAYMENT_LIST = Layout(
    key="payments.list",
    title="Danh sách chi trả trợ cấp xã hội",
    columns=(
        LayoutColumn("index", "STT", ("Số TT", "Số thứ tự", "TT"), kind="code"),
        LayoutColumn("line_code", "Mã dòng", ("Mã dòng chi trả", "Mã chi trả"), kind="code"),
        LayoutColumn("book", "Mã đối tượng/Số sổ", ("Mã đối tượng", "Số sổ", "Mã số", "Số sổ lĩnh tiền"), kind="code"),
        LayoutColumn("name", "Họ và tên", ("Họ tên", "Tên đối tượng", "Họ tên người hưởng", "Người hưởng"), True, "name"),
        LayoutColumn("born", "Năm sinh", ("Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh"), kind="birth"),
        LayoutColumn("personal_number", "Số định danh cá nhân", ("Số CCCD", "CCCD", "Số CMND/CCCD"), kind="personal_number"),
        LayoutColumn("village", "Thôn", ("Thôn/TDP", "Tổ dân phố", "Địa chỉ", "Xóm")),
        LayoutColumn("decision", "Số quyết định", ("Quyết định số", "Số QĐ", "QĐ hưởng"), kind="code"),
        LayoutColumn("coefficient", "Hệ số", ("Hệ số trợ cấp", "Hệ số hưởng"), kind="coefficient"),
        LayoutColumn(
            "month_amount",
            "Số tiền tháng này",
            ("Mức trợ cấp", "Tiền tháng này", "Trợ cấp tháng này", "Số tiền Tháng này", "Mức hưởng"),
            kind="money",
        ),
        LayoutColumn("arrears", "Truy lĩnh", ("Tiền truy lĩnh", "Số tiền truy lĩnh", "Truy lĩnh tháng trước"), kind="money"),
        LayoutColumn("recovery", "Thu hồi", ("Tiền thu hồi", "Số tiền thu hồi", "Truy thu"), kind="money"),
        LayoutColumn(
            "total",
            "Tổng số tiền",
            ("Tổng cộng", "Tổng tiền", "Số tiền thực nhận", "Số tiền", "Thực lĩnh", "Tổng số tiền được lĩnh"),
            True,
            "money",
        ),
        LayoutColumn("account", "Số tài khoản", ("STK", "Tài khoản"), kind="code"),
        LayoutColumn("bank", "Ngân hàng", ("Tên ngân hàng", "Mở tại ngân hàng")),
        LayoutColumn(
            "payee",
            "Người nhận thay",
            ("Người nhận thay (họ tên, quan hệ, số giấy tờ)", "Người được ủy quyền", "Người nhận thay Họ tên"),
        ),
        LayoutColumn("payee_relation", "Quan hệ", ("Người nhận thay Quan hệ", "Quan hệ với đối tượng")),
        LayoutColumn("payee_paper", "Số giấy tờ", ("Người nhận thay Số giấy tờ", "Số giấy tờ người nhận thay"), kind="code"),
        LayoutColumn("signed", "Ký nhận", ("Ký tên", "Chữ ký", "Ký nhận tiền")),
        LayoutColumn("note", "Ghi chú", ("Chú thích",)),
    ),
    sums=(("total", ("month_amount", "arrears"), ("recovery",)),),
    unique=("line_code", "book"),
)

PAYER_RETURN = Layout(
    key="payments.return",
    title="Kết quả chi trả",
    columns=(
        LayoutColumn("code", "Mã dòng", ("Mã dòng chi trả", "Mã chi trả"), True, "code"),
        LayoutColumn("index", "STT", ("Số TT", "TT"), kind="code"),
        LayoutColumn("name", "Họ và tên", ("Họ tên",)),
        LayoutColumn("total", "Tổng số tiền", ("Tổng cộng", "Số tiền", "Thực lĩnh"), kind="money"),
        LayoutColumn("received", "Đã nhận (x)", ("Đã nhận", "Đã chi", "Đã lĩnh", "Đã trả")),
        LayoutColumn("received_on", "Ngày nhận", ("Ngày chi", "Ngày lĩnh", "Ngày trả"), kind="date"),
        LayoutColumn("received_by", "Người nhận", ("Người lĩnh", "Người ký nhận")),
        LayoutColumn("reason", "Lý do chưa nhận", ("Lý do", "Lý do không chi được", "Lý do trả lại")),
    ),
    unique=(),
)

LAYOUTS = (PAYMENT_LIST, PAYER_RETURN)
