"""`demo`: fill the database with the invented province, once. The server is started by the front command."""

from __future__ import annotations

import random
import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from ansinh.access.models import Post, Role
from ansinh.database.acting import as_maintenance
from ansinh.database.clock import now, today
from ansinh.demo.beside import file_beside
from ansinh.demo.filing import file_dossiers
from ansinh.demo.office_work import keep_office
from ansinh.demo.population import communes
from ansinh.demo.posts import COMMUNES, PASSWORD, open_posts
from ansinh.demo.relief import tell_relief
from ansinh.demo.story import Place, tell
from ansinh.demo.watching import STOPPED_FROM, examples, mistake
from ansinh.demo.writing import Writer
from ansinh.localities.models import Unit
from ansinh.localities.operations import add_village
from ansinh.people.models import Person

SEED = 2026


class Command(BaseCommand):
    help = "Dựng tỉnh trình diễn: người, quyết định, các tháng chi trả (dữ liệu hư cấu)"

    def add_arguments(self, parser):
        parser.add_argument("--people", type=int, default=20_000)

    def handle(self, *args, **options):
        started = time.monotonic()
        with as_maintenance():
            logins = open_posts()
            filled = Person.objects.exists()
        if filled:
            self.stdout.write("Dữ liệu trình diễn đã có, giữ nguyên.")
        else:
            self._fill(options["people"])
            self.stdout.write(f"Dựng xong trong {time.monotonic() - started:.0f} giây.")
        self.stdout.write(f"\nĐăng nhập (mật khẩu chung: {PASSWORD})")
        for login in logins:
            self.stdout.write(f"  {login.username:<28} {login.role}, {login.office}")
        if settings.ANSINH_SECOND_STEP:
            self.stdout.write("\nChức vụ quyết định, chi trả, quản trị đăng ký điện thoại ở lần đăng nhập đầu.")
            self.stdout.write("Không có điện thoại: ansinh manage demo_code KHÓA-HIỆN-TRÊN-TRANG")

    def _fill(self, people: int) -> None:
        day = today()
        places = []
        self.stdout.write(f"Dựng khoảng {people} người ở {len(COMMUNES)} xã, phường…")
        with transaction.atomic(using="owner"):
            writer = Writer(now=now())
            for commune in communes(people=people, seed=SEED, codes=list(COMMUNES), on=day):
                with as_maintenance():
                    unit = Unit.objects.get(code=commune.code, period__endswith=None, level=3)
                    villages = [add_village(unit=unit, name=f"Thôn {number + 1}") for number in range(commune.villages)]
                keys = writer.write(commune, unit, villages)
                places.append(Place(commune, unit, keys, random.Random(f"{SEED}/{commune.code}/story")))
            writer.finish()
        self.stdout.write("Quyết định và chi trả, như cán bộ làm:")
        home, other = sorted(places, key=lambda place: COMMUNES.index(place.unit.code))[:2]
        tell(
            places, now=now(), say=self.stdout.write, meanwhile=lambda month: mistake(home) if month == STOPPED_FROM else None
        )  # fmt: skip
        with as_maintenance():
            division = Post.objects.select_related("office__unit", "user").get(code=f"BTXH-{Role.DIVISION_OFFICER}")
        tell_relief(places, division=division, now=now())
        self.stdout.write(
            f"  {sum(file_dossiers(place) + file_beside(place) for place in places)} hồ sơ đang ở các bước khác nhau"
        )
        keep_office(places)
        found = examples(home, other, [place.unit for place in places], now())
        self.stdout.write(f"  {found} việc cần rà soát; {home.unit.name} có ví dụ của mỗi loại")
