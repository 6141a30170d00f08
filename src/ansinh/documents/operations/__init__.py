"""Acts on papers, their templates and the register."""

from ansinh.documents.operations.numbering import (
    give_number_back,
    register_typed,
    set_numbering,
    start_series,
    take_number,
    void_entry,
)
from ansinh.documents.operations.printing import Content, keep_beside, make_pdf_later, print_paper, sign_paper
from ansinh.documents.operations.recording import (
    check_number,
    freeze_signed,
    keep_scan,
    number_printed,
    record_signed_paper,
)
from ansinh.documents.operations.signing import Expected, NeedsComparing, take_signed_file
from ansinh.documents.operations.templating import TemplateFaults, end_template, take_template
from ansinh.documents.operations.trusting import end_root, take_root

__all__ = [
    "Content",
    "Expected",
    "NeedsComparing",
    "TemplateFaults",
    "end_root",
    "check_number",
    "end_template",
    "freeze_signed",
    "give_number_back",
    "keep_beside",
    "keep_scan",
    "number_printed",
    "print_paper",
    "record_signed_paper",
    "register_typed",
    "set_numbering",
    "sign_paper",
    "make_pdf_later",
    "start_series",
    "take_number",
    "take_root",
    "take_signed_file",
    "take_template",
    "void_entry",
]
