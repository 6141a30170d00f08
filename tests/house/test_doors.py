"""Every door has its guard; the clock is read at doors only; no setting outlives its transaction."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from tests.house.walking import HOUSE, addresses, programs, room_of

from ansinh.access.guards import for_roles, public
from ansinh.access.models import Role

# Nobody's data stands behind these.
PUBLIC = {"access:login", "pages:components", "pages:preferences", "pages:sample_progress", "health"}


def guard_of(view) -> object:
    """The guard of a view, whatever decorators stand around it."""
    while view is not None:
        if (found := getattr(view, "guard", None)) is not None:
            return found
        view = getattr(view, "__wrapped__", None)
    return None


def test_every_door_is_guarded_or_listed_as_public():
    guards = {name: guard_of(pattern.callback) for name, _, pattern in addresses()}
    assert [name for name, guard in guards.items() if guard is None] == []
    assert {name for name, guard in guards.items() if guard == "public"} == PUBLIC


def test_a_door_without_a_guard_would_be_found():
    def open_door(request):
        return None

    assert guard_of(open_door) is None
    assert guard_of(public(open_door)) == "public"
    assert guard_of(for_roles(Role.PAYER)(lambda request: None)) == {"payer"}


def test_a_door_that_names_roles_names_roles_that_are():
    roles = {str(role) for role in Role}
    for name, _, pattern in addresses():
        guard = guard_of(pattern.callback)
        if isinstance(guard, frozenset):
            assert guard and guard <= roles, name


def test_no_two_doors_share_an_address_and_addresses_have_no_diacritics():
    paths = [path for _, path, _ in addresses()]
    assert len(paths) == len(set(paths))
    assert [path for path in paths if not path.isascii()] == []


# The clock -----------------------------------------------------------------------------------------------------------
_READS_CLOCK = {"now", "today", "localtime", "localdate", "utcnow", "time", "monotonic_date"}
_CLOCKS = ("django.utils.timezone", "ansinh.database.clock")


def is_door(path) -> bool:
    """Views, commands, jobs, api, middleware and the rooms that are doors as a whole may know what time it is."""
    parts = path.relative_to(HOUSE).parts
    return (
        parts[0] in ("project", "demo")
        or "management" in parts
        or "views" in parts
        or path.stem in ("views", "api", "tasks", "background", "middleware", "sessions", "clock")
    )


def clock_readings(text: str) -> list[int]:
    """Lines that ask what time it is: `clock.now()`, `timezone.now()`, `date.today()`, `datetime.now()`, `time.time()`."""
    tree = ast.parse(text)
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in _CLOCKS
        for alias in node.names
        if alias.name in _READS_CLOCK
    }
    found = []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Name) and node.func.id in imported and not node.args:
            found.append(node.lineno)
        elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            owner, name = node.func.value.id, node.func.attr
            if (owner in ("date", "datetime", "time", "clock", "timezone")) and name in _READS_CLOCK:
                # `timezone.localtime(moment)` turns a moment into local time and reads nothing.
                if not (name in ("localtime", "localdate") and node.args):
                    found.append(node.lineno)
    return found


def test_the_clock_is_read_at_doors_only():
    found = [
        f"{path.relative_to(HOUSE)}:{line}" for path, text in programs() if not is_door(path) for line in clock_readings(text)
    ]
    assert found == []


@pytest.mark.parametrize(
    "said",
    [
        "from ansinh.database.clock import now\nnow()",
        "from django.utils import timezone\ntimezone.now()",
        "from datetime import date\ndate.today()",
        "import time\ntime.time()",
        "from datetime import datetime\ndatetime.now(UTC)",
    ],
)
def test_a_look_at_the_clock_would_be_found(said):
    assert clock_readings(said) == [2]


def test_a_moment_handed_in_is_no_look_at_the_clock():
    assert clock_readings("from django.utils import timezone\ntimezone.localtime(row.at)\njob.now()") == []


# Settings of the database --------------------------------------------------------------------------------------------
_SESSION_SET = re.compile(
    r"set_config\([^()]*,\s*(?i:false)\s*\)|(?<![\w.])(?:EXECUTE|;|^|[\"'])\s*SET\s+(?!LOCAL\b|CONSTRAINTS\b)"
    r"(?:SESSION\s+|ROLE\b|[a-z_.]+\s*(?:=|TO\b))",
    re.M,
)
_FUNCTION_SETTING = re.compile(r"^SET search_path = public, pg_temp", re.M)


def session_settings(text: str) -> list[str]:
    """Settings that a pooled connection would carry to the next user."""
    return [match.group(0) for match in _SESSION_SET.finditer(_FUNCTION_SETTING.sub("", text))]


def test_no_setting_of_the_database_outlives_its_transaction():
    found = [f"{path.relative_to(HOUSE)}: {said}" for path, text in programs() for said in session_settings(text)]
    assert found == []


@pytest.mark.parametrize(
    "said",
    [
        "cursor.execute(\"SELECT set_config('ansinh.units', '{1}', false)\")",
        'cursor.execute("SET ROLE ansinh_commune")',
        'cursor.execute("SET ansinh.units = 1")',
        "cursor.execute('SET SESSION AUTHORIZATION x')",
        'cursor.execute("""\nSET statement_timeout TO 0""")',
    ],
)
def test_a_setting_of_the_session_would_be_found(said):
    assert session_settings(said)


@pytest.mark.parametrize(
    "said", ['"SET LOCAL ROLE x"', "set_config(%s, %s, true)", '"UPDATE t SET a = 1"', '"SET CONSTRAINTS ALL DEFERRED"']
)
def test_a_setting_of_the_transaction_is_allowed(said):
    assert session_settings(said) == []


# Operations ----------------------------------------------------------------------------------------------------------
def positional(text: str, public: set[str]) -> list[str]:
    """Acts of the office (names in `public`) that take something by place."""
    return [
        node.name for node in ast.parse(text).body if isinstance(node, ast.FunctionDef) and node.name in public and node.args.args
    ]


def acts(room: Path) -> set[str]:
    """What a room offers as its operations: the names its `operations` package gives out, or those of its one file."""
    package, single = room / "operations" / "__init__.py", room / "operations.py"
    if single.exists():
        return {n.name for n in ast.parse(single.read_text()).body if isinstance(n, ast.FunctionDef) and n.name[0] != "_"}
    if not package.exists():
        return set()
    tree = ast.parse(package.read_text(encoding="utf-8"))
    return {alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names}


def test_operations_are_keyword_only():
    found = [
        f"{path.relative_to(HOUSE)}: {name}"
        for path, text in programs()
        if "operations" in (*path.relative_to(HOUSE).parts, path.stem)
        for name in positional(text, acts(HOUSE / room_of(path)))
    ]
    assert found == []


def test_an_operation_that_takes_by_place_would_be_found():
    assert positional("def stop(line, *, by): ...\ndef go(*, by): ...\ndef own(x): ...", {"stop", "go"}) == ["stop"]


def test_every_room_is_known():
    assert {room_of(path) for path, _ in programs()} >= {"kernel", "law", "web", "project"}
