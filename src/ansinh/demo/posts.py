"""Offices, posts and log-ins of the demonstration. All people are invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from django.contrib.auth.hashers import make_password
from django.db.backends.postgresql.psycopg_any import DateRange

from ansinh.access.models import Office, OfficeKind, Post, Role, User
from ansinh.kernel.folding import slug
from ansinh.localities.models import Unit
from ansinh.payments.models import BudgetSource, Payer, PayerContract

PASSWORD = "thu-nghiem-an-sinh"
COMMUNES = ("12472", "13225", "11953", "12826", "12511", "12271", "13192", "12142")
OPENED = date(2025, 7, 1)

_COMMUNE_POSTS = (
    (Role.COMMUNE_OFFICER, "canbo", "Chuyên viên Phòng VH-XH"),
    (Role.COMMUNE_HEAD, "truongphong", "Trưởng phòng VH-XH"),
    (Role.COMMUNE_CHAIRMAN, "chutich", "Chủ tịch UBND"),
    (Role.ACCOUNTANT, "ketoan", "Kế toán"),
    (Role.CLERK, "vanthu", "Văn thư"),
)
_PROVINCE_POSTS = (
    (Role.DIVISION_OFFICER, "chuyenvien.so", "Chuyên viên", "BTXH"),
    (Role.DIVISION_HEAD, "truongphong.so", "Trưởng phòng", "BTXH"),
    (Role.DEPARTMENT_LEADER, "lanhdao.so", "Phó Giám đốc", "SYT"),
    (Role.INSPECTOR, "kiemtra.so", "Người kiểm tra", "SYT"),
    (Role.ADMINISTRATOR, "quantri", "Quản trị hệ thống", "SYT"),
)
# Given names in the order posts are filled: invented officers.
_NAMES = (
    "Đỗ Thị Hạnh", "Phạm Văn Lượng", "Trần Quang Diệm", "Lê Thị Nhàn", "Vũ Thị Xoan", "Bùi Đức Thiệp", "Ngô Thị Bích", "Hoàng Văn Tuế",
    "Đặng Thị Thoa", "Phan Đình Khuê", "Đinh Thị Vy", "Mai Văn Sửu", "Tạ Thị Lành", "Quách Văn Hợi", "Lương Thị Mận", "Khổng Văn Ích",
)  # fmt: skip


@dataclass(frozen=True)
class Login:
    """A line of the log-ins printed at the end."""

    role: str
    office: str
    username: str


@cache
def _hashed() -> str:
    """One password for all of them is hashed once: a careful hash takes a quarter of a second."""
    return make_password(PASSWORD)


def open_posts() -> list[Login]:
    """Make users and posts of the demonstration, once. Returns one log-in a role, those of the first commune first."""
    names = _names()
    logins: list[Login] = []
    for code in COMMUNES:
        office = Office.objects.get(code=f"UBND-{code}")
        place = slug(office.unit.name.split(" ", 1)[1]).replace("-", "")
        for role, word, title in _COMMUNE_POSTS:
            logins.append(_seat(office, role, f"{word}.{place}", title, next(names)))
    for role, username, title, office_code in _PROVINCE_POSTS:
        logins.append(_seat(Office.objects.get(code=office_code), role, username, title, next(names)))
    logins.append(_seat(_payer_office(), Role.PAYER, "buudien", "Giao dịch viên", next(names)))
    return list({login.role: login for login in reversed(logins)}.values())[::-1]


def _names() -> Iterator[str]:
    number = 0
    while True:
        yield _NAMES[number % len(_NAMES)]
        number += 1


def _seat(office: Office, role: str, username: str, title: str, full_name: str) -> Login:
    user, made = User.objects.get_or_create(username=username, defaults={"full_name": full_name})
    if made:
        user.password = _hashed()
        user.save()
    Post.objects.get_or_create(
        code=f"{office.code}-{role}",
        defaults={"office": office, "role": role, "title": title, "user": user, "period": DateRange(OPENED, None)},
    )
    return Login(str(Role(role).label), office.name, username)


def _payer_office() -> Office:
    province = Unit.objects.get(key="33@2025-07-01")
    office, _ = Office.objects.get_or_create(
        code="BUUDIEN",
        defaults={
            "name": "Bưu điện tỉnh (trình diễn)",
            "kind": OfficeKind.PAYER,
            "unit": province,
            "period": DateRange(OPENED, None),
            "basis": "Hợp đồng chi trả (trình diễn)",
        },
    )
    payer, _ = Payer.objects.get_or_create(office=office, defaults={"code": "BD", "name": office.name})
    for code in COMMUNES:
        unit = Office.objects.get(code=f"UBND-{code}").unit
        for method in ("cash", "bank"):
            PayerContract.objects.get_or_create(
                payer=payer, unit=unit, method=method, defaults={"period": DateRange(OPENED, None), "basis": "Trình diễn"}
            )
    BudgetSource.objects.get_or_create(code="NSNN", defaults={"name": "Ngân sách nhà nước, trợ giúp xã hội"})
    return office


def post_of(unit_code: str, role: str) -> Post:
    """A commune's post, ready to act."""
    return Post.objects.select_related("office__unit", "user").get(code=f"UBND-{unit_code}-{role}")
