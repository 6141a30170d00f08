"""Questions of the watch list."""

from ansinh.watch.queries.finding import Finding, findings
from ansinh.watch.queries.listing import KindCount, Shown, article_of, counts, items, open_count, shown, unanswered

__all__ = ["Finding", "KindCount", "Shown", "article_of", "counts", "findings", "items", "open_count", "shown", "unanswered"]
