from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0005_named")]
    operations = [
        migrations.AddIndex(model_name="person", index=models.Index(fields=["unit", "born_on"], name="person_unit_born")),
    ]
