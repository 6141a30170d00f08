from django.db import migrations

# Whoever moved pays back where they live now; the commune that decided and the one of today both see what is left.
VISIBLE = """(current_setting('role') <> 'ansinh_commune'
      OR p.unit_id = ANY (nullif(current_setting('ansinh.units', true), '')::bigint[])
      OR d.unit_id = ANY (nullif(current_setting('ansinh.units', true), '')::bigint[]))"""
WRITTEN = """(SELECT sum(w.amount_vnd * jsonb_array_length(w.months)) FROM entitlements_decisionitem w
      JOIN entitlements_decision wd ON wd.id = w.decision_id
      WHERE w.about_id = i.id AND w.act = 'write_off' AND wd.state = 'signed')"""
REPAID = "(SELECT sum(r.amount_vnd) FROM payments_repayment r WHERE r.item_id = i.id)"
FUNCTIONS = f"""
CREATE FUNCTION payments_settled(p_item bigint, p_how text) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT coalesce(CASE p_how
    WHEN 'taken' THEN (SELECT -sum(l.amount_vnd) FROM payments_paymentline l
      WHERE l.item_id = i.id AND l.kind = 'recovery' AND l.state NOT IN ('unpaid', 'held'))
    WHEN 'repaid' THEN {REPAID}
    WHEN 'written' THEN {WRITTEN} END, 0)::bigint
  FROM entitlements_decisionitem i JOIN entitlements_decision d ON d.id = i.decision_id JOIN people_person p ON p.id = i.person_id
  WHERE i.id = p_item AND {VISIBLE}
$$;
-- The newest plan of each, and what was settled otherwise than by lines of the person or of who pays now: those a list reads itself.
CREATE FUNCTION payments_terms(p_items bigint[])
RETURNS TABLE (item_id bigint, person_id bigint, per_month_vnd bigint, from_month date, settled_vnd bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.id, coalesce(n.person_id, i.person_id), n.per_month_vnd, n.from_month,
    (coalesce({REPAID}, 0) + coalesce({WRITTEN}, 0) + coalesce((SELECT -sum(l.amount_vnd) FROM payments_paymentline l
      WHERE l.item_id = i.id AND l.kind = 'recovery' AND l.state NOT IN ('unpaid', 'held')
        AND l.person_id NOT IN (i.person_id, coalesce(n.person_id, i.person_id))), 0))::bigint
  FROM entitlements_decisionitem i JOIN entitlements_decision d ON d.id = i.decision_id JOIN people_person p ON p.id = i.person_id
    LEFT JOIN LATERAL (SELECT r.* FROM payments_recoveryplan r WHERE r.item_id = i.id ORDER BY r.id DESC LIMIT 1) n ON true
  WHERE i.id = ANY (p_items) AND {VISIBLE}
$$;
"""
# A recovery on which money was paid back, or whose rest was let go, is not taken back either.
REVOKED = """
CREATE OR REPLACE FUNCTION payments_decision_is_paid() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state = 'revoked' AND OLD.state <> 'revoked' AND (EXISTS (
    SELECT 1 FROM payments_paymentline l JOIN payments_paymentlist t ON t.id = l.list_id
    WHERE (t.closed_at IS NOT NULL OR t.state NOT IN ('proposed', 'checking')) AND (
      l.item_id IN (SELECT i.id FROM entitlements_decisionitem i WHERE i.decision_id = OLD.id)
      OR l.entitlement_id IN (SELECT e.id FROM entitlements_entitlement e JOIN entitlements_decisionitem i
        ON i.id = e.granted_by_id WHERE i.decision_id = OLD.id)))
  %s) THEN
    RAISE EXCEPTION 'money of this decision stands on a signed list' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
"""
SETTLED = """OR coalesce((SELECT sum(r.amount_vnd) FROM payments_repayment r JOIN entitlements_decisionitem i ON i.id = r.item_id
      WHERE i.decision_id = OLD.id), 0) > 0
    OR EXISTS (SELECT 1 FROM entitlements_decisionitem i JOIN entitlements_decisionitem w ON w.about_id = i.id
      JOIN entitlements_decision wd ON wd.id = w.decision_id WHERE i.decision_id = OLD.id AND wd.state = 'signed')"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0011_claims")]
    operations = [
        migrations.RunSQL(FUNCTIONS, "DROP FUNCTION payments_settled; DROP FUNCTION payments_terms"),
        migrations.RunSQL(REVOKED % SETTLED, REVOKED % ""),
    ]
