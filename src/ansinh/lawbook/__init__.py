"""The law on the screen and on paper: benefits as articles, what changed between two days, the table of amounts, open points.

Words owned: confirmation, provincial resolution. Asks: law, rendering, access, localities, journal.
"""
