from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("entitlements", "0005_paper_of_an_item"),
        ("localities", "0001_initial"),
        ("payments", "0009_month_at_once"),
        ("people", "0008_people_of_a_unit"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="paymentline",
            name="payments_pa_list_id_64d781_idx",
        ),
        migrations.AddIndex(
            model_name="paymentline",
            index=models.Index(fields=["list", "person"], include=("state", "amount_vnd"), name="line_people_of_list"),
        ),
    ]
