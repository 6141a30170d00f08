"""Two log-ins to one database: the application asks and writes, only the owner migrates."""


class OwnerMigrates:
    def allow_migrate(self, db, app_label, **hints):
        return db == "owner"

    def allow_relation(self, first, second, **hints):
        return True
