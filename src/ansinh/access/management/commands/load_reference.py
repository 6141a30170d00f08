"""`load_reference`: units, successions, competence and bodies from the project's own files. Safe to run again."""

from django.core.management.base import BaseCommand

from ansinh.access.operations import load_reference
from ansinh.database.acting import as_maintenance
from ansinh.localities.operations import load_reference as load_places


class Command(BaseCommand):
    help = "Nạp dữ liệu tham chiếu: đơn vị hành chính, cơ quan, thẩm quyền"

    def handle(self, *args, **options):
        with as_maintenance():
            units, successions = load_places()
            load_reference()
        self.stdout.write(f"{units} đơn vị hành chính, {successions} lần kế tục")
