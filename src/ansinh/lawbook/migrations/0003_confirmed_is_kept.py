from django.db import migrations

# A confirmed resolution is law to everybody who asks: what changes it is another resolution.
KEPT = """
CREATE FUNCTION lawbook_resolution_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state = 'confirmed' THEN RAISE EXCEPTION 'a confirmed resolution is never edited'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lawbook_resolution_kept BEFORE UPDATE OR DELETE ON lawbook_resolution
  FOR EACH ROW EXECUTE FUNCTION lawbook_resolution_is_kept();
"""
LINES = """
CREATE FUNCTION lawbook_line_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM lawbook_resolution r WHERE r.state IN ('awaiting', 'confirmed') AND (
    (TG_OP <> 'INSERT' AND r.id = OLD.resolution_id) OR (TG_OP <> 'DELETE' AND r.id = NEW.resolution_id)))
  THEN RAISE EXCEPTION 'what is proposed or confirmed is never edited'; END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER lawbook_line_kept BEFORE INSERT OR UPDATE OR DELETE ON lawbook_resolutionline
  FOR EACH ROW EXECUTE FUNCTION lawbook_line_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("lawbook", "0002_resolutions")]
    operations = [
        migrations.RunSQL(KEPT, "DROP FUNCTION lawbook_resolution_is_kept CASCADE"),
        migrations.RunSQL(LINES, "DROP FUNCTION lawbook_line_is_kept CASCADE"),
    ]
