"""Questions across people, law and ledger."""

from ansinh.entitlements.queries.asking_the_law import explanation_for, law_for
from ansinh.entitlements.queries.differences import Difference, differences

__all__ = ["Difference", "differences", "explanation_for", "law_for"]
