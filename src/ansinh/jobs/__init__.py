"""Background work with progress, retry and rescue.

Words owned: job. Asks: files, access, journal.
"""

WORKERS = 2  # processes that do background work beside one another, each one piece at a time
