from django.db import migrations

# `code` is generated: a BEFORE trigger does not see its new value yet.
# After closing a line keeps all but its answer: state, day, note, receiver, and the hand-over it went out with.
LINES = """
CREATE FUNCTION payments_line_is_frozen() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE closed timestamptz; state text;
BEGIN
  SELECT l.closed_at, l.state INTO closed, state FROM payments_paymentlist l WHERE l.id = coalesce(OLD.list_id, NEW.list_id);
  IF TG_OP = 'INSERT' THEN
    IF closed IS NOT NULL THEN RAISE EXCEPTION 'a closed list takes no line'; END IF;
    RETURN NEW;
  END IF;
  IF closed IS NULL THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a closed line is never removed'; END IF;
  IF (to_jsonb(NEW) - '{code,state,paid_on,return_note,received_by,handover_id,hold_reason}'::text[])
     IS DISTINCT FROM (to_jsonb(OLD) - '{code,state,paid_on,return_note,received_by,handover_id,hold_reason}'::text[]) THEN
    RAISE EXCEPTION 'a closed line is never edited';
  END IF;
  IF OLD.state IN ('paid', 'unpaid', 'held') AND NEW.state <> OLD.state THEN
    RAISE EXCEPTION 'an answered line keeps its answer';
  END IF;
  IF OLD.handover_id IS NOT NULL AND NEW.handover_id IS DISTINCT FROM OLD.handover_id THEN
    RAISE EXCEPTION 'a line is handed over once';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_line_frozen BEFORE INSERT OR UPDATE OR DELETE ON payments_paymentline
  FOR EACH ROW EXECUTE FUNCTION payments_line_is_frozen();
"""
LISTS = """
CREATE FUNCTION payments_list_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_at IS NULL THEN
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
  END IF;
  IF TG_OP = 'DELETE' THEN RAISE EXCEPTION 'a closed list is never removed'; END IF;
  IF (to_jsonb(NEW) - '{code,state}'::text[]) IS DISTINCT FROM (to_jsonb(OLD) - '{code,state}'::text[]) THEN
    RAISE EXCEPTION 'a closed list is never edited';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payments_list_frozen BEFORE UPDATE OR DELETE ON payments_paymentlist
  FOR EACH ROW EXECUTE FUNCTION payments_list_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0001_initial")]
    operations = [
        migrations.RunSQL(LINES, "DROP FUNCTION payments_line_is_frozen CASCADE"),
        migrations.RunSQL(LISTS, "DROP FUNCTION payments_list_is_frozen CASCADE"),
    ]
