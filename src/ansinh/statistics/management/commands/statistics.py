"""`statistics INDICATOR --as-of DATE --map DATE --format csv`: a figure on a day, on the map of a day."""

import csv
import sys
from datetime import date

from django.core.management.base import BaseCommand

from ansinh.database import roles
from ansinh.database.acting import acting_as
from ansinh.database.clock import today
from ansinh.statistics.queries import Selection, indicator, indicator_names


class Command(BaseCommand):
    help = "Một chỉ tiêu vào một ngày, theo địa giới của một ngày"

    def add_arguments(self, parser):
        parser.add_argument("indicator", choices=indicator_names())
        parser.add_argument("--as-of", type=date.fromisoformat, default=None)
        parser.add_argument("--map", type=date.fromisoformat, default=None)
        parser.add_argument("--format", choices=["csv"], default="csv")

    def handle(self, *args, **options):
        on = options["as_of"] or today()
        with acting_as(roles.SYSTEM):
            found = indicator(options["indicator"], Selection(on=on), map_on=options["map"] or on)
        writer = csv.writer(sys.stdout)
        writer.writerow(["unit_code", "unit_name", "category", options["indicator"], "as_of", "map"])
        for unit, category, value in found:
            writer.writerow([unit.code, unit.name, category, value, on, options["map"] or on])
