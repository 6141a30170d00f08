from django.db import migrations

_MINE = """(current_setting('role') <> 'ansinh_commune'
    OR a.unit_id = ANY (nullif(current_setting('ansinh.units', true), '')::bigint[]))"""
_SCOPE = f"""scope AS MATERIALIZED (
  SELECT a.list_id, a.unit_id, a.known_at, r.benefit_month AS month, l.unit_id AS list_unit, l.law_hash,
    extract(day FROM l.cutoff_on)::int AS cutoff_day
  FROM unnest(p_lists, p_units, p_known_at) AS a(list_id, unit_id, known_at)
    JOIN payments_paymentlist l ON l.id = a.list_id JOIN payments_paymentrun r ON r.id = l.run_id
  WHERE {_MINE})"""
_PAPERS = """JOIN entitlements_decisionitem i ON i.id = e.granted_by_id JOIN entitlements_decision d ON d.id = i.decision_id
    LEFT JOIN entitlements_decisionitem x ON x.id = e.ended_by_id LEFT JOIN entitlements_decision xd ON xd.id = x.decision_id"""
# An adjustment recorded after the cut-off waits for the next list: until then its entry ends where it was first decided to.
_UNTIL = "CASE WHEN x.act = 'adjust' AND xd.recorded_at > s.known_at THEN i.to_month ELSE upper(e.months) END"

