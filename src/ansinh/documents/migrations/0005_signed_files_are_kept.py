from django.db import migrations

# What was found of a signed file stays as it was found.
FILES = """
CREATE FUNCTION documents_signed_file_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'a signed file is never edited nor removed';
END $$;
CREATE TRIGGER documents_signed_file_kept BEFORE UPDATE OR DELETE ON documents_signedfile
  FOR EACH ROW EXECUTE FUNCTION documents_signed_file_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_signed_files")]
    operations = [migrations.RunSQL(FILES, "DROP FUNCTION documents_signed_file_is_kept CASCADE")]
