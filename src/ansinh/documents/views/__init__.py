"""Doors to papers, templates and the register."""

from ansinh.documents.views.prints import paper, pdf, word
from ansinh.documents.views.recording import number, sign
from ansinh.documents.views.register import entry, numbering, register, start, void
from ansinh.documents.views.templates import template, template_default, template_file, templates

__all__ = [
    "entry",
    "number",
    "numbering",
    "paper",
    "pdf",
    "register",
    "sign",
    "start",
    "template",
    "template_default",
    "template_file",
    "templates",
    "void",
    "word",
]
