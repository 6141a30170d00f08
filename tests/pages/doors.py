"""Every door of the site with something behind it: which addresses open, for whom, given a row of every table."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product

from django.test import Client
from tests.house.test_doors import guard_of
from tests.house.walking import addresses
from tests.pages.growing import Rows

from ansinh import law
from ansinh.access.models import Role
from ansinh.access.sessions import ALIVE
from ansinh.access.tests.factories import QUYNH_PHU, post
from ansinh.dossiers.queries import NEXT_ACTS
from ansinh.lawbook.workflow import RESOLUTION
from ansinh.people.views.acts import ACTS
from ansinh.work.models import STEP_WORDS

OPENS = (200, 286, 302)  # 286 ends the asking of htmx
COMMUNE = f"UBND-{QUYNH_PHU}"
# Who walks: for each door the first of each line that may open it. The payer is the office the lists were given to.
WALKERS = (
    ((Role.COMMUNE_OFFICER, COMMUNE), (Role.ACCOUNTANT, COMMUNE), (Role.COMMUNE_HEAD, COMMUNE)),
    ((Role.DIVISION_OFFICER, "BTXH"), (Role.INSPECTOR, "SYT"), (Role.ADMINISTRATOR, "SYT")),
    ((Role.PAYER, COMMUNE),),
)  # fmt: skip
# What stands in an address and is no row: by the name of the part.
WORDS = {
    "regime": ("R3",), "act": ("check", "approve", *(move.act for move in RESOLUTION.moves), *(one.key for one in NEXT_ACTS), *STEP_WORDS, "review", "submit", "account"), "code": (COMMUNE,),
    "paper_kind": ("notice",), "key": (next(iter(law.questions())), f"{QUYNH_PHU}@2025-07-01"), "username": (f"commune_officer.{COMMUNE.lower()}",),
}  # fmt: skip


# The kinds of things a door takes, by what stands before them. The pages of all benefits are one page: two of them stand for it.
KINDS = {
    "thay-doi": ("disability", *(act.key for act in ACTS)), "them": ("muc-chuan", "muc-tien", "nhom"),
    "che-do": ("monthly_allowance", "health_insurance"), "van-ban": ("aid_decision", "petition_admission"),
}  # fmt: skip


@dataclass(frozen=True)
class Door:
    """A named address and the roles that may open it."""

    name: str
    route: str
    guard: object

    @property
    def parts(self) -> list[tuple[str, str]]:
        """(kind, name) of each part that stands for something."""
        inside = [part.strip("<>") for part in self.route.split("/") if part.startswith("<")]
        return [(kind, name) for kind, _colon, name in (part.partition(":") for part in inside)]

    def words(self, part: str) -> tuple[str, ...]:
        """What may stand in a part of the address that is no row."""
        kinds = next((words for before, words in KINDS.items() if f"/{before}/<" in f"/{self.route}"), ())
        return kinds if part == "kind" else WORDS.get(part, ())

    def path(self, values: Iterable[str]) -> str:
        given = iter(values)
        return "/" + "/".join(next(given) if part.startswith("<") else part for part in self.route.split("/"))

    def spoken(self, path: str) -> list[str]:
        """The same address with each other word that may stand in it: one door may take many kinds of things."""
        parts = self.route.split("/")
        places = [
            i for i, part in enumerate(parts) if part.startswith("<") and part.strip("<>").partition(":")[2] in ("kind", "act")
        ]
        found = [path]
        for place in places:
            given = path.split("/")
            for word in self.words(parts[place].strip("<>").partition(":")[2]):
                given[place + 1] = word
                found.append("/".join(given))
        return list(dict.fromkeys(found))

    def walkers(self) -> list[tuple[str, str]]:
        """One role of each line of WALKERS that the guard lets in; anybody where it asks for no role."""
        if not isinstance(self.guard, frozenset):
            return [(Role.COMMUNE_OFFICER, COMMUNE)]
        found = [next((who for who in line if who[0] in self.guard), None) for line in WALKERS]
        return [who for who in found if who]

    def paths(self, rows: Rows) -> Iterator[str]:
        """Addresses worth trying: with rows of the door's own room; one that stands for one thing, with those of every room after."""
        room = self.name.partition(":")[0]
        near = sorted(rows, key=lambda model: model._meta.app_label != room)
        if len(self.parts) > 1:
            near = [model for model in near if model._meta.app_label == room]
        found = [rows[model] for model in near]
        pools = [list(dict.fromkeys(_candidates(kind, name, self.words(name), found))) for kind, name in self.parts]
        yield from (self.path(values) for values in product(*pools))


def _candidates(kind: str, name: str, words: Iterable[str], rows: list) -> Iterator[str]:
    yield from (word for word in words if kind != "int")
    for row in rows:
        for value in (getattr(row, name, None), row.pk):
            if value is not None and (kind != "int" or str(value).isdigit()) and (kind != "uuid" or len(str(value)) == 36):
                yield str(value)


def doors() -> list[Door]:
    """Every named address of the site."""
    return [Door(name, path, guard_of(pattern.callback)) for name, path, pattern in addresses()]


def where_it_opens(door: Door, client: Client, rows: Rows) -> str | None:
    """The first address that opens or breaks; empty when the door takes only what is sent to it, None when nothing opens it."""
    for path in door.paths(rows):
        status = client.get(path).status_code
        if status in OPENS or status >= 500:
            return path
        if status == 405:
            return ""
    return None


def entered(role: str, office: str) -> Client:
    client = Client(raise_request_exception=False)
    client.force_login(post(role, office=office).user)
    session = client.session
    session[ALIVE] = time.time() + 3600  # no page writes a sign of life in between, however slow the machine
    session.save()
    return client
