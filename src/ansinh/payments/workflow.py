"""States of a month's list for one commune, and of its lines."""

from django.utils.translation import gettext_lazy as _

from ansinh.kernel.workflow import Move, Workflow

PROPOSERS = ("commune_officer", "commune_head", "division_officer")

LIST = Workflow(
    noun="payment_list",
    states={
        "proposed": _("Dự kiến"),
        "checking": _("Đang kiểm tra"),
        "approved": _("Đã duyệt"),
        "closed": _("Đã chốt"),
        "handed_over": _("Đã chuyển chi trả"),
        "reconciled": _("Đã đối chiếu"),
        "settled": _("Đã quyết toán"),
        "withdrawn": _("Đã rút"),
    },
    start="proposed",
    moves=(
        Move("check", ("proposed",), "checking", ("commune_officer", "commune_head"), _("Trình ký")),
        Move("recall", ("checking",), "proposed", ("commune_officer", "commune_head"), _("Lấy lại"), needs_note=True),
        Move("withdraw", ("proposed",), "withdrawn", PROPOSERS, _("Rút danh sách"), needs_note=True),
        Move("renew", ("withdrawn",), "proposed", (*PROPOSERS, "system"), _("Lập lại danh sách")),
        Move("return", ("checking",), "proposed", ("commune_chairman", "commune_head"), _("Trả lại"), needs_note=True),
        Move("approve", ("checking",), "approved", ("commune_chairman", "commune_head", "clerk"), _("Duyệt")),
        Move("reopen", ("approved",), "proposed", ("commune_chairman",), _("Trả lại"), needs_note=True),
        Move("close", ("approved",), "closed", ("commune_officer", "commune_head", "accountant"), _("Chốt danh sách")),
        Move("hand_over", ("closed",), "handed_over", ("commune_officer", "accountant"), _("Chuyển tổ chức chi trả")),
        Move("reconcile", ("handed_over",), "reconciled", ("commune_officer", "accountant"), _("Đối chiếu")),
        Move("settle", ("reconciled",), "settled", ("accountant",), _("Quyết toán")),
    ),
)

LINE = Workflow(
    noun="payment_line",
    states={"due": _("Phải chi"), "held": _("Dừng chi"), "paid": _("Đã nhận"), "unpaid": _("Chưa nhận")},
    start="due",
    moves=(
        Move("hold", ("due",), "held", ("commune_officer", "commune_head", "system"), _("Dừng chi"), needs_note=True),
        Move("release", ("held",), "due", ("commune_officer", "commune_head"), _("Bỏ dừng chi"), needs_note=True),
        Move("pay", ("due",), "paid", ("payer", "accountant", "commune_officer"), _("Đã nhận")),
        Move("leave", ("due",), "unpaid", ("payer", "accountant", "commune_officer"), _("Chưa nhận")),
    ),
)
