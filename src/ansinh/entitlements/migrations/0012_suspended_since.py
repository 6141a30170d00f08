from django.db import migrations, models

# A suspension that an adjustment carried on began with the line that suspended, on the entry before.
FILL = """
UPDATE entitlements_suspension s SET since = least(lower(s.months), i.from_month) FROM entitlements_decisionitem i WHERE i.id = s.item_id
"""


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0011_funeral_taken_back")]
    operations = [
        migrations.AddField(model_name="suspension", name="since", field=models.DateField(null=True)),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.AlterField(model_name="suspension", name="since", field=models.DateField()),
    ]
