from django.db import migrations, models

# What is let go was reckoned when it was drafted; between drafting and signing money may have come in. Asked again when the signed
# paper is recorded, with the recovery held, so that a receipt recorded at the same moment waits.
FITS = """
CREATE FUNCTION payments_write_off_fits() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state <> 'signed' OR OLD.state = 'signed' THEN RETURN NEW; END IF;
  PERFORM 1 FROM entitlements_decisionitem i
    WHERE i.id IN (SELECT w.about_id FROM entitlements_decisionitem w WHERE w.decision_id = NEW.id AND w.about_id IS NOT NULL)
    ORDER BY i.id FOR UPDATE;
  IF EXISTS (
    SELECT 1 FROM entitlements_decisionitem i JOIN LATERAL (
      SELECT sum(w.amount_vnd * jsonb_array_length(w.months)) FILTER (WHERE w.decision_id = NEW.id) AS now,
        coalesce(sum(w.amount_vnd * jsonb_array_length(w.months)) FILTER (WHERE wd.state = 'signed'), 0) AS before
      FROM entitlements_decisionitem w JOIN entitlements_decision wd ON wd.id = w.decision_id
      WHERE w.about_id = i.id AND w.act = 'write_off') off ON off.now IS NOT NULL
    WHERE off.now > i.amount_vnd * jsonb_array_length(i.months) - off.before
      - coalesce((SELECT sum(r.amount_vnd) FROM payments_repayment r WHERE r.item_id = i.id), 0)
      + coalesce((SELECT sum(l.amount_vnd) FROM payments_paymentline l
          WHERE l.item_id = i.id AND l.kind = 'recovery' AND l.state NOT IN ('unpaid', 'held')), 0)) THEN
    RAISE EXCEPTION 'write_off_beyond_what_is_left' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_write_off_fits BEFORE UPDATE OF state ON entitlements_decision
  FOR EACH ROW WHEN (NEW.kind = 'write_off') EXECUTE FUNCTION payments_write_off_fits();
"""
# A list that was withdrawn is no list: its month is not the first one kept here.
FIRSTS = """
CREATE OR REPLACE FUNCTION payments_first_months() RETURNS TABLE (unit_id bigint, month date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.unit_id, min(r.benefit_month) FROM payments_paymentlist l JOIN payments_paymentrun r ON r.id = l.run_id
  WHERE %s NOT EXISTS (SELECT 1 FROM payments_paymentline past WHERE past.list_id = l.id AND past.kind = 'past')
  GROUP BY l.unit_id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0013_pots"), ("entitlements", "0011_funeral_taken_back")]
    operations = [
        migrations.RunSQL(FITS, "DROP FUNCTION payments_write_off_fits CASCADE"),
        migrations.RunSQL(FIRSTS % "l.state <> 'withdrawn' AND", FIRSTS % ""),
        migrations.AlterField(
            model_name="paymentlist",
            name="state",
            field=models.TextField(choices=[('proposed', 'Dự kiến'), ('checking', 'Đang kiểm tra'), ('approved', 'Đã duyệt'), ('closed', 'Đã chốt'), ('handed_over', 'Đã chuyển chi trả'), ('reconciled', 'Đã đối chiếu'), ('settled', 'Đã quyết toán'), ('withdrawn', 'Đã rút')], default='proposed'),
        ),
    ]
