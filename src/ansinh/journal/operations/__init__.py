"""Acts of the journal."""

from ansinh.journal.operations.heads import keep_head
from ansinh.journal.operations.write import appended_last, note_read, record, seal_reads

__all__ = ["appended_last", "keep_head", "note_read", "record", "seal_reads"]
