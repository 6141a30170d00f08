from django.db import migrations

# What a decision gave stays as it was decided: only what came of handing it out is written beside it.
LINES = """
CREATE FUNCTION emergency_line_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE marks text[] := '{code,recipient_folded,state,marked_on,fetched_by}';
BEGIN
  IF NOT EXISTS (SELECT 1 FROM emergency_aidlist l WHERE l.id = OLD.list_id AND l.state IN ('decided', 'accounted')) THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a decided line is never removed'; END IF;
  IF (to_jsonb(NEW) - marks) IS DISTINCT FROM (to_jsonb(OLD) - marks) THEN
    RAISE EXCEPTION 'a decided line is never edited';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER emergency_line_kept BEFORE UPDATE OR DELETE ON emergency_aidline
  FOR EACH ROW EXECUTE FUNCTION emergency_line_is_kept();
"""
# Money and goods once written down are corrected by a counter-entry, which alone marks what it takes back.
ENTRIES = """
CREATE FUNCTION emergency_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'an entry is never removed'; END IF;
  IF (to_jsonb(NEW) - '{code,is_taken_back}'::text[]) IS DISTINCT FROM (to_jsonb(OLD) - '{code,is_taken_back}'::text[]) THEN
    RAISE EXCEPTION 'an entry is never edited';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER emergency_supply_kept BEFORE UPDATE OR DELETE ON emergency_supplyentry
  FOR EACH ROW EXECUTE FUNCTION emergency_entry_is_kept();
CREATE TRIGGER emergency_fund_kept BEFORE UPDATE OR DELETE ON emergency_fundentry
  FOR EACH ROW EXECUTE FUNCTION emergency_entry_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("emergency", "0001_initial")]
    operations = [
        migrations.RunSQL(LINES, "DROP FUNCTION emergency_line_is_kept CASCADE"),
        migrations.RunSQL(ENTRIES, "DROP FUNCTION emergency_entry_is_kept CASCADE"),
    ]
