"""Open offices and posts, and say who sits where. Nothing is deleted: periods end."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.translation import gettext as _

from ansinh.access.models import Office, Post, User
from ansinh.journal import operations as journal
from ansinh.kernel.errors import AlreadyDone, InvalidInput
from ansinh.localities.models import Unit


@transaction.atomic
def open_office(
    *, code: str, name: str, kind: str, unit: Unit | None, parent: Office | None, since: date, basis: str, by: Post, now: datetime
) -> Office:
    """Open a body from a day on."""
    if Office.objects.filter(code=code).exists():
        raise InvalidInput(_("Đã có cơ quan mang mã “%(code)s”.") % {"code": code}, field="code")
    office = Office.objects.create(
        code=code, name=name, kind=kind, unit=unit, parent=parent, period=DateRange(since, None), basis=basis
    )
    journal.record(by=by.actor, act="open_office", noun="office", key=code, at=now)
    return office


@transaction.atomic
def open_post(*, office: Office, role: str, title: str, is_deputy: bool, since: date, by: Post, now: datetime) -> Post:
    """Open a post in an office from a day on."""
    number = office.posts.count() + 1
    post = Post.objects.create(
        code=f"{office.code}-{number:02d}", office=office, role=role, title=title, is_deputy=is_deputy,
        period=DateRange(since, None),
    )  # fmt: skip
    journal.record(by=by.actor, act="open_post", noun="post", key=post.code, detail={"role": role}, at=now)
    return post


@transaction.atomic
def fill_post(*, post: Post, user: User, by: Post, now: datetime) -> Post:
    """Seat a user in a post. Raises AlreadyDone when somebody sits there."""
    post = Post.objects.select_for_update(of=("self",)).get(pk=post.pk)
    if post.user_id and post.user_id != user.id:
        raise AlreadyDone(_("Chức vụ này đang có người; hãy cho thôi giữ chức vụ trước."))
    post.user = user
    post.save(update_fields=["user"])
    journal.record(by=by.actor, act="fill_post", noun="post", key=post.code, detail={"user": user.username}, at=now)
    return post


@transaction.atomic
def vacate_post(*, post: Post, user: User | None = None, by: Post, now: datetime) -> Post:
    """Let a post be empty. What was done from it keeps the post. `user`: who is meant; AlreadyDone when somebody else sits there."""
    post = Post.objects.select_for_update(of=("self",)).select_related("user").get(pk=post.pk)
    if user is not None and post.user_id != user.id:
        raise AlreadyDone(_("Người giữ chức vụ này vừa thay đổi; hãy tải lại trang."))
    username = post.user.username if post.user else ""
    post.user = None
    post.save(update_fields=["user"])
    journal.record(by=by.actor, act="vacate_post", noun="post", key=post.code, detail={"user": username}, at=now)
    return post
