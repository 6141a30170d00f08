"""`audit_watch`: how many of the items that wait are false alarms, each asked about once more by itself."""

from django.core.management.base import BaseCommand, CommandError

from ansinh.database import roles
from ansinh.database.acting import acting_as
from ansinh.database.clock import today
from ansinh.watch.queries.false_alarms import alarms, share


class Command(BaseCommand):
    help = "Đo số báo nhầm của danh sách Cần rà soát: hỏi lại sổ, luật, sổ hưởng về từng việc đang chờ, từng người một"

    def handle(self, *args, **options):
        with acting_as(roles.SYSTEM):
            found = alarms(on=today())
            for one in found:
                self.stdout.write(f"{one.kind.label}: {one.items} việc, báo nhầm {len(one.false)}")
                for item in one.false:
                    self.stdout.write(f"  {item.code} {item.unit.name}: {item.reason}")
        items, false = share(found)
        self.stdout.write(f"Cộng {items} việc, báo nhầm {false} ({100 * false / items if items else 0:.1f} %).")
        if false:
            raise CommandError(f"Danh sách báo nhầm {false} việc.")
