"""`load_places`: units of another province, and what became of them, from CSV files. All or nothing; safe to run again."""

from pathlib import Path

from django.core.management.base import BaseCommand
from django.db import transaction

from ansinh.database.acting import as_maintenance
from ansinh.database.clock import now
from ansinh.journal import operations as journal
from ansinh.kernel.actor import SYSTEM
from ansinh.localities.operations import load_units
from ansinh.localities.operations.load import SUCCESSION_COLUMNS, UNIT_COLUMNS


class Command(BaseCommand):
    help = "Nạp đơn vị hành chính của một tỉnh, và đơn vị nào kế tục đơn vị nào, từ tệp CSV (UTF-8)"

    def add_arguments(self, parser):
        parser.add_argument("units", type=Path, help=f"tệp đơn vị; cột: {', '.join(UNIT_COLUMNS)}")
        parser.add_argument("successions", type=Path, nargs="?", help=f"tệp kế tục; cột: {', '.join(SUCCESSION_COLUMNS)}")

    def handle(self, *args, units, successions, **options):
        with as_maintenance(), transaction.atomic():
            count, links = load_units(units=units, successions=successions)
            detail = {"units": count, "successions": links}
            journal.record(by=SYSTEM, act="load_units", noun="unit", key=units.name, detail=detail, at=now())
        self.stdout.write(f"Đã nạp {units.name}: nay có {count} đơn vị hành chính, {links} lần kế tục.")
