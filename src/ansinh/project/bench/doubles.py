"""The night's comparison of the register with itself: how long it takes, how many doubles it finds, how often it asks in vain."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.db import connection
from django.db.models import Q

from ansinh.access.acting import as_post
from ansinh.database.acting import as_maintenance
from ansinh.people import operations
from ansinh.people.models import DuplicatePair, Person
from ansinh.people.queries.resemblance import shares
from ansinh.project.bench.figures import Clock, Figure, clocked, taken_back
from ansinh.project.bench.planting import Planted, plant
from ansinh.project.bench.province import DAY, Province

_PLANTED, _ALONE = 10_000, 300
_EQUAL = (
    "SELECT a.id, b.id FROM people_person a JOIN people_person b ON b.name_folded = a.name_folded AND b.born_on = a.born_on "
    "AND b.id > a.id AND a.birth_precision = 'day' AND b.birth_precision = 'day'"
)


def measure_doubles(province: Province) -> list[Figure]:
    """Doubles are planted, found, and taken out again. The yardstick looks for each person alone."""
    with as_maintenance(), taken_back():
        planted = plant(province, min(_PLANTED, max(20, province.size // 100)))
        with as_post(None, on=DAY), clocked() as clock:
            operations.find_duplicates(units=province.units, by=None, now=province.now)
        people = province.people_of(None, province.repeated(_ALONE))
        with clocked() as alone:
            for one in people:
                _looked_up(one)
        found = {(first, second): likely for first, second, likely in _open()}
        with connection.cursor() as cursor:
            cursor.execute(_EQUAL)
            equal = set(cursor.fetchall())
    night = Figure(
        "duplicates", f"So cả sổ với chính nó: {province.size} người, {len(found)} cặp nêu ra", "giây", clock.seconds,
        "từng người qua ORM", alone.seconds / len(people) * province.size, f"{len(people)} người", *clock.memory,
    )  # fmt: skip
    return [night, *_quality(found, planted, equal, clock)]


def _open() -> Iterable[tuple[int, int, int]]:
    return DuplicatePair.objects.filter(state="open").values_list("first_id", "second_id", "per_mille")


def _quality(found: Mapping[tuple[int, int], int], planted: Planted, equal: set[tuple[int, int]], clock: Clock) -> list[Figure]:
    """Of what is shown, how much is right; of what was planted, how much is shown. Beside it: equal name and day of birth."""
    known, figures = shares(), []
    usual = told(equal, planted.doubles)
    for key, least, words in (("shown", known.shown, "nêu ra"), ("sure", known.sure, "rất có thể")):
        pairs = {pair for pair, likely in found.items() if likely >= least}
        for what, name, share, beside in zip(
            ("precision", "recall"), ("đúng", "tìm được"), told(pairs, planted.doubles), usual, strict=True
        ):
            figures.append(Figure(
                f"duplicates_{key}_{what}", f"Hồ sơ trùng gieo trước, mức {words}: {name}", "%", 100 * share,
                "trùng họ tên và ngày sinh", 100 * beside, f"{len(planted.doubles)} cặp gieo, {len(planted.likenesses)} cặp giống",
                *clock.memory,
            ))  # fmt: skip
    return figures


def told(pairs: set[tuple[int, int]], doubles: set[tuple[int, int]]) -> tuple[float, float]:
    """Precision and recall."""
    right = len(pairs & doubles)
    return right / len(pairs) if pairs else 1.0, right / len(doubles) if doubles else 1.0


def _looked_up(one: Person) -> list[Person]:
    """Whom a program would compare with one person, row by row."""
    same_name = Q(name_folded=one.name_folded, born_on__year=one.born_on.year) if one.born_on else Q(name_folded=one.name_folded)
    return list(
        Person.objects.filter(same_name | Q(unit=one.unit_id, born_on=one.born_on), same_as=None)
        .exclude(pk=one.pk)
        .prefetch_related("other_numbers", "relatives", "memberships", "accounts")
    )
