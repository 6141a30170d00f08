"""Nothing looks up or sideways: imports, foreign keys, addresses, templates. Each rule is shown able to fail."""

from __future__ import annotations

import re

from django.apps import apps
from django.db import models
from tests.house.walking import (
    HOUSE,
    SHELLS,
    contract,
    floors,
    imports,
    is_below,
    programs,
    room_of,
    room_of_address,
    template_name,
    templates,
)

# A room asks another through these; the rest of it is its own. `access` lends its guards, `pages` its parts.
PRIVATE = ("views", "forms", "workflow", "urls", "api", "tests")
LENT = {"ansinh.pages.forms"}  # the fields every form is made of are what `pages` is for
BANNED_NAMES = ("utils", "helpers", "common", "misc", "base", "core", "manager", "libraries")
_NAME = r"[a-z_]+(?::[a-z_]+)+"
_URL_TAG = re.compile(r"{%\s*url\s+['\"](" + _NAME + r")['\"]")
_URL_CALL = re.compile(r"\b(?:reverse|reverse_lazy|redirect|_address)\(\s*['\"](" + _NAME + r")['\"]")
_TEMPLATE_TAG = re.compile(r"{%\s*(?:extends|include)\s+['\"]([^'\"]+)['\"]")


# Imports -------------------------------------------------------------------------------------------------------------
def test_the_contract_is_exhaustive_and_knows_no_exception():
    rule = contract()
    assert rule["exhaustive"] is True and rule["containers"] == ["ansinh"]
    assert not rule.keys() - {"name", "type", "containers", "exhaustive", "layers"}, "an exception stands in the contract"


def test_every_room_has_its_floor_and_an_open_room_stands_without_parentheses():
    rooms = {path.name for path in HOUSE.iterdir() if (path / "__init__.py").exists()}
    named = {room.strip(): room.strip().startswith("(") for layer in contract()["layers"] for room in layer.split("|")}
    assert rooms == {room for room, is_closed in named.items() if not is_closed}


def private_imports(room: str, text: str) -> list[str]:
    """Imports of what belongs to another room alone."""
    found = []
    for module in imports(text):
        parts = module.split(".")
        if parts[1] == room or module.startswith(tuple(LENT)):
            continue
        if len(parts) > 2 and parts[2] in PRIVATE and parts[1:3] != ["kernel", "workflow"]:
            found.append(module)
    return found


def allowed(room: str, module: str) -> bool:
    """`project` mounts doors; `portal` uses forms; shells show states in the words of a workflow's table."""
    kind = module.split(".")[2]
    return (room == "project" and kind in ("urls", "views", "api")) or (room in SHELLS and kind == "workflow")


def test_the_private_parts_of_a_room_are_its_own():
    found = [
        f"{path.relative_to(HOUSE)}: {module}"
        for path, text in programs()
        for module in private_imports(room_of(path), text)
        if not allowed(room_of(path), module)
    ]
    assert found == []


def test_an_import_of_foreign_views_or_tests_would_be_found():
    said = (
        "from ansinh.people.views import listing\nimport ansinh.people.tests.factories\nfrom ansinh.people.models import Person"
    )
    assert len(private_imports("payments", said)) == 2
    assert private_imports("people", said) == []


def test_law_and_kernel_know_no_django():
    found = [
        str(path.relative_to(HOUSE))
        for path, text in programs()
        if room_of(path) in ("law", "kernel", "rendering") and re.search(r"^\s*(?:from|import) django", text, re.M)
    ]
    assert found == []


# Foreign keys --------------------------------------------------------------------------------------------------------
def climbing_keys(found: list[type[models.Model]]) -> list[str]:
    """Keys of a row to a row of a higher floor, or of another room on the same floor."""
    climbing = []
    for model in found:
        for field in model._meta.get_fields():
            if not (field.is_relation and getattr(field, "remote_field", None) and field.concrete):
                continue
            here, there = (m.__module__.split(".") for m in (model, field.related_model))
            if there[0] == "ansinh" and not is_below(there[1], here[1]):
                climbing.append(f"{model._meta.label}.{field.name}")
    return climbing


def test_foreign_keys_go_down():
    assert climbing_keys([m for m in apps.get_models() if m.__module__.startswith("ansinh.")]) == []


def test_a_foreign_key_that_goes_up_would_be_found(monkeypatch):
    from ansinh.payments.models import PaymentLine

    monkeypatch.setattr(PaymentLine, "__module__", "ansinh.localities.models")
    assert any(name.endswith(".person") for name in climbing_keys([PaymentLine]))


# Addresses and templates ---------------------------------------------------------------------------------------------
def climbing_addresses(room: str, text: str) -> list[str]:
    """Names of doors of rooms above, or names that nothing answers to."""
    said = [*_URL_TAG.findall(text), *_URL_CALL.findall(text)]
    known = room_of_address()
    return [name for name in said if name not in known or (room not in SHELLS and not is_below(known[name], room))]


def test_only_shells_name_the_doors_of_rooms_above():
    found = [f"{path.relative_to(HOUSE)}: {n}" for path, text in templates() for n in climbing_addresses(room_of(path), text)]
    found += [f"{path.relative_to(HOUSE)}: {n}" for path, text in programs() for n in climbing_addresses(room_of(path), text)]
    assert found == []


def test_a_door_above_or_a_door_that_is_not_there_would_be_found():
    said = "{% url 'payments:overview' %} {% url \"people:list\" %} {% url 'people:nowhere' %}"
    assert climbing_addresses("people", said) == ["payments:overview", "people:nowhere"]
    assert climbing_addresses("web", said) == ["people:nowhere"]
    assert climbing_addresses("people", "return redirect('web:home')") == ["web:home"]


def climbing_templates(room: str, text: str, rooms: dict[str, str]) -> list[str]:
    """Templates of rooms above that this one is built of."""
    return [n for n in _TEMPLATE_TAG.findall(text) if n in rooms and room not in SHELLS and not is_below(rooms[n], room)]


def test_templates_are_built_of_templates_below():
    rooms = {template_name(path): room_of(path) for path, _ in templates()}
    found = [f"{template_name(path)}: {n}" for path, text in templates() for n in climbing_templates(room_of(path), text, rooms)]
    assert found == []


def test_a_template_built_of_one_above_would_be_found():
    rooms = {"pages/base.html": "pages", "payments/list.html": "payments"}
    said = '{% extends "pages/base.html" %}{% include "payments/list.html" %}'
    assert climbing_templates("access", said, rooms) == ["pages/base.html", "payments/list.html"]
    assert climbing_templates("people", said, rooms) == ["payments/list.html"]
    assert climbing_templates("payments", said, rooms) == []


# Names ---------------------------------------------------------------------------------------------------------------
def banned(names: list[str]) -> list[str]:
    return [name for name in names if name in BANNED_NAMES]


def test_no_module_is_named_for_being_useful():
    names = {path.stem for path, _ in programs(tests=True)} | {path.name for path in HOUSE.rglob("*") if path.is_dir()}
    assert banned(sorted(names)) == [] and banned(["periods", "utils"]) == ["utils"]


def test_the_ground_is_kernel_and_the_roof_is_project():
    assert floors()["kernel"] == 0 and max(floors(), key=floors().get) == "project"
