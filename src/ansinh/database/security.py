"""Row security and rights, declared on each model as `security = …` and applied after every migrate.

Each declaration becomes grants and one policy per role; no policy ever has an OR escape for a role that sees more, because that
would keep PostgreSQL from using the commune index. A role without a policy sees no row.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from ansinh.database import roles

UNITS = "(nullif(current_setting('ansinh.units', true), '')::bigint[])"
OFFICE = "nullif(current_setting('ansinh.office', true), '')::bigint"

EVERYTHING = (roles.PROVINCE, roles.SYSTEM, roles.MAINTENANCE)
READERS = (roles.AUDITOR,)
ALL_RIGHTS = "SELECT, INSERT, UPDATE, DELETE"


@dataclass(frozen=True)
class Policy:
    """One policy of one role: which rows (`using`) for which command."""

    role: str
    using: str
    command: str = "ALL"


@dataclass(frozen=True)
class Security:
    """Who has which rights on a table (`grants`), and which rows each role sees (`policies`; empty: no row security)."""

    grants: tuple[tuple[str, str], ...]
    policies: tuple[Policy, ...] = ()
    personal: bool = False


def _personal(commune_using: str, *, rights: str, payer_using: str | None, payer_rights: str = "SELECT") -> Security:
    policies = [Policy(roles.COMMUNE, commune_using)]
    policies += [Policy(role, "true") for role in EVERYTHING]
    policies += [Policy(role, "true", "SELECT") for role in READERS]
    grants = [(role, rights) for role in (roles.COMMUNE, *EVERYTHING)] + [(role, "SELECT") for role in READERS]
    if payer_using:
        policies.append(Policy(roles.PAYER, payer_using, "SELECT" if payer_rights == "SELECT" else "ALL"))
        grants.append((roles.PAYER, payer_rights))
    grants.append((roles.MAINTENANCE, ALL_RIGHTS))
    return Security(tuple(dict(grants).items()), tuple(policies), personal=True)


def by_unit(
    field: str = "unit", *, rights: str = ALL_RIGHTS, payer_using: str | None = None, payer_rights: str = "SELECT"
) -> Security:
    """Rows of a place: a commune post sees the units of its scope; a payer those of `payer_using`, with `payer_rights`."""
    return _personal(f"{field}_id = ANY {UNITS}", rights=rights, payer_using=payer_using, payer_rights=payer_rights)


def through(field: str, table: str, *, rights: str = ALL_RIGHTS, payer: bool = False) -> Security:
    """Rows that follow another row: visible exactly when the row they point at is."""
    using = f"EXISTS (SELECT 1 FROM {table} seen WHERE seen.id = {field}_id)"
    return _personal(using, rights=rights, payer_using=using if payer else None)


def reference(*writers: str) -> Security:
    """Not personal: everybody reads; `writers` (and maintenance) write."""
    grants = dict.fromkeys((roles.APP, *roles.GROUPS), "SELECT")
    grants |= dict.fromkeys((*writers, roles.MAINTENANCE), ALL_RIGHTS)
    return Security(tuple(grants.items()))


def sealed(*readers: str) -> Security:
    """Rows are added only through a function of the database; `readers` may look, nobody changes."""
    return Security(tuple((role, "SELECT") for role in readers))


def accounts() -> Security:
    """Users and posts: the application logs people in, the administrator keeps them, everybody may look."""
    grants = dict.fromkeys(roles.GROUPS, "SELECT")
    grants |= dict.fromkeys((roles.APP, roles.ADMIN, roles.MAINTENANCE), ALL_RIGHTS)
    return Security(tuple(grants.items()))


def log_in_only() -> Security:
    """What opens doors (sessions): the application's log-in alone, no role of a post, whoever sits in it."""
    return Security(((roles.APP, ALL_RIGHTS),))


def working() -> Security:
    """Tables of the machinery (log-in, jobs): the application and every role work on them; no personal data inside."""
    return Security(tuple((role, ALL_RIGHTS) for role in (roles.APP, *roles.GROUPS)))


