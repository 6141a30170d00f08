"""Indicators: counts and money by commune and category, on any day and any map.

Words owned: indicator, figure. Asks: payments, entitlements, people, localities.
"""
