"""What an officer waits for: search under row security, the home page, a person's page, lists at their start and far down."""

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
from ansinh.statistics.queries import Selection, table

_SEARCHES, _PAGES, _FRESH, _READ = 100, 60, 20, 20_000
_DEEP = 40  # "next page" this often


def measure_search(province: Province) -> list[Figure]:
    """Under each role that searches. The yardstick reads the names the role may see and compares them in Python."""
    figures = []
    for place, post in province.posts.items():
        commune = post.office.unit if place == "xã" else None
        names = [fold(person.full_name) for person in province.people_of(commune, province.repeated(_SEARCHES))]
        chance = random.Random(f"{SEED}/search")
        kinds = {
            "exact": ("tên đúng", names),
            "prefix": ("phần đầu của tên", [" ".join(name.split()[:2]) for name in names]),
            "typo": ("tên gõ sai một chữ", [mistyped(name, chance) for name in names]),
        }
        with as_post(post, on=DAY):
            scan = _scan(names[0])
            for key, (what, texts) in kinds.items():
                milliseconds(search, texts[:10])
                with clocked() as clock:
                    taken = milliseconds(search, texts)
                for share in (50, 95):
                    figures.append(
                        Figure(f"search_{key}_{post.role}_p{share}", f"Tìm {what}, cấp {place}, p{share}", "ms",
                               percentile(taken, share / 100), "so từng người bằng Python", scan, f"{_READ} người", *clock.memory)
                    )  # fmt: skip
    return figures


def mistyped(name: str, chance: random.Random) -> str:
    """One letter inside a word becomes another."""
    places = [i for i, letter in enumerate(name) if letter != " " and i]
    place = chance.choice(places)
    return name[:place] + chance.choice([c for c in "abcdeghiklmnoprstuvxy" if c != name[place]]) + name[place + 1 :]


def _scan(text: str) -> float:
    """Milliseconds to read everybody the role may see and compare, from a sample."""
    wanted = set(text.split())
    with clocked() as clock:
        read = [set(person.name_folded.split()) >= wanted for person in Person.objects.order_by("id")[:_READ].iterator()]
    return clock.seconds * 1000 / max(1, len(read)) * Person.objects.count()


def measure_pages(province: Province) -> list[Figure]:
    """Whole requests through every middleware; the yardstick opens a new connection for each, as Django does by default."""
    figures = []
    for place in ("xã", "tỉnh"):
        post = province.posts[place]
        client = Client(SERVER_NAME="localhost")
        client.force_login(post.user, backend="django.contrib.auth.backends.ModelBackend")
        times = province.repeated(_PAGES)
        held = province.people_of(post.office.unit if place == "xã" else None, times, paid=True)
        deep = _far_down(client, reverse("people:list"))
        kinds = {
            "home": ("Trang Việc của tôi", ["/"] * times),
            "person": ("Trang một người đang hưởng", [reverse("web:person", args=[person.code]) for person in held]),
            "people": ("Danh sách người, trang đầu", [reverse("people:list")] * times),
            "people_deep": (f"Danh sách người, trang {_DEEP}", [deep] * times),
            "figures": ("Trang số liệu", [reverse("statistics:figures")] * min(10, times)),
        }
        for key, (what, paths) in kinds.items():
            figures += _page(client, f"page_{key}_{post.role}", f"{what}, cấp {place}", paths)
    return figures


def _page(client: Client, key: str, what: str, paths: list[str]) -> list[Figure]:
    _open(client, paths[0])
    with clocked() as clock:
        taken = milliseconds(lambda path: _open(client, path), paths)
    fresh = milliseconds(lambda path: (connection.close(), _open(client, path)), paths[:_FRESH])
    return [
        Figure(f"{key}_p{share}", f"{what}, p{share}", "ms", percentile(taken, share / 100), "mỗi lần một kết nối mới",
               percentile(fresh, share / 100), f"{len(fresh)} lần", *clock.memory)
        for share in (50, 95)
    ]  # fmt: skip


def _far_down(client: Client, path: str) -> str:
    """The address of a page far down a list, as the button "next" leads there."""
    for _ in range(_DEEP):
        following = client.get(path).context_data["listing"].next_url
        if not following:
            break
        path = following
    return path


def _open(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")


def measure_statistics(province: Province) -> list[Figure]:
    """The figure of the whole province by commune and category; the yardstick adds up entry by entry."""
    post = province.posts["tỉnh"]
    with as_post(post, on=DAY):
        table(Selection(on=DAY))
        with clocked() as clock:
            found = table(Selection(on=DAY))
        each = _added_up()
    return [
        Figure("statistics", f"Số liệu cả tỉnh theo xã và loại, {found.total.people} người", "giây", clock.seconds,
               "cộng từng dòng sổ hưởng bằng Python", each * found.total.people, f"{_READ} dòng", *clock.memory)
    ]  # fmt: skip


def _added_up() -> float:
    """Seconds an entry."""
    sums: dict[tuple[int, str], int] = {}
    read = 0
    entries = Selection(on=DAY).entries().select_related("person").order_by("id")[:_READ]
    with clocked() as clock:
        for entry in entries.iterator():
            read += 1
            sums[entry.unit_id, entry.category] = sums.get((entry.unit_id, entry.category), 0) + entry.amount_vnd
    return clock.seconds / max(1, read)
