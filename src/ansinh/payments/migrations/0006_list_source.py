import django.db.models.deletion
from django.db import migrations, models

# Lists made while there was one source pay from it. Without any source there is nothing to settle against.
FILL = """
INSERT INTO payments_listsource (list_id, benefit, source_id)
SELECT DISTINCT l.list_id, l.benefit, (SELECT min(id) FROM payments_budgetsource) FROM payments_paymentline l
WHERE EXISTS (SELECT 1 FROM payments_budgetsource)
"""
# What the signature covers stays: from the approval on the source is as it was signed.
SIGNED = """
CREATE FUNCTION payments_source_is_signed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE found text;
BEGIN
  SELECT l.state INTO found FROM payments_paymentlist l WHERE l.id = coalesce(OLD.list_id, NEW.list_id);
  IF found NOT IN ('proposed', 'checking') THEN RAISE EXCEPTION 'a signed list keeps its sources'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_source_signed BEFORE UPDATE OR DELETE ON payments_listsource
  FOR EACH ROW EXECUTE FUNCTION payments_source_is_signed();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0005_backfill_lines")]
    operations = [
        migrations.CreateModel(
            name="ListSource",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "benefit",
                    models.TextField(
                        choices=[
                            ("monthly_allowance", "Trợ cấp xã hội hằng tháng"),
                            ("social_pension", "Trợ cấp hưu trí xã hội"),
                        ]
                    ),
                ),
                (
                    "list",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="sources", to="payments.paymentlist"
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="payments.budgetsource"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=["list", "benefit"], name="one_source_of_a_benefit_a_list"),
                ],
            },
        ),
        migrations.RunSQL(FILL, migrations.RunSQL.noop),
        migrations.RunSQL(SIGNED, "DROP FUNCTION payments_source_is_signed CASCADE"),
    ]
