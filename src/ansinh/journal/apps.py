from django.apps import AppConfig

from ansinh.database import roles


class JournalConfig(AppConfig):
    name = "ansinh.journal"
    label = "journal"
    # Everybody's acts and reads are written down, a log-in before there is a post too.
    doors = {
        "journal_append": (roles.APP, *roles.GROUPS),
        "journal_read": (roles.APP, *roles.GROUPS),
        "journal_seal": (roles.APP, roles.SYSTEM, roles.MAINTENANCE),
    }
