"""`payments_run YYYY-MM [--commune CODE]`: propose the month's lists, from the command line."""

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Sum

from ansinh.access.models import Office, OfficeKind
from ansinh.database import roles
from ansinh.database.acting import acting_as
from ansinh.database.clock import now, today
from ansinh.entitlements.operations import draft_differences
from ansinh.kernel.errors import AnsinhError
from ansinh.kernel.money import number_text
from ansinh.kernel.periods import parse_month
from ansinh.localities.models import Unit
from ansinh.payments.operations import draft_from_lists, prepare_run
from ansinh.payments.queries import month_fault


class Command(BaseCommand):
    help = "Lập danh sách chi trả dự kiến của một tháng"

    def add_arguments(self, parser):
        parser.add_argument("month", help="NĂM-THÁNG, ví dụ 2026-12")
        parser.add_argument("--commune", help="mã xã; bỏ trống: mọi xã có người trong sổ hưởng")

    def handle(self, *args, **options):
        try:
            month = parse_month(options["month"])
        except AnsinhError as error:
            raise CommandError(str(error)) from None
        if fault := month_fault(month, on=today()):
            raise CommandError(fault)
        with acting_as(roles.SYSTEM):
            units = self._units(options["commune"])
            run = prepare_run(benefit_month=month, units=units, by=None, now=now(), progress=self._say)
            for unit in units:
                draft_differences(unit=unit, month=month, by=None, now=now())
                draft_from_lists(unit=unit, month=month, by=None, now=now())
            for found in run.lists.select_related("unit").annotate(n=Count("lines"), money=Sum("lines__amount_vnd")):
                self.stdout.write(
                    f"{found.code} {found.unit.name}: {found.n} dòng, {number_text(found.money or 0)} đồng, {found.get_state_display()}"
                )

    def _units(self, code: str | None) -> list[Unit]:
        units = Unit.objects.filter(level=3, period__endswith=None)
        if code:
            units = units.filter(code=code)
        else:
            units = units.filter(entitlements__isnull=False, offices__in=Office.objects.filter(kind=OfficeKind.COMMUNE))
        found = list(units.distinct().order_by("name_folded"))
        if not found:
            raise CommandError("Không có xã, phường nào để lập danh sách.")
        return found

    def _say(self, done: int, total: int, name: str) -> None:
        if name:
            self.stdout.write(f"[{done + 1}/{total}] {name}")
