"""Where sessions are kept: Django's store in our own table, which knows whose each session is.

Named by `SESSION_ENGINE`. No post's role may touch the table, so the store steps back to the log-in when a request already acts.
"""

from __future__ import annotations

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db

from ansinh.database.acting import as_log_in


class SessionStore(db.SessionStore):
    """Django's store of sessions in the database, with the user beside the data."""

    @classmethod
    def get_model_class(cls):
        from ansinh.access.models import Session

        return Session

    def create_model_instance(self, data):
        row = super().create_model_instance(data)
        row.user_id = data.get(SESSION_KEY)
        return row

    def _get_session_from_db(self):
        with as_log_in():
            return super()._get_session_from_db()

    def exists(self, session_key):
        with as_log_in():
            return super().exists(session_key)

    def save(self, must_create=False):
        with as_log_in():
            super().save(must_create)

    def delete(self, session_key=None):
        with as_log_in():
            super().delete(session_key)
