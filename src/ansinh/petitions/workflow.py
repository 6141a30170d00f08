"""States of a petition. Heads admit, refuse, transfer; whoever handles it answers."""

from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Role
from ansinh.kernel.workflow import Move, Workflow

RECEIVES = (
    Role.ONE_STOP, Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.CLERK, Role.DIVISION_OFFICER,
    Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER,
)  # fmt: skip
HANDLES = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.DIVISION_OFFICER, Role.DIVISION_HEAD,
    Role.DEPARTMENT_LEADER,
)  # fmt: skip
HEADS = (Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER)
# A denunciation is for the top of the body alone: the head of an office may be whom it is about.
TOPS = (Role.COMMUNE_CHAIRMAN, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER)

PETITION = Workflow(
    noun="petition",
    states={
        "registered": _("Đã tiếp nhận"),
        "admitted": _("Đã thụ lý"),
        "not_admitted": _("Không thụ lý"),
        "transferred": _("Đã chuyển"),
        "answered": _("Đã giải quyết"),
        "withdrawn": _("Đã rút"),
    },
    start="registered",
    moves=(
        Move("admit", ("registered",), "admitted", HEADS, _("Thụ lý")),
        Move("refuse", ("registered",), "not_admitted", HEADS, _("Không thụ lý"), needs_note=True),
        Move("transfer", ("registered",), "transferred", HEADS, _("Chuyển cơ quan có thẩm quyền"), needs_note=True),
        Move("answer", ("admitted",), "answered", HANDLES, _("Ghi kết quả giải quyết"), needs_note=True),
        Move("withdraw", ("registered", "admitted"), "withdrawn", RECEIVES, _("Người gửi rút đơn"), needs_note=True),
    ),
)  # fmt: skip

# Moves of those who decide what becomes of a petition.
LEADING = ("admit", "refuse", "transfer")
OPEN = ("registered", "admitted")
