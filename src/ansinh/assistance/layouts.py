"""Headings of the lists that communes and districts send: adjustment, new enrolment, end. The reader is `imports`."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.imports.reading.headings import Layout, LayoutColumn

_INDEX = LayoutColumn("index", "STT", ("Số TT", "Số thứ tự", "TT"), kind="code")
_NAME = LayoutColumn("name", "Họ và tên", ("Họ tên", "Tên đối tượng", "Họ và tên đối tượng", "Họ tên người hưởng"), True, "name")
_BORN = LayoutColumn(
    "born",
    "Năm sinh",
    ("Ngày sinh", "Ngày tháng năm sinh", "Ngày, tháng, năm sinh", "Sinh ngày", "Ngày/tháng/năm sinh"),
    kind="birth",
)
_SEX = LayoutColumn("sex", "Giới tính", ("Nam/Nữ", "Giới"), kind="sex")
_NUMBER = LayoutColumn(
    "personal_number",
    "Số CCCD/định danh cá nhân",
    ("Số định danh cá nhân", "Số CCCD", "CCCD", "Số CMND/CCCD", "Mã định danh", "Số căn cước", "Số giấy tờ tùy thân"),
    kind="personal_number",
)
_VILLAGE = LayoutColumn(
    "village", "Thôn/TDP", ("Thôn", "Tổ dân phố", "Thôn, tổ dân phố", "Xóm", "Nơi thường trú Thôn", "Địa chỉ Thôn")
)
_COMMUNE = LayoutColumn("commune", "Xã/Phường", ("Xã", "Phường", "Xã, phường, thị trấn", "Nơi thường trú Xã", "Địa chỉ Xã"))
_ADDRESS = LayoutColumn(
    "address",
    "Nơi thường trú",
    ("Địa chỉ", "Nơi thường trú (thôn, xã)", "Nơi ở", "Chỗ ở hiện nay", "Hộ khẩu thường trú", "Địa chỉ thường trú", "Nơi cư trú"),
)
_NOTE = LayoutColumn("note", "Ghi chú", ("Chú thích", "Lưu ý"))
_CATEGORY_NAMES = (
    "Loại đối tượng",
    "Đối tượng hưởng",
    "Diện đối tượng",
    "Nhóm đối tượng",
    "Đối tượng (điểm, khoản, Điều 5 Nghị định 20/2021)",
    "Điểm, khoản Điều 5",
)

ADJUSTMENT = Layout(
    key="assistance.adjustment",
    title=_("Danh sách điều chỉnh trợ cấp xã hội hằng tháng"),
    columns=(
        _INDEX,
        _NAME,
        _BORN,
        _SEX,
        _NUMBER,
        _VILLAGE,
        _COMMUNE,
        _ADDRESS,
        LayoutColumn(
            "category_before",
            "Loại đối tượng trước khi điều chỉnh",
            (
                "Trước khi điều chỉnh Loại đối tượng",
                "Đối tượng trước khi điều chỉnh",
                "Loại đối tượng cũ",
                "Loại đối tượng trước điều chỉnh",
            ),
        ),
        LayoutColumn(
            "coefficient_before",
            "Hệ số trợ cấp trước khi điều chỉnh",
            (
                "Hệ số trước khi điều chỉnh",
                "Trước khi điều chỉnh Hệ số",
                "Hệ số cũ",
                "Hệ số trước điều chỉnh",
                "Hệ số đang hưởng",
            ),
            kind="coefficient",
        ),
        LayoutColumn(
            "amount_before",
            "Mức trợ cấp hàng tháng trước khi điều chỉnh",
            (
                "Mức trước khi điều chỉnh",
                "Trước khi điều chỉnh Mức",
                "Mức trợ cấp cũ",
                "Mức trợ cấp trước điều chỉnh",
                "Mức đang hưởng",
            ),
            kind="money",
        ),
        LayoutColumn(
            "category_after",
            "Loại đối tượng sau khi điều chỉnh",
            (
                "Sau khi điều chỉnh Loại đối tượng",
                "Đối tượng sau khi điều chỉnh",
                "Loại đối tượng mới",
                "Loại đối tượng sau điều chỉnh",
            ),
            True,
        ),
        LayoutColumn(
            "coefficient_after",
            "Hệ số trợ cấp sau khi điều chỉnh",
            ("Hệ số sau khi điều chỉnh", "Sau khi điều chỉnh Hệ số", "Hệ số mới", "Hệ số sau điều chỉnh"),
            True,
            "coefficient",
        ),
        LayoutColumn(
            "amount_after",
            "Mức trợ cấp hàng tháng sau khi điều chỉnh",
            ("Mức sau khi điều chỉnh", "Sau khi điều chỉnh Mức", "Mức trợ cấp mới", "Mức trợ cấp sau điều chỉnh"),
            kind="money",
        ),
        LayoutColumn(
            "from_month",
            "Thời gian hưởng trợ cấp",
            ("Thời điểm hưởng", "Hưởng từ tháng", "Thời điểm điều chỉnh", "Từ tháng", "Điều chỉnh từ tháng", "Tháng hưởng"),
            kind="month",
        ),
        _NOTE,
    ),
    one_of=(("born", "personal_number"),),
    products=(("coefficient_before", "amount_before"),),
)

ENROLMENT = Layout(
    key="assistance.enrolment",
    title=_("Danh sách hưởng mới trợ cấp xã hội hằng tháng"),
    columns=(
        _INDEX,
        _NAME,
        LayoutColumn("born_male", "Ngày, tháng, năm sinh Nam", ("Năm sinh Nam", "Ngày sinh Nam", "Nam"), kind="birth"),
        LayoutColumn("born_female", "Ngày, tháng, năm sinh Nữ", ("Năm sinh Nữ", "Ngày sinh Nữ", "Nữ"), kind="birth"),
        _BORN,
        _SEX,
        _NUMBER,
        LayoutColumn("ethnicity", "Dân tộc", ("Thành phần dân tộc",)),
        _ADDRESS,
        _VILLAGE,
        _COMMUNE,
        LayoutColumn("category", "Đối tượng", _CATEGORY_NAMES, True),
        LayoutColumn("coefficient", "Hệ số", ("Hệ số trợ cấp", "Hệ số hưởng"), True, "coefficient"),
        LayoutColumn(
            "amount",
            "Mức trợ cấp",
            ("Mức trợ cấp (đồng/tháng)", "Mức hưởng", "Số tiền trợ cấp", "Mức trợ cấp hằng tháng"),
            kind="money",
        ),
        LayoutColumn(
            "from_month",
            "Thời điểm hưởng",
            ("Hưởng từ tháng", "Thời gian hưởng trợ cấp", "Từ tháng", "Thời gian hưởng"),
            kind="month",
        ),
        _NOTE,
    ),
    one_of=(("born_male", "born_female", "born"),),
)

END = Layout(
    key="assistance.end",
    title=_("Danh sách thôi hưởng trợ cấp xã hội hằng tháng"),
    columns=(
        _INDEX,
        _NAME,
        _BORN,
        _SEX,
        _NUMBER,
        _ADDRESS,
        _VILLAGE,
        _COMMUNE,
        LayoutColumn("category", "Loại đối tượng", ("Đối tượng", *_CATEGORY_NAMES)),
        LayoutColumn("coefficient", "Hệ số", ("Hệ số trợ cấp", "Hệ số đang hưởng"), kind="coefficient"),
        LayoutColumn("amount", "Mức đang hưởng", ("Mức trợ cấp đang hưởng", "Mức trợ cấp", "Mức hưởng"), kind="money"),
        LayoutColumn("reason", "Lý do thôi hưởng", ("Lý do", "Lí do", "Lý do cắt giảm", "Lý do dừng hưởng", "Nguyên nhân"), True),
        LayoutColumn(
            "happened_on", "Ngày chết/chuyển đi", ("Ngày chết", "Ngày mất", "Ngày chuyển đi", "Ngày từ trần"), kind="date"
        ),
        LayoutColumn(
            "end_month",
            "Thôi hưởng từ tháng",
            ("Thời điểm thôi hưởng", "Thôi hưởng từ", "Dừng hưởng từ tháng", "Cắt từ tháng"),
            kind="month",
        ),
        _NOTE,
    ),
    one_of=(("born", "personal_number"),),
    products=(("coefficient", "amount"),),
)

CHANGES = Layout(
    key="assistance.changes",
    title=_("Phiếu biến động hằng tháng của thôn"),
    columns=(
        _INDEX,
        LayoutColumn("code", "Mã đối tượng", ("Mã số", "Mã người"), kind="code"),
        _NAME,
        _BORN,
        _NUMBER,
        _VILLAGE,
        LayoutColumn("change", "Thay đổi (mới, chết, đi, về)", ("Thay đổi", "Biến động", "Tình hình"), True, may_be_blank=True),
        LayoutColumn("happened_on", "Ngày", ("Ngày thay đổi", "Ngày xảy ra", "Từ ngày"), kind="date"),
        _NOTE,
    ),
    unique=("code",),
)

LAYOUTS = (ADJUSTMENT, ENROLMENT, END, CHANGES)
