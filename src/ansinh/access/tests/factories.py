"""Posts and users for tests. Reference rows (units, offices, competence) are in the test database already."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.access.models import Office, Post, Role, User
from ansinh.database.acting import as_maintenance
from ansinh.localities.models import Unit

PASSWORD = "mật-khẩu-dài-để-thử-1"
QUYNH_PHU, THAI_BINH = "12472", "13225"
DAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)  # 9 o'clock in Hà Nội


def at(year: int, month: int, day: int, hour: int = 9) -> datetime:
    """A moment in Hà Nội time."""
    return datetime(year, month, day, hour, tzinfo=UTC) - timedelta(hours=7)


def commune(code: str = QUYNH_PHU) -> Unit:
    """A commune of today's map by its code."""
    return Unit.objects.get(code=code, level=3, period__endswith=None)


def post(role: str = Role.COMMUNE_OFFICER, *, office: str = f"UBND-{QUYNH_PHU}", user: User | None = None) -> Post:
    """The post of a role in an office, opened and filled on first asking. `office` is a code; BTXH is the division, SYT the department."""
    with as_maintenance():
        found = Post.objects.select_related("office__unit", "user").filter(code=f"{office}-{role}").first()
        if found:
            return found
        place = Office.objects.select_related("unit").get(code=office)
        return Post.objects.create(
            code=f"{office}-{role}",
            office=place,
            role=role,
            title=str(Role(role).label),
            user=user or make_user(f"{role}.{office}".lower()),
            period=DateRange(date(2020, 1, 1), None),
        )


def make_user(username: str, full_name: str = "Đỗ Thị Thử") -> User:
    user = User(username=username, full_name=full_name)
    user.set_password(PASSWORD)
    user.save()
    return user
