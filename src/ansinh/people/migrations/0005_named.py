from django.db import migrations

# Who of one's own places has all these words in the name. Behind the row security of a commune PostgreSQL may not ask the index of
# words (its operator is not leakproof), so it reads the whole commune; here the units of the session are asked beside the index.
# Only keys come out, and row security is asked again by the query that reads the people.
NAMED = """
CREATE FUNCTION people_named(p_words text[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE own bigint[] := nullif(current_setting('ansinh.units', true), '')::bigint[];
BEGIN
  IF current_setting('role') <> 'ansinh_commune' THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT p.id FROM people_person p
    WHERE string_to_array(p.name_folded, ' ') @> p_words AND p.unit_id = ANY (own);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0004_doors_by_role")]
    operations = [migrations.RunSQL(NAMED, "DROP FUNCTION people_named")]
