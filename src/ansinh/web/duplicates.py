"""Two rows of the register side by side: who each is, what each draws, when each was paid."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Prefetch

from ansinh.access.models import Post
from ansinh.entitlements.queries import on_screen, with_papers
from ansinh.payments.queries.doubles import paid_beside, who_draws
from ansinh.people.models import DuplicatePair, Membership, Person
from ansinh.people.queries.duplicates import in_words, moves_of
from ansinh.people.queries.resemblance import shares

_AROUND = ("other_names", "other_numbers", "relatives", "accounts", "birth_rulings")


def evidence(pair: DuplicatePair, *, post: Post, on: date) -> dict[str, Any] | None:
    """What the page of a pair shows; None where this post cannot see one of the two."""
    sides = [_side(post, key) for key in (pair.first_id, pair.second_id)]
    if None in sides:
        return None
    pair.first, pair.second = (side["person"] for side in sides)
    months, drawing = paid_beside(pair, on=on), who_draws(pair, on=on)
    numbered = pair.first if pair.first.personal_number else pair.second
    return {
        "pair": pair, "sides": sides, "told": in_words(pair.agreements), "prior": shares().prior, "is_sure": pair.per_mille >= shares().sure,
        "months": months, "twice": sum(one.twice_vnd for one in months), "moves": moves_of(pair, post.role),
        "keep": next((one for one in (pair.first, pair.second) if drawing == {one.pk}), numbered),
    }  # fmt: skip


def _side(post: Post, key: int) -> dict | None:
    """One of the two with everything that tells who it is; None where this post cannot see it."""
    living = Prefetch("memberships", Membership.objects.filter(period__endswith=None).select_related("household"))
    found = Person.objects.select_related("unit", "village").prefetch_related(living, *_AROUND).filter(pk=key).first()
    if found is None:
        return None
    entries, naming = with_papers(list(found.entitlements.order_by("id"))), on_screen(post)
    for entry in entries:
        entry.told = naming.category(entry)
    return {"person": found, "entries": entries}
