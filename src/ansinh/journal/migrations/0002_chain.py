from django.db import migrations

# One advisory key orders all appenders. An entry is written last in its transaction, so the wait is short.
APPEND = """
CREATE FUNCTION journal_append(
  p_at timestamptz, p_actor text, p_post text, p_place text, p_act text, p_noun text, p_key text, p_detail jsonb
) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE last_id bigint; last_hash text; new_hash text;
BEGIN
  PERFORM pg_advisory_xact_lock(741031);
  SELECT id, hash INTO last_id, last_hash FROM journal_entry ORDER BY id DESC LIMIT 1;
  last_id := coalesce(last_id, 0) + 1;
  last_hash := coalesce(last_hash, '');
  new_hash := journal_hash(last_id, last_hash, p_at, p_actor, p_post, p_place, p_act, p_noun, p_key, p_detail);
  INSERT INTO journal_entry (id, at, actor, post, place, act, noun, key, detail, prev_hash, hash)
  VALUES (last_id, p_at, p_actor, p_post, p_place, p_act, p_noun, p_key, p_detail, last_hash, new_hash);
  RETURN last_id;
END $$
"""

HASH = """
CREATE FUNCTION journal_hash(
  p_id bigint, p_prev text, p_at timestamptz, p_actor text, p_post text, p_place text, p_act text, p_noun text,
  p_key text, p_detail jsonb
) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT encode(sha256(convert_to(jsonb_build_array(
    p_id, p_prev, extract(epoch FROM p_at)::text, p_actor, p_post, p_place, p_act, p_noun, p_key, p_detail
  )::text, 'UTF8')), 'hex')
$$
"""

READ = """
CREATE FUNCTION journal_read(
  p_at timestamptz, p_actor text, p_post text, p_act text, p_noun text, p_key text, p_detail jsonb
) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO journal_readevent (at, actor, post, act, noun, key, detail)
  VALUES (p_at, p_actor, p_post, p_act, p_noun, p_key, p_detail)
$$
"""

# Reads are sealed in batches: one entry holds the digest of all waiting reads, in order of their keys.
SEAL = """
CREATE FUNCTION journal_seal(p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE first_id bigint; last_id bigint; n bigint; digest text; entry bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(741032);
  SELECT min(id), max(id), count(*), journal_reads_digest(min(id), max(id)) INTO first_id, last_id, n, digest
  FROM journal_readevent WHERE sealed_in IS NULL;
  IF n = 0 THEN RETURN NULL; END IF;
  entry := journal_append(p_at, 'Hệ thống', '', '', 'seal_reads', 'read_event', '',
    jsonb_build_object('first', first_id, 'last', last_id, 'count', n, 'digest', digest));
  UPDATE journal_readevent SET sealed_in = entry WHERE sealed_in IS NULL AND id BETWEEN first_id AND last_id;
  RETURN entry;
END $$
"""

DIGEST = """
CREATE FUNCTION journal_reads_digest(p_first bigint, p_last bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT encode(sha256(convert_to(coalesce(string_agg(jsonb_build_array(
    id, extract(epoch FROM at)::text, actor, post, act, noun, key, detail)::text, chr(10) ORDER BY id), ''), 'UTF8')), 'hex')
  FROM journal_readevent WHERE id BETWEEN p_first AND p_last
$$
"""

REFUSE = """
CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_TABLE_NAME = 'journal_readevent' AND TG_OP = 'UPDATE' THEN
    IF OLD.sealed_in IS NULL AND (to_jsonb(NEW) - 'sealed_in') = (to_jsonb(OLD) - 'sealed_in') THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION 'the journal is append-only';
END $$
"""


def _guards(table: str) -> str:
    return f"""
CREATE TRIGGER {table}_rows BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW EXECUTE FUNCTION journal_refuse();
CREATE TRIGGER {table}_all BEFORE TRUNCATE ON {table} FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse();
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0001_initial")]
    operations = [
        migrations.RunSQL(HASH, "DROP FUNCTION journal_hash"),
        migrations.RunSQL(APPEND, "DROP FUNCTION journal_append"),
        migrations.RunSQL(READ, "DROP FUNCTION journal_read"),
        migrations.RunSQL(DIGEST, "DROP FUNCTION journal_reads_digest"),
        migrations.RunSQL(SEAL, "DROP FUNCTION journal_seal"),
        migrations.RunSQL(REFUSE, "DROP FUNCTION journal_refuse"),
        migrations.RunSQL(_guards("journal_entry"), migrations.RunSQL.noop),
        migrations.RunSQL(_guards("journal_readevent"), migrations.RunSQL.noop),
    ]
