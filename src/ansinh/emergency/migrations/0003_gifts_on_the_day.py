from django.db import migrations

# A round of gifts counts where people lived on its cut-off day. Who moved since is seen by the commune of today alone, so these
# functions say of those who lived in one's own places that day as little as the list of gifts needs.
_MINE = """(current_setting('role') <> 'ansinh_commune'
      OR p_units <@ nullif(current_setting('ansinh.units', true), '')::bigint[])"""
FUNCTIONS = f"""
CREATE FUNCTION emergency_heads(p_units bigint[], p_classes text[], p_day date) RETURNS TABLE (person_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT DISTINCT ON (m.household_id) m.person_id
  FROM people_household h JOIN people_membership m ON m.household_id = h.id AND m.period @> p_day
    JOIN people_person p ON p.id = m.person_id AND (p.died_on IS NULL OR p.died_on >= p_day)
  WHERE h.unit_id = ANY (p_units) AND {_MINE} AND EXISTS (
    SELECT 1 FROM people_householdcircumstance c WHERE c.household_id = h.id AND c.kind = 'poverty'
      AND c.value #>> '{{}}' = ANY (p_classes) AND c.period @> p_day)
  ORDER BY m.household_id, m.is_head DESC, p.born_on, m.person_id
$$;
CREATE FUNCTION emergency_moved_since(p_units bigint[], p_benefits text[], p_day date)
RETURNS TABLE (person_id bigint, full_name text, sort_key text, born_on date, birth_precision text, now_in text, draws boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, p.full_name, p.sort_key, p.born_on, p.birth_precision, u.name, EXISTS (
    SELECT 1 FROM entitlements_entitlement e
    WHERE e.person_id = p.id AND e.benefit = ANY (p_benefits) AND e.months @> date_trunc('month', p_day)::date
      AND NOT EXISTS (SELECT 1 FROM entitlements_suspension s
        WHERE s.entitlement_id = e.id AND s.months @> date_trunc('month', p_day)::date))
  FROM people_residence r JOIN people_person p ON p.id = r.person_id JOIN localities_unit u ON u.id = p.unit_id
  WHERE r.unit_id = ANY (p_units) AND r.period @> p_day AND p.unit_id <> ALL (p_units) AND p.same_as_id IS NULL
    AND (p.died_on IS NULL OR p.died_on >= p_day) AND {_MINE}
$$;
CREATE FUNCTION emergency_listed_elsewhere(p_occasion bigint, p_unit bigint, p_subjects text[])
RETURNS TABLE (subject text, unit text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT l.subject, u.name FROM emergency_aidline l JOIN localities_unit u ON u.id = l.unit_id
  WHERE l.occasion_id = p_occasion AND l.subject = ANY (p_subjects) AND l.unit_id <> p_unit AND l.state <> 'left_out'
$$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("emergency", "0002_given_is_kept"),
        ("entitlements", "0010_care_and_funeral"),
        ("people", "0010_duplicate_pair"),
    ]
    operations = [
        migrations.RunSQL(
            FUNCTIONS,
            "DROP FUNCTION emergency_heads; DROP FUNCTION emergency_moved_since; DROP FUNCTION emergency_listed_elsewhere",
        )
    ]
