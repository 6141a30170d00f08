"""The law on the screen: instruments, parameters, rules in sentences, and the points an officer confirms.

Words owned: confirmation, provincial resolution. Asks: law, access, journal.
"""
