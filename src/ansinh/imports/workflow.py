"""States of a batch and of a row."""

from django.utils.translation import gettext_lazy as _

from ansinh.kernel.workflow import Move, Workflow

_WHO = ("commune_officer", "commune_head", "division_officer")

BATCH = Workflow(
    noun="batch",
    states={
        "read": _("Đã đọc"),
        "checked": _("Đã kiểm tra"),
        "committed": _("Đã nạp"),
        "discarded": _("Đã bỏ"),
    },
    start="read",
    moves=(
        Move("check", ("read", "checked"), "checked", _WHO, _("Kiểm tra")),
        Move("commit", ("checked",), "committed", _WHO, _("Nạp vào hệ thống")),
        Move("undo", ("committed",), "checked", _WHO, _("Hoàn tác việc nạp"), needs_note=True),
        Move("discard", ("read", "checked"), "discarded", _WHO, _("Bỏ danh sách")),
    ),
)

ROW = Workflow(
    noun="row",
    states={
        "ready": _("Sẵn sàng"),
        "problem": _("Có lỗi"),
        "unsure": _("Cần chọn người"),
        "set_aside": _("Chờ bổ sung"),
        "committed": _("Đã nạp"),
        "dropped": _("Đã bỏ"),
    },
    start="ready",
    moves=(
        Move("find_problem", ("ready", "unsure", "problem"), "problem", _WHO, _("Ghi lỗi")),
        Move("ask_person", ("ready", "problem", "unsure"), "unsure", _WHO, _("Hỏi chọn người")),
        Move("clear", ("problem", "unsure", "set_aside", "ready"), "ready", _WHO, _("Đã sửa")),
        Move("set_aside", ("ready", "problem", "unsure"), "set_aside", _WHO, _("Để chờ bổ sung"), needs_note=True),
        Move("commit", ("ready",), "committed", _WHO, _("Nạp")),
        Move("undo", ("committed",), "ready", _WHO, _("Hoàn tác")),
        Move("drop", ("set_aside", "problem", "unsure"), "dropped", _WHO, _("Bỏ dòng"), needs_note=True),
    ),
)
