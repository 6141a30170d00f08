from django.db import migrations

# A read whose transaction was still open when a batch was sealed comes in later with a key inside that batch's range. So a
# batch is what its entry sealed (`sealed_in`), never a range of keys: neither seal is disturbed by the other.
DIGEST = """
CREATE FUNCTION journal_seal_digest(p_entry bigint) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT encode(sha256(convert_to(coalesce(string_agg(jsonb_build_array(
    id, extract(epoch FROM at)::text, actor, post, act, noun, key, detail)::text, chr(10) ORDER BY id), ''), 'UTF8')), 'hex')
  FROM journal_readevent WHERE sealed_in = p_entry
$$
"""

SEAL = """
CREATE OR REPLACE FUNCTION journal_seal(p_at timestamptz) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE first_id bigint; last_id bigint; n bigint; entry bigint;
BEGIN
  PERFORM pg_advisory_xact_lock(741032);
  IF NOT EXISTS (SELECT FROM journal_readevent WHERE sealed_in IS NULL) THEN RETURN NULL; END IF;
  PERFORM pg_advisory_xact_lock(741031);  -- the number of the entry to come is ours until commit
  SELECT coalesce(max(id), 0) + 1 INTO entry FROM journal_entry;
  UPDATE journal_readevent SET sealed_in = entry WHERE sealed_in IS NULL;
  SELECT min(id), max(id), count(*) INTO first_id, last_id, n FROM journal_readevent WHERE sealed_in = entry;
  RETURN journal_append(p_at, 'Hệ thống', '', '', 'seal_reads', 'read_event', '',
    jsonb_build_object('first', first_id, 'last', last_id, 'count', n, 'digest', journal_seal_digest(entry)));
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("journal", "0003_outline")]
    operations = [
        migrations.RunSQL(DIGEST, "DROP FUNCTION journal_seal_digest"),
        migrations.RunSQL(SEAL, migrations.RunSQL.noop),
        migrations.RunSQL("DROP FUNCTION journal_reads_digest", migrations.RunSQL.noop),
    ]
