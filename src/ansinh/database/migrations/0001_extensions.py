from django.db import migrations

FOLD = """
CREATE OR REPLACE FUNCTION fold(t text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT lower(btrim(regexp_replace(
    translate(regexp_replace(normalize(t, NFD), '[\u0300-\u036f]', '', 'g'), 'đĐ', 'dD'), '\\s+', ' ', 'g')))
$$
"""


class Migration(migrations.Migration):
    """Extensions (both trusted: the owner of the database may create them) and `fold`, the twin of kernel.folding.fold."""

    initial = True
    dependencies: list = []
    operations = [
        *(
            migrations.RunSQL(f"CREATE EXTENSION IF NOT EXISTS {name}", migrations.RunSQL.noop)
            for name in ("btree_gist", "pg_trgm")
        ),
        migrations.RunSQL(FOLD, "DROP FUNCTION IF EXISTS fold(text)"),
    ]
