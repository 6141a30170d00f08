"""Events, lists and signatures for tests, made by the operations officers use."""

from __future__ import annotations

from datetime import date

from ansinh.access.acting import as_post
from ansinh.access.models import Post, Role
from ansinh.access.tests.factories import DAY, NOW, post
from ansinh.emergency import operations
from ansinh.emergency.models import AidList, Occasion, OccasionKind
from ansinh.emergency.operations.deciding import Signature
from ansinh.emergency.operations.lines import Asked
from ansinh.emergency.operations.occasions import NewOccasion

STORM = date(2026, 11, 10)


def event(*, cause: str = "storm", day: date = STORM, by: Post | None = None, **known) -> Occasion:
    """A storm in Quỳnh Phụ, with the list of the commune."""
    by = by or post()
    with as_post(by, on=DAY):
        new = NewOccasion(kind=OccasionKind.RELIEF, name="Bão số 9", cause=cause, first_day=day, **known)
        return operations.open_occasion(new=new, by=by, now=NOW)


def relief(**known) -> AidList:
    """The empty list of an event."""
    made = event(**known)
    with as_post(post(), on=DAY):
        return AidList.objects.select_related("occasion", "unit", "office").get(occasion=made)


def round_of_gifts(by: Post | None = None, **known) -> Occasion:
    """A round of gifts for those in the ledger; the division's is for every commune."""
    by = by or post()
    given = {
        "kind": OccasionKind.GIFTS, "name": "Quà Tết 2027", "first_day": date(2026, 11, 20), "paper": "NQ 418/NQ-CP",
        "level_vnd": 400_000, "cutoff_on": date(2026, 11, 15), "groups": ["monthly_allowance", "social_pension"],
    }  # fmt: skip
    with as_post(by, on=DAY):
        return operations.open_occasion(new=NewOccasion(**{**given, **known}), by=by, now=NOW)


def gifts(**known) -> AidList:
    """The list of the commune's own round, not filled."""
    made = round_of_gifts(**known)
    with as_post(post(), on=DAY):
        return AidList.objects.select_related("occasion", "unit", "office").get(occasion=made)


def rice(name: str = "Trần Văn Lụt", **known) -> Asked:
    """A household of four asking for two months of rice; what other kinds ask is as the law wants it."""
    told = {"away": False, "without_home": True, "unable": True}
    return Asked(**{**told, "kind": "rice", "recipient": name, "persons": 4, "months": 2, "village_name": "Thôn Đông", **known})


def add(made: AidList, *asked: Asked, by: Post | None = None) -> list:
    by = by or post()
    with as_post(by, on=DAY):
        return operations.add_lines(aid_list=made, asked=asked, by=by, now=NOW)


def signature(number: str = "45/QĐ-UBND", on: date = DAY, signer: Post | None = None) -> Signature:
    return Signature(number, on, signer or post(Role.COMMUNE_CHAIRMAN))


def act(name: str, made: AidList, *, by: Post | None = None, **known) -> AidList:
    """One act on a list with what it needs, by a post that may."""
    by = by or post(
        Role.CLERK
        if name == "decide"
        else Role.COMMUNE_HEAD
        if name == "send_back"
        else Role.COMMUNE_CHAIRMAN
        if name == "reopen"
        else Role.COMMUNE_OFFICER
    )
    given = {
        "review": {"on": DAY, "note": "Họp thôn, 20 người dự"}, "skip_review": {"note": "Nhà trôi, không còn lương thực"},
        "send_back": {"note": "Thiếu xác nhận"}, "reopen": {"note": "Ghi nhầm số"}, "decide": {"signature": signature(), "resources": {}},
    }.get(name, {})  # fmt: skip
    with as_post(by, on=DAY):
        return getattr(operations, name)(aid_list=made, by=by, now=NOW, **{**given, **known})


def brought(state: str, *asked: Asked, made: AidList | None = None) -> AidList:
    """A list of an event with lines, brought to a state."""
    made = made or relief()
    add(made, *(asked or (rice(),)))
    for name, reached in (("review", "reviewed"), ("submit", "submitted"), ("decide", "decided")):
        if state == "listing":
            break
        made = act(name, made)
        if reached == state:
            break
    if state == "accounted":
        mark(made, "give")
        made = act("account", made)
    with as_post(post(), on=DAY):
        return AidList.objects.select_related("occasion", "unit", "office").get(pk=made.pk)


def mark(made: AidList, name: str, *, by: Post | None = None, only: str = "", **known) -> int:
    """Mark every line of a list, or that of one person."""
    by = by or post()
    with as_post(by, on=DAY):
        lines = made.lines.filter(recipient=only) if only else made.lines.all()
        keys = list(lines.values_list("pk", flat=True))
        return operations.mark_lines(aid_list=made, lines=keys, act=name, on=DAY, by=by, now=NOW, **known)
