from django.db import migrations, models
from django.db.models.functions import ExtractYear

# Who a row of a list may be: by an equal number, else by name and year of birth together, which one index answers; and no more than
# an officer looks at. In a whole province a common name with its year is shared by dozens.
MATCH = """
CREATE OR REPLACE FUNCTION people_match(p_rows jsonb, p_units bigint[])
RETURNS TABLE (row_number int, person_id bigint, code text, name text, birth_year int, number_tail text, unit_id bigint,
               unit_name text, exact_number bool, same_name bool, same_birth bool, in_scope bool)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET work_mem = '64MB' SET jit = off AS $$
  WITH asking AS (
    SELECT CASE WHEN current_setting('role') = 'ansinh_commune'
      THEN ARRAY(SELECT unnest(p_units) INTERSECT SELECT unnest(nullif(current_setting('ansinh.units', true), '')::bigint[]))
      ELSE p_units END AS units
    WHERE current_setting('role') IN
      ('ansinh_commune', 'ansinh_province', 'ansinh_auditor', 'ansinh_system', 'ansinh_maintenance')
  ), wanted AS MATERIALIZED (
    SELECT (r->>'row')::int AS n, fold(r->>'name') AS folded, nullif(r->>'number', '') AS number,
           (r->>'born')::date AS born, coalesce(r->>'precision', 'day') AS precision, (r->>'unit')::bigint AS unit
    FROM jsonb_array_elements(p_rows) r
  ), hits AS (
    SELECT w.n, p.id FROM wanted w JOIN people_person p ON p.personal_number = w.number
    UNION
    SELECT w.n, o.person_id FROM wanted w JOIN people_othernumber o ON o.number = w.number
    UNION
    SELECT w.n, p.id FROM wanted w JOIN people_person p ON p.name_folded = w.folded AND extract(year FROM p.born_on) = extract(year FROM w.born)
    UNION
    SELECT w.n, p.id FROM wanted w JOIN people_person p ON p.name_folded = w.folded AND extract(year FROM p.born_on) IS NULL
    UNION
    SELECT w.n, p.id FROM wanted w JOIN people_person p ON p.name_folded = w.folded WHERE w.born IS NULL
  ), found AS (
    SELECT w.n, p.id, p.code, p.full_name, p.born_on, p.personal_number, p.unit_id, p.unit_id = ANY (a.units) AS is_own,
           p.personal_number IS NOT NULL AND p.personal_number = w.number AS exact, p.name_folded = w.folded AS same_name,
           p.born_on = w.born AND p.birth_precision = w.precision AS same_birth, p.unit_id = w.unit AS same_unit
    FROM asking a, hits h JOIN wanted w ON w.n = h.n JOIN people_person p ON p.id = h.id WHERE p.same_as_id IS NULL
  ), best AS (
    SELECT f.*, row_number() OVER (PARTITION BY f.n ORDER BY
      f.exact::int * 60 + f.same_name::int * 20 + coalesce(f.same_birth, false)::int * 12 + f.same_unit::int * 8 DESC, f.id) AS place
    FROM found f
  )
  SELECT f.n, f.id, CASE WHEN f.is_own THEN f.code ELSE '' END,
         CASE WHEN f.is_own THEN f.full_name ELSE mask_name(f.full_name) END,
         extract(year FROM f.born_on)::int, CASE WHEN f.is_own THEN right(f.personal_number, 3) ELSE '' END,
         f.unit_id, u.name, f.exact, f.same_name, f.same_birth, f.is_own
  FROM best f JOIN localities_unit u ON u.id = f.unit_id WHERE f.place <= 8
$$
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0008_people_of_a_unit")]
    operations = [
        migrations.AddIndex(
            model_name="person",
            index=models.Index("name_folded", ExtractYear("born_on"), name="person_name_year"),
        ),
        migrations.RunSQL(MATCH, migrations.RunSQL.noop),
    ]
