"""Two people at one decision, one entry, one dossier or one month's proposals at once: one acts, the other is told, nothing stands twice."""

from __future__ import annotations

from datetime import date

import pytest
from tests.races.together import one_is_told, together

from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, at, commune, post
from ansinh.database.acting import as_maintenance
from ansinh.dossiers.tests.factories import dossier
from ansinh.entitlements import operations as ledger
from ansinh.entitlements.models import Act, Decision, DecisionItem, Entitlement, Suspension, TransitionLine
from ansinh.entitlements.operations import ItemDraft
from ansinh.entitlements.tests.factories import grant, signature
from ansinh.people.tests.factories import person

pytestmark = pytest.mark.django_db(transaction=True)
DECEMBER = date(2026, 12, 1)


def line(entry: Entitlement | None, act: str, who=None) -> ItemDraft:
    kept = {
        "benefit": "social_pension", "category": "SOCIAL_PENSION_75", "law_code": "ND176.2.1", "coefficient": 100,
        "standard_vnd": 540_000, "amount_vnd": 540_000,
    }  # fmt: skip
    return ItemDraft(
        person_id=(entry or who).pk if entry is None else entry.person_id, act=act, from_month=DECEMBER, entitlement=entry, **kept
    )


def drafted(act: str, entry: Entitlement | None = None, who=None) -> Decision:
    by = post()
    with as_maintenance():
        return ledger.draft_decision(
            office=by.office, unit=by.office.unit, kind=act, origin="recorded", items=[line(entry, act, who)], by=by, now=NOW
        )


def recording(decision: Decision, number: str | None = None):
    return lambda by: ledger.record_decision(decision=decision, signature=signature(DAY, number), by=by, now=NOW)


CLERK, HEAD = Role.CLERK, Role.COMMUNE_HEAD


def test_a_draft_is_signed_or_thrown_away_never_both():
    draft = drafted("grant", who=person(born="1940-01-01"))
    one_is_told(
        (post(CLERK), recording(draft)),
        (post(Role.COMMUNE_CHAIRMAN), lambda by: ledger.discard_draft(decision=draft, reason="Chưa rõ", by=by, now=NOW)),
    )
    with as_maintenance():
        draft.refresh_from_db()
        assert (draft.state, Entitlement.objects.count()) in (("signed", 1), ("discarded", 0))


def test_a_decision_is_revoked_once():
    draft = drafted("grant", who=person(born="1940-01-01"))
    with as_maintenance():
        recording(draft)(post(CLERK))
    one_is_told(
        *(
            (post(role), lambda by: ledger.revoke_decision(decision=draft, reason="Nhầm", by=by, now=NOW))
            for role in (CLERK, HEAD)
        )
    )
    with as_maintenance():
        assert not Entitlement.objects.exists()


@pytest.mark.parametrize("act", ["stop", "suspend", "adjust"])
def test_an_entry_is_changed_once_by_two_decisions_signed_at_once(act):
    entry = grant(person(born="1940-01-01"), standard_vnd=540_000)
    drafts = [drafted(act, entry), drafted(act, entry)]
    one_is_told(*((post(role), recording(draft)) for role, draft in zip((CLERK, HEAD), drafts, strict=True)))
    with as_maintenance():
        assert Decision.objects.filter(kind=act, state="signed").count() == 1
        assert Suspension.objects.count() == (act == "suspend")
        assert Entitlement.objects.running(DECEMBER).count() == (act != "stop")


def test_a_suspension_is_resumed_once():
    entry = grant(person(born="1940-01-01"), standard_vnd=540_000)
    with as_maintenance():
        recording(drafted("suspend", entry))(post(CLERK))
    drafts = [drafted("resume", entry), drafted("resume", entry)]
    one_is_told(*((post(role), recording(draft)) for role, draft in zip((CLERK, HEAD), drafts, strict=True)))
    with as_maintenance():
        assert Suspension.objects.get().resumed_by.decision.state == "signed"


def test_a_dossier_gets_one_proposal():
    who = person(born="1940-01-01")
    made = dossier("verifying", whose=who, procedure="social_pension", case="from_75")
    one_is_told(
        *(
            (
                post(role),
                lambda by: ledger.propose_decision(
                    dossier=made, kind=Act.GRANT, items=[line(None, "grant", who)], by=by, now=NOW
                ),
            )
            for role in (Role.COMMUNE_OFFICER, HEAD)
        )
    )
    with as_maintenance():
        assert Decision.objects.filter(dossier=made).count() == 1


def test_a_month_is_proposed_by_two_and_each_change_stands_once():
    for name in ("Một", "Hai"):
        grant(person(name, "1940-01-01"), standard_vnd=500_000)
    acts = [
        (post(role), lambda by: ledger.draft_differences(unit=commune(), month=DECEMBER, by=by, now=NOW))
        for role in (Role.COMMUNE_OFFICER, HEAD)
    ]
    assert together(*acts) == [None, None]
    with as_maintenance():
        assert Decision.objects.filter(state="draft", origin="proposed").count() == 1
        assert sorted(DecisionItem.objects.filter(decision__state="draft", act="adjust").values_list("person__full_name", flat=True)) == [
            "Hai", "Một",
        ]  # fmt: skip


def test_a_transition_list_is_reckoned_by_two_and_each_person_stands_once():
    for name in ("Một", "Hai"):
        grant(person(name, "1940-01-01"), standard_vnd=500_000)
    acts = [
        (post(role), lambda by: ledger.draft_transitions(units=[commune()], change="2026", by=by, now=at(2026, 10, 12)))
        for role in (Role.COMMUNE_OFFICER, HEAD)
    ]
    assert together(*acts) == [None, None]
    with as_maintenance():
        assert Decision.objects.filter(transition="2026", state="draft").count() == 1
        assert TransitionLine.objects.count() == 2
