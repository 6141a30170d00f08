"""What a database administrator runs once on a server's PostgreSQL: roles, the database, its extensions. Input for psql."""

from __future__ import annotations

import re

from psycopg.conninfo import conninfo_to_dict

from ansinh.database import roles
from ansinh.kernel.errors import InvalidInput

# What may stand between quotes in SQL and in a URL without being taken for something else.
_PLAIN = re.compile(r"[A-Za-z0-9_.~-]{12,}")
_NAME = re.compile(r"[a-z_][a-z0-9_]*")


def server_sql(*, app_url: str, owner_url: str) -> str:
    """The script for the log-ins and the database that the two URLs name; safe to run again. Raises InvalidInput."""
    app, owner = conninfo_to_dict(app_url), conninfo_to_dict(owner_url)
    name = str(owner.get("dbname", ""))
    if (app.get("user"), owner.get("user")) != (roles.APP, roles.OWNER):
        raise InvalidInput(f"DATABASE_URL phải đăng nhập là {roles.APP}, OWNER_DATABASE_URL là {roles.OWNER}.")
    if app.get("dbname") != name or not _NAME.fullmatch(name):
        raise InvalidInput("Hai địa chỉ phải cùng một tên cơ sở dữ liệu, gồm chữ thường, số và gạch dưới.")
    for login in (app, owner):
        if not _PLAIN.fullmatch(str(login.get("password", ""))):
            raise InvalidInput("Mật khẩu cơ sở dữ liệu cần ít nhất 12 ký tự, chỉ gồm chữ, số và các dấu . _ ~ -")
    # Without options a grant to a NOINHERIT role means the same from version 15 on, so one script serves all versions.
    statements = roles.bootstrap_sql(server_version=15, owner_password=str(owner["password"]), app_password=str(app["password"]))
    return "\n".join(
        [
            *(f"{statement};" for statement in statements),
            f"SELECT 'CREATE DATABASE {name} OWNER {roles.OWNER} TEMPLATE template0 ENCODING ''UTF8'' LOCALE ''C.UTF-8'''",
            f"WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = '{name}') \\gexec",
            f"\\connect {name}",
            *(f"{statement};" for statement in roles.database_sql()),
            "",
        ]
    )
