"""Social assistance: lists of a commune taken in, and decisions for one person.

Words owned: enrolment list, adjustment list, end list, change sheet. Asks: entitlements, people, imports.
"""
