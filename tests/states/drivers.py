"""For each workflow: how a thing is brought to a state by the office's own operations, and how each act of the table is done to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ansinh.access.acting import as_post
from ansinh.access.models import Post, Role
from ansinh.access.tests.factories import DAY, NOW, at, commune, post
from ansinh.assistance.tests.lists import ENROLMENT, describe, newcomer, take
from ansinh.database.acting import as_maintenance
from ansinh.dossiers import operations as dossiers
from ansinh.dossiers.tests import factories as dossier_way
from ansinh.dossiers.workflow import DOSSIER, POSTING
from ansinh.emergency import operations as emergency
from ansinh.emergency.operations.protecting import Arrival, Costs
from ansinh.emergency.tests import factories as aid
from ansinh.emergency.workflow import GIFT_LIST, PROTECTION, RELIEF_LIST
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.entitlements.workflow import DECISION
from ansinh.imports import operations as imports
from ansinh.imports.workflow import BATCH
from ansinh.kernel.workflow import Workflow
from ansinh.lawbook import operations as lawbook
from ansinh.lawbook.tests import factories as resolution_way
from ansinh.lawbook.workflow import RESOLUTION
from ansinh.people import operations as people
from ansinh.people.models import DuplicatePair
from ansinh.people.tests.factories import person
from ansinh.people.workflow import DUPLICATE
from ansinh.petitions.tests import factories as petition_way
from ansinh.petitions.workflow import PETITION
from ansinh.watch import operations as watch
from ansinh.watch.operations.look_over import close_item
from ansinh.watch.tests import factories as watching
from ansinh.watch.workflow import WATCH_ITEM
from ansinh.work.tests import factories as task_way
from ansinh.work.workflow import TASK

Doer = Callable[[Any, Post], Any]


@dataclass(frozen=True)
class Driver:
    """`way`: the acts that lead to each state. `by`: who does an act, where not the first role of the table."""

    table: Workflow
    begin: Callable[[], Any]
    acts: Mapping[str, Doer]
    way: Mapping[str, tuple[str, ...]]
    by: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    office: str = "UBND-12472"
    # Roles outside the office of the thing are stopped by what they may see, before the table is asked.
    roles: tuple[str, ...] = (
        Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK, Role.ONE_STOP,
    )  # fmt: skip

    def doer(self, act: str) -> Post:
        """Somebody who may do the act."""
        role, office = self.by.get(act, (self._first(act), self.office))
        return post(role, office=office)

    def _first(self, act: str) -> str:
        return next((role for move in self.table.moves if move.act == act for role in move.roles), Role.COMMUNE_OFFICER)

    def brought(self, state: str) -> Any:
        made = self.begin()
        for act in self.way[state]:
            made = self.do(act, made)
        return made

    def do(self, act: str, made: Any, by: Post | None = None) -> Any:
        """One act, with everything it needs; the thing as it is after it."""
        by = by or self.doer(act)
        with as_post(by, on=DAY):
            self.acts[act](made, by)
        return fresh(made)


def fresh(made: Any) -> Any:
    with as_maintenance():
        return type(made).objects.get(pk=made.pk)


# --- dossiers ---------------------------------------------------------------------------------------------------------------


def _dossier(act: str) -> Doer:
    def do(made: Any, by: Post) -> Any:
        with as_maintenance():
            if act == "refuse" and made.state == "verifying":
                dossier_way.act("submit_refusal", made)
            return dossier_way.act(act, made, by=by)

    return do


def _refusal_recorded(made: Any, by: Post) -> Any:
    """A refusal waits for its own proposal: what waits for the signature of a decision is sent back and refused first."""
    with as_maintenance():
        if made.state == "awaiting_signature" and made.proposal != "refusal":
            made = dossier_way.act("submit_refusal", dossier_way.act("return", made))
        return dossier_way.act("refuse", made, by=by)


_DOSSIER_WAY = {
    "writing": (), "received": ("receive",), "incomplete": ("receive", "ask"), "verifying": ("receive", "verify"),
    "awaiting_signature": ("receive", "verify", "submit"), "returned": ("receive", "verify", "submit", "return"),
    "decided": ("receive", "verify", "submit", "decide"), "refused": ("receive", "verify", "submit", "refuse"),
    "delivered": ("receive", "verify", "submit", "decide", "deliver"), "withdrawn": ("withdraw",),
}  # fmt: skip


def _posting() -> Any:
    made = dossier_way.dossier("verifying", received_on=date(2025, 6, 2), now=at(2025, 6, 2))
    with as_post(post(), on=DAY):
        known = {"dossiers": [made], "place": "Trụ sở", "posted_on": date(2025, 6, 5)}
        return dossiers.post_list(**known, by=post(), now=at(2025, 6, 5))


# --- emergency --------------------------------------------------------------------------------------------------------------


def _relief() -> Any:
    made = aid.relief()
    aid.add(made, aid.rice())
    return made


def _gifts() -> Any:
    grant(person("Lê Thị Quà", "1940-01-01"))
    made = aid.gifts()
    with as_post(post(), on=DAY):
        emergency.fill_gifts(aid_list=made, by=post(), now=NOW)
    return made


def _aid(act: str) -> Doer:
    def do(made: Any, by: Post) -> Any:
        if act == "account" and made.state == "decided":
            with as_maintenance():
                waiting = made.lines.filter(state="to_give").exists()
                gifts = made.occasion.kind == "gifts"
            if waiting:
                aid.mark(made, "give")
            if gifts:
                _money_received(made)
        return aid.act(act, made, by=by)

    return do


def _money_received(made: Any) -> None:
    with as_post(post(), on=DAY):
        level = made.lines.values_list("resources", flat=True).first()
        emergency.record_supply(
            aid_list=made,
            kind="received",
            resources=level,
            amount_vnd=400_000,
            rice_kg=0,
            paper="LC 1",
            on=DAY,
            by=post(),
            now=NOW,
        )


def _taken_in() -> Any:
    arrival = Arrival("Chưa rõ tên", "wandering_or_begging", date(2026, 11, 11), "household", "Bà Phạm Thị Nuôi")
    with as_post(post(), on=DAY):
        return emergency.take_in(arrival=arrival, by=post(), now=NOW)


_AID_WAY = {
    "listing": (),
    "submitted": ("submit",),
    "decided": ("submit", "decide"),
    "accounted": ("submit", "decide", "account"),
}
_AID_BY = {"decide": (Role.CLERK, "UBND-12472"), "send_back": (Role.COMMUNE_HEAD, "UBND-12472")}
_AID_ACTS = {name: _aid(name) for name in ("submit", "send_back", "decide", "reopen", "account")}


# --- the ledger and the law -------------------------------------------------------------------------------------------------


def _draft() -> Any:
    officer, who = post(), person(born="1940-01-01")
    item = ItemDraft(
        person_id=who.id, act="grant", benefit="social_pension", category="SOCIAL_PENSION_75", law_code="ND176.2.1", coefficient=100,
        standard_vnd=540_000, amount_vnd=540_000, from_month=date(2026, 12, 1),
    )  # fmt: skip
    with as_post(officer, on=DAY):
        known = {"office": officer.office, "unit": who.unit, "kind": "grant", "origin": "recorded", "items": [item]}
        return ledger.draft_decision(**known, by=officer, now=NOW)


def _resolution(act: str) -> Doer:
    def do(made: Any, by: Post) -> Any:
        if act == "propose" and made.state in ("drafting", "returned"):
            resolution_way.counted(made)
        note = {"note": "Lý do thử"} if act in ("return", "recall", "withdraw") else {}
        return getattr(lawbook, f"{act}_resolution")(resolution=made, by=by, now=NOW, **note)

    return do


# --- people and the watch list ----------------------------------------------------------------------------------------------


def _pair() -> Any:
    person("Nguyễn Thị Tư", "1950-03-08", personal_number="034150001234")
    person("Nguyễn Thị Tư", "1950-03-08")
    with as_maintenance():
        people.find_duplicates(units=[commune()], by=None, now=NOW)
        return DuplicatePair.objects.get()


def _judge(act: str) -> Doer:
    def do(made: Any, by: Post) -> Any:
        keep = {"keep": made.first} if act == "judge_same" else {}
        return getattr(people, act)(pair=made, note="Đã gặp", by=by, now=NOW, **keep)

    return do


def _asked_anew(made: Any, by: Post) -> Any:
    """Done by the nightly look: somebody corrected who the two are since, and they look more alike."""
    DUPLICATE.find("ask_anew", made.state, Role.SYSTEM)
    with as_maintenance():
        for one in (made.first, made.second):
            people.correct_identity(person=one, changes={"telephone": "0912345678"}, source="gọi", by=post(), now=NOW)
        return people.find_duplicates(units=[commune()], by=None, now=NOW)


def _by_review(act: str) -> Doer:
    """Done by the review itself: the cause goes, the cause comes back."""

    def do(made: Any, by: Post) -> Any:
        with as_maintenance():
            if act == "resolve":
                return close_item(made, NOW)
            WATCH_ITEM.find("return", made.state)
        return watching.look()

    return do


# --- lists taken in ---------------------------------------------------------------------------------------------------------


def _batch() -> Any:
    return describe(take(ENROLMENT, newcomer()))


DRIVERS = (
    Driver(DOSSIER, lambda: dossier_way.dossier("writing"), {
        **{name: _dossier(name) for name in ("receive", "verify", "ask", "complete", "submit", "return", "decide", "reopen", "deliver", "withdraw")},
        "refuse": _refusal_recorded,
    }, _DOSSIER_WAY, by=dict.fromkeys(("decide", "refuse", "reopen"), (Role.CLERK, "UBND-12472"))),
    Driver(POSTING, _posting, {
        "take_down": lambda made, by: dossiers.take_down(posting=made, on=date(2025, 6, 9), note="", by=by, now=NOW),
    }, {"posted": (), "taken_down": ("take_down",)}),
    Driver(RELIEF_LIST, _relief, {**_AID_ACTS, "review": _aid("review"), "skip_review": _aid("skip_review")}, {
        **{state: ("review", *way) if state != "listing" else () for state, way in _AID_WAY.items()}, "reviewed": ("review",),
    }, by=_AID_BY),
    Driver(GIFT_LIST, _gifts, _AID_ACTS, _AID_WAY, by=_AID_BY),
    Driver(PROTECTION, _taken_in, {
        "decide": lambda made, by: emergency.decide_protection(protection=made, signature=aid.signature(), by=by, now=NOW),
        "end": lambda made, by: emergency.end_protection(protection=made, ended_on=DAY, outcome="Về nhà", costs=Costs(), by=by, now=NOW),
    }, {"taken_in": (), "sheltered": ("decide",), "left": ("decide", "end")}, by={"decide": (Role.CLERK, "UBND-12472")}),
    Driver(DECISION, _draft, {
        "record": lambda made, by: ledger.record_decision(decision=made, signature=signature(DAY), by=by, now=NOW),
        "discard": lambda made, by: ledger.discard_draft(decision=made, reason="Nhầm", by=by, now=NOW),
        "revoke": lambda made, by: ledger.revoke_decision(decision=made, reason="Nhầm", by=by, now=NOW),
    }, {"draft": (), "signed": ("record",), "discarded": ("discard",), "revoked": ("record", "revoke")},
        by={"record": (Role.CLERK, "UBND-12472")}),
    Driver(TASK, task_way.task, {
        name: lambda made, by, name=name: task_way.move(made, name, by=by) for name in ("accept", "report", "return", "finish", "call_off")
    }, {
        "assigned": (), "accepted": ("accept",), "reported": ("report",), "returned": ("report", "return"),
        "finished": ("report", "finish"), "called_off": ("call_off",),
    }, by=dict.fromkeys(("return", "finish", "call_off"), (Role.COMMUNE_HEAD, "UBND-12472"))),
    Driver(PETITION, petition_way.petition, {
        name: lambda made, by, name=name: petition_way.step(made, name, by=by) for name in ("admit", "refuse", "transfer", "answer", "withdraw")
    }, {
        "registered": (), "admitted": ("admit",), "not_admitted": ("refuse",), "transferred": ("transfer",),
        "answered": ("admit", "answer"), "withdrawn": ("withdraw",),
    }, by={"answer": (Role.COMMUNE_CHAIRMAN, "UBND-12472"), "withdraw": (Role.COMMUNE_CHAIRMAN, "UBND-12472")}),
    Driver(RESOLUTION, resolution_way.written, {name: _resolution(name) for name in ("propose", "confirm", "return", "recall", "withdraw")}, {
        "drafting": (), "awaiting": ("propose",), "returned": ("propose", "return"), "confirmed": ("propose", "confirm"),
        "withdrawn": ("withdraw",),
    }, office="BTXH", roles=(Role.DIVISION_OFFICER, Role.DIVISION_HEAD)),
    Driver(DUPLICATE, _pair, {
        **{name: _judge(name) for name in ("judge_same", "judge_apart", "part", "look_again")}, "ask_anew": _asked_anew,
    }, {
        "open": (), "same": ("judge_same",), "apart": ("judge_apart",),
    }),
    Driver(WATCH_ITEM, watching.item, {
        "dismiss": lambda made, by: watch.dismiss(item=made, note="Còn đi học", by=by, now=NOW),
        "reopen": lambda made, by: watch.reopen(item=made, by=by, now=NOW),
        "resolve": _by_review("resolve"), "return": _by_review("return"),
    }, {"open": (), "dismissed": ("dismiss",), "resolved": ("resolve",)}),
    Driver(BATCH, _batch, {
        "check": lambda made, by: imports.recheck_batch(batch=made, by=by, now=NOW),
        "commit": lambda made, by: imports.commit_batch(batch=made, by=by, now=NOW),
        "undo": lambda made, by: imports.undo_batch(batch=made, reason="Nhầm", by=by, now=NOW),
        "discard": lambda made, by: imports.discard_batch(batch=made, by=by, now=NOW),
    }, {"checked": (), "committed": ("commit",), "discarded": ("discard",)}),
)  # fmt: skip
BY_NOUN = {driver.table.noun: driver for driver in DRIVERS}
