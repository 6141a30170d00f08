"""Questions to the journal: is the chain whole?"""

from ansinh.journal.queries.heads import Head, kept_heads, last_head
from ansinh.journal.queries.verifying import LATE_SEAL, Finding, Verdict, entry_is_sound, verify

__all__ = ["LATE_SEAL", "Finding", "Head", "Verdict", "entry_is_sound", "kept_heads", "last_head", "verify"]
