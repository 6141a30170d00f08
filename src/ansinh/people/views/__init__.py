"""Doors to the register of people."""

from ansinh.people.views.changing import change, change_one, identity
from ansinh.people.views.choosing import choosing
from ansinh.people.views.duplicates import duplicates, look_for_duplicates
from ansinh.people.views.listing import household, people, register

__all__ = ["change", "change_one", "choosing", "duplicates", "household", "identity", "look_for_duplicates", "people", "register"]
