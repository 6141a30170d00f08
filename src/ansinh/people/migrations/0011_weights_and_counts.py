from django.db import migrations, models

# What the weight of a name and of a missing number rest on: counts of the whole register, nobody's row.
SIZE = """
CREATE FUNCTION people_register_size() RETURNS TABLE (people bigint, numbered bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT count(*), count(personal_number) FROM people_person
$$
"""
COUNTS = """
CREATE FUNCTION people_name_counts(p_names text[]) RETURNS TABLE (name_folded text, persons int)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.name_folded, k.persons FROM people_knownname k WHERE k.name_folded = ANY (p_names)
$$
"""
# What was found before had one weight for every answer.
WEIGHTS = """
UPDATE people_duplicatepair SET agreements = (
  SELECT coalesce(jsonb_object_agg(key, weight), '{}') FROM jsonb_array_elements_text(agreements) said(key) JOIN (VALUES
    ('number', 14), ('name', 7), ('name_near', 4), ('name_far', -6), ('birth', 8), ('birth_year', 4), ('birth_turned', 5),
    ('birth_near', 2), ('birth_far', -7), ('sex_far', -5), ('telephone', 5), ('book', 8), ('account', 4), ('household', 3),
    ('relative', 5), ('village', 3), ('commune', 2)) old(key, weight) USING (key))
WHERE jsonb_typeof(agreements) = 'array'
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0010_duplicate_pair")]
    operations = [
        migrations.RunSQL(SIZE, "DROP FUNCTION people_register_size()"),
        migrations.RunSQL(COUNTS, "DROP FUNCTION people_name_counts(text[])"),
        migrations.AlterField("duplicatepair", "agreements", models.JSONField(default=dict)),
        migrations.AddField("duplicatepair", "facts", models.TextField(blank=True)),
        migrations.RunSQL(WEIGHTS, migrations.RunSQL.noop),
    ]
