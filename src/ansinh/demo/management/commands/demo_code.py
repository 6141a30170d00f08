"""`demo_code`: the code a telephone would show, for trying the second step of the demonstration without one."""

from __future__ import annotations

import time
from base64 import b32decode

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django_otp.oath import TOTP


class Command(BaseCommand):
    help = "Mã xác thực hiện thời của một khóa (chỉ trong bản trình diễn, khi không có điện thoại)"

    def add_arguments(self, parser):
        parser.add_argument("letters", nargs="+", help="khóa hiện trên trang đăng ký thiết bị")

    def handle(self, *args, **options):
        if not settings.ANSINH_DEMO:
            raise CommandError("Lệnh này chỉ dùng trong bản trình diễn.")
        letters = "".join(options["letters"]).replace(" ", "").upper()
        try:
            key = b32decode(letters)
        except ValueError:
            raise CommandError("Khóa không đúng: cần các chữ A–Z và số 2–7 như hiện trên trang.") from None
        code = TOTP(key)
        code.time = time.time()
        self.stdout.write(f"{code.token():06d}")
