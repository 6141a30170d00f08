"""Acts of the journal."""

from ansinh.journal.operations.write import note_read, record, seal_reads

__all__ = ["note_read", "record", "seal_reads"]
