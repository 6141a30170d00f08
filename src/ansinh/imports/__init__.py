"""Staged rows of any list, checked before anything touches the register.

Words owned: import batch, staged row, layout, set aside. Other rooms bring their layouts. Asks: jobs, files, access.
"""
