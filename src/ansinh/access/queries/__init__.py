"""Questions about offices, posts and competence."""

from ansinh.access.queries.competence import competent, competent_posts
from ansinh.access.queries.places import communes_of

__all__ = ["communes_of", "competent", "competent_posts"]
