"""What an officer waits for: search under row security, the home page, a person's page."""

from __future__ import annotations

import random

from django.db import connection
from django.test import Client
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.kernel.folding import fold
from ansinh.people.models import Person
from ansinh.people.queries.search import search
from ansinh.project.bench.figures import Figure, clocked, milliseconds, percentile
from ansinh.project.bench.province import DAY, SEED, Province

_SEARCHES, _SCANS, _PAGES = 100, 3, 60


def measure_search(province: Province) -> list[Figure]:
    """Under the role of a commune's officer. The yardstick reads all names the role may see and compares in Python."""
    chance = random.Random(f"{SEED}/search")
    names = [human.name for human in chance.choices(province.places[0].commune.humans, k=_SEARCHES)]
    kinds = {
        "exact": ("Tìm tên đúng", [fold(name) for name in names]),
        "prefix": ("Tìm phần đầu của tên", [" ".join(fold(name).split()[:2]) for name in names]),
        "typo": ("Tìm tên gõ sai một chữ", [_mistyped(fold(name), chance) for name in names]),
    }
    figures = []
    with as_post(province.officer, on=DAY):
        scan = percentile(milliseconds(_scan, names[:_SCANS]), 0.5)
        for key, (what, texts) in kinds.items():
            with clocked() as clock:
                taken = milliseconds(search, texts)
            for share in (50, 95):
                figures.append(
                    Figure(f"search_{key}_p{share}", f"{what}, p{share}", "ms", percentile(taken, share / 100),
                           "so từng người bằng Python", scan, f"{_SCANS} lần", clock.peak_mb)
                )  # fmt: skip
    return figures


def _mistyped(name: str, chance: random.Random) -> str:
    """One letter inside a word becomes another."""
    places = [i for i, letter in enumerate(name) if letter != " " and i]
    place = chance.choice(places)
    return name[:place] + chance.choice([c for c in "abcdeghiklmnoprstuvxy" if c != name[place]]) + name[place + 1 :]


def _scan(text: str) -> list[Person]:
    wanted = set(fold(text).split())
    return [person for person in Person.objects.iterator() if wanted <= set(fold(person.full_name).split())]


def measure_pages(province: Province) -> list[Figure]:
    """Whole requests through every middleware; the yardstick opens a new connection for each, as Django does by default."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(province.officer.user, backend="django.contrib.auth.backends.ModelBackend")
    chance = random.Random(f"{SEED}/pages")
    with as_post(province.officer, on=DAY):
        held = Person.objects.filter(entitlements__isnull=False).distinct().values_list("code", flat=True)
        # In a tiny province nobody may hold anything.
        codes = chance.choices(sorted(held[:2000]) or sorted(Person.objects.values_list("code", flat=True)[:2000]), k=_PAGES)
    kinds = {
        "home": ("Trang Việc của tôi", ["/"] * _PAGES),
        "person": ("Trang một người đang hưởng", [reverse("web:person", args=[code]) for code in codes]),
    }
    figures = []
    for key, (what, paths) in kinds.items():
        _open(client, paths[0])
        with clocked() as clock:
            taken = milliseconds(lambda path: _open(client, path), paths)
        fresh = milliseconds(lambda path: (connection.close(), _open(client, path)), paths[:20])
        for share in (50, 95):
            figures.append(
                Figure(f"page_{key}_p{share}", f"{what}, p{share}", "ms", percentile(taken, share / 100),
                       "mỗi lần một kết nối mới", percentile(fresh, share / 100), "20 lần", clock.peak_mb)
            )  # fmt: skip
    return figures


def _open(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
