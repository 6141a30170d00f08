"""States of a batch and of a row."""

from ansinh.kernel.workflow import Move, Workflow

_WHO = ("commune_officer", "commune_head", "division_officer")

BATCH = Workflow(
    noun="batch",
    states={
        "read": "Đã đọc",
        "checked": "Đã kiểm tra",
        "committed": "Đã nạp",
        "discarded": "Đã bỏ",
    },
    start="read",
    moves=(
        Move("check", ("read", "checked"), "checked", _WHO, "Kiểm tra"),
        Move("commit", ("checked",), "committed", _WHO, "Nạp vào hệ thống"),
        Move("discard", ("read", "checked"), "discarded", _WHO, "Bỏ danh sách"),
    ),
)

ROW = Workflow(
    noun="row",
    states={
        "ready": "Sẵn sàng",
        "problem": "Có lỗi",
        "unsure": "Cần chọn người",
        "set_aside": "Chờ bổ sung",
        "committed": "Đã nạp",
        "dropped": "Đã bỏ",
    },
    start="ready",
    moves=(
        Move("find_problem", ("ready", "unsure", "problem"), "problem", _WHO, "Ghi lỗi"),
        Move("ask_person", ("ready", "problem", "unsure"), "unsure", _WHO, "Hỏi chọn người"),
        Move("clear", ("problem", "unsure", "set_aside", "ready"), "ready", _WHO, "Đã sửa"),
        Move("set_aside", ("ready", "problem", "unsure"), "set_aside", _WHO, "Để chờ bổ sung", needs_note=True),
        Move("commit", ("ready",), "committed", _WHO, "Nạp"),
        Move("drop", ("set_aside", "problem", "unsure"), "dropped", _WHO, "Bỏ dòng", needs_note=True),
    ),
)
