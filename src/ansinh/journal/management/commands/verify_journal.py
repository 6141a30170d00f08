"""`verify_journal`: is the chain whole? Exit code 0 sound, 1 something was removed, changed or reordered."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand

from ansinh.database import roles
from ansinh.database.acting import acting_as
from ansinh.database.clock import now
from ansinh.journal.operations import keep_head
from ansinh.journal.queries import kept_heads, verify


class Command(BaseCommand):
    help = "Kiểm tra chuỗi nhật ký: dòng bị xóa, sửa, đổi thứ tự, mất phần cuối; lượt xem đã niêm phong bị sửa"

    def add_arguments(self, parser):
        parser.add_argument("--heads", help="tệp mốc giữ ngoài cơ sở dữ liệu (mặc định: của bản cài đặt này)")
        parser.add_argument("--strict", action="store_true", help="lượt xem quá 10 phút chưa niêm phong cũng là lỗi")

    def handle(self, *args, **options):
        path = Path(options["heads"] or settings.ANSINH_HEADS)
        # Before the chain is read, so that an entry written meanwhile is no fault.
        heads = kept_heads(path)
        with acting_as(roles.SYSTEM):
            verdict = verify(heads=heads, now=now())
        for finding in verdict.findings:
            self.stdout.write(f"Dòng {finding.entry}: {finding.words}")
        if verdict.late:
            self.stdout.write(f"Lưu ý: {verdict.late} (công việc nền có chạy không?)")
        counted = f"{verdict.entries} dòng, {verdict.reads} lượt xem đã niêm phong, {verdict.waiting} chờ niêm phong"
        if not verdict.is_sound or (options["strict"] and verdict.late):
            self.stdout.write(f"NHẬT KÝ KHÔNG TOÀN VẸN: {len(verdict.findings)} điểm; {counted}, đối chiếu {len(heads)} mốc.")
            raise SystemExit(1)
        if not options["heads"]:
            keep_head(path=path, at=now())
        self.stdout.write(f"Nhật ký toàn vẹn: {counted}, đối chiếu {len(heads)} mốc giữ ngoài cơ sở dữ liệu.")
