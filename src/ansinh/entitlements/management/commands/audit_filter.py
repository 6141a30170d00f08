"""`audit_filter YYYY-MM`: once a year, the law asked about everybody the filter of candidates leaves out."""

from django.core.management.base import BaseCommand, CommandError

from ansinh.database import roles
from ansinh.database.acting import acting_as
from ansinh.entitlements.queries import filtered_out_but_given
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.periods import parse_month
from ansinh.localities.models import Unit
from ansinh.localities.queries import scope_ids


class Command(BaseCommand):
    help = "Rà soát hằng năm: hỏi luật về mọi người mà bộ lọc bỏ qua; không ai trong số đó được hưởng"

    def add_arguments(self, parser):
        parser.add_argument("month", help="NĂM-THÁNG, ví dụ 2026-12")

    def handle(self, *args, **options):
        try:
            month = parse_month(options["month"])
        except AnsinhError as error:
            raise CommandError(str(error)) from None
        wrong = 0
        for unit in Unit.objects.filter(level=3, period__endswith=None).order_by("name_folded"):
            with acting_as(roles.SYSTEM):
                for key, names, amount in filtered_out_but_given(unit_ids=scope_ids(unit, on=month), month=month):
                    self.stdout.write(f"{unit.name}: NT{key:08d} {names} {amount}")
                    wrong += 1
        if wrong:
            raise CommandError(f"Bộ lọc bỏ sót {wrong} người.")
        self.stdout.write("Bộ lọc không bỏ sót ai.")
