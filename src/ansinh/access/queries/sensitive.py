"""Who may be told what is nobody else's business: that somebody has HIV (Luật Phòng, chống HIV/AIDS)."""

from __future__ import annotations

from ansinh.access.models import Post, Role

# Those who decide, those who check them, and the inspector. Whoever draws, pays, numbers or hands back papers needs no category.
SEES_SENSITIVE = (
    Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.DIVISION_OFFICER, Role.DIVISION_HEAD, Role.INSPECTOR,
)  # fmt: skip


def sees_sensitive(post: Post) -> bool:
    """May this post read the ground of a benefit that tells an illness? The reading is journaled by whoever shows it."""
    return post.role in SEES_SENSITIVE
