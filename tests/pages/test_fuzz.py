"""Whatever is typed into any form or sent to any door: an answer in Vietnamese, never an error of ours, nothing written if refused.

Doors, their fields and the classes of forms are found, not listed: a new one is attacked, or the test says that it was not reached.
"""

from __future__ import annotations

import inspect
import os
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

import pytest
from django import forms
from django.db import connection, transaction
from django.test import Client
from django.urls import Resolver404, resolve
from django_otp.plugins.otp_totp.models import TOTPDevice
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from tests.house.walking import addresses
from tests.pages.doors import COMMUNE, WALKERS, Door, doors, entered, where_it_opens
from tests.pages.growing import growing_models, small
from tests.pages.hostile import filled
from tests.security.crawling import Field, Form, _Reader

from ansinh.access.models import Role
from ansinh.access.tests.factories import QUYNH_PHU, commune, post
from ansinh.database.acting import as_maintenance as maintenance
from ansinh.documents.models import Paper
from ansinh.dossiers.models import Dossier
from ansinh.imports.models import Batch
from ansinh.payments.models import PaymentList
from ansinh.payments.papers import HANDOVER_MINUTES
from ansinh.petitions.models import Petition
from ansinh.petitions.papers.standing import kinds_of
from ansinh.petitions.queries import NEXT_ACTS as PETITION_ACTS

pytestmark = pytest.mark.django_db
EXAMPLES = int(os.environ.get("ANSINH_FUZZ", "1"))
# Shown as samples on the page of components; no door takes them.
SAMPLES = {"ansinh.pages.samples"}
_ENGLISH = re.compile(r"This (?:field|value)|Enter a|Ensure |Select a valid|not a valid|is required|must be|No file was|too long")


@dataclass
class Target:
    """A form as a client may send it."""

    client: Client
    path: str
    form: Form


# What a door takes -----------------------------------------------------------------------------------------------------
def source_of(callback) -> str:
    return inspect.getsource(inspect.unwrap(callback))


def takes_posts(callback) -> bool:
    return "POST" in source_of(callback)


def fields_in_source(callback) -> list[Field]:
    """Fields of the forms a view names, and what it reads from the request by itself."""
    text, world = source_of(callback), inspect.unwrap(callback).__globals__
    found = {name: Field(name, "text") for name in re.findall(r"""POST(?:\.get\(|\.getlist\(|\[)\s*["']([\w-]+)""", text)}
    for word in set(re.findall(r"\b\w+Form\b", text)):
        for name, asked in getattr(world.get(word), "base_fields", {}).items():
            choices = [str(choice) for choice, _ in getattr(asked, "choices", [])] if type(asked) is forms.ChoiceField else []
            found[name] = Field(name, "file" if isinstance(asked, forms.FileField) else "text", choices=choices)
    return list(found.values())


def forms_on(client: Client, path: str) -> list[Form]:
    response = client.get(path)
    if "html" not in response.get("Content-Type", ""):
        return []
    reader = _Reader(path)
    reader.feed(response.content.decode())
    return reader.forms


def name_of(path: str) -> str | None:
    try:
        return resolve(path.split("?")[0]).view_name
    except Resolver404:
        return None


# The attack ------------------------------------------------------------------------------------------------------------
def counted() -> dict[str, int]:
    """How many rows stand in each table of the office."""
    tables = [model._meta.db_table for model in growing_models()]
    with maintenance(), connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables))
        return dict(cursor.fetchall())


def wrong_with(target: Target, values: dict, before: dict[str, int]) -> str | None:
    """What a form answered that it should not have."""
    status, text, after = answer_of(target.client, target.form.method, target.path.split("?")[0], values)
    if status >= 500:
        return f"answers {status}"
    if after and after != before:
        return f"refused, but wrote: {[table for table in after if after[table] != before[table]]}"
    if said := _ENGLISH.search(text):
        return f"speaks English: {said[0]}"
    return None


