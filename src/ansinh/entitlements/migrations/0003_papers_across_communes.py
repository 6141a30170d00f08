from django.db import migrations

# A person who moved keeps entries that the former commune decided. The decision itself stays with that commune, with all the
# others on it; the new commune reads number, day and code alone, and only for entries of people it sees.
VISIBLE = """CASE current_setting('role')
      WHEN 'ansinh_commune' THEN p.unit_id = ANY (nullif(current_setting('ansinh.units', true), '')::bigint[])
      ELSE current_setting('role') IN ('ansinh_province', 'ansinh_auditor', 'ansinh_system', 'ansinh_maintenance') END"""
PAPERS = f"""
CREATE FUNCTION entitlements_papers(p_entries bigint[])
RETURNS TABLE (entitlement_id bigint, decision_id bigint, code text, number text, signed_on date, unit_name text, act text,
  end_decision_id bigint, end_code text, end_number text, end_signed_on date, end_act text, end_month date)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT e.id, d.id, d.code, d.number, d.signed_on, u.name, i.act, xd.id, xd.code, xd.number, xd.signed_on, x.act, x.from_month
  FROM entitlements_entitlement e JOIN people_person p ON p.id = e.person_id
    JOIN entitlements_decisionitem i ON i.id = e.granted_by_id JOIN entitlements_decision d ON d.id = i.decision_id
    JOIN localities_unit u ON u.id = d.unit_id
    LEFT JOIN entitlements_decisionitem x ON x.id = e.ended_by_id LEFT JOIN entitlements_decision xd ON xd.id = x.decision_id
  WHERE e.id = ANY (p_entries) AND {VISIBLE}
$$
"""
# Signed arrears and recoveries go with the person: the commune of today pays and takes back.
DECIDED = f"""
CREATE FUNCTION entitlements_decided(p_units bigint[])
RETURNS TABLE (id bigint, person_id bigint, act text, benefit text, category text, law_code text, coefficient integer,
  count integer, standard_vnd bigint, amount_vnd bigint, from_month date, months jsonb, number text, recorded_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.id, i.person_id, i.act, i.benefit, i.category, i.law_code, i.coefficient, i.count, i.standard_vnd, i.amount_vnd,
    i.from_month, i.months, d.number, d.recorded_at
  FROM entitlements_decisionitem i JOIN entitlements_decision d ON d.id = i.decision_id JOIN people_person p ON p.id = i.person_id
  WHERE p.unit_id = ANY (p_units) AND i.act IN ('arrears', 'recovery') AND d.state = 'signed' AND {VISIBLE}
  ORDER BY i.id
$$
"""


class Migration(migrations.Migration):
    dependencies = [("entitlements", "0002_suspension_owed"), ("people", "0002_names_and_doors")]
    operations = [
        migrations.RunSQL(PAPERS, "DROP FUNCTION entitlements_papers"),
        migrations.RunSQL(DECIDED, "DROP FUNCTION entitlements_decided"),
    ]
