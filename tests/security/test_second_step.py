"""Who owes the second step, which doors open before it, and that no role of a post reads its secrets."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection
from tests.house.test_doors import guard_of
from tests.house.walking import addresses

from ansinh.access.models import Competence, Role
from ansinh.access.queries import GIVES_SECOND_STEP
from ansinh.database import roles
from ansinh.database.acting import acting_as

pytestmark = pytest.mark.django_db
SECRETS = ("otp_totp_totpdevice", "otp_static_staticdevice", "otp_static_statictoken", "access_session")


def test_whoever_the_law_names_to_decide_gives_the_second_step():
    named = set(Competence.objects.values_list("role", flat=True))
    assert named and named <= set(GIVES_SECOND_STEP)


def test_whoever_holds_the_money_or_the_accounts_gives_it():
    alone = [guard_of(pattern.callback) for _, _, pattern in addresses()]
    keepers = {role for guard in alone if isinstance(guard, frozenset) and len(guard) == 1 for role in guard}
    assert {Role.PAYER, Role.ADMINISTRATOR} <= keepers
    assert keepers - {Role.INSPECTOR} <= set(GIVES_SECOND_STEP)
    (budget,) = [guard_of(pattern.callback) for name, _, pattern in addresses() if name == "payments:budget"]
    assert budget <= set(GIVES_SECOND_STEP)


def test_the_doors_before_the_second_step_are_these():
    found = {name for name, _, pattern in addresses() if guard_of(pattern.callback) == "before_second_step"}
    assert found == {"access:second_step", "access:enrol", "access:logout", "access:change_password"}


@pytest.mark.parametrize("table", SECRETS)
def test_no_role_of_a_post_touches_secrets_and_sessions(table):
    for role in roles.GROUPS:
        with pytest.raises(DatabaseError, match="permission denied"), acting_as(role), connection.cursor() as cursor:
            cursor.execute(f"SELECT 1 FROM {table}")


def test_every_table_of_the_library_is_known():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relname LIKE 'otp%' AND relkind = 'r'")
        assert {name for (name,) in cursor.fetchall()} == set(SECRETS[:3])
