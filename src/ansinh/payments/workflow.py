"""States of a month's list for one commune, and of its lines."""

from ansinh.kernel.workflow import Move, Workflow

LIST = Workflow(
    noun="payment_list",
    states={
        "proposed": "Dự kiến",
        "checking": "Đang kiểm tra",
        "approved": "Đã duyệt",
        "closed": "Đã chốt",
        "handed_over": "Đã chuyển chi trả",
        "reconciled": "Đã đối chiếu",
        "settled": "Đã quyết toán",
    },
    start="proposed",
    moves=(
        Move("check", ("proposed",), "checking", ("commune_officer", "commune_head"), "Trình ký"),
        Move("return", ("checking",), "proposed", ("commune_chairman", "commune_head"), "Trả lại", needs_note=True),
        Move("approve", ("checking",), "approved", ("commune_chairman", "commune_head", "clerk"), "Duyệt"),
        Move("reopen", ("approved",), "proposed", ("commune_chairman",), "Trả lại", needs_note=True),
        Move("close", ("approved",), "closed", ("commune_officer", "commune_head", "accountant"), "Chốt danh sách"),
        Move("hand_over", ("closed",), "handed_over", ("commune_officer", "accountant"), "Chuyển tổ chức chi trả"),
        Move("reconcile", ("handed_over",), "reconciled", ("commune_officer", "accountant"), "Đối chiếu"),
        Move("settle", ("reconciled",), "settled", ("accountant",), "Quyết toán"),
    ),
)

LINE = Workflow(
    noun="payment_line",
    states={"due": "Phải chi", "held": "Dừng chi", "paid": "Đã nhận", "unpaid": "Chưa nhận"},
    start="due",
    moves=(
        Move("hold", ("due",), "held", ("commune_officer", "commune_head", "system"), "Dừng chi", needs_note=True),
        Move("release", ("held",), "due", ("commune_officer", "commune_head"), "Bỏ dừng chi", needs_note=True),
        Move("pay", ("due",), "paid", ("payer", "accountant", "commune_officer"), "Đã nhận"),
        Move("leave", ("due",), "unpaid", ("payer", "accountant", "commune_officer"), "Chưa nhận"),
    ),
)