def answer_of(client: Client, method: str, path: str, values: dict) -> tuple[int, str, dict[str, int] | None]:
    """Status and page of one request, and the rows after a refusal; whatever it wrote is undone, also to the session."""
    cookies = dict(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(path, values)
        after = counted() if 400 <= response.status_code < 500 else None
        transaction.set_rollback(True)
    client.cookies.clear()
    client.cookies.update(cookies)
    return response.status_code, response.text if "html" in response.get("Content-Type", "") else "", after


@pytest.fixture
def met(monkeypatch) -> set[type]:
    """Classes of forms that a page showed or a door read in this test: what a page shows is attacked."""
    seen, make = set(), forms.BaseForm.__init__

    def noting(form, *args, **kwargs):
        seen.add(type(form))
        make(form, *args, **kwargs)

    monkeypatch.setattr(forms.BaseForm, "__init__", noting)
    return seen


def own_forms(kind: type = forms.BaseForm) -> set[type]:
    """Every form of the house that no other builds on."""
    children = list(kind.__subclasses__())
    is_one = not children and kind.__module__.startswith("ansinh.") and kind.base_fields
    leaves = {kind} if is_one else set()
    return leaves.union(*(own_forms(child) for child in children))


def where_it_takes(door: Door, client: Client, rows) -> str:
    """The first address of a door behind which something is, for what is only sent; the first of all when there is none."""
    first, *others = door.paths(rows)
    return next((path for path in (first, *others) if answer_of(client, "post", path, {})[0] not in (403, 404)), first)


def gathered(rows, rooms: str = "") -> list[tuple[str, Target]]:
    """Forms on every page and those the views read, each once, with the name of the door they go to."""
    callbacks = {name: pattern.callback for name, _, pattern in addresses()}
    targets: dict[tuple, Target] = {}
    clients = {who: entered(*who) for line in WALKERS for who in line}
    for door in doors():
        for who in door.walkers() if re.match(rooms, door.name) else ():
            client, path = clients[who], where_it_opens(door, clients[who], rows)
            for spoken in door.spoken(path or where_it_takes(door, client, rows)):
                if takes_posts(callbacks[door.name]):
                    form = Form(spoken, "post", fields_in_source(callbacks[door.name]))
                    targets.setdefault((door.name, spoken), Target(client, spoken, form))
                for form in forms_on(client, spoken) if path else []:
                    asked = tuple(field.name for field in form.fields)
                    if (name := name_of(form.action)) and name != "access:logout":
                        targets.setdefault((name, form.method, asked), Target(client, form.action, form))
    return [(key[0], target) for key, target in targets.items()]


def later_in_the_month(rows) -> None:
    """The same rows in a state in which other forms are shown."""
    with maintenance():
        PaymentList.objects.update(state="handed_over")
        Batch.objects.update(state="read", settings={"asks": {"what": "password"}})


# States of a dossier in which an act with a form of its own is open.
DOSSIERS = ({"state": "writing"}, {"state": "awaiting_signature", "proposal": "refusal"}, {"state": "decided"})


def acts_on_a_dossier(rows, state: dict) -> list[Target]:
    """The forms of the acts that are open in a state."""
    with maintenance():
        Dossier.objects.update(**state)
    return [target for _, target in gathered(rows, "dossiers:act")]


def answers_to_a_dossier(rows) -> list[Target]:
    """The form of a proposal for money for care, which asks for the month alone."""
    with maintenance():
        Dossier.objects.update(procedure="carer_grant", case="", state="verifying", proposal="")
    return [target for _, target in gathered(rows, "entitlements:propose")]


# A petition before its admission and after it.
PETITIONS = (
    {"state": "registered"},
    {"state": "admitted", "admitted_on": date(2026, 11, 20), "answer_due_on": date(2026, 12, 21)},
)


def acts_on_a_petition(rows, state: dict) -> list[Target]:
    """The forms of the acts that are open to the head of the body in a state."""
    with maintenance():
        Petition.objects.update(**state)
        kinds = kinds_of(Petition.objects.get(pk=rows[Petition].pk))
    client = entered(Role.COMMUNE_CHAIRMAN, COMMUNE)
    paths = [f"/don-thu/{rows[Petition].code}/{act.key}/" for act in PETITION_ACTS]
    found = [Target(client, path, form) for path in paths for form in forms_on(client, path) if form.method == "post"]
    officer = entered(Role.COMMUNE_OFFICER, COMMUNE)
    fields = [Field(name, "text") for name in ("signer", "to", "accused", "outcome", "findings", "text", "dang")]
    prints = [f"/don-thu/{rows[Petition].code}/van-ban/{kind.key}/" for kind in kinds]
    return [*found, *(Target(officer, path, Form(path, "post", fields)) for path in prints)]


def papers_signed_here(rows) -> list[Target]:
    """Number and signature of a paper whose signature changes nothing elsewhere."""
    with maintenance():
        Paper.objects.filter(pk=rows[Paper].pk).update(kind=HANDOVER_MINUTES.key, signed_at=None)
    return [target for _, target in gathered(rows, "documents:(number|sign)$")]


def before_the_log_in(settings) -> list[Target]:
    """Doors that only open on the way in: somebody without a name, without a device, with one."""

    def to(client: Client, path: str, *fields: str) -> Target:
        return Target(client, path, Form(path, "post", [Field(name, "text") for name in fields]))

    settings.ANSINH_SECOND_STEP = True
    TOTPDevice.objects.create(user=post(Role.ADMINISTRATOR, office="SYT").user, name="totp")
    return [
        to(Client(raise_request_exception=False), "/dang-nhap/", "username", "password", "next"),
        to(entered(Role.COMMUNE_CHAIRMAN, COMMUNE), "/xac-thuc/thiet-bi/", "code"),
        to(entered(Role.ADMINISTRATOR, "SYT"), "/xac-thuc/", "code", "next"),
    ]


def attack(targets: list[Target]) -> list[str]:
    before, wrong = counted(), []

    def send(target: Target, values: dict) -> None:
        if said := wrong_with(target, values, before):
            wrong.append(f"{target.form.method} {target.path} {said}: {values}")

    for target in targets:  # nothing at all; and what passes the first look, so that each form reads something
        send(target, {})
        send(target, {field.name: field.choices[-1] if field.choices else field.value or "x" for field in target.form.fields})

    @settings(
        max_examples=EXAMPLES, derandomize="ANSINH_FUZZ" not in os.environ, database=None, deadline=None, phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(st.data())
    def attacked(data):
        for target in targets:
            send(target, filled(target.form, data.draw))

    attacked()
    return wrong


def test_no_form_breaks_writes_what_it_refused_or_speaks_english(as_maintenance, settings, met):
    post(Role.COMMUNE_OFFICER)
    rows = small(commune(QUYNH_PHU))
    targets = gathered(rows)
    later_in_the_month(rows)
    targets += gathered(rows, "payments:handover|imports:open")
    assert attack([target for _, target in targets]) == []
    assert [said for state in DOSSIERS for said in attack(acts_on_a_dossier(rows, state))] == []
    assert attack(answers_to_a_dossier(rows)) == []
    assert [said for state in PETITIONS for said in attack(acts_on_a_petition(rows, state))] == []
    assert attack(papers_signed_here(rows)) == []
    posting = {name for name, _, pattern in addresses() if takes_posts(pattern.callback)}
    assert len(posting) > 40 and posting - {name for name, _ in targets} == set()
    assert attack(before_the_log_in(settings)) == []
    unread = {form for form in own_forms() - met if form.__module__ not in SAMPLES}
    assert sorted(f"{form.__module__}.{form.__name__}" for form in unread) == [], "no door was sent this form"


# What would be found ---------------------------------------------------------------------------------------------------
def test_a_door_that_writes_what_it_refuses_would_be_found(as_maintenance, monkeypatch):
    from ansinh.localities.models import Village

    post(Role.COMMUNE_OFFICER)
    small(commune(QUYNH_PHU))
    client = entered(Role.COMMUNE_OFFICER, COMMUNE)
    target = Target(client, "/chuc-vu/", Form("/chuc-vu/", "post", [Field("post", "text")]))
    before = counted()

    def writes(*args, **kwargs):
        with maintenance():
            row = Village.objects.first()
            row.pk, row.name = None, "Thôn viết lén"
            row.save(force_insert=True)
        raise PermissionError

    assert wrong_with(target, {"post": "không có"}, before) is None
    monkeypatch.setattr(Client, "post", lambda self, *a, **k: _Refused(writes))
    assert "refused, but wrote" in wrong_with(target, {}, before)


class _Refused:
    """An answer of a door that wrote first and refused then."""

    status_code, text = 422, ""

    def __init__(self, writes) -> None:
        with suppress(PermissionError):
            writes()

    def get(self, _name, default=""):
        return default


def test_english_words_of_the_framework_would_be_found():
    assert _ENGLISH.search("Ensure this value has at most 3 characters") and not _ENGLISH.search("Cần điền ô này.")


def test_a_form_no_door_takes_would_be_found():
    before = own_forms()

    class Forgotten(forms.Form):
        __module__ = "ansinh.nowhere"
        name = forms.CharField()

    assert own_forms() - before == {Forgotten}
