"""What the ground of an entry is called on a screen or a paper, and for whom.

HIV is told by no list: for who may not know it, and on every paper of several people that holds such a person, no ground is
named for anyone, so that a missing word tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from ansinh import law
from ansinh.access.models import Post
from ansinh.access.queries import sees_sensitive
from ansinh.entitlements.drafts import ItemDraft
from ansinh.entitlements.models import Benefit
from ansinh.pages.own_words import own_words

GENERAL = {
    Benefit.MONTHLY_ALLOWANCE: _("Đối tượng bảo trợ xã hội"),
    Benefit.SOCIAL_PENSION: _("Người hưởng trợ cấp hưu trí xã hội"),
    Benefit.CARER_MONEY: _("Người nhận chăm sóc, nuôi dưỡng"),
    Benefit.DISABLED_PARENT: _("Người mang thai, nuôi con nhỏ"),
    Benefit.FUNERAL: _("Hỗ trợ chi phí mai táng"),
}


def sensitive_categories() -> list[str]:
    """Keys of the categories that tell an illness."""
    return [category.key for category in law.categories().values() if category.is_sensitive]


def is_sensitive(category: str) -> bool:
    """Whether the category tells an illness."""
    found = law.categories().get(category)
    return found is not None and found.is_sensitive


def on_papers_of_their_own(items: Sequence[ItemDraft]) -> list[list[ItemDraft]]:
    """Lines as papers: the bulk paper, then one for each person with a sensitive ground before or after. Nobody else reads it there."""
    apart = {
        item.person_id
        for item in items
        if is_sensitive(item.category) or (item.entitlement and is_sensitive(item.entitlement.category))
    }
    papers = [[item for item in items if item.person_id not in apart]]
    papers += [[item for item in items if item.person_id == person] for person in sorted(apart)]
    return [paper for paper in papers if paper]


@dataclass(frozen=True)
class Naming:
    """How grounds are named in one answer: all of them, or none."""

    tells: bool

    def category(self, row) -> str:
        """The ground of an entry or item in words."""
        if not self.tells:
            return str(GENERAL.get(row.benefit, ""))
        found = law.categories().get(row.category)
        return own_words(found, "short") if found else str(GENERAL.get(row.benefit, row.category))

    def code(self, row) -> str:
        """Its point of the decree."""
        return row.law_code if self.tells else ""

    def article(self, row) -> str:
        return row.article if self.tells else ""

    def reason(self, row) -> str:
        """What an officer wrote about it; blank in many rows, so a blank tells nothing."""
        return row.reason if self.tells or not is_sensitive(row.category) else ""


def on_screen(post: Post) -> Naming:
    """A page for this post. Whoever shows a sensitive row to it notes a read."""
    return Naming(sees_sensitive(post))


def on_paper(rows: QuerySet, post: Post) -> Naming:
    """A paper or file of several people: no ground for anyone once one of them is sensitive."""
    alone = rows.values("person").distinct()[:2].count() == 1
    return Naming(sees_sensitive(post) and (alone or not holds_sensitive(rows)))


def holds_sensitive(rows: QuerySet) -> bool:
    """Whether one of these entries or items does."""
    return rows.filter(category__in=sensitive_categories()).exists()
