"""The measured province: invented by `synth` in a database of its own; and how fast that was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.db import connection

from ansinh.access.models import Post, Role
from ansinh.database.acting import as_maintenance
from ansinh.demo.posts import COMMUNES, post_of
from ansinh.demo.synth.telling import tell
from ansinh.localities.models import Unit
from ansinh.people import operations as people
from ansinh.people.models import Person
from ansinh.people.operations import Newcomer
from ansinh.project.bench.figures import Figure, clocked, taken_back

SEED = 2026
DAY = date(2026, 11, 16)  # before the cut-off day of December's lists
MONTH = date(2026, 12, 1)  # the month that is proposed
LAST_PAID = date(2026, 11, 1)
_SAMPLE = 200
_SMALL = 20_000  # below: a trial of the bench itself, in the communes of the demonstration, with few repetitions


@dataclass
class Province:
    """Who works there, and on what day."""

    size: int
    now: datetime

    @property
    def codes(self) -> tuple[str, ...]:
        """The communes; empty for all of the province."""
        return COMMUNES if self.size < _SMALL else ()

    def repeated(self, number: int) -> int:
        """How often something is done to tell its time."""
        return max(5, number * self.size // _SMALL) if self.size < _SMALL else number

    @cached_property
    def officer(self) -> Post:
        """The officer of one commune: sees its people only."""
        return post_of(COMMUNES[0], Role.COMMUNE_OFFICER)

    @cached_property
    def posts(self) -> dict[str, Post]:
        """One post for each role of the database that searches the register."""
        found = Post.objects.select_related("office__unit", "user")
        return {
            "xã": self.officer,
            "tỉnh": found.get(code=f"BTXH-{Role.DIVISION_OFFICER}"),
            "kiểm tra": found.get(code=f"SYT-{Role.INSPECTOR}"),
        }

    @cached_property
    def units(self) -> list[Unit]:
        """The communes that have people."""
        with as_maintenance():
            return list(Unit.objects.filter(id__in=Person.objects.values("unit").distinct()).order_by("code"))

    def people_of(self, unit: Unit | None, number: int, *, paid: bool = False) -> list[Person]:
        """Some people, evenly from the whole register or a commune: always the same ones. `paid`: of those the ledger pays."""
        asked = ["p.unit_id = %s"] if unit else []
        source = "people_person p"
        if paid:
            source += " JOIN entitlements_entitlement e ON e.person_id = p.id"
            asked.append("e.months @> %s::date")
        where = f"WHERE {' AND '.join(asked)}" if asked else ""
        values: list = [unit.id] if unit else []
        values += [LAST_PAID] if paid else []
        with as_maintenance(), connection.cursor() as cursor:
            cursor.execute(f"SELECT DISTINCT p.id FROM {source} {where} ORDER BY p.id", values)
            keys = [key for (key,) in cursor.fetchall()]
            step = max(1, len(keys) // number)
            return list(Person.objects.filter(id__in=keys[::step][:number]).order_by("id"))


def fill(size: int, now: datetime, say: Callable[[str], None]) -> tuple[Province, list[Figure]]:
    """The province written, and how long that took beside registering people one by one."""
    province = Province(size, now)
    with clocked() as clock:
        tell(people=size, seed=SEED, say=say, codes=province.codes)
    figure = Figure(
        "write_people", f"Tỉnh giả định {size} người: sổ, quyết định, 24 tháng chi trả", "giây", clock.seconds,
        "từng người qua thao tác đăng ký, chỉ nhân thân", _registered_one_by_one(province) * size, f"{_SAMPLE} người", *clock.memory,
    )  # fmt: skip
    return province, [figure]


def _registered_one_by_one(province: Province) -> float:
    """Seconds a person through the operation, taken back afterwards."""
    unit = province.officer.office.unit
    with as_maintenance(), taken_back() as clock:
        for number in range(_SAMPLE):
            people.register_person(
                newcomer=Newcomer(full_name=f"Nguyễn Văn Đo {number}", sex="male", born_on=date(1950, 1, 1)), unit=unit,
                village=None, since=None, source="đo", by=province.officer, now=province.now,
            )  # fmt: skip
    return clock.seconds / _SAMPLE
