"""Doors of petitions."""

from ansinh.petitions.views.acting import act
from ansinh.petitions.views.register import new, petition, register

__all__ = ["act", "new", "petition", "register"]
