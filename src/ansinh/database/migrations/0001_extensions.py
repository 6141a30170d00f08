from django.db import migrations


class Migration(migrations.Migration):
    """Both are trusted extensions: the owner of the database may create them."""

    initial = True
    dependencies: list = []
    operations = [
        migrations.RunSQL(f"CREATE EXTENSION IF NOT EXISTS {name}", migrations.RunSQL.noop)
        for name in ("btree_gist", "pg_trgm")
    ]
