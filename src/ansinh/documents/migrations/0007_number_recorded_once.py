from django.db import migrations

# For what a number of a paper not printed here was recorded is written down once, beside what may change already.
ENTRIES = """
CREATE OR REPLACE FUNCTION documents_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE marks text[] := '{code,year,voided_at,voided_by_id,void_reason,note,recipients,copies,kept_by%s}';
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a line of the register is never removed'; END IF;
  IF (to_jsonb(NEW) - marks) IS DISTINCT FROM (to_jsonb(OLD) - marks) THEN
    RAISE EXCEPTION 'a line of the register is never edited';
  END IF;%s
  IF OLD.voided_at IS NOT NULL AND NEW.voided_at IS DISTINCT FROM OLD.voided_at THEN
    RAISE EXCEPTION 'a number given back stays given back';
  END IF;
  RETURN NEW;
END $$;
"""
ONCE = """
  IF OLD.about <> '' AND (NEW.noun, NEW.about) IS DISTINCT FROM (OLD.noun, OLD.about) THEN
    RAISE EXCEPTION 'a number stays with what it was recorded for';
  END IF;"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0006_signed_papers")]
    operations = [migrations.RunSQL(ENTRIES % (",noun,about", ONCE), ENTRIES % ("", ""))]
