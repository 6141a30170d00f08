from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("entitlements", "0004_item_of_past_months"),
        ("people", "0007_search_indexes"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="decisionitem",
            index=models.Index(fields=["id"], include=("decision", "act", "to_month"), name="item_paper"),
        ),
    ]
