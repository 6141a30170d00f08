from django.db import migrations

# What earlier lists hold for the people of these places, whichever commune paid them: amounts only. Without it the commune
# somebody moved to would pay again what the former one paid. A commune post asks about people it may see, nobody else.
PAST = """
CREATE FUNCTION payments_past(p_persons bigint[], p_until date, p_list bigint)
RETURNS TABLE (id bigint, person_id bigint, entitlement_id bigint, item_id bigint, kind text, benefit_month date, benefit text,
  category text, law_code text, coefficient integer, count integer, standard_vnd bigint, amount_vnd bigint,
  decision_number text, state text, hold_reason text, carried boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.id, l.person_id, l.entitlement_id, l.item_id, l.kind, l.benefit_month, l.benefit, l.category, l.law_code,
    l.coefficient, l.count, l.standard_vnd, l.amount_vnd, l.decision_number, l.state, l.hold_reason,
    EXISTS (SELECT 1 FROM payments_paymentline next WHERE next.carried_from_id = l.id AND next.list_id <> p_list)
  FROM payments_paymentline l JOIN people_person p ON p.id = l.person_id
  WHERE l.person_id = ANY (p_persons) AND l.benefit_month <= p_until AND l.list_id <> p_list
    AND (current_setting('role') <> 'ansinh_commune'
      OR p.unit_id = ANY (nullif(current_setting('ansinh.units', true), '')::bigint[]))
  ORDER BY l.id
$$;
-- Old lists taken in may be of one village only: a month counts as known here only when a list was proposed here.
CREATE FUNCTION payments_first_months() RETURNS TABLE (unit_id bigint, month date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.unit_id, min(r.benefit_month) FROM payments_paymentlist l JOIN payments_paymentrun r ON r.id = l.run_id
  WHERE NOT EXISTS (SELECT 1 FROM payments_paymentline past WHERE past.list_id = l.id AND past.kind = 'past')
  GROUP BY l.unit_id
$$;
"""
# The papers behind the entries of people one may see, also those another commune signed before somebody moved.
PAPERS = """
CREATE FUNCTION payments_papers(p_persons bigint[])
RETURNS TABLE (entitlement_id bigint, number text, signed_on date, recorded_at timestamptz, to_month date, replaces_id bigint,
  ended_act text, ended_recorded_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.id, d.number, d.signed_on, d.recorded_at, i.to_month, CASE WHEN i.act = 'adjust' THEN i.entitlement_id END,
    x.act, xd.recorded_at
  FROM entitlements_entitlement e JOIN people_person p ON p.id = e.person_id
    JOIN entitlements_decisionitem i ON i.id = e.granted_by_id JOIN entitlements_decision d ON d.id = i.decision_id
    LEFT JOIN entitlements_decisionitem x ON x.id = e.ended_by_id LEFT JOIN entitlements_decision xd ON xd.id = x.decision_id
  WHERE e.person_id = ANY (p_persons) AND (current_setting('role') <> 'ansinh_commune'
    OR p.unit_id = ANY (nullif(current_setting('ansinh.units', true), '')::bigint[]))
$$;
"""
NO_PAST = "DROP FUNCTION payments_past; DROP FUNCTION payments_first_months"

# A decision whose money stands on a list that was signed is not taken back; a new decision stops and recovers.
REVOKED = """
CREATE FUNCTION payments_decision_is_paid() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
BEGIN
  IF NEW.state = 'revoked' AND OLD.state <> 'revoked' AND EXISTS (
    SELECT 1 FROM payments_paymentline l JOIN payments_paymentlist t ON t.id = l.list_id
    WHERE (t.closed_at IS NOT NULL OR t.state NOT IN ('proposed', 'checking')) AND (
      l.item_id IN (SELECT i.id FROM entitlements_decisionitem i WHERE i.decision_id = OLD.id)
      OR l.entitlement_id IN (SELECT e.id FROM entitlements_entitlement e JOIN entitlements_decisionitem i
        ON i.id = e.granted_by_id WHERE i.decision_id = OLD.id))) THEN
    RAISE EXCEPTION 'money of this decision stands on a signed list' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_decision_paid BEFORE UPDATE OF state ON entitlements_decision
  FOR EACH ROW EXECUTE FUNCTION payments_decision_is_paid();
"""

# Between the signature and the closing the lines are what was signed.
SIGNED = """
CREATE FUNCTION payments_line_is_signed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE found text;
BEGIN
  SELECT l.state INTO found FROM payments_paymentlist l WHERE l.id = coalesce(OLD.list_id, NEW.list_id) AND l.closed_at IS NULL;
  IF found = 'approved' THEN RAISE EXCEPTION 'a signed list is not changed'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_line_signed BEFORE INSERT OR UPDATE OR DELETE ON payments_paymentline
  FOR EACH ROW EXECUTE FUNCTION payments_line_is_signed();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0003_line_book"), ("people", "0002_names_and_doors")]
    operations = [
        migrations.RunSQL(PAST, NO_PAST),
        migrations.RunSQL(PAPERS, "DROP FUNCTION payments_papers"),
        migrations.RunSQL(REVOKED, "DROP FUNCTION payments_decision_is_paid CASCADE"),
        migrations.RunSQL(SIGNED, "DROP FUNCTION payments_line_is_signed CASCADE"),
    ]
