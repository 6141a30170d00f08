"""States of a decision."""

from ansinh.kernel.workflow import Move, Workflow

_DRAFTERS = ("commune_officer", "commune_head", "division_officer", "system")
_RECORDERS = ("commune_officer", "commune_head", "clerk", "commune_chairman", "division_officer")

DECISION = Workflow(
    noun="decision",
    states={"draft": "Dự thảo", "signed": "Đã ký", "discarded": "Đã bỏ", "revoked": "Đã thu hồi"},
    start="draft",
    moves=(
        Move("record", ("draft",), "signed", _RECORDERS, "Ghi nhận quyết định đã ký"),
        Move("discard", ("draft",), "discarded", _DRAFTERS, "Bỏ dự thảo", needs_note=True),
        Move("revoke", ("signed",), "revoked", _RECORDERS, "Thu hồi quyết định", needs_note=True),
    ),
)
