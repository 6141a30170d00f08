"""Acts on decisions and the ledger."""

from ansinh.entitlements.operations.caring import propose_care
from ansinh.entitlements.operations.draft import ItemDraft, discard_draft, draft_decision
from ansinh.entitlements.operations.funeral import propose_funeral
from ansinh.entitlements.operations.printing import number_decision, print_decision
from ansinh.entitlements.operations.propose import draft_differences, drop_proposals, propose_decision
from ansinh.entitlements.operations.record import Signature, record_decision
from ansinh.entitlements.operations.revoke import revoke_decision
from ansinh.entitlements.operations.supplement import supplement_decision
from ansinh.entitlements.operations.take_back import take_back_decision
from ansinh.entitlements.operations.transitions import draft_transitions

__all__ = [
    "ItemDraft",
    "Signature",
    "discard_draft",
    "draft_decision",
    "draft_differences",
    "draft_transitions",
    "drop_proposals",
    "number_decision",
    "print_decision",
    "propose_care",
    "propose_decision",
    "propose_funeral",
    "record_decision",
    "revoke_decision",
    "supplement_decision",
    "take_back_decision",
]
