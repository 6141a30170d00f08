"""Periods, money, text folding, workflow tables and named errors.

Words owned: none of the office's; what every room speaks. Asks no room. Knows no Django.
"""
