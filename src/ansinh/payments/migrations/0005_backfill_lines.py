from django.db import migrations

# Lines and files made before there was a place for book, sort key and payer. Closed lines are frozen: this fills, it changes nothing.
FILL = """
ALTER TABLE payments_paymentline DISABLE TRIGGER payments_line_frozen;
ALTER TABLE payments_paymentline DISABLE TRIGGER payments_line_signed;
UPDATE payments_paymentline l SET sort_key = p.sort_key, book = coalesce(nullif(p.payment_book, ''), p.code)
  FROM people_person p WHERE p.id = l.person_id AND l.book = '';
ALTER TABLE payments_paymentline ENABLE TRIGGER payments_line_frozen;
ALTER TABLE payments_paymentline ENABLE TRIGGER payments_line_signed;
UPDATE files_storedfile f SET given_to_id = p.office_id
  FROM payments_handover h JOIN payments_payer p ON p.id = h.payer_id
  WHERE f.given_to_id IS NULL AND (f.id = h.file_id OR EXISTS (
    SELECT 1 FROM payments_payerreturn r WHERE r.handover_id = h.id AND f.id IN (r.file_id, r.answer_id)));
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0004_past_and_papers"), ("files", "0002_given_to")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
