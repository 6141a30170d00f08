"""Persons, households, and what is true of them in time.

Words owned: person, household, membership, residence, circumstance, guardian, payee, bank account.
Asks: imports, localities, access.
"""
