"""`synth`: the invented province of new Hưng Yên at any size, into an empty database."""

from __future__ import annotations

import time

from django.core.management.base import BaseCommand, CommandError

from ansinh.demo.synth.telling import tell
from ansinh.kernel.errors import AlreadyDone

PEOPLE, SEED = 3_500_000, 2026


class Command(BaseCommand):
    help = "Dựng tỉnh giả định với số người tùy chọn (dữ liệu hư cấu), vào một cơ sở dữ liệu trống"

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=PEOPLE, help=f"số người (mặc định {PEOPLE})")
        parser.add_argument("--seed", type=int, default=SEED, help=f"cùng một số cho cùng một tỉnh (mặc định {SEED})")

    def handle(self, *args, **options):
        started = time.monotonic()
        try:
            tell(people=options["people"], seed=options["seed"], say=self._say)
        except AlreadyDone as refusal:
            raise CommandError(str(refusal)) from None
        self._say(f"Dựng xong trong {time.monotonic() - started:.0f} giây.")

    def _say(self, message: str) -> None:
        self.stdout.write(message)
        self.stdout.flush()
