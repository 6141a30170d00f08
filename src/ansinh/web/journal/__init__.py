"""Doors of `journal`: the inspector reads it, the administrator sees its outline."""
