"""Columns, constraints and row-security roles of our own for Django.

Words owned: database role, scope setting. Asks: kernel.
"""
