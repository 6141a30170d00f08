"""Doors to papers, templates and the register."""

from ansinh.documents.views.prints import paper, pdf, word
from ansinh.documents.views.register import entry, numbering, register, start, void
from ansinh.documents.views.templates import template, template_default, template_file, templates

__all__ = [
    "entry",
    "numbering",
    "paper",
    "pdf",
    "register",
    "start",
    "template",
    "template_default",
    "template_file",
    "templates",
    "void",
    "word",
]
