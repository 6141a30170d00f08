"""States of a task. Who gave it and who does it take the steps, not roles: see `operations.tasks`."""

from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Role
from ansinh.kernel.workflow import Move, Workflow

STAFF = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP,
    Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER,
)  # fmt: skip
GIVES = (Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER)

TASK = Workflow(
    noun="task",
    states={
        "assigned": _("Đã giao"),
        "accepted": _("Đang làm"),
        "reported": _("Đã báo cáo"),
        "returned": _("Trả lại"),
        "finished": _("Hoàn thành"),
        "called_off": _("Thôi giao"),
    },
    start="assigned",
    moves=(
        Move("accept", ("assigned",), "accepted", STAFF, _("Nhận việc")),
        Move("report", ("assigned", "accepted", "returned"), "reported", STAFF, _("Báo cáo kết quả"), needs_note=True),
        Move("finish", ("reported",), "finished", GIVES, _("Xác nhận hoàn thành")),
        Move("return", ("reported",), "returned", GIVES, _("Trả lại"), needs_note=True),
        Move("call_off", ("assigned", "accepted", "reported", "returned"), "called_off", GIVES, _("Thôi giao"), needs_note=True),
    ),
)  # fmt: skip

DOES = ("accept", "report")
OPEN = ("assigned", "accepted", "reported", "returned")
# Still with whoever does it.
UNDONE = ("assigned", "accepted", "returned")
