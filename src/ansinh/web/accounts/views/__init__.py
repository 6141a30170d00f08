"""Doors of access: log-in, second step, sessions, password, posts; and the administrator's pages."""
