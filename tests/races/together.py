"""Two people at the same moment, each on a connection of their own."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread
from typing import Any

from django.db import connections

from ansinh.access.acting import as_post
from ansinh.access.models import Post
from ansinh.access.tests.factories import DAY
from ansinh.kernel.errors import AnsinhError

Act = tuple[Post, Callable[[Post], Any]]


def together(*acts: Act) -> list[Exception | None]:
    """Run (post, act) pairs in threads that start at once; what each raised."""
    raised: list[Exception | None] = [None] * len(acts)
    start = Barrier(len(acts))

    def run(place: int, by: Post, act: Callable[[Post], Any]) -> None:
        try:
            start.wait(20)
            with as_post(by, on=DAY):
                act(by)
        except Exception as error:  # noqa: BLE001 - what came is what the test asks
            raised[place] = error
        finally:
            connections.close_all()

    threads = [Thread(target=run, args=(place, *pair)) for place, pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return raised


def one_is_told(*acts: Act) -> AnsinhError:
    """One act is done, the other refused in words."""
    (told,) = [error for error in together(*acts) if error is not None]
    assert isinstance(told, AnsinhError) and str(told), repr(told)
    return told
