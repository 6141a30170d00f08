"""Questions across people, law and ledger."""

from ansinh.entitlements.queries.asking_the_law import explanation_for, law_for
from ansinh.entitlements.queries.differences import Difference, differences
from ansinh.entitlements.queries.running import entries_of, running

__all__ = ["Difference", "differences", "entries_of", "explanation_for", "law_for", "running"]
