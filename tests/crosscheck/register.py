"""The register as worked cases, read by SQL of its own: no query, model or fact gatherer of the product stands between."""

from __future__ import annotations

import json
from collections import defaultdict

PERSONS = """
SELECT p.id, coalesce(r.born_on, CASE WHEN p.birth_precision = 'day' THEN p.born_on END)::text, p.died_on::text,
  p.born_on IS NOT NULL AND p.birth_precision <> 'day' AND r.born_on IS NULL
FROM people_person p LEFT JOIN LATERAL (
  SELECT born_on FROM people_birthruling WHERE person_id = p.id ORDER BY id DESC LIMIT 1) r ON TRUE
"""
FACTS = "SELECT person_id, kind, value, lower(period)::text, upper(period)::text FROM people_circumstance ORDER BY id"
RELATIVES = "SELECT person_id, kind, known_id FROM people_relative WHERE known_id IS NOT NULL AND upper(period) IS NULL"
HOUSES = """
SELECT m.person_id, c.kind, c.value, lower(m.period * c.period)::text, upper(m.period * c.period)::text
FROM people_membership m JOIN people_householdcircumstance c USING (household_id) WHERE m.period && c.period
"""


def period(value, start, end) -> dict:
    """One row of a fact in time, as a worked case writes it."""
    return {"value": value} | ({"from": start} if start else {}) | ({"to": end} if end else {})


def cases(ask) -> dict[int, dict]:
    """Person key -> case. `ask(sql)` gives rows. Whoever's birth is known in part only is left out: an officer decides there."""
    born, died, vague = {}, {}, set()
    for key, birth, death, open_birth in ask(PERSONS):
        born[key], died[key] = birth, death
        if open_birth:
            vague.add(key)
    facts = _facts(ask(FACTS))
    family: dict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for key, kind, known in ask(RELATIVES):
        family[key][kind].append(known)
    houses = _facts(ask(HOUSES))
    found = {}
    for key in born:
        spouses = family[key]["spouse"][:1]
        theirs = {one: family[one]["child"] for one in (key, *spouses)}
        who = sorted({key, *spouses, *(child for some in theirs.values() for child in some)})
        if vague & set(who):
            continue
        persons = {str(one): dict(facts[one]) | ({"birth": born[one]} if born[one] else {}) for one in who}
        for one, some in theirs.items():
            persons[str(one)]["children"] = [str(child) for child in some]
        for one, other in zip((key, *spouses[:1]), (*spouses[:1], key), strict=False):
            persons[str(one)]["spouse"] = str(other)
        if spouses and died[spouses[0]] and "marital" not in facts[key]:
            persons[str(key)]["marital"] = [{"value": "widowed", "from": died[spouses[0]]}]
        found[key] = {
            "persons": persons,
            "household": {
                "poverty": houses[key].get("poverty", "not_poor"),
                "place": {"hard_area": houses[key].get("hard_area", False)},
            },
            "events": [{"kind": "died", "person": str(one), "date": died[one]} for one in who if died[one]],
        }
    return found


def _facts(rows) -> dict[int, dict[str, list[dict]]]:
    found: dict[int, dict[str, list[dict]]] = defaultdict(dict)
    for key, kind, value, start, end in rows:
        found[key].setdefault(kind, []).append(period(json.loads(value), start, end))
    return found
