"""States of a province's resolution on its way into the law that is asked."""

from django.utils.translation import gettext_lazy as _

from ansinh.kernel.workflow import Move, Workflow

WRITERS = ("division_officer", "division_head")
_CONFIRMERS = ("division_head", "department_leader")

RESOLUTION = Workflow(
    noun="resolution",
    states={
        "drafting": _("Đang soạn"),
        "awaiting": _("Chờ xác nhận"),
        "returned": _("Trả lại"),
        "confirmed": _("Đã xác nhận"),
        "withdrawn": _("Đã rút"),
    },
    start="drafting",
    moves=(
        Move("propose", ("drafting", "returned"), "awaiting", WRITERS, _("Trình xác nhận")),
        Move("confirm", ("awaiting",), "confirmed", _CONFIRMERS, _("Xác nhận")),
        Move("return", ("awaiting",), "returned", _CONFIRMERS, _("Trả lại"), needs_note=True),
        Move("recall", ("awaiting",), "drafting", WRITERS, _("Lấy lại để sửa"), needs_note=True),
        Move("withdraw", ("drafting", "awaiting", "returned"), "withdrawn", WRITERS, _("Rút"), needs_note=True),
    ),
)
EDITABLE = ("drafting", "returned")
