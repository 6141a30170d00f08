"""Offices, posts, users, scopes and competence.

Words owned: office, post, role, scope, competence, user. Asks: localities, journal.
"""
