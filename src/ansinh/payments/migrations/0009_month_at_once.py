import django.db.models.deletion
from django.db import migrations, models

# What a new line names is asked once for all lines of a statement; three hundred thousand of them are written in one go.
# Whoever removes what lines may name waits, before it is final, until lines being written are there to be seen, and the other way round.
WELCOME = """
CREATE OR REPLACE FUNCTION payments_lines_are_welcome() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE found record;
BEGIN
  PERFORM pg_advisory_xact_lock_shared(hashtext('payments_lines_name'));
  FOR found IN SELECT l.id, l.closed_at, l.state, l.unit_id = f.unit_id AS fits
    FROM (SELECT DISTINCT list_id, unit_id FROM fresh) f LEFT JOIN payments_paymentlist l ON l.id = f.list_id
  LOOP
    IF found.id IS NULL THEN RAISE EXCEPTION 'a line names a list that is not there' USING ERRCODE = 'foreign_key_violation'; END IF;
    IF found.closed_at IS NOT NULL THEN RAISE EXCEPTION 'a closed list takes no line'; END IF;
    IF found.state = 'approved' THEN RAISE EXCEPTION 'a signed list is not changed'; END IF;
    IF NOT found.fits THEN RAISE EXCEPTION 'a line lies in the commune of its list'; END IF;
  END LOOP;
  IF EXISTS (SELECT 1 FROM (SELECT DISTINCT village_id FROM fresh WHERE village_id IS NOT NULL) f
    WHERE NOT EXISTS (SELECT 1 FROM localities_village v WHERE v.id = f.village_id)) THEN
    RAISE EXCEPTION 'a line names a village that is not there';
  END IF;
  IF EXISTS (SELECT 1 FROM fresh f WHERE NOT EXISTS (SELECT 1 FROM people_person p WHERE p.id = f.person_id))
    OR EXISTS (SELECT 1 FROM fresh f WHERE f.entitlement_id IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM entitlements_entitlement e WHERE e.id = f.entitlement_id)) THEN
    RAISE EXCEPTION 'a line names a person or an entry that is not there' USING ERRCODE = 'foreign_key_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION payments_named_by_lines() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = public, pg_temp AS $$
DECLARE named boolean;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtext('payments_lines_name'));
  EXECUTE format('SELECT EXISTS (SELECT 1 FROM payments_paymentline WHERE %I = $1)', TG_ARGV[0]) INTO named USING OLD.id;
  IF named THEN RAISE EXCEPTION 'a payment line names it' USING ERRCODE = 'foreign_key_violation'; END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payments_list_is_named AFTER DELETE ON payments_paymentlist DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION payments_named_by_lines('list_id');
CREATE CONSTRAINT TRIGGER payments_person_is_named AFTER DELETE ON people_person DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION payments_named_by_lines('person_id');
CREATE CONSTRAINT TRIGGER payments_entry_is_named AFTER DELETE ON entitlements_entitlement DEFERRABLE INITIALLY DEFERRED
  FOR EACH ROW EXECUTE FUNCTION payments_named_by_lines('entitlement_id');
CREATE OR REPLACE FUNCTION payments_line_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'a line stays on its list, in the commune of its list, with its person and entry'; END $$;
DROP TRIGGER payments_line_stays ON payments_paymentline;
CREATE TRIGGER payments_line_stays BEFORE UPDATE ON payments_paymentline FOR EACH ROW
  WHEN ((OLD.list_id, OLD.unit_id, OLD.person_id, OLD.entitlement_id) IS DISTINCT FROM
    (NEW.list_id, NEW.unit_id, NEW.person_id, NEW.entitlement_id)) EXECUTE FUNCTION payments_line_stays();
"""
_MINE = """(current_setting('role') <> 'ansinh_commune'
    OR a.unit_id = ANY (nullif(current_setting('ansinh.units', true), '')::bigint[]))"""
_SCOPE = f"""scope AS MATERIALIZED (
  SELECT a.list_id, a.unit_id, a.known_at, r.benefit_month AS month, l.unit_id AS list_unit, l.law_hash,
    extract(day FROM l.cutoff_on)::int AS cutoff_day
  FROM unnest(p_lists, p_units, p_known_at) AS a(list_id, unit_id, known_at)
    JOIN payments_paymentlist l ON l.id = a.list_id JOIN payments_paymentrun r ON r.id = l.run_id
  WHERE {_MINE})"""
