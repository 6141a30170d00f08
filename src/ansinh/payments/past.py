"""The list of past payments this room brings to `imports`: layout 1.4, and the months that arrears and recoveries were for."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from ansinh.imports.kinds import ListKind
from ansinh.imports.reading.headings import Layout, LayoutColumn
from ansinh.payments.layouts import PAYMENT_LIST
from ansinh.payments.operations.past import commit_past, examine_past

_MONTHS = (
    LayoutColumn("arrears_months", "Truy lĩnh cho các tháng", ("Truy lĩnh các tháng", "Tháng truy lĩnh", "Truy lĩnh của tháng")),
    LayoutColumn("recovery_months", "Thu hồi cho các tháng", ("Thu hồi các tháng", "Tháng thu hồi", "Thu hồi của tháng")),
)

PAST_LIST = Layout(
    key="payments.past",
    title=_("Danh sách đã chi trả trước khi dùng hệ thống"),
    columns=(*PAYMENT_LIST.columns, *_MONTHS),
    one_of=(("born", "personal_number", "book"),),
    unique=("line_code",),
)

PAST_PAYMENTS = ListKind(PAST_LIST, examine_past, commit_past, needs_decision=False)