# Who is owed the month itself and what they did not collect, nothing else ("plain"): their lines are a copy of their running entries
# and of the lines nobody collected, written by one statement.
# Everybody else ("careful") takes the road of `operations/lines.py`, which this never contradicts: in doubt somebody is not plain.
# Whoever is not "over" received for no month more than the ledger gives by now.
PLAIN = f"""
CREATE FUNCTION payments_plain(p_lists bigint[], p_units bigint[], p_known_at timestamptz[])
RETURNS TABLE (list_id bigint, plain bigint[], careful bigint[], over bigint[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET jit = off AS $$
WITH {_SCOPE},
begun AS MATERIALIZED (
  SELECT s.list_id, coalesce(min(f.month), min(s.month)) AS first
  FROM scope s LEFT JOIN payments_first_months() f ON f.unit_id = s.unit_id GROUP BY s.list_id),
entry AS MATERIALIZED (
  SELECT s.list_id, s.month, b.first, e.person_id, e.amount_vnd, lower(e.months) AS since, upper(e.months) AS upto,
    coalesce({_UNTIL}, 'infinity') AS until, coalesce(d.recorded_at > s.known_at, false) AS unknown,
    p.died_on IS NOT NULL AS dead, coalesce((date_trunc('month', p.died_on) + interval '1 month')::date, 'infinity') AS after_death,
    coalesce(p.died_on IS NOT NULL AND s.month < coalesce({_UNTIL}, 'infinity'), false) OR home.list_id IS DISTINCT FROM s.list_id
      OR coalesce(lower(e.months) < b.first AND d.signed_on > (b.first - interval '2 months')::date + s.cutoff_day - 1, false)
      OR EXISTS (SELECT 1 FROM entitlements_suspension u WHERE u.entitlement_id = e.id) AS special
  FROM scope s JOIN begun b ON b.list_id = s.list_id JOIN people_person p ON p.unit_id = s.unit_id
    JOIN entitlements_entitlement e ON e.person_id = p.id {_PAPERS}
    LEFT JOIN scope home ON home.unit_id = e.unit_id
  WHERE lower(e.months) <= s.month),
-- Entries one after the other give one amount a month; of those that overlap the sum of all is asked of every month.
placed AS (
  SELECT e.*, e.since < max(e.until) OVER (earlier ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS overlaps
  FROM entry e WHERE NOT e.unknown WINDOW earlier AS (PARTITION BY e.person_id ORDER BY e.since, e.until)),
weighed AS MATERIALIZED (
  SELECT p.*, greatest(p.since, p.first) AS owed_from, least(p.until, p.month, p.after_death) AS owed_to,
    CASE WHEN bool_or(p.overlaps) OVER whole THEN sum(p.amount_vnd) OVER whole ELSE p.amount_vnd END AS due_vnd,
    p.since = max(p.since) OVER whole AS is_last
  FROM placed p WINDOW whole AS (PARTITION BY p.person_id)),
asked AS (
  SELECT w.list_id, w.person_id, h.paid, h.fitting,
    w.special OR h.odd OR h.settled < greatest(0, (extract(year FROM w.owed_to) - extract(year FROM w.owed_from)) * 12
      + extract(month FROM w.owed_to) - extract(month FROM w.owed_from)) AS careful
  FROM weighed w CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE m.benefit_month >= w.owed_from AND m.benefit_month < w.owed_to AND m.given >= w.due_vnd) AS settled,
      count(*) FILTER (WHERE m.received > 0) AS paid,
      count(*) FILTER (WHERE m.received > 0 AND m.received <= w.amount_vnd AND m.benefit_month >= w.since
        AND m.benefit_month < least(coalesce(w.upto, 'infinity'), w.after_death)) AS fitting,
      coalesce(bool_or(m.held OR m.benefit_month = w.month) OR (w.dead AND bool_or(m.unpaid) AND EXISTS (
        SELECT 1 FROM payments_paymentline o WHERE o.person_id = w.person_id AND o.state = 'unpaid' AND o.kind <> 'recovery'
          AND (SELECT n.id FROM payments_paymentline n WHERE n.carried_from_id = o.id LIMIT 1) IS NULL)), false) AS odd
    FROM (
      SELECT l.benefit_month, bool_or(l.state = 'held') AS held, bool_or(l.state = 'unpaid') AS unpaid,
        sum(l.amount_vnd) FILTER (WHERE l.amount_vnd > 0 AND l.state <> 'held' AND l.kind <> 'carried' AND l.item_id IS NULL) AS given,
        sum(l.amount_vnd) FILTER (WHERE l.amount_vnd > 0 AND l.state = 'paid') AS received
      FROM payments_paymentline l WHERE l.person_id = w.person_id AND l.benefit_month <= w.month GROUP BY l.benefit_month) m) h
  WHERE w.owed_from < w.owed_to OR w.is_last OR w.special),
told AS (
  SELECT a.list_id, a.person_id, bool_or(a.careful) AS careful, bool_or(a.careful) OR sum(a.fitting) <> max(a.paid) AS over
  FROM asked a GROUP BY a.list_id, a.person_id),
late AS (SELECT e.list_id, e.person_id FROM entry e WHERE e.unknown OR e.until IS DISTINCT FROM coalesce(e.upto, 'infinity'))
SELECT s.list_id,
  ARRAY(SELECT t.person_id FROM told t WHERE t.list_id = s.list_id AND NOT t.careful),
  ARRAY(SELECT t.person_id FROM told t WHERE t.list_id = s.list_id AND t.careful),
  ARRAY(SELECT t.person_id FROM told t WHERE t.list_id = s.list_id AND t.over
    UNION SELECT l.person_id FROM late l WHERE l.list_id = s.list_id)
FROM (SELECT DISTINCT list_id FROM scope) s
$$;
"""

