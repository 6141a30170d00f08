from django.db import migrations

# A print keeps what it was made of. Only the PDF may come to it, once, and the mark that it was signed.
PRINTS = """
CREATE FUNCTION documents_print_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF OLD.is_signed THEN RAISE EXCEPTION 'a signed print is never removed'; END IF;
    RETURN OLD;
  END IF;
  IF (to_jsonb(NEW) - '{pdf_id,is_signed}'::text[]) IS DISTINCT FROM (to_jsonb(OLD) - '{pdf_id,is_signed}'::text[]) THEN
    RAISE EXCEPTION 'a print is never edited';
  END IF;
  IF OLD.is_signed AND NOT NEW.is_signed THEN RAISE EXCEPTION 'a signed print stays signed'; END IF;
  IF OLD.pdf_id IS NOT NULL AND NEW.pdf_id IS DISTINCT FROM OLD.pdf_id THEN RAISE EXCEPTION 'a print has one PDF'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER documents_print_kept BEFORE UPDATE OR DELETE ON documents_paperprint
  FOR EACH ROW EXECUTE FUNCTION documents_print_is_kept();
"""
# A number once given stays in the register: it may be given back with a reason, once, and nothing else of it changes.
ENTRIES = """
CREATE FUNCTION documents_entry_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a line of the register is never removed'; END IF;
  IF (to_jsonb(NEW) - '{code,year,voided_at,voided_by_id,void_reason,note,recipients,copies,kept_by}'::text[])
     IS DISTINCT FROM (to_jsonb(OLD) - '{code,year,voided_at,voided_by_id,void_reason,note,recipients,copies,kept_by}'::text[]) THEN
    RAISE EXCEPTION 'a line of the register is never edited';
  END IF;
  IF OLD.voided_at IS NOT NULL AND NEW.voided_at IS DISTINCT FROM OLD.voided_at THEN
    RAISE EXCEPTION 'a number given back stays given back';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER documents_entry_kept BEFORE UPDATE OR DELETE ON documents_outgoingentry
  FOR EACH ROW EXECUTE FUNCTION documents_entry_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]
    operations = [
        migrations.RunSQL(PRINTS, "DROP FUNCTION documents_print_is_kept CASCADE"),
        migrations.RunSQL(ENTRIES, "DROP FUNCTION documents_entry_is_kept CASCADE"),
    ]
