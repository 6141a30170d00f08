"""Decisions and the ledger: who may receive what, from when. Gathers the facts the law asks.

Words owned: decision, decision item, entitlement. Asks: people, lawbook, law.
"""