# An adjustment recorded after the cut-off waits for the next list: until then its entry ends where it was first decided to.
_UNTIL = "CASE WHEN x.act = 'adjust' AND xd.recorded_at > s.known_at THEN i.to_month ELSE upper(e.months) END"
# A whole province is asked at once: sorting and joining stay in memory.
_SETTINGS = (
    "LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp SET jit = off SET work_mem = '64MB' SET "
    "plan_cache_mode = force_custom_plan AS $$ #variable_conflict use_column"
)

# Who is owed the month itself and what they did not collect, nothing else ("plain"): their lines are a copy of their running entries
# and of the lines nobody collected, written by one statement.
# Everybody else ("careful") takes the road of `operations/lines.py`, which this never contradicts: in doubt somebody is not plain.
# Whoever is not "over" received for no month more than the ledger gives by now.
# Each table is read once for all people. What each entry owes is put aside first, so that the question about the lines, many times as
# many, is planned for the people asked: in the order of their index, without a hash of all months. Amounts are added as float8, exact
# below 2^53 and much faster than the numeric a sum of bigint gives.
PLAIN = f"""
CREATE OR REPLACE FUNCTION payments_plain(p_lists bigint[], p_units bigint[], p_known_at timestamptz[])
RETURNS TABLE (list_id bigint, plain bigint[], careful bigint[], over bigint[])
{_SETTINGS}
BEGIN
DROP TABLE IF EXISTS pg_temp.payments_weighed;
CREATE TEMP TABLE payments_weighed ON COMMIT DROP AS
WITH {_SCOPE},
firsts AS MATERIALIZED (SELECT f.unit_id, f.month FROM payments_first_months() f),
begun AS MATERIALIZED (
  SELECT s.list_id, coalesce(min(f.month), min(s.month)) AS first
  FROM scope s LEFT JOIN firsts f ON f.unit_id = s.unit_id GROUP BY s.list_id),
entry AS MATERIALIZED (
  SELECT s.list_id, s.month, s.cutoff_day, e.id, e.person_id, e.amount_vnd::float8 AS vnd, lower(e.months) AS since,
    coalesce(upper(e.months), 'infinity') AS upto, d.signed_on, coalesce(d.recorded_at > s.known_at, false) AS unknown,
    coalesce({_UNTIL}, 'infinity') AS until,
    coalesce((date_trunc('month', p.died_on) + interval '1 month')::date, 'infinity') AS after_death,
    CASE WHEN home.list_id = s.list_id THEN b.first ELSE coalesce(f.month, s.month) END AS first
  FROM scope s JOIN begun b ON b.list_id = s.list_id JOIN people_person p ON p.unit_id = s.unit_id
    JOIN entitlements_entitlement e ON e.person_id = p.id
    JOIN entitlements_decisionitem i ON i.id = e.granted_by_id JOIN entitlements_decision d ON d.id = i.decision_id
    LEFT JOIN entitlements_decisionitem x ON x.id = e.ended_by_id LEFT JOIN entitlements_decision xd ON xd.id = x.decision_id
    LEFT JOIN scope home ON home.unit_id = e.unit_id LEFT JOIN firsts f ON f.unit_id = e.unit_id
  WHERE lower(e.months) <= s.month),
-- Entries one after the other give one amount a month; of those that overlap the sum of all is asked of every month.
placed AS (
  SELECT e.*, e.since < max(e.until) OVER (earlier ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS overlaps
  FROM entry e WINDOW earlier AS (PARTITION BY e.person_id, e.unknown ORDER BY e.since, e.until))
SELECT p.list_id, p.person_id, p.month, p.unknown, p.vnd, p.since, least(p.upto, p.after_death) AS fits_to,
  greatest(p.since, p.first) AS owed_from, least(p.until, p.month, p.after_death) AS owed_to,
  CASE WHEN bool_or(p.overlaps) OVER whole THEN sum(p.vnd) OVER whole ELSE p.vnd END AS due,
  p.until <> p.upto OR p.month < p.until AND p.after_death <= p.month
    OR coalesce(p.since < p.first AND p.signed_on > (p.first - interval '2 months')::date + p.cutoff_day - 1, false)
    OR EXISTS (SELECT 1 FROM entitlements_suspension u WHERE u.entitlement_id = p.id) AS special
FROM placed p WINDOW whole AS (PARTITION BY p.person_id, p.unknown);
ANALYZE payments_weighed;
PERFORM set_config('enable_hashagg', 'off', true);
RETURN QUERY
WITH due AS (
  SELECT w.person_id, min(w.list_id) AS list_id, bool_or(w.special) FILTER (WHERE NOT w.unknown) AS special, bool_or(w.unknown) AS late,
    sum(greatest(0, (extract(year FROM w.owed_to)::int - extract(year FROM w.owed_from)::int) * 12
      + extract(month FROM w.owed_to)::int - extract(month FROM w.owed_from)::int)) FILTER (WHERE NOT w.unknown) AS months
  FROM payments_weighed w GROUP BY w.person_id),
given AS (
  SELECT l.person_id, l.benefit_month, bool_or(l.state = 'held') AS held,
    sum(l.amount_vnd::float8) FILTER (WHERE l.amount_vnd > 0 AND l.state <> 'held' AND l.kind <> 'carried' AND l.item_id IS NULL) AS given,
    sum(l.amount_vnd::float8) FILTER (WHERE l.amount_vnd > 0 AND l.state = 'paid') AS received
  FROM payments_paymentline l
  WHERE l.benefit_month <= (SELECT max(month) FROM payments_weighed) AND l.person_id IN (SELECT person_id FROM payments_weighed)
  GROUP BY l.person_id, l.benefit_month),
found AS (
  SELECT g.person_id, bool_or(g.held OR g.benefit_month = (SELECT max(month) FROM payments_weighed)) AS odd,
    count(*) FILTER (WHERE g.benefit_month >= w.owed_from AND g.benefit_month < w.owed_to AND g.given >= w.due) AS settled,
    bool_or(g.received > coalesce(w.vnd, 0)) AS over
  FROM given g LEFT JOIN payments_weighed w
    ON w.person_id = g.person_id AND w.since <= g.benefit_month AND g.benefit_month < w.fits_to AND NOT w.unknown
  GROUP BY g.person_id),
told AS (
  SELECT d.list_id, d.person_id, d.special OR coalesce(f.odd OR f.settled < d.months, d.months > 0) AS careful, f.over, d.late
  FROM due d LEFT JOIN found f ON f.person_id = d.person_id)
SELECT s.list_id, coalesce(array_agg(t.person_id) FILTER (WHERE NOT t.careful), '{{}}'),
  coalesce(array_agg(t.person_id) FILTER (WHERE t.careful), '{{}}'),
  coalesce(array_agg(t.person_id) FILTER (WHERE t.careful OR t.over OR t.late), '{{}}')
FROM (SELECT DISTINCT unnest(p_lists) AS list_id) s LEFT JOIN told t ON t.list_id = s.list_id GROUP BY s.list_id;
PERFORM set_config('enable_hashagg', 'on', true);
DROP TABLE payments_weighed;
END $$;
"""

