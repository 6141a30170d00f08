"""`migrate`, followed by rights and row security as the models declare them."""

from django.core.management.commands.migrate import Command as Migrate
from django.db import connections, router

from ansinh.database.security import apply_all


class Command(Migrate):
    def handle(self, *args, **options):
        super().handle(*args, **options)
        alias = options["database"]
        if router.allow_migrate(alias, "database"):
            apply_all(connections[alias])
