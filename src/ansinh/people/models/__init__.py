"""Persons, households, and what is true of them in time. One noun a file."""

from ansinh.people.models.circumstance import Circumstance, HouseholdCircumstance
from ansinh.people.models.duplicate import DuplicatePair
from ansinh.people.models.household import Household, Membership, Residence
from ansinh.people.models.identity import BirthRuling, KnownName, OtherName, OtherNumber, Person, Relative
from ansinh.people.models.payee import BankAccount, Guardian, Payee

__all__ = [
    "BankAccount",
    "BirthRuling",
    "Circumstance",
    "DuplicatePair",
    "Guardian",
    "Household",
    "HouseholdCircumstance",
    "KnownName",
    "Membership",
    "OtherName",
    "OtherNumber",
    "Payee",
    "Person",
    "Relative",
    "Residence",
]
