"""Background work with progress, retry and rescue.

Words owned: job. Asks: files, access, journal.
"""
