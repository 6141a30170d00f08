"""Which provinces, of today and of before, the area of a place has belonged to."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

_KEYS = """
WITH RECURSIVE before(start, id) AS (
  SELECT id, id FROM localities_unit WHERE id = ANY(%(units)s)
  UNION
  SELECT b.start, s.old_id FROM localities_succession s JOIN before b ON s.new_id = b.id WHERE s.is_default
), after(start, id) AS (
  SELECT id, id FROM localities_unit WHERE id = ANY(%(units)s)
  UNION
  SELECT a.start, s.new_id FROM localities_succession s JOIN after a ON s.old_id = a.id WHERE s.is_default
), area AS (SELECT * FROM before UNION SELECT * FROM after)
SELECT area.start, array_agg(DISTINCT province.key)
FROM area
JOIN localities_unit unit ON unit.id = area.id
JOIN localities_unit province ON province.level = 1 AND province.code = unit.province_code AND province.period && unit.period
GROUP BY area.start
"""


def province_keys(unit_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """Keys (code@from) of the provinces each unit lies in, those that ended before a merger included. One query."""
    units = list(set(unit_ids))
    if not units:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_KEYS, {"units": units})
        found = {start: frozenset(keys) for start, keys in cursor.fetchall()}
    return {unit: found.get(unit, frozenset()) for unit in units}
