"""What the models declare the database has: no migration took a constraint or an index away unseen."""

import pytest
from django.apps import apps
from django.db import connection

pytestmark = pytest.mark.django_db


def test_every_named_constraint_and_index_is_in_the_database():
    declared = {
        (model._meta.db_table, one.name)
        for model in apps.get_models()
        if model.__module__.startswith("ansinh.")
        for one in (*model._meta.constraints, *model._meta.indexes)
    }
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint WHERE conrelid <> 0 "
            "UNION SELECT tablename, indexname FROM pg_indexes WHERE schemaname = 'public'"
        )
        there = set(cursor.fetchall())
    assert len(declared) > 40 and not declared - there