# Tables of libraries: none holds data of beneficiaries.
LIBRARY_PREFIXES = ("django_", "procrastinate_", "axes_", "auth_", "otp_")
# Secrets of the second step: no role of a post may read them.
LOG_IN_PREFIXES = ("otp_",)


def secured_models() -> list[type[models.Model]]:
    """Every concrete model of our own rooms. Raises ValueError for one that declares no `security`."""
    found = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("ansinh.")]
    if missing := [m._meta.label for m in found if not hasattr(m, "security")]:
        raise ValueError(f"models without security: {', '.join(missing)}")
    return found


def model_sql(model: type[models.Model]) -> list[str]:
    """Statements that bring one table to its declared rights and policies, whatever it had before."""
    table, declared = model._meta.db_table, model.security
    sequence = f"pg_get_serial_sequence('{table}', '{model._meta.pk.column}')"
    statements = [
        f"REVOKE ALL ON {table} FROM {', '.join((roles.APP, *roles.GROUPS))}",
        *(f"GRANT {rights} ON {table} TO {role}" for role, rights in declared.grants),
        f"ALTER TABLE {table} {'ENABLE' if declared.policies else 'DISABLE'} ROW LEVEL SECURITY",
        f"DO $$ DECLARE p name; BEGIN FOR p IN SELECT policyname FROM pg_policies WHERE schemaname = 'public' "
        f"AND tablename = '{table}' LOOP EXECUTE format('DROP POLICY %I ON {table}', p); END LOOP; END $$",
        f"DO $$ BEGIN IF {sequence} IS NOT NULL THEN EXECUTE 'GRANT USAGE ON SEQUENCE ' || {sequence} || ' TO "
        f"{', '.join((roles.APP, *roles.GROUPS))}'; END IF; END $$",
    ]
    for policy in declared.policies:
        check = "" if policy.command == "SELECT" else f" WITH CHECK ({policy.using})"
        statements.append(
            f"CREATE POLICY {policy.role}_{policy.command.lower()} ON {table} FOR {policy.command} TO {policy.role} "
            f"USING ({policy.using}){check}"
        )
    return statements


def library_sql(tables: Iterable[str]) -> list[str]:
    """Rights on tables of libraries: log-in attempts and jobs are worked on by every role, secrets by the log-in alone."""
    everyone = ", ".join((roles.APP, *roles.GROUPS))
    statements = []
    for table in tables:
        statements.append(f"REVOKE ALL ON {table} FROM {everyone}")
        may = roles.APP if table.startswith(LOG_IN_PREFIXES) else everyone
        statements.append(f"GRANT {ALL_RIGHTS} ON {table} TO {may}")
    return [*statements, f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {everyone}"]


def door_sql(signature: str, name: str) -> list[str]:
    """A function that sees all rows may be called by the roles its room names (`doors` of the AppConfig), by nobody else.

    PostgreSQL gives EXECUTE to everybody unless told otherwise. A trigger needs nobody's right to it.
    """
    declared = {door: who for config in apps.get_app_configs() for door, who in getattr(config, "doors", {}).items()}
    statements = [f"REVOKE ALL ON FUNCTION {signature} FROM PUBLIC, {', '.join((roles.APP, *roles.GROUPS))}"]
    if callers := declared.get(name):
        statements.append(f"GRANT EXECUTE ON FUNCTION {signature} TO {', '.join(callers)}")
    return statements


DOORS = (
    "SELECT oid::regprocedure::text, proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace "
    "AND proname NOT LIKE 'procrastinate%'"
)


def apply_all(connection) -> None:
    """Bring rights and policies of the whole database to what the models declare. `connection` is the owner's."""
    with connection.cursor() as cursor:
        existing = set(connection.introspection.table_names(cursor))
        for model in secured_models():
            if model._meta.db_table in existing and model._meta.managed:
                for statement in model_sql(model):
                    cursor.execute(statement)
        for statement in library_sql(sorted(t for t in existing if t.startswith(LIBRARY_PREFIXES))):
            cursor.execute(statement)
        cursor.execute(DOORS)
        for signature, name in cursor.fetchall():
            for statement in door_sql(signature, name):
                cursor.execute(statement)
