"""How often each page asks the database: never more than written down, and as often for three times the data."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import yaml
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.pages.doors import OPENS, doors, entered, where_it_opens
from tests.pages.growing import grow, small

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, QUYNH_PHU, commune, post
from ansinh.journal import operations as journal

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).with_name("counts.yaml")
HEAD = "# At most so many questions to the database for each page. ANSINH_COUNTS=write pytest tests/pages renews it: look at the difference.\n"
BROKEN = 1_000_000
# One row a commune or an office: they grow with the map, not with the work.
ONE_EACH = {"payments.CutOff", "payments.Payer"}


def asked(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(path)
        b"".join(response.streaming_content) if response.streaming else response.content
    return len(queries) if response.status_code in OPENS else BROKEN


def too_many(counts: dict[str, int], known: dict[str, int]) -> list[str]:
    """Pages that ask more often than written down, or that nobody wrote down."""
    return [f"{name}: {count}" for name, count in sorted(counts.items()) if count > known.get(name, -1)]


@pytest.fixture
def walked(as_maintenance, settings):
    """Each page's questions with one row a table and with three: {(name, role): (few, many)}, and doors nothing opens."""
    settings.ANSINH_TODAY = DAY
    rows = small_commune(as_maintenance)
    clients = {who: entered(*who) for door in doors() for who in door.walkers()}
    paths, shut = {}, []
    for door in doors():
        found = {who: where_it_opens(door, clients[who], rows) for who in door.walkers()}
        paths |= {(door.name, who): path for who, path in found.items() if path}
        if None in found.values() and not any(found.values()):
            shut.append(door.name)
    few = {key: asked(clients[key[1]], path) for key, path in paths.items()}
    refused = grow(rows, by=2)
    write_entries(4)
    many = {key: asked(clients[key[1]], path) for key, path in paths.items()}
    return {key: (few[key], many[key]) for key in paths}, shut, refused


def small_commune(as_maintenance) -> dict:
    post(Role.COMMUNE_OFFICER)
    write_entries(1)
    return small(commune(QUYNH_PHU))


def write_entries(number: int) -> None:
    for _ in range(number):
        journal.record(by=post().actor, act="open_village", noun="village", key="T1", at=NOW)


def test_no_page_asks_more_often_than_written_down_nor_with_more_data(walked):
    seen, shut, refused = walked
    broken = [f"{name} ({who[0]})" for (name, who), counts in seen.items() if BROKEN in counts]
    assert broken == []
    grown = [f"{name} ({who[0]}): {few} -> {many}" for (name, who), (few, many) in seen.items() if many > few]
    assert grown == [], "the database is asked for each row"
    counts: dict[str, int] = {}
    for (name, _who), (few, _many) in seen.items():
        counts[name] = max(counts.get(name, 0), few)
    if os.environ.get("ANSINH_COUNTS") == "write":
        TABLE.write_text(HEAD + "".join(f"{name}: {count}\n" for name, count in sorted(counts.items())), encoding="utf-8")
    known = yaml.safe_load(TABLE.read_text(encoding="utf-8"))
    assert too_many(counts, known) == [], f"write it down in {TABLE.name} if it must be so"
    assert sorted(known.keys() - counts.keys()) == [], "no such page any more"
    assert shut == [], "no row opens it: add a word to doors.WORDS"
    assert refused == ONE_EACH, "rows of these tables could not be added: growth unseen"


def test_a_page_nobody_wrote_down_and_one_that_asks_more_would_be_found():
    assert too_many({"people:list": 9, "new:page": 3, "web:home": 4}, {"people:list": 8, "web:home": 4}) == [
        "new:page: 3", "people:list: 9",
    ]  # fmt: skip


def test_a_page_that_asks_for_each_row_would_be_found(as_maintenance):
    rows = small_commune(as_maintenance)
    model = next(m for m in rows if m._meta.label == "people.Person")
    with as_maintenance():
        before = model.objects.count()
    grow(rows, by=2)
    with as_maintenance():
        assert model.objects.count() == before + 2
