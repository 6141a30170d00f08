"""What every example of a paper needs: its day, its posts, rows numbered as if the house had just been opened, its Word file."""

from __future__ import annotations

import os
from datetime import date
from io import BytesIO

import psycopg
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.access.models import Office, Post, Role
from ansinh.access.tests.factories import QUYNH_PHU, make_user, post
from ansinh.documents.kinds import kind_of
from ansinh.documents.models import OutgoingEntry
from ansinh.documents.operations import Content
from ansinh.rendering.templates import fill

_FIRST_KEY = 90_000_001
_NUMBERED = ("dossiers_dossier", "payments_paymentlist", "payments_handover", "payments_paymentline", "people_person", "emergency_aidlist",
             "emergency_aidline", "emergency_protection", "emergency_relieffund", "emergency_fundentry", "petitions_petition")  # fmt: skip


def number_anew() -> None:
    """Public codes are made of keys: whatever ran before in this database, the examples get the same ones."""
    with psycopg.connect(os.environ["OWNER_DATABASE_URL"], autocommit=True) as owner:
        for table in _NUMBERED:
            owner.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), {_FIRST_KEY}, false)")


def staffed() -> None:
    """The posts of Quỳnh Phụ, each with a holder of its own name."""
    names = {
        Role.COMMUNE_OFFICER: "Đỗ Thị Soạn", Role.COMMUNE_HEAD: "Vũ Văn Phòng", Role.COMMUNE_CHAIRMAN: "Phạm Văn Ký",
        Role.CLERK: "Bùi Thị Thư", Role.ACCOUNTANT: "Ngô Thị Toán", Role.ONE_STOP: "Hà Thị Cửa",
    }  # fmt: skip
    for role, name in names.items():
        made = post(role)
        made.user.full_name = name
        made.user.save(update_fields=["full_name"])


def deputy() -> Post:
    """The deputy chairman, who signs KT."""
    return Post.objects.create(
        code="PCT", office=Office.objects.get(code=f"UBND-{QUYNH_PHU}"), role=Role.COMMUNE_CHAIRMAN, title="Phó Chủ tịch UBND",
        is_deputy=True, user=make_user("phochutich", "Lê Văn Phó"), period=DateRange(date(2025, 7, 1), None),
    )  # fmt: skip


def numbered(number: int, kind: str, on: date) -> OutgoingEntry:
    """A line of the register that gives a paper its number; kept nowhere."""
    return OutgoingEntry(number=number, symbol=f"{number:02d}/{kind}-UBND", dated_on=on)


def word_of(content: Content) -> bytes:
    """The paper from the template of the programme."""
    return fill(kind_of(content.kind).default(), content.values)


def joined(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The same, once it was seen that each part is a file."""
    assert all(isinstance(data, bytes | BytesIO) and len(data) > 1000 for data in parts.values())
    return parts
