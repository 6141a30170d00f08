"""Money for care and for funerals beside the allowances: the question who is owed the month alone tells the pots apart."""

import importlib

from django.db import migrations, models

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
# Money for care and for a funeral is a pot of its own: whoever draws from two pots is asked about with care. A funeral is left out of
# what months owe and were given, and is careful until it was received; money for care is, once the cared for died before its end.
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
  SELECT s.list_id, s.month, s.cutoff_day, e.id, e.person_id, e.amount_vnd::float8 AS vnd, lower(e.months) AS since, e.cared_for_id,
    e.benefit = 'funeral' AS once, CASE e.benefit WHEN 'carer_money' THEN 1 WHEN 'disabled_parent_support' THEN 2 ELSE 0 END AS pot,
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
  FROM entry e WINDOW earlier AS (PARTITION BY e.person_id, e.unknown, e.once ORDER BY e.since, e.until))
SELECT p.list_id, p.id, p.person_id, p.month, p.unknown, p.once, p.vnd, p.since, least(p.upto, p.after_death) AS fits_to,
  greatest(p.since, p.first) AS owed_from, CASE WHEN p.once THEN p.since ELSE least(p.until, p.month, p.after_death) END AS owed_to,
  CASE WHEN bool_or(p.overlaps) OVER whole THEN sum(p.vnd) OVER whole ELSE p.vnd END AS due,
  p.until <> p.upto OR NOT p.once AND p.month < p.until AND p.after_death <= p.month
    OR min(p.pot) OVER whole <> max(p.pot) OVER whole
    OR p.once AND (coalesce((SELECT sum(l.amount_vnd) FROM payments_paymentline l WHERE l.entitlement_id = p.id AND l.state = 'paid'), 0) < p.vnd
      OR EXISTS (SELECT 1 FROM payments_paymentline l WHERE l.person_id = p.person_id AND l.state = 'unpaid' AND l.kind <> 'recovery'))
    OR p.cared_for_id IS NOT NULL AND EXISTS (SELECT 1 FROM people_person c WHERE c.id = p.cared_for_id
      AND (date_trunc('month', c.died_on) + interval '1 month')::date < p.until)
    OR coalesce(p.since < p.first AND p.signed_on > (p.first - interval '2 months')::date + p.cutoff_day - 1, false)
    OR EXISTS (SELECT 1 FROM entitlements_suspension u WHERE u.entitlement_id = p.id) AS special
FROM placed p WINDOW whole AS (PARTITION BY p.person_id, p.unknown, p.once);
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
funeral AS MATERIALIZED (
  SELECT l.person_id, l.benefit_month,
    sum(l.amount_vnd::float8) FILTER (WHERE l.state <> 'held' AND l.kind <> 'carried') AS given,
    sum(l.amount_vnd::float8) FILTER (WHERE l.state = 'paid') AS received
  FROM payments_weighed w JOIN payments_paymentline l ON l.entitlement_id = w.id WHERE w.once GROUP BY l.person_id, l.benefit_month),
found AS (
  SELECT g.person_id, bool_or(g.held OR g.benefit_month = (SELECT max(month) FROM payments_weighed)) AS odd,
    count(*) FILTER (WHERE g.benefit_month >= w.owed_from AND g.benefit_month < w.owed_to AND g.given - coalesce(n.given, 0) >= w.due) AS settled,
    bool_or(g.received - coalesce(n.received, 0) > coalesce(w.vnd, 0)) AS over
  FROM given g LEFT JOIN payments_weighed w
    ON w.person_id = g.person_id AND w.since <= g.benefit_month AND g.benefit_month < w.fits_to AND NOT w.unknown AND NOT w.once
    LEFT JOIN funeral n ON n.person_id = g.person_id AND n.benefit_month = g.benefit_month
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

_BEFORE = importlib.import_module("ansinh.payments.migrations.0009_month_at_once").PLAIN


class Migration(migrations.Migration):
    dependencies = [
        ("entitlements", "0010_care_and_funeral"),
        ("payments", "0012_claims_across_communes"),
    ]

    operations = [
        migrations.RunSQL(PLAIN, _BEFORE),
        migrations.AlterField(
            model_name='listsource',
            name='benefit',
            field=models.TextField(choices=[('monthly_allowance', 'Trợ cấp xã hội hằng tháng'), ('social_pension', 'Trợ cấp hưu trí xã hội'), ('carer_money', 'Kinh phí chăm sóc, nuôi dưỡng'), ('disabled_parent_support', 'Hỗ trợ khi mang thai, nuôi con nhỏ'), ('funeral', 'Hỗ trợ chi phí mai táng')]),
        ),
        migrations.AlterField(
            model_name='paymentline',
            name='benefit',
            field=models.TextField(choices=[('monthly_allowance', 'Trợ cấp xã hội hằng tháng'), ('social_pension', 'Trợ cấp hưu trí xã hội'), ('carer_money', 'Kinh phí chăm sóc, nuôi dưỡng'), ('disabled_parent_support', 'Hỗ trợ khi mang thai, nuôi con nhỏ'), ('funeral', 'Hỗ trợ chi phí mai táng')]),
        ),
        migrations.AlterField(
            model_name='paymentline',
            name='kind',
            field=models.TextField(choices=[('regular', 'Tháng này'), ('arrears', 'Truy lĩnh'), ('recovery', 'Thu hồi'), ('carried', 'Tháng trước chưa nhận'), ('past', 'Đã chi trước khi có hệ thống'), ('once', 'Hỗ trợ một lần')]),
        ),
    ]