# The lines of plain people: what the ledger gives for the month and what was not collected; who receives, where and how, as it stands
# on the day. What nobody collected for months after a death is held. (IS TRUE: by person, not by the slower index of periods.)
LINES = f"""
CREATE OR REPLACE FUNCTION payments_plain_lines(
  p_lists bigint[], p_units bigint[], p_known_at timestamptz[], p_persons bigint[], p_on date)
RETURNS TABLE (list_id bigint, unit_id bigint, person_id bigint, entitlement_id bigint, kind text, benefit_month date, benefit text,
  category text, law_code text, coefficient integer, count integer, standard_vnd bigint, amount_vnd bigint, person_name text,
  sort_key text, book text, born_text text, payee_name text, payee_relation text, payee_number text, method text,
  account_number text, bank text, village_id bigint, village_name text, household_code text, address text, decision_number text,
  law_hash text, state text, hold_reason text, return_note text, received_by text,
  carried_from_id bigint)
{_SETTINGS}
BEGIN RETURN QUERY
WITH {_SCOPE},
person AS MATERIALIZED (
  SELECT s.list_id, s.list_unit, s.law_hash, s.month, s.known_at, p.id, p.unit_id, p.full_name, p.sort_key, p.payment_book, p.code, p.born_on,
    p.birth_precision, p.died_on, p.village_id
  FROM unnest(p_persons) AS a(id) JOIN people_person p ON p.id = a.id JOIN scope s ON s.unit_id = p.unit_id),
regular AS (
  SELECT p.id AS person_id, e.id AS entitlement_id, e.benefit, e.category, e.law_code, e.coefficient, e.count, e.standard_vnd, e.amount_vnd,
    d.number, NULL::bigint AS carried_from_id, p.month AS benefit_month, 'regular' AS kind, false AS after_death
  FROM person p JOIN entitlements_entitlement e ON e.person_id = p.id AND e.months @> p.month
    JOIN entitlements_decisionitem i ON i.id = e.granted_by_id JOIN entitlements_decision d ON d.id = i.decision_id
  WHERE d.recorded_at IS NULL OR d.recorded_at <= p.known_at),
-- Lines nobody collected and no list carries yet: the same money again under its own month, unless it was stopped since.
uncollected AS MATERIALIZED (
  SELECT o.id, o.person_id, o.benefit_month, p.known_at FROM payments_paymentline o JOIN person p ON p.id = o.person_id
  WHERE o.state = 'unpaid' AND o.kind <> 'recovery' AND o.benefit_month < p.month
    AND NOT EXISTS (SELECT 1 FROM payments_paymentline n WHERE n.carried_from_id = o.id)),
carried AS (
  SELECT o.person_id, o.entitlement_id, o.benefit, o.category, o.law_code, o.coefficient, o.count, o.standard_vnd, o.amount_vnd,
    o.decision_number, o.id, o.benefit_month, 'carried', coalesce(p.died_on < o.benefit_month, false)
  FROM uncollected q JOIN payments_paymentline o ON o.id = q.id JOIN person p ON p.id = q.person_id
  WHERE EXISTS (SELECT 1 FROM entitlements_entitlement e JOIN entitlements_decisionitem i ON i.id = e.granted_by_id
      JOIN entitlements_decision d ON d.id = i.decision_id
      WHERE e.person_id = q.person_id AND e.months @> q.benefit_month AND (d.recorded_at IS NULL OR d.recorded_at <= q.known_at))),
money AS (SELECT * FROM regular UNION ALL SELECT * FROM carried)
SELECT p.list_id, p.list_unit, p.id, m.entitlement_id, m.kind, m.benefit_month, m.benefit, m.category, m.law_code, m.coefficient, m.count,
  m.standard_vnd, m.amount_vnd, p.full_name, p.sort_key, coalesce(nullif(p.payment_book, ''), p.code),
  coalesce(to_char(p.born_on, CASE p.birth_precision WHEN 'year' THEN 'YYYY' WHEN 'month' THEN 'MM/YYYY' ELSE 'DD/MM/YYYY' END), ''),
  coalesce(y.name, ''), coalesce(y.relation, ''), coalesce(y.number, ''), CASE WHEN c.id IS NULL THEN 'cash' ELSE 'bank' END,
  coalesce(c.number, ''), coalesce(c.bank, ''), p.village_id, coalesce(v.name, ''), coalesce(h.code, ''),
  concat_ws(', ', nullif(v.name, ''), nullif(u.name, '')), m.number, p.law_hash, CASE WHEN m.after_death THEN 'held' ELSE 'due' END,
  CASE WHEN m.after_death THEN 'Đã mất ngày ' || to_char(p.died_on, 'DD/MM/YYYY') ELSE '' END, '', '', m.carried_from_id
FROM money m JOIN person p ON p.id = m.person_id JOIN localities_unit u ON u.id = p.unit_id LEFT JOIN localities_village v ON v.id = p.village_id
  LEFT JOIN people_payee y ON y.person_id = p.id AND y.period @> p_on
  LEFT JOIN people_bankaccount c ON c.person_id = p.id AND (c.period @> p_on) IS TRUE
  LEFT JOIN people_membership b ON b.person_id = p.id AND b.period @> p_on LEFT JOIN people_household h ON h.id = b.household_id
ORDER BY p.list_id, v.name, p.sort_key, p.id, m.benefit_month, m.entitlement_id;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("entitlements", "0005_paper_of_an_item"),
        ("payments", "0008_plain_month"),
        ("people", "0008_people_of_a_unit"),
    ]

    operations = [
        migrations.AlterField(
            model_name="paymentline",
            name="entitlement",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="lines",
                to="entitlements.entitlement",
            ),
        ),
        *(
            migrations.AlterField(
                model_name="paymentline",
                name=name,
                field=models.ForeignKey(
                    db_constraint=False,
                    db_index=False,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name=related,
                    to=to,
                ),
            )
            for name, related, to in (
                ("list", "lines", "payments.paymentlist"),
                ("person", "payment_lines", "people.person"),
            )
        ),
        migrations.RemoveIndex(model_name="paymentline", name="line_unpaid"),
        migrations.AddIndex(
            model_name="paymentline",
            index=models.Index(
                fields=["person"],
                include=["id", "benefit_month"],
                condition=models.Q(("state", "unpaid"), models.Q(("kind", "recovery"), _negated=True)),
                name="line_unpaid",
            ),
        ),
        migrations.RunSQL(WELCOME),
        migrations.RunSQL(PLAIN),
        migrations.RunSQL(LINES),
    ]
