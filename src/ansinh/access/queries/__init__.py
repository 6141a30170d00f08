"""Questions about offices, posts and competence."""

from ansinh.access.queries.competence import competent, competent_posts
from ansinh.access.queries.places import communes_of
from ansinh.access.queries.sensitive import SEES_SENSITIVE, sees_sensitive

__all__ = ["SEES_SENSITIVE", "communes_of", "competent", "competent_posts", "sees_sensitive"]
