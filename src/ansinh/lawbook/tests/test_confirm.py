"""An officer's answer to an uncertain point: recorded with its source, journaled, used by the law afterwards."""

from datetime import date

import pytest

from ansinh import law
from ansinh.access.acting import as_post
from ansinh.access.models import Role
from ansinh.access.tests.factories import DAY, at, post
from ansinh.database.acting import as_maintenance
from ansinh.journal.models import Entry
from ansinh.kernel.errors import InvalidInput
from ansinh.law.situation import Situation
from ansinh.lawbook import queries
from ansinh.lawbook.models import Confirmation
from ansinh.lawbook.operations import confirm

pytestmark = pytest.mark.django_db

SOURCE = "Công văn 12/BYT-BTXH ngày 02/11/2026"


def officer():
    return post(Role.DIVISION_OFFICER, office="BTXH")


def answer(value, *, parameter="pension_tie", source=SOURCE, now=None):
    return confirm(parameter=parameter, value=value, source=source, note="", by=officer(), now=now or at(2026, 11, 20))


def test_the_newest_answer_holds_and_the_older_one_stays():
    with as_post(officer(), on=DAY):
        answer("allowance", now=at(2026, 11, 3))
        answer("pension", now=at(2026, 11, 20))

        assert queries.confirmations() == {"pension_tie": "pension"}
        assert Confirmation.objects.count() == 2


def test_an_answer_is_journaled_with_its_source():
    with as_post(officer(), on=DAY):
        answer("pension")
    with as_maintenance():
        entry = Entry.objects.latest("id")

    assert (entry.act, entry.noun, entry.key) == ("confirm", "confirmation", "pension_tie")
    assert entry.detail == {"value": "pension", "source": SOURCE}


@pytest.mark.parametrize(
    ("parameter", "value", "source", "told"),
    [
        ("không-có", "x", SOURCE, "Không có điểm luật"),
        ("pension_tie", "cả hai", SOURCE, "không nằm trong các lựa chọn"),
        ("pension_tie", "pension", "  ", "Hãy ghi nguồn"),
        ("hung_yen_815", "  ", SOURCE, "Hãy ghi câu trả lời"),
    ],
)
def test_an_answer_that_is_none_or_has_no_source_is_refused_and_nothing_is_kept(parameter, value, source, told):
    with as_post(officer(), on=DAY), pytest.raises(InvalidInput, match=told):
        answer(value, parameter=parameter, source=source)
    with as_maintenance():
        assert not Confirmation.objects.exists()


def test_a_held_line_is_paid_by_the_confirmed_answer():
    elder = {"birth": "1945-05-20", "pension_vnd": 300000}
    before = Situation.from_case({"persons": {"elder": elder}})
    with as_post(officer(), on=DAY):
        answer("difference", parameter="social_pension_low_pension_mode")
        after = law.with_confirmations(before, queries.confirmations())

    month = date(2026, 11, 1)
    assert (law.monthly(before, month).total_vnd, law.monthly(before, month).payable_vnd) == (540000, 0)
    assert (law.monthly(after, month).total_vnd, law.monthly(after, month).payable_vnd) == (240000, 240000)


def test_an_answer_in_words_closes_its_point_and_leaves_the_computation_alone():
    with as_post(officer(), on=DAY):
        answer("Mức chuẩn 600.000 đồng, không áp dụng cho mai táng", parameter="hung_yen_815")

        assert "hung_yen_815" not in {point.key for point in queries.waiting()}
        assert queries.confirmations() == {}


def test_every_open_question_and_unread_text_is_a_point_that_waits():
    with as_post(officer(), on=DAY):
        waiting = {point.key for point in queries.waiting()}

    assert waiting == set(law.questions()) | {text.key for text in law.unread()}
