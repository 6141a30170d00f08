"""Acts on dossiers. Each takes `seen`: the key of the last step its page showed, so that two people acting at once are told."""

from ansinh.dossiers.operations.answering import (
    accept_declaration,
    deliver_dossier,
    mark_decided,
    propose_refusal,
    record_refusal,
    reopen_dossier,
    return_dossier,
    submit_dossier,
)
from ansinh.dossiers.operations.calendar import correct_holidays
from ansinh.dossiers.operations.completing import ask_for_completion, complete_dossier, give_papers
from ansinh.dossiers.operations.opening import Applicant, declare, open_dossier, receive_dossier
from ansinh.dossiers.operations.posting import conclude_opinion, post_list, print_posting, record_opinion, take_down
from ansinh.dossiers.operations.printing import number_refusal, print_dossier_paper
from ansinh.dossiers.operations.working import reassign_dossier, take_up_dossier, withdraw_dossier

__all__ = [
    "Applicant",
    "accept_declaration",
    "ask_for_completion",
    "complete_dossier",
    "conclude_opinion",
    "correct_holidays",
    "declare",
    "deliver_dossier",
    "give_papers",
    "mark_decided",
    "number_refusal",
    "open_dossier",
    "post_list",
    "print_posting",
    "print_dossier_paper",
    "propose_refusal",
    "reassign_dossier",
    "receive_dossier",
    "record_opinion",
    "record_refusal",
    "reopen_dossier",
    "return_dossier",
    "submit_dossier",
    "take_down",
    "take_up_dossier",
    "withdraw_dossier",
]
