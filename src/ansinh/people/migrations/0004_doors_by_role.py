from django.db import migrations

# Which people a caller of a door sees whole is asked of the session, never believed from an argument: a commune post has its
# units there. Roles that do not work on the register get nothing.
MATCH = """
CREATE OR REPLACE FUNCTION people_match(p_rows jsonb, p_units bigint[])
RETURNS TABLE (row_number int, person_id bigint, code text, name text, birth_year int, number_tail text, unit_id bigint,
               unit_name text, exact_number bool, same_name bool, same_birth bool, in_scope bool)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH asking AS (
    SELECT CASE WHEN current_setting('role') = 'ansinh_commune'
      THEN ARRAY(SELECT unnest(p_units) INTERSECT SELECT unnest(nullif(current_setting('ansinh.units', true), '')::bigint[]))
      ELSE p_units END AS units
    WHERE current_setting('role') IN
      ('ansinh_commune', 'ansinh_province', 'ansinh_auditor', 'ansinh_system', 'ansinh_maintenance')
  ), wanted AS (
    SELECT (r->>'row')::int AS n, fold(r->>'name') AS folded, nullif(r->>'number', '') AS number,
           (r->>'born')::date AS born, coalesce(r->>'precision', 'day') AS precision, (r->>'unit')::bigint AS unit
    FROM jsonb_array_elements(p_rows) r
  ), hits AS (
    SELECT w.*, p.id FROM wanted w JOIN people_person p ON p.personal_number = w.number
    UNION
    SELECT w.*, p.id FROM wanted w JOIN people_othernumber o ON o.number = w.number JOIN people_person p ON p.id = o.person_id
    UNION
    SELECT w.*, p.id FROM wanted w JOIN people_person p ON p.name_folded = w.folded
    WHERE w.born IS NULL OR p.born_on IS NULL OR extract(year FROM p.born_on) = extract(year FROM w.born)
  ), found AS (
    SELECT h.*, p.code, p.full_name, p.born_on, p.birth_precision, p.personal_number, p.name_folded, p.unit_id,
           p.unit_id = ANY (a.units) AS is_own
    FROM asking a, hits h JOIN people_person p ON p.id = h.id WHERE p.same_as_id IS NULL
  )
  SELECT f.n, f.id, CASE WHEN f.is_own THEN f.code ELSE '' END,
         CASE WHEN f.is_own THEN f.full_name ELSE mask_name(f.full_name) END,
         extract(year FROM f.born_on)::int, CASE WHEN f.is_own THEN right(f.personal_number, 3) ELSE '' END,
         f.unit_id, u.name,
         f.personal_number IS NOT NULL AND f.personal_number = f.number,
         f.name_folded = f.folded,
         f.born_on = f.born AND f.birth_precision = f.precision,
         f.is_own
  FROM found f JOIN localities_unit u ON u.id = f.unit_id
$$
"""
# A commune hands a person over, together with nobody: the household stays with those who stay.
MOVE = """
CREATE OR REPLACE FUNCTION people_move(
  p_person bigint, p_unit bigint, p_since date, p_source text, p_by text, p_at timestamptz
) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF current_setting('role') NOT IN ('ansinh_commune', 'ansinh_province', 'ansinh_system', 'ansinh_maintenance') THEN
    RETURN false;
  END IF;
  IF current_setting('role') = 'ansinh_commune' AND NOT EXISTS (
    SELECT 1 FROM people_person WHERE id = p_person
      AND unit_id = ANY (nullif(current_setting('ansinh.units', true), '')::bigint[])) THEN
    RETURN false;
  END IF;
  DELETE FROM people_residence WHERE person_id = p_person AND lower(period) >= p_since;
  UPDATE people_residence SET period = daterange(lower(period), p_since)
    WHERE person_id = p_person AND (upper(period) IS NULL OR upper(period) > p_since);
  DELETE FROM people_membership WHERE person_id = p_person AND lower(period) >= p_since;
  UPDATE people_membership SET period = daterange(lower(period), p_since)
    WHERE person_id = p_person AND (upper(period) IS NULL OR upper(period) > p_since);
  INSERT INTO people_residence (person_id, unit_id, village_id, period, source, recorded_by, recorded_at)
    VALUES (p_person, p_unit, NULL, daterange(p_since, NULL), p_source, p_by, p_at);
  UPDATE people_person SET unit_id = p_unit, village_id = NULL, address = '' WHERE id = p_person;
  RETURN FOUND;
END $$
"""
# The words of a name are asked of the register itself; the dictionary is for typing errors alone.
LIKE_NAMES = """
CREATE OR REPLACE FUNCTION people_names_like(p_text text, p_limit int) RETURNS TABLE (name_folded text, score real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM set_config('pg_trgm.similarity_threshold', '0.45', true);
  RETURN QUERY
    SELECT k.name_folded, similarity(k.name_folded, p_text) AS s
    FROM people_knownname k WHERE k.name_folded % p_text
    ORDER BY s DESC, k.name_folded LIMIT p_limit;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0003_heads_and_words")]
    operations = [
        migrations.RunSQL(MATCH, migrations.RunSQL.noop),
        migrations.RunSQL(MOVE, migrations.RunSQL.noop),
        migrations.RunSQL(LIKE_NAMES, migrations.RunSQL.noop),
    ]
