"""The watch list of the whole province, and the desk with a million dossiers on it."""

from __future__ import annotations

from datetime import timedelta

from django.db import connections
from django.test import Client
from django.urls import reverse

from ansinh.access.acting import as_post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.models import Dossier
from ansinh.entitlements.models import Entitlement
from ansinh.entitlements.queries import law_for
from ansinh.jobs import WORKERS
from ansinh.kernel.periods import add_months, month_of
from ansinh.law.procedures import load_sheets
from ansinh.project.bench.beside import beside, slowest, together
from ansinh.project.bench.figures import Clock, Figure, clocked, milliseconds, percentile, taken_back
from ansinh.project.bench.province import DAY, Province
from ansinh.watch import operations
from ansinh.watch.background import COMMUNES_A_STEP

_ALONE, _OPENED, _READ, _MONTHS = 150, 40, 20_000, 4
_MANY = 1_000_000

# Nearly all are answered; four in a hundred lie on a desk, one procedure of a person at most once.
_DOSSIERS = """
WITH people AS (SELECT p.id, p.unit_id, p.full_name, p.sort_key, row_number() OVER (ORDER BY p.id) - 1 AS place FROM people_person p),
  size AS (SELECT count(*) AS people FROM people),
  numbered AS (SELECT n, n %% size.people AS place, n / size.people AS round FROM size, generate_series(0, %(many)s - 1) AS n)
INSERT INTO dossiers_dossier (procedure, "case", unit_id, office_id, person_id, person_name, sort_key, applicant_name, applicant_relation,
  applicant_telephone, channel, one_stop_code, request, declared, details, state, holder_id, opened_by_id, opened_at, received_on, due_on, proposal,
  reason, article, answer_number, answered_on, signer_name, signer_title)
SELECT (%(procedures)s::text[])[1 + n.round %% %(kinds)s], '', p.unit_id, %(office)s, p.id, p.full_name, p.sort_key, '', '', '', 'counter', '',
  '', '{}', '{}', CASE WHEN n.round >= %(kinds)s OR n.n %% 25 > 0 THEN 'delivered'
    ELSE (ARRAY['received', 'verifying', 'incomplete', 'awaiting_signature'])[1 + n.n / 25 %% 4] END,
  %(post)s, %(post)s, %(at)s, %(day)s::date - (n.n %% 900)::int, %(day)s::date - (n.n %% 900)::int + 14, '', '', '', '', NULL, '', ''
FROM numbered n JOIN people p USING (place)
"""


def measure_watch(province: Province) -> list[Figure]:
    """The night's look at every commune; the yardstick asks the law about each entry alone, month by month."""
    units, whole = province.units, Province(province.size, province.now)
    looked = beside(_look, [(whole, number) for number in range(WORKERS)])
    found, clock = sum(waiting for waiting, _ in looked), slowest([clock for _, clock in looked])
    with as_maintenance():
        people = province.people_of(None, province.repeated(_ALONE), paid=True)
        running = Entitlement.objects.running(month_of(DAY)).count()
        with clocked() as alone:
            for person in people:
                for ahead in range(_MONTHS):
                    law_for(person, add_months(month_of(DAY), ahead))
                list(Entitlement.objects.filter(person=person, ended_by=None))
    return [
        Figure("watch", f"Rà soát cả tỉnh: {len(units)} xã, {province.size} người, {running} dòng sổ hưởng, {found} việc", "giây",
               clock.seconds, "từng dòng sổ hưởng qua ORM", alone.seconds / len(people) * running, f"{len(people)} người", *clock.memory)
    ]  # fmt: skip


def _look(asked: tuple[Province, int]) -> tuple[int, Clock]:
    """One of the night's jobs, its writes undone: how much waits."""
    province, number = asked
    units = province.units[number::WORKERS]
    parts = [units[start : start + COMMUNES_A_STEP] for start in range(0, len(units), COMMUNES_A_STEP)]
    waiting = 0
    with as_post(None, on=DAY), together() as clock:
        for part in parts:
            with taken_back():  # as a step commits: the other job does not wait for the whole of this one
                waiting += operations.look_over(units=part, by=None, now=province.now).waiting
    return waiting, clock


def measure_desk(province: Province) -> list[Figure]:
    """The desk beside a million dossiers. They stay in the measured database: this comes last."""
    many = _MANY if province.repeated(_OPENED) == _OPENED else province.size
    _fill(province, many)
    figures = []
    with as_maintenance(), clocked() as clock:
        read = [
            one.due_on or DAY for one in Dossier.objects.select_related("unit", "holder__user").order_by("id")[:_READ].iterator()
        ]
        sorted(read)
    scan = clock.seconds * 1000 / max(1, len(read)) * many
    kinds = {
        "open": ("đang xử lý", ""),
        "late": ("quá hạn", "?xem=qua-han"),
        "all": ("tất cả", "?xem=tat-ca"),
        "name": ("tìm tên", "?tim=nguyen+thi"),
    }
    for place in ("xã", "tỉnh"):
        post = province.posts[place]
        client = Client(SERVER_NAME="localhost")
        client.force_login(post.user, backend="django.contrib.auth.backends.ModelBackend")
        for key, (what, query) in kinds.items():
            paths = [reverse("dossiers:desk") + query] * province.repeated(_OPENED)
            _open(client, paths[0])
            with clocked() as clock:
                taken = milliseconds(lambda path, client=client: _open(client, path), paths)
            figures += [
                Figure(f"desk_{key}_{post.role}_p{share}", f"Danh sách hồ sơ, {many} hồ sơ, {what}, cấp {place}, p{share}", "ms",
                       percentile(taken, share / 100), "đọc hết qua ORM rồi xếp", scan, f"{len(read)} hồ sơ", *clock.memory)
                for share in (50, 95)
            ]  # fmt: skip
    return figures


def _fill(province: Province, many: int) -> None:
    procedures = sorted(load_sheets())
    post = province.officer
    arguments = {
        "many": many, "procedures": procedures, "kinds": len(procedures), "office": post.office_id, "post": post.id,
        "at": province.now - timedelta(days=900), "day": DAY,
    }  # fmt: skip
    with connections["owner"].cursor() as cursor:
        cursor.execute(_DOSSIERS, arguments)
        cursor.execute("ANALYZE dossiers_dossier")


def _open(client: Client, path: str) -> None:
    answer = client.get(path)
    if answer.status_code != 200:
        raise RuntimeError(f"{path} answered {answer.status_code}")
