"""Doors to papers, templates and the register."""

from ansinh.documents.views.prints import paper, pdf, scan, word
from ansinh.documents.views.recording import number, sign
from ansinh.documents.views.register import entry, numbering, register, start, void
from ansinh.documents.views.signed import end_root, look, roots, signed, take_root
from ansinh.documents.views.templates import template, template_default, template_file, templates

__all__ = [
    "end_root",
    "entry",
    "look",
    "number",
    "numbering",
    "paper",
    "pdf",
    "register",
    "roots",
    "scan",
    "signed",
    "sign",
    "take_root",
    "start",
    "template",
    "template_default",
    "template_file",
    "templates",
    "void",
    "word",
]
