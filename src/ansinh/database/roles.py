"""The roles of the database, and the one idempotent script that makes them.

A request or a job logs in as `ansinh_app` (NOINHERIT, no rights on personal tables) and takes the role of its post
with SET LOCAL ROLE. The owner migrates and loads reference data. Whoever can run SET can change role, so row security
stops forgotten filters, not injected SQL.
"""

from __future__ import annotations

OWNER = "ansinh_owner"
APP = "ansinh_app"

COMMUNE = "ansinh_commune"
PROVINCE = "ansinh_province"
FACILITY = "ansinh_facility"
PAYER = "ansinh_payer"
AUDITOR = "ansinh_auditor"
ADMIN = "ansinh_admin"
SYSTEM = "ansinh_system"
MAINTENANCE = "ansinh_maintenance"

GROUPS = (COMMUNE, PROVINCE, FACILITY, PAYER, AUDITOR, ADMIN, SYSTEM, MAINTENANCE)
EXTENSIONS = ("btree_gist", "pg_trgm")


def bootstrap_sql(*, server_version: int, owner_password: str | None = None, app_password: str | None = None) -> list[str]:
    """Statements a superuser runs once per cluster; safe to run again.

    `server_version` is the major version: from 16 a grant says itself that rights are not inherited.
    """
    statements = []
    for name, options, password in (
        (OWNER, "LOGIN NOSUPERUSER", owner_password),
        (APP, "LOGIN NOINHERIT NOSUPERUSER", app_password),
        *((group, "NOLOGIN", None) for group in GROUPS),
    ):
        statements.append(
            f"DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{name}') THEN CREATE ROLE {name}; END IF; END $$"
        )
        secret = f" PASSWORD '{password}'" if password else ""
        statements.append(f"ALTER ROLE {name} {options}{secret}")
    grant_options = " WITH INHERIT FALSE, SET TRUE" if server_version >= 16 else ""
    statements += [f"GRANT {group} TO {APP}{grant_options}" for group in GROUPS]
    return statements


def database_sql() -> list[str]:
    """Statements a superuser runs inside the new database: extensions, and the schema handed to the owner."""
    return [
        *(f"CREATE EXTENSION IF NOT EXISTS {name}" for name in EXTENSIONS),
        f"ALTER SCHEMA public OWNER TO {OWNER}",
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"GRANT USAGE ON SCHEMA public TO {', '.join((APP, *GROUPS))}",
    ]
