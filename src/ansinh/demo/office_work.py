"""The office of two invented communes at work beside its dossiers: tasks, duty, who is away, a petition, a list that once hung on the board."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime

from ansinh.access import operations as access
from ansinh.access.acting import as_post
from ansinh.access.models import Post, Role
from ansinh.database.acting import as_maintenance
from ansinh.demo.posts import COMMUNES, post_of
from ansinh.demo.signing import DemoIssuer
from ansinh.demo.story import Place, at
from ansinh.documents import operations as documents
from ansinh.documents.letterhead import full_name
from ansinh.dossiers import operations as dossiers
from ansinh.dossiers.models import Dossier
from ansinh.dossiers.operations.answering import Refusal
from ansinh.files import operations as files
from ansinh.files.models import StoredFile
from ansinh.people.models import Person
from ansinh.petitions import operations as petitions
from ansinh.petitions.models import Channel, Kind, Petition
from ansinh.petitions.operations import Sender
from ansinh.petitions.papers import ADMISSION
from ansinh.petitions.papers.content import Draft
from ansinh.petitions.queries import About
from ansinh.rendering.pdf import signing_sheet
from ansinh.rendering.sheets import Column, Sheet, one_group
from ansinh.work import operations as work
from ansinh.work.models import DayPart, DutyKind, Priority

_DAY = date(2026, 11, 20)
_PLACES = "Trụ sở UBND xã và nhà văn hóa các thôn"


@contextmanager
def _by(place: Place, role: str) -> Iterator[Post]:
    post = post_of(place.unit.code, role)
    with as_post(post, on=_DAY):
        yield post


def _on(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return at(date(year, month, day), hour)


def keep_office(places: list[Place]) -> None:
    """Two communes are enough to look at; nothing of it touches money."""
    for place in places:
        if place.unit.code == COMMUNES[0]:
            _posted_once(place)
            _tasks(place)
            _duty(place)
            _petitions(place)
            _mandate(place)
        elif place.unit.code == COMMUNES[1]:
            _away(place)


def _tasks(place: Place) -> None:
    officer = post_of(place.unit.code, Role.COMMUNE_OFFICER)
    clerk = post_of(place.unit.code, Role.CLERK)
    with _by(place, Role.COMMUNE_HEAD) as head:
        who = {"by": head, "now": _on(11, 12)}
        review = work.give_task(
            title="Rà soát người cao tuổi chưa có thẻ bảo hiểm y tế", doer=officer, due_on=date(2026, 11, 18), priority=Priority.URGENT,
            product="Danh sách theo thôn", source="Công văn 345/SYT-BTXH ngày 10/11/2026", **who,
        )  # fmt: skip
        gifts = work.give_task(
            title="Lập danh sách quà Tết 2027", doer=officer, due_on=date(2026, 11, 27), product="Danh sách", **who
        )
        work.give_task(title="Đóng sổ văn bản đi tháng 11", doer=clerk, due_on=_DAY, **who)
    with _by(place, Role.COMMUNE_OFFICER) as by:
        work.move_task(task=review, act="accept", by=by, now=_on(11, 13))
        note = "Đã có danh sách 5 thôn, còn thôn 6 chờ trưởng thôn gửi."
        work.move_task(task=gifts, act="report", note=note, by=by, now=_on(11, 19))


def _duty(place: Place) -> None:
    with _by(place, Role.CLERK) as clerk:
        for role, day, kind, session, content in (
            (Role.COMMUNE_CHAIRMAN, 16, DutyKind.MEETING, DayPart.MORNING, "Giao ban tuần"),
            (Role.COMMUNE_CHAIRMAN, 19, DutyKind.RECEPTION, DayPart.ALL, "Tiếp công dân định kỳ"),
            (Role.COMMUNE_HEAD, 20, DutyKind.TRIP, DayPart.AFTERNOON, "Kiểm tra chi trả tại bưu điện"),
            (Role.COMMUNE_OFFICER, 21, DutyKind.DUTY, DayPart.ALL, "Trực cuối tuần"),
        ):
            work.add_duty(
                post=post_of(place.unit.code, role), kind=kind, on=date(2026, 11, day), session=session, content=content, by=clerk,
                now=_on(11, 13),
            )  # fmt: skip


def _away(place: Place) -> None:
    """The officer is at a course: the head does the work meanwhile."""
    head = post_of(place.unit.code, Role.COMMUNE_HEAD)
    with _by(place, Role.COMMUNE_OFFICER) as officer:
        access.record_absence(
            post=officer, deputy=head, first=date(2026, 11, 19), last=date(2026, 11, 24), reason="Tập huấn tại tỉnh", by=officer,
            now=_on(11, 18),
        )  # fmt: skip


def _petitions(place: Place) -> None:
    """A complaint about a refusal, being handled; a report that waits."""
    head = post_of(place.unit.code, Role.COMMUNE_HEAD)
    with _by(place, Role.COMMUNE_OFFICER) as officer:
        refused = Dossier.objects.filter(unit=place.unit, state="delivered", proposal="refusal").order_by("id").first()
        complaint = _registered(
            Kind.COMPLAINT,
            "Không đồng ý với thông báo không đủ điều kiện; đề nghị xem lại mức lương hưu.",
            officer,
            _on(11, 20, 8),
            About(dossier=refused),
        )
        _registered(Kind.REPORT, "Điểm chi trả ở thôn 3 mở cửa muộn, người già phải chờ lâu.", officer, _on(11, 19), About())
    with _by(place, Role.COMMUNE_CHAIRMAN) as chairman:
        who = {"petition": complaint, "by": chairman, "now": _on(11, 20)}
        petitions.assign_petition(to=head, note="", **who)
        petitions.decide_petition(act="admit", note="", **who)
        petitions.print_petition_paper(kind=ADMISSION, draft=Draft(), signer=chairman, on=date(2026, 11, 20), **who)


def _registered(kind: str, content: str, by: Post, now: datetime, about: About) -> Petition:
    sender = Sender("Nguyễn Thị Mơ", "Thôn 2", "")
    return petitions.register_petition(
        kind=kind, content=content, received_on=now.date(), channel=Channel.RECEPTION, sender=sender, about=about, by=by, now=now
    )


def _posted_once(place: Place) -> None:
    """A dossier of the law of 2021, from an old file: posted two working days, answered after the districts had ended."""
    with _by(place, Role.COMMUNE_OFFICER) as officer:
        plain = Person.objects.filter(unit=place.unit, died_on=None, dossiers=None, entitlements=None)
        who = plain.exclude(circumstances__is_sensitive=True).select_related("unit").order_by("id").first()
        if who is None:
            return
        made = dossiers.open_dossier(
            procedure="allowance_grant", case="unsettled", person=who, by=officer, now=_on(6, 16, 8, 2025)
        )
        act = {"dossier": made, "by": officer}
        dossiers.receive_dossier(received_on=date(2025, 6, 16), given=["declaration"], now=_on(6, 16, 9, 2025), **act)
        dossiers.take_up_dossier(now=_on(6, 17, 9, 2025), **act)
        hung = dossiers.post_list(
            dossiers=[made], place=_PLACES, posted_on=date(2025, 6, 18), by=officer, now=_on(6, 18, 9, 2025)
        )
        dossiers.take_down(posting=hung, on=date(2025, 6, 23), note="", by=officer, now=_on(6, 23, 9, 2025))
        dossiers.propose_refusal(
            reason="Qua xác minh, không thuộc nhóm đối tượng được hưởng.", article="Điều 5 Nghị định 20/2021/NĐ-CP",
            now=_on(7, 2, 9, 2025), **act,
        )  # fmt: skip
    signer = post_of(place.unit.code, Role.COMMUNE_CHAIRMAN)
    with _by(place, Role.CLERK) as clerk:
        scan = _signed_with_keys(
            place, "17/TB-UBND", [signer.user.full_name, full_name(clerk.office)], clerk, _on(7, 8, 14, 2025)
        )
        paper = Refusal("17/TB-UBND", date(2025, 7, 8), signer.user.full_name, "Chủ tịch", post=signer, scan=scan)
        dossiers.record_refusal(dossier=made, paper=paper, by=clerk, now=_on(7, 8, 15, 2025))
        dossiers.deliver_dossier(dossier=made, note="Trao cho người đề nghị", by=clerk, now=_on(7, 9, 9, 2025))
    with _by(place, Role.COMMUNE_OFFICER) as officer:
        work.read_notices(by=officer, now=_on(7, 9, 10, 2025))


def _signed_with_keys(place: Place, number: str, names: list[str], by: Post, at: datetime) -> StoredFile:
    """A paper that came back signed with keys: of a person and of the body, by an issuer the administrator took in."""
    issuer = DemoIssuer()
    with as_maintenance():
        administrator = Post.objects.select_related("user", "office").filter(role=Role.ADMINISTRATOR).order_by("id").first()
        documents.take_root(
            data=issuer.pem, name="", source="Tệp trình diễn, không dùng thật", since=date(2025, 7, 1), by=administrator,
            now=_on(7, 1, 9, 2025),
        )  # fmt: skip
    columns = (Column("what", "Bản ký số (trình diễn)", 60),)
    sheet = Sheet("ky", columns, one_group([{"what": place.unit.name}]), title_lines=(f"Số: {number}", "THÔNG BÁO"))
    data = signing_sheet([sheet])
    for order, name in enumerate(names):
        data = issuer.sign(data, name, field=f"Ky{order}", at=at)
    name = f"{number.replace('/', '-')}-ky-so.pdf"
    return files.store_scan(name=name, data=data, purpose="dossier", unit=place.unit, by=by, now=at)


def _mandate(place: Place) -> None:
    """The chairman is at a course: the head signs some decisions TUQ. for two weeks."""
    chairman, head = (post_of(place.unit.code, role) for role in (Role.COMMUNE_CHAIRMAN, Role.COMMUNE_HEAD))
    with _by(place, Role.CLERK) as clerk:
        access.record_mandate(
            giver=chairman, post=head, acts=["monthly_allowance", "social_pension"], number="31/GUQ-UBND", signed_on=date(2026, 11, 13),
            first=date(2026, 11, 16), last=date(2026, 11, 28), content="Quyết định hưởng trong thời gian Chủ tịch đi học", by=clerk,
            now=_on(11, 13),
        )  # fmt: skip
