"""Questions of the watch list."""

from ansinh.watch.queries.finding import Finding, findings
from ansinh.watch.queries.listing import KindCount, Shown, article_of, counts, items, office_of, shown, unanswered
from ansinh.watch.queries.waiting import keep_count, menu_count, open_count

__all__ = [
    "Finding",
    "KindCount",
    "Shown",
    "article_of",
    "counts",
    "findings",
    "items",
    "keep_count",
    "menu_count",
    "office_of",
    "open_count",
    "shown",
    "unanswered",
]
