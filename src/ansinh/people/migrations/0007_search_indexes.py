from django.db import migrations, models

# A name is found as it is written or from its given name, by a span of one index: spans of texts may be asked before row security
# (their comparison is leakproof), so every role asks the same way. Words in no order are asked of the dictionary (a whole province)
# or of the names of one's own places. Only names come out of the dictionary, only keys out of the other door.
WITH_WORDS = """
CREATE FUNCTION people_names_with(p_words text[], p_limit int) RETURNS SETOF text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.name_folded FROM people_knownname k WHERE string_to_array(k.words, ' ') @> p_words
  ORDER BY length(k.name_folded), k.name_folded LIMIT p_limit
$$
"""
NAMED = """
CREATE OR REPLACE FUNCTION people_named(p_words text[]) RETURNS SETOF bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET plan_cache_mode = force_custom_plan AS $$
DECLARE own bigint[] := nullif(current_setting('ansinh.units', true), '')::bigint[];
BEGIN
  IF current_setting('role') <> 'ansinh_commune' THEN
    RETURN;
  END IF;
  RETURN QUERY SELECT p.id FROM people_person p
    WHERE p.unit_id = ANY (own) AND p.name_folded LIKE '%' || p_words[1] || '%'
      AND string_to_array(p.name_folded, ' ') @> p_words;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0006_births_of_a_place")]
    operations = [
        migrations.RemoveIndex(model_name="person", name="person_name_words"),
        migrations.RemoveIndex(model_name="person", name="person_name"),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["name_folded", "id"], include=["born_on", "same_as"], name="person_name"),
        ),
        # A collation of its own: only a question that names it reads this index (see `queries/search.py`).
        migrations.RunSQL(
            'CREATE INDEX person_unit_name ON people_person (unit_id, name_folded COLLATE "C", id) INCLUDE (born_on, same_as_id)',
            "DROP INDEX person_unit_name",
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["sort_key", "id"], include=["born_on", "same_as"], name="person_sort"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["telephone"], condition=~models.Q(telephone=""), name="person_telephone"),
        ),
        migrations.AddIndex(
            model_name="person",
            index=models.Index(fields=["died_on", "id"], condition=models.Q(died_on__isnull=False), name="person_died"),
        ),
        migrations.RunSQL(
            "CREATE INDEX person_number_end ON people_person (reverse(personal_number))", "DROP INDEX person_number_end"
        ),
        migrations.AddIndex(model_name="othername", index=models.Index(fields=["name_folded"], name="other_name")),
        migrations.RunSQL(WITH_WORDS, "DROP FUNCTION people_names_with"),
        migrations.RunSQL(NAMED, migrations.RunSQL.noop),
    ]
