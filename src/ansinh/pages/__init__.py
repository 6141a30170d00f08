"""The base page, the components and the template tags every room's pages are built of.

Words owned: none of the office's. Asks: access, localities.
"""
