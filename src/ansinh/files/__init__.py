"""Uploads: type, hash, keeping and purging.

Words owned: stored file. Asks: access, journal.
"""
