"""A resolution as its page shows it: each thing in words beside the national level, and its effect as this post may read it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from ansinh import law
from ansinh.access.models import Post
from ansinh.access.queries import sees_sensitive
from ansinh.kernel.money import money_text
from ansinh.kernel.periods import month_of, month_text
from ansinh.law.engine.errors import LawFileError
from ansinh.law.resolution_words import amount_words, group_words, level_words
from ansinh.lawbook.models import LineKind, Resolution, ResolutionEffect, ResolutionLine
from ansinh.lawbook.queries import overlay_with
from ansinh.lawbook.resolutions.forms import own_words_of_kind
from ansinh.localities.models import Unit
from ansinh.pages.own_words import own_words


def lines_shown(resolution: Resolution, *, on: date) -> list[dict[str, Any]]:
    """What it sets, in order: words, article, and for a level what it stands above."""
    order = list(LineKind)
    lines = sorted(resolution.lines.all(), key=lambda line: (order.index(LineKind(line.kind)), line.id))
    return [{"line": line, "words": _words(resolution, line), "floor": _floor(resolution, line, on)} for line in lines]


def _words(resolution: Resolution, line: ResolutionLine) -> str:
    read = overlay_with(resolution, [line])
    if read.levels:
        return level_words(read.levels[0].standard_vnd, read.levels[0].applies_to)
    if read.amounts:
        return amount_words(read.amounts[0][0])
    return group_words(read.groups[0], read.start)


def _floor(resolution: Resolution, line: ResolutionLine, on: date) -> str:
    """The national level of the first month and of now, where a level is set."""
    if line.kind != LineKind.LEVEL:
        return ""
    level = law.pension_level_on if line.scopes == ["social_pension"] else law.standard_on
    first, last = resolution.applies_to_months_from, max(month_of(on), resolution.applies_to_months_from)
    try:
        told = {month: level(month)[0] for month in (first, last)}
    except LawFileError:  # no such level in that month: the check says so
        return ""
    parts = [
        _("%(amount)s (tháng %(month)s)") % {"amount": money_text(amount), "month": month_text(month)}
        for month, amount in told.items()
    ]
    return _("Mức chung: %(levels)s.") % {"levels": "; ".join(parts)}


def effect_shown(resolution: Resolution, post: Post) -> dict[str, Any] | None:
    """The counts by category and commune; whoever may not know of an illness reads them by benefit alone."""
    effect = ResolutionEffect.objects.filter(resolution=resolution).first()
    if effect is None:
        return None
    units = Unit.objects.in_bulk([int(key) for key in effect.by_commune])
    communes = [_row(units[int(key)].name, *figures) for key, figures in effect.by_commune.items()]
    return {
        "of": effect,
        "categories": _by_category(effect, tells=sees_sensitive(post)),
        "communes": sorted(communes, key=lambda row: (-row["people"], row["label"])),
    }


def _by_category(effect: ResolutionEffect, *, tells: bool) -> list[dict[str, Any]]:
    categories, found = law.categories(), {}
    for key, figures in effect.by_category.items():
        one = categories[key]
        label = own_words(one) if tells else str(own_words_of_kind(one.kind))
        found[label] = [a + b for a, b in zip(found.get(label, (0, 0, 0)), figures, strict=True)]
    return sorted((_row(label, *figures) for label, figures in found.items()), key=lambda row: (-row["people"], row["label"]))


def _row(label: str, people: int, before: int, after: int) -> dict[str, Any]:
    return {"label": label, "people": people, "before": before, "after": after, "change": after - before}
