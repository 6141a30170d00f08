"""Acts of the journal."""

from ansinh.journal.operations.heads import keep_head
from ansinh.journal.operations.write import note_read, record, seal_reads

__all__ = ["keep_head", "note_read", "record", "seal_reads"]
