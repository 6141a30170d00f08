"""Each allowed move of a list and of its lines is made, each other one refused, and by the wrong role too."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest

from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, NOW, THAI_BINH, post
from ansinh.emergency import operations
from ansinh.emergency.models import AidLineStep, AidList, AidListStep
from ansinh.emergency.tests.factories import act, add, brought, mark, relief, rice, signature
from ansinh.emergency.workflow import LINE, RELIEF_LIST
from ansinh.kernel.errors import AlreadyDone, InvalidInput, MoveNotAllowed, NotAllowed

pytestmark = pytest.mark.django_db

ACTS = ("review", "skip_review", "submit", "send_back", "decide", "reopen", "account")
ALLOWED = {(source, move.act) for move in RELIEF_LIST.moves for source in move.sources}
ROLES = (Role.COMMUNE_OFFICER, Role.COMMUNE_HEAD, Role.COMMUNE_CHAIRMAN, Role.ACCOUNTANT, Role.CLERK)
MARKS = ("give", "miss", "hand_back", "unmark")


def test_the_table_has_the_acts_tested_here():
    assert {move.act for move in RELIEF_LIST.moves} == set(ACTS)
    assert {move.act for move in LINE.moves} == {"leave_out", "put_back", "allot", "recall", *MARKS}


@pytest.mark.parametrize(("state", "name"), sorted(ALLOWED))
def test_an_allowed_move_is_made(state, name):
    made = brought(state)
    if name == "account":
        mark(made, "give")
    target = next(move.target for move in RELIEF_LIST.moves if move.act == name and state in move.sources)
    assert act(name, made).state == target
    with as_post(post(), on=DAY):
        step = AidListStep.objects.filter(list=made).order_by("-id").first()
        assert (step.act, step.source, step.target) == (name, state, target)


@pytest.mark.parametrize(("state", "name"), sorted(set(product(RELIEF_LIST.states, ACTS)) - ALLOWED))
def test_any_other_move_is_refused(state, name):
    made = brought(state)
    with pytest.raises(MoveNotAllowed):
        act(name, made)
    with as_post(post(), on=DAY):
        assert AidList.objects.get(pk=made.pk).state == state


@pytest.mark.parametrize(("name", "role"), sorted(product(ACTS, ROLES)))
def test_a_role_the_table_does_not_name_may_not(name, role):
    move = next(move for move in RELIEF_LIST.moves if move.act == name)
    if role in move.roles:
        return
    with pytest.raises(NotAllowed):
        act(name, brought(move.sources[0]), by=post(role))


_BEFORE = {"to_give": None, "given": "give", "absent": "miss", "handed_back": "hand_back"}


@pytest.mark.parametrize(("state", "name"), sorted(product(_BEFORE, MARKS)))
def test_a_mark_follows_the_table(state, name):
    made = brought("decided")
    if _BEFORE[state]:
        mark(made, _BEFORE[state], note="vì sao")
    move = next((m for m in LINE.moves if m.act == name and state in m.sources), None)
    if move is None:
        with pytest.raises(MoveNotAllowed, match="Trần Văn Lụt"):
            mark(made, name, note="vì sao")
        return
    assert mark(made, name, note="vì sao", fetched_by="Trần Thị Con, con") == 1
    with as_post(post(), on=DAY):
        line = made.lines.get()
        assert (line.state, line.fetched_by) == (move.target, "Trần Thị Con, con")
        assert AidLineStep.objects.filter(line=line).order_by("-id").first().act == name


def test_a_mark_needs_its_words_its_day_and_a_decided_list():
    made = brought("decided")
    for name in ("hand_back",):
        with pytest.raises(InvalidInput, match="lý do"):
            mark(made, name)
    by = post()
    with as_post(by, on=DAY):
        for day in (DAY - timedelta(days=1), DAY + timedelta(days=1)):
            with pytest.raises(InvalidInput, match="từ ngày quyết định đến hôm nay"):
                operations.mark_lines(aid_list=made, lines=[made.lines.get().pk], act="give", on=day, by=by, now=NOW)
        with pytest.raises(InvalidInput, match="ít nhất một dòng"):
            operations.mark_lines(aid_list=made, lines=[], act="give", on=DAY, by=by, now=NOW)
        with pytest.raises(InvalidInput, match="Không có việc này"):
            operations.mark_lines(aid_list=made, lines=[], act="allot", on=DAY, by=by, now=NOW)
    with pytest.raises(NotAllowed):
        mark(made, "give", by=post(Role.CLERK))
    with pytest.raises(NotAllowed, match="đã có quyết định"):
        mark(brought("submitted", made=relief(cause="fire")), "give")


def test_who_proposed_neither_records_nor_signs_and_a_signer_is_competent():
    made = act("submit", brought("reviewed"), by=post(Role.COMMUNE_HEAD))
    with pytest.raises(NotAllowed, match="Người trình không tự ghi nhận"):
        act("decide", made, by=post(Role.COMMUNE_HEAD))
    for signer in (post(Role.COMMUNE_HEAD), post(Role.COMMUNE_CHAIRMAN, office=f"UBND-{THAI_BINH}")):
        with pytest.raises(NotAllowed, match="không có thẩm quyền"):
            act("decide", made, signature=signature(signer=signer))
    with pytest.raises(InvalidInput, match="Ngày ký"):
        act("decide", made, signature=signature(on=DAY + timedelta(days=1)))
    with pytest.raises(InvalidInput, match="số quyết định"):
        act("decide", made, signature=signature(number=" "))
    decided = act("decide", made, by=post(Role.COMMUNE_CHAIRMAN), resources={"rice": "province"})
    with as_post(post(), on=DAY):
        line = decided.lines.get()
        assert (decided.decision_number, line.state, line.resources) == ("45/QĐ-UBND", "to_give", "province")


def test_a_house_is_always_reviewed_and_an_empty_list_goes_nowhere():
    made = relief()
    with pytest.raises(InvalidInput, match="chưa có dòng nào"):
        act("skip_review", made)
    add(made, rice(kind="housing_total", hardship="poor"))
    with pytest.raises(InvalidInput, match="Hỗ trợ nhà ở không được bỏ qua bình xét"):
        act("skip_review", made)


def test_an_unconfirmed_point_goes_only_when_somebody_says_so():
    made = brought("reviewed", rice(kind="injury", treatment_days=4), made=relief(day=DAY.replace(month=8, day=3)))
    with pytest.raises(InvalidInput, match="điểm luật chưa xác nhận"):
        act("submit", made)
    assert act("submit", made, accept_open=True).state == "submitted"
    with as_post(post(), on=DAY):
        assert "one_off_level_from" in made.steps.order_by("-id").first().note


def test_an_older_page_is_told_what_happened_meanwhile():
    made = brought("submitted")
    with pytest.raises(AlreadyDone, match="Chờ ký"):
        act("submit", made, seen="reviewed")


def test_a_further_list_takes_who_came_late_and_nobody_twice():
    made = brought("decided")
    by = post()
    with as_post(by, on=DAY):
        late = operations.open_list(occasion=made.occasion, unit=made.unit, by=by, now=NOW)
    assert late.number == 2
    with pytest.raises(AlreadyDone):
        add(late, rice())
    add(late, rice("Người Muộn"))
    with as_post(by, on=DAY), pytest.raises(AlreadyDone, match="còn đang làm"):
        operations.open_list(occasion=made.occasion, unit=made.unit, by=by, now=NOW)


def test_a_commune_opens_lists_of_its_own_alone():
    made = brought("decided")
    other = post(office=f"UBND-{THAI_BINH}")
    with as_post(other, on=DAY), pytest.raises(NotAllowed):
        operations.open_list(occasion=made.occasion, unit=other.office.unit, by=other, now=NOW)


def test_a_wrong_decision_is_taken_back_before_anything_is_handed_out_and_its_number_stays_told():
    made = brought("decided")
    mark(made, "give")
    with pytest.raises(InvalidInput, match="không thu hồi được"):
        act("reopen", made)
    mark(made, "unmark", note="nhầm")
    back = act("reopen", made)
    assert (back.state, back.decision_number, back.signer) == ("listing", "", None)
    with as_post(post(), on=DAY):
        assert back.lines.get().state == "listed"
        assert "45/QĐ-UBND" in back.steps.order_by("-id").first().note
    act("skip_review", back)
    act("submit", back)
    assert act("decide", back, signature=signature("46/QĐ-UBND")).decision_number == "46/QĐ-UBND"
