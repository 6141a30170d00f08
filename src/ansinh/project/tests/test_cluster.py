import os
import shutil
import signal

import psycopg
import pytest

from ansinh.database import roles
from ansinh.project.cluster import Cluster
from ansinh.project.cluster_place import place_for
from ansinh.project.cluster_process import is_alive


@pytest.fixture
def place(tmp_path):
    found = place_for(tmp_path)
    yield found
    shutil.rmtree(found.base)


@pytest.fixture
def cluster(place):
    made = Cluster(place)
    made.use()
    yield made
    made.leave()


def test_the_last_user_stops_the_server(place, cluster):
    second = Cluster(place)
    second.use()
    first_server = cluster.running

    cluster.leave()
    assert second.running == first_server
    second.leave()

    assert second.running is None


def test_a_killed_server_comes_back_with_its_rows(cluster):
    with cluster.superuser("ansinh") as connection:
        connection.execute("CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    os.kill(cluster.running, signal.SIGKILL)

    cluster.use()

    with cluster.superuser("ansinh") as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (1000,)


def test_a_server_whose_starter_was_killed_is_joined_and_stopped(place):
    child = os.fork()
    if child == 0:
        Cluster(place).use()
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    cluster = Cluster(place)
    left_behind = cluster.running

    cluster.use()
    assert left_behind is not None
    assert cluster.running == left_behind
    cluster.leave()

    assert not is_alive(left_behind)


def test_a_dead_process_that_nobody_collected_is_dead():
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)

    assert not is_alive(child)

    os.waitpid(child, 0)


def test_the_application_has_no_rights_of_its_own_but_may_take_every_role_of_the_house(cluster):
    with cluster.superuser("ansinh") as connection:
        connection.execute("CREATE TABLE secret AS SELECT 1 AS n")
        connection.execute(f"GRANT SELECT ON secret TO {', '.join(roles.GROUPS)}")
    with psycopg.connect(cluster.environment()["DATABASE_URL"], autocommit=True) as app:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("SELECT * FROM secret")
        for group in roles.GROUPS:
            with app.transaction():
                app.execute(f"SET LOCAL ROLE {group}")
                assert app.execute("SELECT * FROM secret").fetchone() == (1,)


def test_the_application_may_not_become_owner_or_superuser(cluster):
    with psycopg.connect(cluster.environment()["DATABASE_URL"], autocommit=True) as app:
        for role in (roles.OWNER, "postgres"):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                app.execute(f"SET ROLE {role}")


def test_the_server_listens_on_its_socket_only_and_the_directory_is_closed(place, cluster):
    with cluster.superuser() as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)
    assert place.sockets.stat().st_mode & 0o777 == 0o700
    assert place.data.stat().st_mode & 0o777 == 0o700


def test_a_long_home_still_gets_a_socket_the_kernel_accepts(tmp_path):
    home = tmp_path / ("một thư mục có tên dài " * 6).strip()
    home.mkdir()
    place = place_for(home)
    cluster = Cluster(place)

    cluster.use()
    cluster.leave()

    assert len(os.fsencode(place.sockets / ".s.PGSQL.5432")) < 108
    shutil.rmtree(place.base)
