from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0001_initial")]
    operations = [
        migrations.AddField(model_name="suspension", name="owed", field=models.BooleanField(default=False, null=True)),
    ]
