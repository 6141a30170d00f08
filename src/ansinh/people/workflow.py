"""States of a pair that may be one human being."""

from django.utils.translation import gettext_lazy as _

from ansinh.kernel.workflow import Move, Workflow

JUDGES = ("commune_officer", "commune_head", "division_officer", "division_head")

DUPLICATE = Workflow(
    noun="duplicate_pair",
    states={"open": _("Cần xem"), "same": _("Cùng một người"), "apart": _("Hai người khác nhau")},
    start="open",
    moves=(
        Move("judge_same", ("open",), "same", JUDGES, _("Cùng một người"), needs_note=True),
        Move("judge_apart", ("open",), "apart", JUDGES, _("Hai người khác nhau"), needs_note=True),
        Move("part", ("same",), "apart", JUDGES, _("Tách ra"), needs_note=True),
        Move("look_again", ("apart",), "open", JUDGES, _("Xem lại"), needs_note=True),
        Move("ask_anew", ("apart",), "open", ("system",), _("Hỏi lại vì nhân thân đã sửa")),
    ),
)
