"""Doors of `access`: log-in, password, choosing a post, and the administrator's pages of offices and users.

They stand in the shell because `access` lies below `pages`, whose templates they are built of.
"""
