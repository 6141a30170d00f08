"""Questions to the journal: is the chain whole?"""

from ansinh.journal.queries.heads import Head, kept_heads
from ansinh.journal.queries.verifying import Finding, Verdict, entry_is_sound, verify

__all__ = ["Finding", "Head", "Verdict", "entry_is_sound", "kept_heads", "verify"]
