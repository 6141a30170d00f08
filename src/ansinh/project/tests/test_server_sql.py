import subprocess

import psycopg
import pytest

from ansinh.database import roles
from ansinh.kernel.errors import InvalidInput
from ansinh.project import postgres_programs
from ansinh.project.server_sql import server_sql


def url(user, password="correct-horse-battery", name="test_0_server"):
    return f"postgresql://{user}:{password}@127.0.0.1/{name}"


def test_the_script_makes_a_database_the_owner_may_fill_and_the_application_may_not_read(scratch):
    program, _ = postgres_programs.find("psql", at_least=15)
    script = server_sql(app_url=url(roles.APP), owner_url=url(roles.OWNER))
    target = scratch.cluster.url("postgres", "postgres")

    for _ in range(2):  # safe to run again
        done = subprocess.run(
            [program, target, "-X", "-q", "-v", "ON_ERROR_STOP=1"], input=script, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr

    with psycopg.connect(scratch.cluster.url(roles.OWNER, "test_0_server")) as owner:
        owner.execute("CREATE TABLE secret (n int)")
    with (
        psycopg.connect(scratch.cluster.url(roles.APP, "test_0_server")) as app,
        pytest.raises(psycopg.errors.InsufficientPrivilege),
    ):
        app.execute("SELECT * FROM secret")
    with scratch.cluster.superuser() as connection:
        connection.execute("DROP DATABASE test_0_server")


def test_a_weak_or_strange_password_is_refused():
    for password in ("short", "quote'; DROP ROLE x"):
        with pytest.raises(InvalidInput, match="Mật khẩu"):
            server_sql(
                app_url=psycopg.conninfo.make_conninfo(user=roles.APP, password=password, dbname="a"),
                owner_url=url(roles.OWNER, name="a"),
            )


def test_both_addresses_must_name_the_right_log_ins():
    with pytest.raises(InvalidInput, match="ansinh_app"):
        server_sql(app_url=url("postgres"), owner_url=url(roles.OWNER))