# The lines of plain people: what the ledger gives for the month and what was not collected; who receives, where and how, as it stands on the day.
LINES = f"""
CREATE FUNCTION payments_plain_lines(p_lists bigint[], p_units bigint[], p_known_at timestamptz[], p_persons bigint[], p_on date)
RETURNS TABLE (list_id bigint, unit_id bigint, person_id bigint, entitlement_id bigint, kind text, benefit_month date, benefit text,
  category text, law_code text, coefficient integer, count integer, standard_vnd bigint, amount_vnd bigint, person_name text,
  sort_key text, book text, born_text text, payee_name text, payee_relation text, payee_number text, method text,
  account_number text, bank text, village_id bigint, village_name text, household_code text, address text, decision_number text,
  law_hash text, state text, hold_reason text, return_note text, received_by text,
  carried_from_id bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp SET jit = off AS $$
WITH {_SCOPE},
entry AS MATERIALIZED (
  SELECT s.list_id, s.month, e.*, lower(e.months) AS since, coalesce({_UNTIL}, 'infinity') AS until, d.number
  FROM scope s JOIN people_person p ON p.unit_id = s.unit_id JOIN entitlements_entitlement e ON e.person_id = p.id {_PAPERS}
  WHERE p.id = ANY (p_persons) AND lower(e.months) <= s.month AND (d.recorded_at IS NULL OR d.recorded_at <= s.known_at)),
-- Lines nobody collected and no list carries yet: the same money again under its own month, unless it was stopped since.
money AS (
  SELECT e.list_id, e.person_id, e.id AS entitlement_id, 'regular' AS kind, e.month, e.benefit, e.category, e.law_code,
    e.coefficient, e.count, e.standard_vnd, e.amount_vnd, e.number, NULL::bigint AS carried_from_id
  FROM entry e WHERE e.month < e.until
  UNION ALL
  SELECT s.list_id, o.person_id, o.entitlement_id, 'carried', o.benefit_month, o.benefit, o.category, o.law_code,
    o.coefficient, o.count, o.standard_vnd, o.amount_vnd, o.decision_number, o.id
  FROM scope s JOIN people_person p ON p.unit_id = s.unit_id JOIN payments_paymentline o ON o.person_id = p.id
  WHERE p.id = ANY (p_persons) AND o.state = 'unpaid' AND o.kind <> 'recovery' AND o.benefit_month < s.month
    AND (SELECT n.id FROM payments_paymentline n WHERE n.carried_from_id = o.id LIMIT 1) IS NULL
    AND EXISTS (SELECT 1 FROM entry e WHERE e.person_id = o.person_id AND e.since <= o.benefit_month AND o.benefit_month < e.until))
SELECT s.list_id, s.list_unit, p.id, m.entitlement_id, m.kind, m.month, m.benefit, m.category, m.law_code, m.coefficient, m.count,
  m.standard_vnd, m.amount_vnd, p.full_name, p.sort_key, coalesce(nullif(p.payment_book, ''), p.code),
  coalesce(to_char(p.born_on, CASE p.birth_precision WHEN 'year' THEN 'YYYY' WHEN 'month' THEN 'MM/YYYY' ELSE 'DD/MM/YYYY' END), ''),
  coalesce(y.name, ''), coalesce(y.relation, ''), coalesce(y.number, ''), CASE WHEN c.id IS NULL THEN 'cash' ELSE 'bank' END,
  coalesce(c.number, ''), coalesce(c.bank, ''), p.village_id, coalesce(v.name, ''), coalesce(h.code, ''),
  concat_ws(', ', nullif(v.name, ''), nullif(u.name, '')), m.number, s.law_hash, 'due', '', '', '', m.carried_from_id
FROM money m JOIN people_person p ON p.id = m.person_id JOIN scope s ON s.unit_id = p.unit_id
  JOIN localities_unit u ON u.id = p.unit_id LEFT JOIN localities_village v ON v.id = p.village_id
  LEFT JOIN people_payee y ON y.person_id = p.id AND y.period @> p_on
  LEFT JOIN people_bankaccount c ON c.person_id = p.id AND c.period @> p_on
  LEFT JOIN people_membership b ON b.person_id = p.id AND b.period @> p_on LEFT JOIN people_household h ON h.id = b.household_id
ORDER BY s.list_id, v.name, p.sort_key, p.id, m.month, m.entitlement_id
$$;
"""


class Migration(migrations.Migration):
    dependencies = [("payments", "0007_lighter_lines")]
    operations = [
        migrations.RunSQL(PLAIN, "DROP FUNCTION payments_plain"),
        migrations.RunSQL(LINES, "DROP FUNCTION payments_plain_lines"),
    ]
