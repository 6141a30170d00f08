"""Doors of `localities`: the tree on a day, one place through time, its villages."""
