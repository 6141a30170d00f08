"""A few dossiers in each invented commune, each at another step: the desk of the demonstration is not empty."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from ansinh.access.acting import as_post
from ansinh.access.models import Post, Role
from ansinh.demo.eligible import entitled
from ansinh.demo.posts import post_of
from ansinh.demo.story import Place, at
from ansinh.documents import operations as documents
from ansinh.documents.queries import numbers_itself
from ansinh.dossiers import operations as dossiers
from ansinh.dossiers.models import Channel, Dossier
from ansinh.dossiers.operations import Applicant
from ansinh.dossiers.operations.answering import Refusal
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Decision, Entitlement
from ansinh.entitlements.operations import ItemDraft, Signature
from ansinh.law.situation import Line
from ansinh.people.models import Person

MONTH = date(2026, 11, 1)
_CASES = {
    "SOCIAL_PENSION_75": "from_75", "SOCIAL_PENSION_70": "poor_70", "DISABLED_SEVERE": "disabled", "DISABLED_EXTREME": "disabled",
    "SINGLE_PARENT": "single_parent", "CHILD_NO_SUPPORT": "child", "ELDER_POOR_ALONE": "elder",
}  # fmt: skip


def day_of(number: int, hour: int = 9) -> datetime:
    """A moment of November, in which the dossiers are worked on."""
    return at(date(2026, 11, number), hour)


def _opened(who: Person, line: Line, officer: Post, now: datetime, number: int) -> Dossier:
    procedure = "social_pension" if line.kind == "social_pension" else "allowance_grant"
    case = _CASES.get(line.category, "")
    known = {made.key for made in Dossier(procedure=procedure).sheet.cases}
    applicant = Applicant("Nguyễn Văn Con", "con", "") if number % 3 == 1 else None
    return dossiers.open_dossier(
        procedure=procedure, case=case if case in known else "", person=who, by=officer, now=now, applicant=applicant,
        channel=Channel.PORTAL if number % 4 == 3 else Channel.COUNTER,
    )  # fmt: skip


def _received(place: Place, made: Dossier, officer: Post, on: int, number: int) -> Dossier:
    version = made.sheet.on(day_of(on).date())
    papers = [paper.key for paper in version.papers_for(made.case)] if version else []
    code = f"H31.{place.unit.code}-2611{on:02d}-{number:04d}" if number % 2 else ""
    return dossiers.receive_dossier(
        dossier=made, received_on=day_of(on).date(), one_stop_code=code, given=papers[: len(papers) - number % 2], by=officer,
        now=day_of(on),
    )  # fmt: skip


def _items(who: Person, line: Line) -> list[ItemDraft]:
    return [
        ItemDraft(
            person_id=who.pk, act="grant", benefit=line.kind, category=line.category, law_code=line.code,
            coefficient=line.coefficient, count=line.count, standard_vnd=line.standard_vnd, amount_vnd=line.amount_vnd,
            from_month=MONTH, article="; ".join(line.basis), law_amount_vnd=line.amount_vnd,
        )
    ]  # fmt: skip


def file_dossiers(place: Place) -> int:
    """People whom the law gives something and who have not asked yet come to the counter of November; how many dossiers."""
    officer, clerk = (post_of(place.unit.code, role) for role in (Role.COMMUNE_OFFICER, Role.CLERK))
    with as_post(officer, on=day_of(20).date()):
        waiting = list(_waiting(place))
    for number, (plan, (who, line)) in enumerate(zip(_PLANS, waiting, strict=False)):
        plan(place, who, line, number, officer, clerk)
    return min(len(waiting), len(_PLANS))


def _waiting(place: Place):
    """(person, line of the law) of those nobody decided about, one line each."""
    held = set(Entitlement.objects.filter(person__unit=place.unit).values_list("person", flat=True))
    seen: set[int] = set()
    for index, line in entitled(place.commune, MONTH):
        key = place.keys[index]
        if key not in held and key not in seen:
            seen.add(key)
            if who := Person.objects.filter(pk=key, died_on=None).select_related("unit").first():
                yield who, line


def _plan(received: int | None, *then: str, signed: bool = False) -> Callable[..., None]:
    """A dossier received on a day of November (None: still a draft), brought on by these acts, and its answer signed."""

    def run(place: Place, who: Person, line: Line, number: int, officer: Post, clerk: Post) -> None:
        with as_post(officer, on=day_of(20).date()):
            made = _opened(who, line, officer, day_of(received or 20, 8), number)
            if received:
                _received(place, made, officer, received, number)
            for act in then:
                _ACTS[act](made, line, officer)
        if signed:
            with as_post(clerk, on=day_of(20).date()):
                sign(made, clerk)

    return run


def _submit(made: Dossier, line: Line, by: Post) -> None:
    ledger.propose_decision(
        dossier=made,
        kind="grant",
        items=_items(made.person, line),
        by=by,
        now=day_of(18),
        title=f"Hưởng mới: {made.person.full_name}",
    )


def _signer(made: Dossier) -> Post:
    return post_of(made.unit.code, Role.COMMUNE_CHAIRMAN)


def _number(made: Dossier, symbol: str, kind: str, by: Post) -> str:
    """The paper was written elsewhere; its number comes from the register where the office numbers itself."""
    on, summary = date(2026, 11, 19), f"Trả lời hồ sơ {made.shown_code}"
    if not numbers_itself(made.office, on):
        return f"{300 + made.pk}/{symbol}-UBND"
    entry = documents.take_number(office=made.office, symbol=symbol, kind=kind, summary=summary, on=on, by=by, now=day_of(19))
    return entry.symbol


def sign(made: Dossier, by: Post) -> None:
    """The chairman's paper, recorded by the clerk; a result taken home."""
    signer, on = _signer(made), date(2026, 11, 19)
    if draft := Decision.objects.filter(dossier=made, state="draft").first():
        paper = Signature(_number(made, "QĐ", "Quyết định", by), on, signer.user.full_name, "Chủ tịch", post=signer)
        ledger.record_decision(decision=draft, signature=paper, by=by, now=day_of(19))
        return
    answer = Refusal(_number(made, "TB", "Thông báo", by), on, signer.user.full_name, "Chủ tịch", post=signer)
    dossiers.record_refusal(dossier=made, paper=answer, by=by, now=day_of(19))
    dossiers.deliver_dossier(dossier=made, note="Trao cho người đề nghị", by=by, now=day_of(20, 8))


_ACTS: dict[str, Callable[[Dossier, Line, Post], object]] = {
    "verify": lambda made, line, by: dossiers.take_up_dossier(dossier=made, by=by, now=day_of(17)),
    "ask": lambda made, line, by: dossiers.ask_for_completion(
        dossier=made, papers=[], others=["Giấy xác nhận của thôn"], note="Xin bổ sung giấy còn thiếu.", by=by, now=day_of(18)
    ),
    "submit": _submit,
    "refuse": lambda made, line, by: dossiers.propose_refusal(
        dossier=made, reason="Qua xác minh, người đề nghị đang hưởng lương hưu cao hơn mức trợ cấp.",
        article="Điều 2 Nghị định 176/2025/NĐ-CP", by=by, now=day_of(18),
    ),
}  # fmt: skip
_PLANS = (
    _plan(16, "verify"), _plan(11, "verify"), _plan(9), _plan(12, "verify", "submit"), _plan(12, "verify", "submit", signed=True),
    _plan(13, "ask"), _plan(10, "verify", "refuse", signed=True), _plan(17), _plan(None), _plan(18, "verify", "refuse"),
)  # fmt: skip
