"""Each role before rows that are not its own: by id, by a raw query, by page. Rows of its own are seen, so the wall is no blindness."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from tests.house.walking import addresses
from tests.security.filling import fill_commune, personal_models

from ansinh.access.acting import as_post
from ansinh.access.models import Office, OfficeKind, Role
from ansinh.access.tests.factories import DAY, QUYNH_PHU, THAI_BINH, commune, post
from ansinh.database import roles
from ansinh.database.acting import acting_as

pytestmark = pytest.mark.django_db

MODELS = personal_models()


@pytest.fixture
def ours_and_theirs(as_maintenance):
    """A row of every table in Quỳnh Phụ (ours) and in Thái Bình (theirs)."""
    post(office=f"UBND-{QUYNH_PHU}"), post(office=f"UBND-{THAI_BINH}")
    return fill_commune(commune(QUYNH_PHU)), fill_commune(commune(THAI_BINH))


def raw_count(model, key: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}" WHERE id = %s', [key])
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    "role", [Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP]
)
def test_a_commune_sees_its_own_rows_and_no_row_of_another(ours_and_theirs, role):
    ours, theirs = ours_and_theirs
    with as_post(post(role), on=DAY):
        for model in MODELS:
            assert model.objects.filter(pk=ours[model].pk).exists(), model
            assert not model.objects.filter(pk=theirs[model].pk).exists(), model
            assert (raw_count(model, ours[model].pk), raw_count(model, theirs[model].pk)) == (1, 0), model


def test_a_commune_changes_and_removes_no_row_of_another(ours_and_theirs, as_maintenance):
    _, theirs = ours_and_theirs
    with as_post(post(), on=DAY), connection.cursor() as cursor:
        for model in MODELS:
            table = model._meta.db_table
            for statement in (f"UPDATE {table} SET id = id WHERE id = %s", f"DELETE FROM {table} WHERE id = %s"):
                cursor.execute(statement, [theirs[model].pk])
                assert cursor.rowcount == 0, statement
    with as_maintenance():
        assert all(model.objects.filter(pk=theirs[model].pk).exists() for model in MODELS)


def test_a_commune_writes_no_row_into_another(ours_and_theirs):
    ours, theirs = ours_and_theirs
    for model in MODELS:
        if any(policy.using.startswith("unit_id") for policy in model.security.policies):
            refused = pytest.raises(DatabaseError, match="row-level security|a line stays on its list|never edited")
            with refused, as_post(post(), on=DAY):
                assert not model.objects.filter(pk=ours[model].pk).update(unit=commune(THAI_BINH)), model


@pytest.mark.parametrize("role", [roles.ADMIN, roles.FACILITY])
def test_a_role_without_people_is_refused_by_every_table(ours_and_theirs, role):
    for model in MODELS:
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(role):
            model.objects.count()


def test_the_application_without_a_post_is_refused_by_every_table(ours_and_theirs):
    for model in MODELS:
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            model.objects.count()


def test_a_payer_sees_nothing_that_was_not_given_to_it(ours_and_theirs, as_maintenance):
    with as_maintenance():
        office = Office.objects.filter(kind=OfficeKind.PAYER).first() or Office.objects.create(
            code="BUU-DIEN-KHAC", name="Bưu điện khác", kind=OfficeKind.PAYER, period=("2020-01-01", None)
        )
    for model in MODELS:
        try:
            with as_post(post(Role.PAYER, office=office.code), on=DAY):
                assert model.objects.count() == 0, model
        except DatabaseError as error:
            assert "permission denied" in str(error), model


@pytest.mark.parametrize("role", [roles.PROVINCE, roles.AUDITOR, roles.SYSTEM])
def test_the_province_and_the_inspector_see_every_commune(ours_and_theirs, role):
    with acting_as(role):
        for model in MODELS:
            for rows in ours_and_theirs:
                assert model.objects.filter(pk=rows[model].pk).exists(), model


def test_the_inspector_changes_nothing(ours_and_theirs):
    for model in MODELS:
        for statement in ("DELETE FROM", "UPDATE"):
            table = f'"{model._meta.db_table}"' + (" SET id = id" if statement == "UPDATE" else "")
            with pytest.raises(DatabaseError, match="permission denied"), acting_as(roles.AUDITOR):
                connection.cursor().execute(f"{statement} {table} WHERE id = %s", [ours_and_theirs[0][model].pk])


# By page -------------------------------------------------------------------------------------------------------------
def codes_of(rows: dict) -> set[str]:
    """Everything that may stand in an address for one of these rows."""
    found = {str(row.pk) for row in rows.values()}
    found |= {str(row.code) for row in rows.values() if hasattr(row, "code")}
    return found | {str(row.token) for row in rows.values() if hasattr(row, "token")}


def pages(codes: set[str]) -> set[tuple[str, str]]:
    """Every address of the site that takes one thing, for each of these codes: its name and the path."""
    found = set()
    for name, _, pattern in addresses():
        (route,) = [str(pattern.pattern)]
        parts = [part for part in route.split("/") if part.startswith("<")]
        if len(parts) != 1 or name.startswith(("access:", "localities:", "journal:", "jobs:")):
            continue
        kind = parts[0].strip("<>").split(":")[0]
        for code in codes:
            if (kind != "uuid" or len(code) == 36) and (kind == "int") == code.isdigit():  # no code is a bare number
                found.add((name, "/" + route.replace(parts[0], code)))
    return found


@pytest.fixture
def client_of(client):
    def enter(role: str, office: str) -> Client:
        entering = Client()
        entering.force_login(post(role, office=f"UBND-{office}").user)
        return entering

    return enter


def test_no_page_shows_what_belongs_to_another_commune(ours_and_theirs, client_of):
    ours, theirs = ours_and_theirs
    own, other = codes_of(ours), codes_of(theirs)
    entering = client_of(Role.COMMUNE_OFFICER, QUYNH_PHU)
    shown = {name for name, path in pages(own) if entering.get(path).status_code == 200}
    assert {"web:person", "people:household", "entitlements:decision", "payments:list", "imports:detail"} <= shown
    for name, path in pages(other - own):
        assert entering.get(path).status_code in (302, 403, 404, 405), (name, path)
        assert entering.post(path).status_code in (403, 404, 405), (name, path)


def test_a_file_of_another_commune_is_not_there(ours_and_theirs, client_of):
    from ansinh.files.models import StoredFile

    token = ours_and_theirs[1][StoredFile].token
    assert client_of(Role.COMMUNE_OFFICER, QUYNH_PHU).get(f"/tep/{token}/").status_code == 404
