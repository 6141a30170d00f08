"""Provinces, districts, communes and villages over time.

Words owned: unit, succession, village. Asks: journal, database, kernel.
"""
