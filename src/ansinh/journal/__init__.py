"""Who did and read what, chained by hash.

Words owned: journal entry, read event, head. Names the actor as text and points at nobody. Asks: database, kernel.
"""
