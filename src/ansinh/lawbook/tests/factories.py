"""Resolutions for tests: none of them is anybody's."""

from __future__ import annotations

from datetime import date

from ansinh.access.acting import as_post
from ansinh.access.models import Post, Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.database.acting import as_maintenance
from ansinh.lawbook import operations
from ansinh.lawbook.models import LineKind, Resolution, ResolutionLine
from ansinh.lawbook.operations import Paper
from ansinh.localities.models import Unit

PROVINCE, OLD_PROVINCE = "33@2025-07-01", "34@0000"


def officer() -> Post:
    return post(Role.DIVISION_OFFICER, office="BTXH")


def head() -> Post:
    return post(Role.DIVISION_HEAD, office="BTXH")


def paper(number: str = "99/2025/NQ-HĐND", *, territory: str = PROVINCE, **more) -> Paper:
    given = {
        "title": "Mức chuẩn của tỉnh thử", "issued_on": date(2025, 12, 10), "in_force_from": date(2026, 1, 1),
        "applies_to_months_from": date(2026, 1, 1),
    }  # fmt: skip
    return Paper(number=number, territory=Unit.objects.get(key=territory), **(given | more))


def level(amount_vnd: int = 650_000, *scopes: str) -> ResolutionLine:
    return ResolutionLine(
        kind=LineKind.LEVEL, amount_vnd=amount_vnd, scopes=list(scopes or ("monthly", "social_pension")), basis="Điều 2"
    )


def written(*lines: ResolutionLine, **head_of) -> Resolution:
    """A resolution as an officer of the division writes it."""
    with as_post(officer(), on=DAY):
        made = operations.write_resolution(paper=paper(**head_of), by=officer(), now=NOW)
        for line in lines or (level(),):
            operations.add_line(resolution=made, line=line, by=officer(), now=NOW)
        return made


def counted(resolution: Resolution) -> Resolution:
    """Its effect counted, over nobody."""
    with as_post(officer(), on=DAY):
        operations.record_effect(resolution=resolution, month=date(2026, 11, 1), figures={}, by=officer(), now=NOW)
    return resolution


def proposed(resolution: Resolution) -> Resolution:
    with as_post(officer(), on=DAY):
        return operations.propose_resolution(resolution=counted(resolution), by=officer(), now=NOW)


def confirmed(*lines: ResolutionLine, **head_of) -> Resolution:
    """Through the whole way, confirmed by the head of the division."""
    made = proposed(written(*lines, **head_of))
    with as_post(head(), on=DAY):
        operations.confirm_resolution(resolution=made, by=head(), now=NOW)
    with as_maintenance():
        made.refresh_from_db()
    return made
