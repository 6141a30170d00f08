"""`reset_second_step`: for the administrator who lost the last device; needs the machine itself."""

from __future__ import annotations

from django.core.management.base import BaseCommand, CommandError

from ansinh.access.models import User
from ansinh.access.operations import reset_second_step
from ansinh.database.clock import now
from ansinh.kernel.errors import AnsinhError


class Command(BaseCommand):
    help = "Đặt lại bước xác thực thứ hai của một người: lần đăng nhập tới đăng ký thiết bị mới"

    def add_arguments(self, parser):
        parser.add_argument("username", help="tên đăng nhập")
        parser.add_argument("--reason", required=True, help="lý do, ghi vào nhật ký")

    def handle(self, *args, **options):
        user = User.objects.filter(username__iexact=options["username"]).first()
        if user is None:
            raise CommandError("Không có tên đăng nhập này.")
        try:
            reset_second_step(user=user, reason=options["reason"], by=None, now=now())
        except AnsinhError as refusal:
            raise CommandError(str(refusal)) from None
        self.stdout.write(f"Đã đặt lại bước xác thực thứ hai của {user.username}; mọi phiên của người này đã kết thúc.")
