"""States of a dossier. What each move does beside, its operation says."""

from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Role
from ansinh.kernel.workflow import Move, Workflow

RECEIVERS = (Role.ONE_STOP, Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD)
OFFICERS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD)
# Whoever may record a signed decision or throw its draft away moves the dossier with it.
RECORDERS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.CLERK, Role.COMMUNE_CHAIRMAN, Role.DIVISION_OFFICER)
_RETURNS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.DIVISION_OFFICER)
_HANDS_BACK = (Role.ONE_STOP, Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.CLERK)

DOSSIER = Workflow(
    noun="dossier",
    states={
        "writing": _("Đang soạn"),
        "received": _("Đã tiếp nhận"),
        "incomplete": _("Chờ bổ sung"),
        "verifying": _("Đang xác minh"),
        "awaiting_signature": _("Chờ ký"),
        "returned": _("Trả lại"),
        "decided": _("Đã quyết định"),
        "refused": _("Không đủ điều kiện"),
        "delivered": _("Đã trả kết quả"),
        "withdrawn": _("Đã rút"),
    },
    start="writing",
    moves=(
        Move("receive", ("writing",), "received", RECEIVERS, _("Tiếp nhận")),
        Move("verify", ("received",), "verifying", OFFICERS, _("Nhận xác minh")),
        Move("ask", ("received", "verifying", "returned"), "incomplete", RECEIVERS, _("Yêu cầu bổ sung"), needs_note=True),
        Move("complete", ("incomplete",), "verifying", RECEIVERS, _("Đã bổ sung đủ")),
        Move("submit", ("verifying", "returned"), "awaiting_signature", OFFICERS, _("Trình ký")),
        Move("return", ("awaiting_signature",), "returned", _RETURNS, _("Trả lại"), needs_note=True),
        Move("decide", ("awaiting_signature",), "decided", RECORDERS, _("Ghi nhận quyết định đã ký")),
        Move("refuse", ("awaiting_signature",), "refused", RECORDERS, _("Ghi nhận văn bản từ chối đã ký")),
        Move("reopen", ("decided", "delivered"), "returned", RECORDERS, _("Mở lại"), needs_note=True),
        Move("deliver", ("decided", "refused"), "delivered", _HANDS_BACK, _("Trả kết quả")),
        Move(
            "withdraw", ("writing", "received", "incomplete", "verifying", "returned"), "withdrawn", RECEIVERS, _("Rút hồ sơ"),
            needs_note=True,
        ),
    ),
)  # fmt: skip

# The clock runs or stands still: the office still owes an answer.
OPEN = ("received", "incomplete", "verifying", "awaiting_signature", "returned")
# Being written, open, or answered and not handed over yet.
AT_WORK = ("writing", *OPEN, "decided", "refused")
ANSWERED = ("decided", "refused", "delivered")

POSTING = Workflow(
    noun="posting",
    states={"posted": _("Đang niêm yết"), "taken_down": _("Đã gỡ")},
    start="posted",
    moves=(Move("take_down", ("posted",), "taken_down", OFFICERS, _("Gỡ niêm yết")),),
)
