"""The staff shell: home, person page, search, health.

Shows many rooms on one page. Asks every room below.
"""
