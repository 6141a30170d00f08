"""Occasions, lists and lines, what a list is paid from, emergency protection, relief funds. One noun a file."""

from ansinh.emergency.models.aid import AidKind, AidLine, AidLineStep, AidList, AidListStep, Hardship, Resources
from ansinh.emergency.models.fund import FundEntry, FundEntryKind, ReliefFund
from ansinh.emergency.models.occasion import Cause, GiftGroup, Giver, Occasion, OccasionKind
from ansinh.emergency.models.protection import CareKind, Ground, Protection, Transport
from ansinh.emergency.models.supply import SupplyEntry, SupplyKind

__all__ = [
    "AidKind",
    "AidLine",
    "AidLineStep",
    "AidList",
    "AidListStep",
    "CareKind",
    "Cause",
    "FundEntry",
    "FundEntryKind",
    "GiftGroup",
    "Giver",
    "Ground",
    "Hardship",
    "Occasion",
    "OccasionKind",
    "Protection",
    "ReliefFund",
    "Resources",
    "SupplyEntry",
    "SupplyKind",
    "Transport",
]
