from django.db import migrations

# The dictionary of distinct names follows the register. Search by typing errors goes through it, never over the secured table.
WORDS = """
CREATE FUNCTION name_words(t text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT string_agg(w, ' ' ORDER BY w) FROM unnest(string_to_array(t, ' ')) w
$$
"""
LEARN = """
CREATE FUNCTION people_learn_name() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO people_knownname (name_folded, words, persons)
  SELECT fold(full_name), name_words(fold(full_name)), count(*) FROM added GROUP BY 1, 2
  ON CONFLICT (name_folded) DO UPDATE SET persons = people_knownname.persons + excluded.persons;
  RETURN NULL;
END $$;
CREATE TRIGGER people_learn_inserted AFTER INSERT ON people_person REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION people_learn_name();
CREATE TRIGGER people_learn_updated AFTER UPDATE ON people_person REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION people_learn_renamed();
"""
RENAMED = """
CREATE FUNCTION people_learn_renamed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO people_knownname (name_folded, words, persons)
  SELECT DISTINCT fold(full_name), name_words(fold(full_name)), 1 FROM added
  ON CONFLICT (name_folded) DO NOTHING;
  RETURN NULL;
END $$
"""
INDEXES = """
CREATE INDEX people_knownname_trigram ON people_knownname USING gin (name_folded gin_trgm_ops);
CREATE INDEX people_knownname_words ON people_knownname USING gin (string_to_array(words, ' '));
"""
# Names like a text: every word of it in any order first, then small typing errors. Only names come out, no person.
LIKE_NAMES = """
CREATE FUNCTION people_names_like(p_text text, p_limit int) RETURNS TABLE (name_folded text, score real)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  RETURN QUERY
    SELECT k.name_folded, 1.0::real + 1.0::real / (1 + length(k.name_folded)) FROM people_knownname k
    WHERE string_to_array(k.words, ' ') @> string_to_array(p_text, ' ')
    ORDER BY length(k.name_folded), k.name_folded LIMIT p_limit;
  IF FOUND THEN RETURN; END IF;
  PERFORM set_config('pg_trgm.similarity_threshold', '0.45', true);
  RETURN QUERY
    SELECT k.name_folded, greatest(similarity(k.name_folded, p_text), similarity(k.words, name_words(p_text))) AS s
    FROM people_knownname k WHERE k.name_folded % p_text
    ORDER BY s DESC, k.name_folded LIMIT p_limit;
END $$
"""
# The door for matching lists: what it gives of people elsewhere is a masked name, birth year and commune only.
MASK = """
CREATE FUNCTION mask_name(t text) RETURNS text LANGUAGE sql IMMUTABLE STRICT AS $$
  SELECT regexp_replace(t, '(\\S)\\S*(?=\\s)', '\\1.', 'g')
$$
"""
MATCH = """
CREATE FUNCTION people_match(p_rows jsonb, p_units bigint[])
RETURNS TABLE (row_number int, person_id bigint, code text, name text, birth_year int, number_tail text, unit_id bigint,
               unit_name text, exact_number bool, same_name bool, same_birth bool, in_scope bool)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH wanted AS (
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
  )
  SELECT h.n, p.id, CASE WHEN p.unit_id = ANY (p_units) THEN p.code ELSE '' END,
         CASE WHEN p.unit_id = ANY (p_units) THEN p.full_name ELSE mask_name(p.full_name) END,
         extract(year FROM p.born_on)::int, CASE WHEN p.unit_id = ANY (p_units) THEN right(p.personal_number, 3) ELSE '' END,
         p.unit_id, u.name,
         p.personal_number IS NOT NULL AND p.personal_number = h.number,
         p.name_folded = h.folded,
         p.born_on = h.born AND p.birth_precision = h.precision,
         p.unit_id = ANY (p_units)
  FROM hits h JOIN people_person p ON p.id = h.id JOIN localities_unit u ON u.id = p.unit_id
  WHERE p.same_as_id IS NULL
$$
"""
# A commune hands a person over. Only a post that sees the person (its units hold the present commune) can do it.
MOVE = """
CREATE FUNCTION people_move(p_person bigint, p_unit bigint, p_since date, p_source text, p_by text, p_at timestamptz)
RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF current_setting('role') = 'ansinh_commune' AND NOT EXISTS (
    SELECT 1 FROM people_person WHERE id = p_person
      AND unit_id = ANY (nullif(current_setting('ansinh.units', true), '')::bigint[])) THEN
    RETURN false;
  END IF;
  DELETE FROM people_residence WHERE person_id = p_person AND lower(period) >= p_since;
  UPDATE people_residence SET period = daterange(lower(period), p_since)
    WHERE person_id = p_person AND (upper(period) IS NULL OR upper(period) > p_since);
  INSERT INTO people_residence (person_id, unit_id, village_id, period, source, recorded_by, recorded_at)
    VALUES (p_person, p_unit, NULL, daterange(p_since, NULL), p_source, p_by, p_at);
  UPDATE people_person SET unit_id = p_unit, village_id = NULL WHERE id = p_person;
  RETURN FOUND;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        migrations.RunSQL(WORDS, "DROP FUNCTION name_words"),
        migrations.RunSQL(RENAMED, "DROP FUNCTION people_learn_renamed"),
        migrations.RunSQL(LEARN, "DROP FUNCTION people_learn_name CASCADE"),
        migrations.RunSQL(INDEXES, migrations.RunSQL.noop),
        migrations.RunSQL(LIKE_NAMES, "DROP FUNCTION people_names_like"),
        migrations.RunSQL(MASK, "DROP FUNCTION mask_name"),
        migrations.RunSQL(MATCH, "DROP FUNCTION people_match"),
        migrations.RunSQL(MOVE, "DROP FUNCTION people_move"),
    ]
