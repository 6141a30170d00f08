import django.db.models.deletion
from django.db import migrations, models

# What a new line must fit is asked once for all lines of a statement; three hundred thousand of them are written in one go.
WELCOME = """
CREATE FUNCTION payments_lines_are_welcome() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE found record;
BEGIN
  FOR found IN SELECT l.closed_at, l.state, l.unit_id = f.unit_id AS fits
    FROM (SELECT DISTINCT list_id, unit_id FROM fresh) f JOIN payments_paymentlist l ON l.id = f.list_id
  LOOP
    IF found.closed_at IS NOT NULL THEN RAISE EXCEPTION 'a closed list takes no line'; END IF;
    IF found.state = 'approved' THEN RAISE EXCEPTION 'a signed list is not changed'; END IF;
    IF NOT found.fits THEN RAISE EXCEPTION 'a line lies in the commune of its list'; END IF;
  END LOOP;
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT village_id FROM fresh WHERE village_id IS NOT NULL) f
    WHERE NOT EXISTS (SELECT 1 FROM localities_village v WHERE v.id = f.village_id)) THEN
    RAISE EXCEPTION 'a line names a village that is not there';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER payments_lines_welcome AFTER INSERT ON payments_paymentline REFERENCING NEW TABLE AS fresh
  FOR EACH STATEMENT EXECUTE FUNCTION payments_lines_are_welcome();
DROP TRIGGER payments_line_frozen ON payments_paymentline;
CREATE TRIGGER payments_line_frozen BEFORE UPDATE OR DELETE ON payments_paymentline
  FOR EACH ROW EXECUTE FUNCTION payments_line_is_frozen();
DROP TRIGGER payments_line_signed ON payments_paymentline;
CREATE TRIGGER payments_line_signed BEFORE UPDATE OR DELETE ON payments_paymentline
  FOR EACH ROW EXECUTE FUNCTION payments_line_is_signed();
CREATE FUNCTION payments_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a line stays on its list, in the commune of its list'; END $$;
CREATE TRIGGER payments_line_stays BEFORE UPDATE ON payments_paymentline FOR EACH ROW
  WHEN (OLD.list_id <> NEW.list_id OR OLD.unit_id <> NEW.unit_id) EXECUTE FUNCTION payments_line_stays();
"""
BACK = """
DROP TRIGGER payments_lines_welcome ON payments_paymentline;
DROP FUNCTION payments_lines_are_welcome;
DROP FUNCTION payments_line_stays CASCADE;
DROP TRIGGER payments_line_frozen ON payments_paymentline;
CREATE TRIGGER payments_line_frozen BEFORE INSERT OR UPDATE OR DELETE ON payments_paymentline
  FOR EACH ROW EXECUTE FUNCTION payments_line_is_frozen();
DROP TRIGGER payments_line_signed ON payments_paymentline;
CREATE TRIGGER payments_line_signed BEFORE INSERT OR UPDATE OR DELETE ON payments_paymentline
  FOR EACH ROW EXECUTE FUNCTION payments_line_is_signed();
"""
# Codes are asked for whole: the second index of a unique text, for LIKE, is of no use.
LIKE = "DROP INDEX IF EXISTS payments_paymentline_code_7e95c3c2_like"


class Migration(migrations.Migration):
    dependencies = [
        ("entitlements", "0003_papers_across_communes"),
        ("localities", "0001_initial"),
        ("payments", "0006_list_source"),
        ("people", "0006_births_of_a_place"),
    ]

    operations = [
        # Altering the field takes every index on its column away, also the one that keeps money from being carried twice.
        migrations.RemoveConstraint(model_name="paymentline", name="carried_once"),
        migrations.RemoveIndex(
            model_name="paymentline",
            name="payments_pa_person__89a29d_idx",
        ),
        migrations.AlterField(
            model_name="paymentline",
            name="carried_from",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="carried_to",
                to="payments.paymentline",
            ),
        ),
        migrations.AlterField(
            model_name="paymentline",
            name="corrects",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="corrections",
                to="payments.paymentline",
            ),
        ),
        migrations.AlterField(
            model_name="paymentline",
            name="handover",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="payments.handover",
            ),
        ),
        migrations.AlterField(
            model_name="paymentline",
            name="item",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lines",
                to="entitlements.decisionitem",
            ),
        ),
        migrations.AlterField(
            model_name="paymentline",
            name="list",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="lines", to="payments.paymentlist"
            ),
        ),
        migrations.AlterField(
            model_name="paymentline",
            name="person",
            field=models.ForeignKey(
                db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="payment_lines", to="people.person"
            ),
        ),
        migrations.AlterField(
            model_name="paymentline",
            name="unit",
            field=models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, to="localities.unit"
            ),
        ),
        migrations.AlterField(
            model_name="paymentline",
            name="village",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                to="localities.village",
            ),
        ),
        migrations.AddIndex(
            model_name="paymentline",
            index=models.Index(
                fields=["person", "benefit_month"], include=("amount_vnd", "state", "kind", "item"), name="line_given_by_month"
            ),
        ),
        migrations.AddIndex(
            model_name="paymentline",
            index=models.Index(condition=models.Q(("item__isnull", False)), fields=["item"], name="line_item"),
        ),
        migrations.AddIndex(
            model_name="paymentline",
            index=models.Index(condition=models.Q(("corrects__isnull", False)), fields=["corrects"], name="line_corrects"),
        ),
        migrations.AddIndex(
            model_name="paymentline",
            index=models.Index(condition=models.Q(("handover__isnull", False)), fields=["handover"], name="line_handover"),
        ),
        migrations.AddIndex(
            model_name="paymentline",
            index=models.Index(condition=models.Q(("kind", "past")), fields=["list"], name="line_past"),
        ),
        migrations.AddIndex(
            model_name="paymentline",
            index=models.Index(condition=models.Q(("state", "unpaid")), fields=["person"], name="line_unpaid"),
        ),
        migrations.AddConstraint(
            model_name="paymentline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("carried_from__isnull", False)), fields=("carried_from",), name="carried_once"
            ),
        ),
        migrations.RunSQL(WELCOME, BACK),
        migrations.RunSQL(LIKE, migrations.RunSQL.noop),
    ]
