"""An invented province, filled through the same operations officers use.

Asks every room below.
"""
