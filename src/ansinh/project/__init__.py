"""Plugs everything together: settings, URLs, the `ansinh` command, the server, the embedded database, backup and bench."""
