"""States of a list of emergency support, of a list of gifts, of one line of either, and of an emergency protection."""

from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Role
from ansinh.kernel.workflow import Move, Workflow

OFFICERS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD)
OPENERS = (*OFFICERS, Role.DIVISION_OFFICER, Role.DIVISION_HEAD)
GIVERS = (*OFFICERS, Role.ACCOUNTANT)
# The signature is on paper: whoever records it is named, and is never who proposed.
RECORDERS = (Role.COMMUNE_CHAIRMAN, Role.COMMUNE_HEAD, Role.CLERK)
_RETURNS = (Role.COMMUNE_CHAIRMAN, Role.COMMUNE_HEAD)

_STATES = {
    "listing": _("Đang lập"),
    "submitted": _("Chờ ký"),
    "decided": _("Đã quyết định"),
    "accounted": _("Đã quyết toán"),
}
_AFTER = (
    Move("send_back", ("submitted",), "listing", _RETURNS, _("Trả lại"), needs_note=True),
    Move("decide", ("submitted",), "decided", RECORDERS, _("Ghi nhận quyết định đã ký")),
    Move("reopen", ("decided",), "listing", (Role.COMMUNE_CHAIRMAN,), _("Thu hồi, lập lại"), needs_note=True),
    Move("account", ("decided",), "accounted", GIVERS, _("Báo cáo kết quả, quyết toán")),
)

RELIEF_LIST = Workflow(
    noun="relief_list",
    states={
        "listing": _STATES["listing"], "reviewed": _("Đã bình xét"),
        **{key: words for key, words in _STATES.items() if key != "listing"},
    },
    start="listing",
    moves=(
        Move("review", ("listing",), "reviewed", OFFICERS, _("Ghi kết quả bình xét"), needs_note=True),
        Move("skip_review", ("listing",), "reviewed", OFFICERS, _("Cấp bách: bỏ qua bình xét"), needs_note=True),
        Move("submit", ("reviewed",), "submitted", OFFICERS, _("Trình ký")),
        *_AFTER,
    ),
)  # fmt: skip

GIFT_LIST = Workflow(
    noun="gift_list",
    states=_STATES,
    start="listing",
    moves=(Move("submit", ("listing",), "submitted", OFFICERS, _("Trình ký")), *_AFTER),
)

LINE = Workflow(
    noun="aid_line",
    states={
        "listed": _("Trong danh sách"),
        "left_out": _("Không đề nghị"),
        "to_give": _("Chờ nhận"),
        "given": _("Đã nhận"),
        "absent": _("Vắng mặt"),
        "handed_back": _("Đã nộp lại"),
    },
    start="listed",
    moves=(
        Move("leave_out", ("listed",), "left_out", OFFICERS, _("Đưa ra khỏi danh sách"), needs_note=True),
        Move("put_back", ("left_out",), "listed", OFFICERS, _("Đưa lại vào danh sách")),
        # Done by the decision itself and by its recall: no post has a button for these.
        Move("allot", ("listed",), "to_give", (), _("Được quyết định")),
        Move("recall", ("to_give",), "listed", (), _("Quyết định bị thu hồi")),
        Move("give", ("to_give", "absent"), "given", GIVERS, _("Đã nhận")),
        Move("miss", ("to_give",), "absent", GIVERS, _("Vắng mặt")),
        Move("hand_back", ("to_give", "absent"), "handed_back", GIVERS, _("Nộp lại"), needs_note=True),
        Move("unmark", ("given", "absent", "handed_back"), "to_give", GIVERS, _("Ghi nhầm, đánh dấu lại"), needs_note=True),
    ),
)

PROTECTION = Workflow(
    noun="protection",
    states={"taken_in": _("Đã tiếp nhận"), "sheltered": _("Đang chăm sóc"), "left": _("Đã kết thúc")},
    start="taken_in",
    moves=(
        Move("decide", ("taken_in",), "sheltered", RECORDERS, _("Ghi nhận quyết định đã ký")),
        Move("end", ("taken_in", "sheltered"), "left", OFFICERS, _("Kết thúc chăm sóc"), needs_note=True),
    ),
)
