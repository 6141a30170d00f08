import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("localities", "0001_initial"),
        ("people", "0007_search_indexes"),
    ]

    operations = [
        migrations.AlterField(
            model_name="person",
            name="unit",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="persons", to="localities.unit"
            ),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["unit", "id"], include=("died_on",), name="person_of_unit"),
        ),
    ]
