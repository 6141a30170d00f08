"""Worked examples of what a resolution of the province would change: before, after, and why."""

from __future__ import annotations

from dataclasses import replace

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils.translation import get_language

from ansinh import law
from ansinh.access.guards import for_roles
from ansinh.access.models import Role
from ansinh.database.clock import now
from ansinh.entitlements.explaining import panel
from ansinh.entitlements.facts import situations
from ansinh.journal import operations as journal
from ansinh.law.explanation import Explanation
from ansinh.lawbook.models import ResolutionEffect
from ansinh.lawbook.queries import before_and_after
from ansinh.people.models import Person

_LOOKS = (Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.DEPARTMENT_LEADER, Role.INSPECTOR)


@for_roles(*_LOOKS)
def resolution_examples(request, code):
    """A few people of each category, reckoned with the law both ways. Nobody with a sensitive fact is an example."""
    found = ResolutionEffect.objects.select_related("resolution__territory")
    effect = get_object_or_404(found, resolution__code=code)
    before, after = before_and_after(effect.resolution)
    people = Person.objects.filter(id__in=effect.examples).exclude(circumstances__is_sensitive=True).select_related("unit")
    asked = situations([person.id for person in people], resolutions=after)
    rows = []
    for person in people:
        key, month = str(person.id), effect.month
        old = law.explain(replace(asked[person.id], provincial=before), month, key)
        new = law.explain(asked[person.id], month, key)
        rows.append({"person": person, "changes": _changes(old, new), "why": panel(new)})
    journal.note_read(by=request.post.actor, act="look_at_examples", noun="resolution", key=code, at=now())
    context = {"resolution": effect.resolution, "effect": effect, "rows": rows}
    return TemplateResponse(request, "entitlements/resolution_examples.html", context)


def _changes(old: Explanation, new: Explanation) -> list[dict]:
    """What a month brings before and after, benefit by benefit: money for care is decided apart from the allowance."""
    sums: dict[str, list[int]] = {}
    for place, answer in enumerate((old, new)):
        for line in answer.lines:
            sums.setdefault(line.kind, [0, 0])[place] += line.amount_vnd
    english = get_language() == "en"
    return [
        {"label": law.kinds()[kind][english], "before": before, "after": after}
        for kind, (before, after) in sums.items()
        if before != after
    ]
