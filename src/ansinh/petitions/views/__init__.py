"""Doors of petitions."""

from ansinh.petitions.views.acting import act
from ansinh.petitions.views.papers import number, papers, print_paper
from ansinh.petitions.views.register import new, petition, register, scan

__all__ = ["act", "new", "number", "papers", "petition", "print_paper", "register", "scan"]
