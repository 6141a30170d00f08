"""States of an item. Officers dismiss and reopen; what the register, the law and the ledger say closes an item and brings it back."""

from django.utils.translation import gettext_lazy as _

from ansinh.access.models import Role
from ansinh.kernel.workflow import Move, Workflow

# Who may have the dossier made ready: whoever receives dossiers. A suspension is drafted by those who handle them.
PREPARES = (Role.ONE_STOP, Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD)
DRAFTS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD)
MOVERS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER)
# Who sets a wrong act right; what it needs a signature for stays a draft.
CORRECTORS = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.DIVISION_OFFICER)

WATCH_ITEM = Workflow(
    noun="watch_item",
    states={"open": _("Cần xem"), "dismissed": _("Đã bỏ qua"), "resolved": _("Đã hết")},
    start="open",
    moves=(
        Move("dismiss", ("open",), "dismissed", MOVERS, _("Bỏ qua"), needs_note=True),
        Move("reopen", ("dismissed",), "open", MOVERS, _("Xem lại")),
        # Done by the review itself: no post has a button for these.
        Move("resolve", ("open", "dismissed"), "resolved", (), _("Nguyên nhân đã hết")),
        Move("return", ("resolved",), "open", (), _("Nguyên nhân trở lại")),
    ),
)  # fmt: skip
