"""The measured province: invented people by COPY, decisions by the operations officers use."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connections, transaction

from ansinh.access.models import Post, Role
from ansinh.database.acting import as_maintenance
from ansinh.demo.population import communes
from ansinh.demo.posts import COMMUNES, open_posts, post_of
from ansinh.demo.story import Place, grant
from ansinh.demo.writing import Writer
from ansinh.localities.models import Unit
from ansinh.localities.operations import add_village
from ansinh.people import operations as people
from ansinh.people.operations import Newcomer
from ansinh.project.bench.figures import Figure, clocked, taken_back

SEED = 2026
DAY = date(2026, 11, 16)  # before the cut-off day of December's lists
_SAMPLE = 200


@dataclass
class Province:
    places: list[Place]
    now: datetime

    @property
    def size(self) -> int:
        return sum(len(place.commune.humans) for place in self.places)

    @property
    def officer(self) -> Post:
        """The officer of the first commune: sees its people only."""
        return post_of(self.places[0].unit.code, Role.COMMUNE_OFFICER)


def fill(size: int, now: datetime) -> tuple[Province, list[Figure]]:
    """The people written, their grants decided; and how fast they were written."""
    with as_maintenance():
        open_posts()
    places = []
    seconds = peak = 0.0
    with transaction.atomic(using="owner"):
        writer = Writer(now=now)
        for commune in communes(people=size, seed=SEED, codes=list(COMMUNES), on=DAY):
            with as_maintenance():
                unit = Unit.objects.get(code=commune.code, period__endswith=None, level=3)
                villages = [add_village(unit=unit, name=f"Thôn {number + 1}") for number in range(commune.villages)]
            with clocked() as clock:
                keys = writer.write(commune, unit, villages)
            seconds, peak = seconds + clock.seconds, max(peak, clock.peak_mb)
            places.append(Place(commune, unit, keys, random.Random(f"{SEED}/{commune.code}")))
        writer.finish()
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE")
    province = Province(places, now)
    for place in places:
        grant(place)
    row_by_row = _registered_one_by_one(province) * province.size
    figure = Figure(
        "write_people", f"Ghi {province.size} người với mọi dữ kiện (COPY)", "giây", seconds,
        "từng người qua thao tác đăng ký", row_by_row, f"{_SAMPLE} người, chỉ nhân thân", peak,
    )  # fmt: skip
    return province, [figure]


def _registered_one_by_one(province: Province) -> float:
    """Seconds a person through the operation, taken back afterwards."""
    place = province.places[0]
    with as_maintenance(), taken_back() as clock:
        for human in place.commune.humans[:_SAMPLE]:
            people.register_person(
                newcomer=Newcomer(full_name=human.name, sex=human.sex, born_on=human.born, birth_precision=human.precision),
                unit=place.unit, village=None, since=None, source="đo", by=province.officer, now=province.now,
            )  # fmt: skip
    return clock.seconds / min(_SAMPLE, len(place.commune.humans))
