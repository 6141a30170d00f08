"""Load competence and the bodies of the province. Safe to run again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import yaml
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.access.models import Competence, Office, OfficeKind, OfficeSuccession
from ansinh.localities.models import Level, Unit

REFERENCE = Path(__file__).resolve().parent.parent / "reference"


@transaction.atomic
def load_reference() -> None:
    """Competence rows, the dated bodies of the province with their successors, and an office for each commune of today."""
    for row in _yaml("competence.yaml"):
        Competence.objects.get_or_create(
            act=row["act"],
            office_kind=row["office_kind"],
            role=row["role"],
            period=_period(row),
            defaults={"basis": row["basis"], "mark": row["mark"]},
        )
    provinces = {unit.key: unit for unit in Unit.objects.filter(level=Level.PROVINCE)}
    offices = _yaml("offices.yaml")
    for row in offices["offices"]:
        Office.objects.get_or_create(
            code=row["code"],
            defaults={
                "name": row["name"],
                "kind": row["kind"],
                "unit": provinces.get(row["unit"]),
                "period": _period(row),
                "basis": row["basis"],
                "parent": Office.objects.filter(code=row.get("parent", "")).first(),
            },
        )
    for row in offices["successions"]:
        OfficeSuccession.objects.get_or_create(
            event_on=date.fromisoformat(row["on"]),
            old=Office.objects.get(code=row["old"]),
            new=Office.objects.get(code=row["new"]),
            field=row["field"],
            defaults={"basis": row["basis"]},
        )
    _commune_offices(offices["commune_offices_of"])


def _commune_offices(province_code: str) -> None:
    communes = Unit.objects.filter(level=Level.COMMUNE, province_code=province_code, period__endswith=None)
    known = set(Office.objects.filter(kind=OfficeKind.COMMUNE).values_list("code", flat=True))
    Office.objects.bulk_create(
        Office(
            code=f"UBND-{unit.code}",
            name=f"UBND {unit.name[0].lower()}{unit.name[1:]}",
            kind=OfficeKind.COMMUNE,
            unit=unit,
            symbol="UBND",
            period=DateRange(unit.period.lower, None),
            basis="Luật Tổ chức chính quyền địa phương 72/2025/QH15",
        )
        for unit in communes
        if f"UBND-{unit.code}" not in known
    )


def _yaml(name: str):
    return yaml.safe_load((REFERENCE / name).read_text(encoding="utf-8"))


def _period(row: dict) -> DateRange:
    start, end = (date.fromisoformat(row[k]) if row.get(k) else None for k in ("from", "to"))
    return DateRange(start, end)
