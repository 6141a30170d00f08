import socket
import sys
import time

import pytest

from ansinh.kernel.errors import AnsinhError
from ansinh.project.cluster_process import is_alive
from ansinh.project.serve import Child, Supervisor, serve


def test_a_dead_child_is_started_again_after_a_pause():
    said = []
    child = Child("Thử", [sys.executable, "-c", ""])
    child.start(now=0.0)
    child.process.wait()

    child.look(1.0, said.append)
    assert child.process is None
    child.look(1.5, said.append)
    assert child.process is None
    child.look(3.0, said.append)

    assert child.process is not None
    assert said == ["Thử dừng đột ngột (mã 0); chạy lại sau 2 giây"]
    child.wait_until(time.monotonic() + 5)


def test_the_supervisor_stops_its_children_when_told():
    child = Child("Thử", [sys.executable, "-c", "import time; time.sleep(60)"])
    said = []
    supervisor = Supervisor([child], cluster=None, say=said.append)

    def ready():
        supervisor._stop(15, None)
        return True

    supervisor.run(ready)

    assert not is_alive(child.process.pid)
    assert said == ["Đang dừng…"]


def test_a_database_that_cannot_start_is_tried_again_until_it_can(monkeypatch):
    class Full:
        """A cluster whose disk is full for its first two starts."""

        running, tries = None, 0

        def use(self):
            self.tries += 1
            if self.tries <= 2:
                raise AnsinhError("PostgreSQL không khởi động được.\nNo space left on device")
            self.running = 1

    said, cluster, moment = [], Full(), iter(range(0, 1000, 2))
    monkeypatch.setattr(time, "monotonic", lambda: float(next(moment)))
    supervisor = Supervisor([], cluster=cluster, say=said.append)
    while cluster.running is None:
        supervisor.look()

    assert cluster.tries == 3
    assert [line.splitlines()[-1] for line in said if "Thử lại" in line] == ["Thử lại sau 1 giây", "Thử lại sau 2 giây"]


@pytest.mark.enable_socket
def test_a_taken_port_is_said_before_anything_starts():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(AnsinhError, match=f"Cổng {port}"):
            serve(host="127.0.0.1", port=port, workers=1, with_worker=False, cluster=None, say=print)
