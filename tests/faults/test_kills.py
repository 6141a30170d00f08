"""kill -9 of worker, web server and database at random moments of a month: nothing lost, nothing doubled, and it comes back by itself."""

from __future__ import annotations

import json
import os
import random
import tarfile
import time
from collections import Counter
from pathlib import Path

import pytest
from tests.faults import month, soundness
from tests.faults.office import Office

from ansinh.access.models import Role
from ansinh.access.tests.factories import post
from ansinh.project.backup import restore

KILLS = int(os.environ.get("ANSINH_KILLS", "6"))
SEED = int(os.environ.get("ANSINH_SEED", "20261120"))
STRIKES_A_STEP = 2 if KILLS > 20 else 1


def live_through(office: Office, backup: Path) -> dict:
    """The month, killed on its way; what it leaves."""
    for role in (Role.COMMUNE_OFFICER, Role.CLERK):
        post(role)
    office.open()
    try:
        for door in month.BEFORE_THE_RUN:
            office.press(door)
        office.work("import", month.ask_for_import)
        office.work("run", month.ask_for_run)
        lines, ledger = office.ask(soundness.lines_and_ledger)
        assert lines == ledger > 0
        for door in month.AFTER_THE_RUN:
            office.press(door)
        office.command("backup", ["backup", str(backup)], backup.exists)
        assert not office.ask(soundness.unsound)
        return office.ask(month.what_is_left)
    finally:
        office.close()


def head_of(backup: Path) -> int:
    with tarfile.open(backup) as archive:
        return json.load(archive.extractfile("manifest.json"))["journal_head"][0]


@pytest.mark.slow
@pytest.mark.enable_socket
def test_months_with_kills_leave_what_a_calm_month_leaves(victims, tmp_path):
    print(f"\nANSINH_SEED={SEED} ANSINH_KILLS={KILLS}")
    began = time.monotonic()
    calm_office = Office(*victims("calm"), random.Random(SEED), strikes=0)
    calm = live_through(calm_office, tmp_path / "calm.tar")
    assert len(calm["lines"]) >= month.ROWS + month.PASTED + 1
    assert calm["lists"][0][0] == "closed"
    print(f"calm {time.monotonic() - began:.1f} s: { ({step: round(took, 2) for step, took in calm_office.longest.items()}) }")

    struck: list[tuple[str, str]] = []
    life = kills = 0
    while kills < KILLS:
        life += 1
        assert life <= KILLS, f"only {struck}"
        backup = tmp_path / f"life{life}.tar"
        office = Office(
            *victims(f"life{life}"), random.Random(f"{SEED}/{life}"), STRIKES_A_STEP, longest=dict(calm_office.longest)
        )
        left = live_through(office, backup)
        struck, kills = struck + office.struck, kills + office.kills
        print(f"month {life}: {kills} kills, {time.monotonic() - began:.0f} s", flush=True)
        for noun, rows in calm.items():
            assert left[noun] == rows, f"{noun} differ after {office.struck}"
        assert head_of(backup) > 0

    restore(source=backup, url=victims.empty("restored"), files=tmp_path / "files", say=lambda message: None)
    took = time.monotonic() - began
    print(
        f"{kills} kills and {len(struck) - kills} cuts in {life} months, {took:.0f} s: {dict(Counter(whom for _, whom in struck))}"
    )
    print(f"during: {dict(Counter(step for step, _ in struck))}")
