from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('entitlements', '0010_care_and_funeral'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='entitlement',
            name='one_funeral_of_a_person',
        ),
        migrations.AddConstraint(
            model_name='entitlement',
            constraint=models.UniqueConstraint(condition=models.Q(('benefit', 'funeral'), ('ended_by', None)), fields=('person',), name='one_funeral_of_a_person'),
        ),
    ]
