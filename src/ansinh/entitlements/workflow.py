"""States of a decision."""

from django.utils.translation import gettext_lazy as _

from ansinh.kernel.workflow import Move, Workflow

_DRAFTERS = ("commune_officer", "commune_head", "division_officer", "system")
# The chairman who does not sign a dossier's draft sends it back: the draft is thrown away, the dossier stays.
_DISCARDERS = (*_DRAFTERS, "commune_chairman")
_RECORDERS = ("commune_officer", "commune_head", "clerk", "commune_chairman", "division_officer")

DECISION = Workflow(
    noun="decision",
    states={"draft": _("Dự thảo"), "signed": _("Đã ký"), "discarded": _("Đã bỏ"), "revoked": _("Đã thu hồi")},
    start="draft",
    moves=(
        Move("record", ("draft",), "signed", _RECORDERS, _("Ghi nhận quyết định đã ký")),
        Move("discard", ("draft",), "discarded", _DISCARDERS, _("Bỏ dự thảo"), needs_note=True),
        Move("revoke", ("signed",), "revoked", _RECORDERS, _("Thu hồi quyết định"), needs_note=True),
    ),
)
