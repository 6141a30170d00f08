"""Questions about offices, posts, who is away, competence, sessions and the second step."""

from ansinh.access.queries.absences import absences_of, away_holder, possible_deputies, posts_to_excuse, stood_in_for
from ansinh.access.queries.competence import competent, competent_posts
from ansinh.access.queries.mandates import mandate_on, mandates_of, may_sign, signing_posts
from ansinh.access.queries.places import communes_of
from ansinh.access.queries.second_step import (
    GIVES_SECOND_STEP,
    SecondStep,
    awaits_second_step,
    new_key,
    second_step_of,
    setup_address,
)
from ansinh.access.queries.sensitive import SEES_SENSITIVE, sees_sensitive
from ansinh.access.queries.sessions import OpenSession, session_code, sessions_of

__all__ = [
    "GIVES_SECOND_STEP",
    "SEES_SENSITIVE",
    "OpenSession",
    "SecondStep",
    "absences_of",
    "awaits_second_step",
    "away_holder",
    "communes_of",
    "competent",
    "competent_posts",
    "mandate_on",
    "mandates_of",
    "may_sign",
    "new_key",
    "possible_deputies",
    "posts_to_excuse",
    "second_step_of",
    "sees_sensitive",
    "session_code",
    "sessions_of",
    "setup_address",
    "signing_posts",
    "stood_in_for",
]
